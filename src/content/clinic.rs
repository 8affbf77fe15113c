//! An entry of a file below `clinic/`.

use super::{source, version};
use crate::course::clinic::{Ailment, Case, Cure, Ill, Sign, regex};
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id::{ClinicId, TopicId};
use crate::prose::read;
use crate::question::proof::{self, Proof};
use crate::question::text::{self, Show};
use crate::shape::{fields, may, must};

fields! {
    /// What authors write.
    AilmentFields, "entry of the clinic", "a map with `id`, `topic`, `matches`, `cures` and so on" {
        /// Its name, unique in the course; it begins with `clinic.`.
        id: Field<String> = must().id_like(PREFIX),
        /// Names that it had before.
        was: Field<Vec<Field<String>>> = may().id(),
        /// What it is about.
        topic: Field<String> = must(),
        /// Its title.
        title: Field<String> = must(),
        /// Texts, and patterns such as `/RuntimeError: .*current_app/`.
        matches: Field<Vec<Field<String>>> = must().at_least(1),
        /// What happens, in a sentence.
        symptom: Field<String> = must(),
        /// Why it happens.
        cause: Field<String> = must(),
        /// What helps: one to four.
        cures: Field<Vec<Field<CureFields>>> = must().count(&CURES),
        /// The evidence.
        proof: Field<Proof<CaseFields>> = must(),
        /// Why it has no proof.
        reason: Field<String> = may(),
        /// The versions for which it holds.
        flask: Field<String> = may().like(version::RANGE),
        /// Pages to read.
        sources: Field<Vec<Field<String>>> = may().like(source::NAME),
    }
}

fields! {
    /// What authors write for a cure.
    CureFields, "cure", "a map with `when`, `do` and perhaps `code`" {
        /// In which situation.
        when: Field<String> = must(),
        /// What to do.
        what as "do": Field<String> = must(),
        /// How that looks.
        code: Field<String> = may(),
    }
}

fields! {
    /// The evidence for an entry.
    CaseFields, "evidence", "`none` or a map with `raises` or `shows`, and `cured`" {
        /// A program whose error, or what it prints, is one of `matches`.
        raises: Field<String> = may(),
        /// A program that asserts the symptom and runs to its end.
        shows: Field<String> = may(),
        /// The program without the mistake: it runs to its end and matches nothing.
        cured: Field<String> = must(),
    }
}

/// What every id of an entry begins with.
pub const PREFIX: &str = "clinic.";

/// How many cures an entry has.
const CURES: std::ops::RangeInclusive<usize> = 1..=4;

/// A whole entry in YAML: the manual and the tests use it.
pub const EXAMPLE: &str = r#"
- id: clinic.no-secret-key
  topic: session
  title: No secret key
  matches: ["The session is unavailable because no secret key was set", "/RuntimeError: .*secret_key/"]
  symptom: The first view that writes to `session` ends with a `RuntimeError`.
  cause: The session is a signed cookie, and without `SECRET_KEY` there is nothing to sign it with.
  cures:
    - when: on your own computer
      do: Set a key before the first request.
      code: |
        app.config["SECRET_KEY"] = "dev"
    - {when: on a server, do: "Read the key from the environment, and keep it out of the repository."}
  proof:
    raises: |
      from flask import Flask, session
      app = Flask(__name__)
      app.testing = True
      @app.get("/")
      def view():
          session["name"] = "Ada"
          return "ok"
      app.test_client().get("/")
    cured: |
      from flask import Flask, session
      app = Flask(__name__)
      app.testing = True
      app.config["SECRET_KEY"] = "dev"
      @app.get("/")
      def view():
          session["name"] = "Ada"
          return "ok"
      assert app.test_client().get("/").text == "ok"
  sources: [quickstart#sessions]
"#;

/// Checks one entry. Ids that must exist elsewhere are looked at later.
pub fn check(fields: AilmentFields, faults: &mut Faults) -> Option<Ailment> {
    let unproved = super::check_reason(&fields.proof, &fields.reason, faults);
    let id = super::prefixed_name(PREFIX, fields.id, faults);
    let was = super::former_names(fields.was, faults);
    let topic = fields.topic.text("topic", faults);
    let title = fields.title.text("title", faults).map(|title| read::title(&title, "title", faults));
    let matches = check_signs(fields.matches, faults);
    let symptom = fields.symptom.text("symptom", faults).map(|text| read::line(&text, "symptom", faults));
    let cause = fields.cause.text("cause", faults).map(|text| super::prose(&text, "cause", faults));
    let written = fields.cures.list("cures", faults);
    if let Some(count) = written.as_ref().map(Vec::len).filter(|count| !CURES.contains(count)) {
        let what = format!("an entry has {} to {} cures, here there are {count}", CURES.start(), CURES.end());
        faults.add(FaultCode::Range, "cures", what, "");
    }
    let mut cures = Vec::new();
    for (path, fields) in written.unwrap_or_default() {
        cures.extend(faults.within(&path, |faults| check_cure(fields, faults)));
    }
    let proof = match fields.proof.need("proof", faults) {
        Some(Proof::With(fields)) => faults.within("proof", |faults| check_case(*fields, faults)),
        Some(Proof::Without) | None => None,
    };
    let flask = version::range(fields.flask, faults);
    let sources = source::check(fields.sources, faults);
    Some(Ailment {
        id: ClinicId::from(id?.as_str()),
        was: was.iter().map(|name| ClinicId::from(name.as_str())).collect(),
        topic: TopicId::from(topic?.as_str()),
        title: title?,
        matches,
        symptom: symptom?,
        cause: cause?,
        cures,
        proof,
        unproved,
        flask,
        sources,
        ran_on: String::new(),
    })
}

fn check_signs(written: Field<Vec<Field<String>>>, faults: &mut Faults) -> Vec<Sign> {
    let is_given = matches!(written, Field::Given(_));
    let Some(texts) = written.list("matches", faults) else { return Vec::new() };
    if is_given && texts.is_empty() {
        let what = "nothing is in `matches`, so nobody finds this entry";
        faults.add(FaultCode::MissingField, "matches", what, "write the exact words that people see or would say");
    }
    let mut signs: Vec<Sign> = Vec::with_capacity(texts.len());
    for (path, text) in texts {
        let Some(sign) = check_sign(text.trim(), &path, faults) else { continue };
        if signs.iter().any(|other| other.written().to_lowercase() == sign.written().to_lowercase()) {
            let what = format!("{} is there twice", Show(text.trim()));
            faults.add(FaultCode::DuplicateOption, &path, what, "remove one of them");
        }
        signs.push(sign);
    }
    signs
}

fn check_sign(text: &str, path: &str, faults: &mut Faults) -> Option<Sign> {
    if text.is_empty() {
        faults.add(FaultCode::EmptyText, path, "this text says nothing", "write it, or remove it");
        return None;
    }
    // A path has no blanks, so with one it is words, and somebody meant a pattern.
    let words = || text.strip_prefix('/')?.strip_suffix('/').filter(|inner| inner.contains(' '));
    let Some(pattern) = text::pattern_in(text).or_else(words) else { return Some(Sign::Text(text.to_owned())) };
    match regex(pattern) {
        Err(error) => {
            faults.add(FaultCode::Pattern, path, format!("{} is no pattern: {error}", Show(text)), "");
            None
        }
        Ok(regex) if regex.is_match("") => {
            let what = format!("{} is found in every text", Show(text));
            faults.add(FaultCode::Pattern, path, what, "write some words that must be there");
            None
        }
        Ok(_) => Some(Sign::Pattern(pattern.to_owned())),
    }
}

fn check_cure(fields: CureFields, faults: &mut Faults) -> Option<Cure> {
    let when = fields.when.text("when", faults).map(|when| read::line(&when, "when", faults));
    let what = fields.what.text("do", faults).map(|what| super::prose(&what, "do", faults));
    let code = fields.code.maybe_text("code", faults).map(|code| text::program(&code, "code", faults));
    Some(Cure { when: when?, what: what?, code })
}

fn check_case(fields: CaseFields, faults: &mut Faults) -> Option<Case> {
    let (raises, shows) = (fields.raises.maybe_text("raises", faults), fields.shows.maybe_text("shows", faults));
    let cured = fields.cured.text("cured", faults);
    let ill = match (raises, shows) {
        (Some(raises), None) => Some(Ill::Raises(raises)),
        (None, Some(shows)) => Some(Ill::Shows(shows)),
        (Some(_), Some(_)) => {
            let what = "an entry has either an error that is raised or a symptom that is shown";
            faults.add(FaultCode::UnknownField, "shows", what, "remove one of the two");
            None
        }
        (None, None) => {
            let mend = "add `raises: |`, or `shows: |` where no error is told";
            faults.add(FaultCode::MissingField, "raises", "nothing shows the symptom", mend);
            None
        }
    };
    if let Some(Ill::Shows(code)) = &ill
        && proof::assertions(code).next().is_none()
    {
        let mend = "add `assert …` for what people see";
        faults.add(FaultCode::NoAssert, "shows", "no line of this program asserts anything", mend);
    }
    let (ill, cured) = (ill?, cured?);
    if ill.code().trim() == cured.trim() {
        let what = "this is the very program that has the mistake";
        faults.add(FaultCode::NoChange, "cured", what, "mend the mistake in it");
    }
    Some(Case { ill, cured })
}
