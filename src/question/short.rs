//! Type a word or a short phrase.

use super::QuestionKind;
use super::answer::{Answer, Grade, Part, Remark, Verdict};
use super::exhibit::{About, Exhibit, Look};
use super::form::{Form, Label, Type};
use super::output::{Wrong, WrongFields};
use super::proof::Proof;
use super::shuffle::Shuffle;
use super::text::{self, Show};
use super::trial::{Outcome, Trial};
use super::typed::{self, Case};
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::prose::{Code, Prose, Span, Style, read};
use crate::shape::{fields, may, must};
use regex_lite::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

/// Type a word or a short phrase.
///
/// Right is what is accepted. Blanks and quotes around it, a full stop at its end and the kind of quotes don't matter,
/// blanks around signs neither, and capital letters only with `case: exact`. Near is what the author says, and what misses
/// an accepted text by one letter (see [`typed::slip`]), unless it is rejected. Everything else is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Short {
    /// Code shown below the prompt.
    pub program: Option<Code>,
    /// What is right; the first text is shown as the key.
    pub accept: Vec<Accepted>,
    /// Whether capital letters count.
    pub case: Case,
    /// What people may think.
    pub reject: Vec<Wrong>,
    /// What is nearly right.
    pub near: Vec<Near>,
    /// What is run to see that the key is right; `None` where it can't be run.
    pub proof: Option<Valued>,
}

/// What is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Accepted {
    /// This text.
    Text(String),
    /// Each text that is all of this regular expression.
    Pattern(String),
}

/// A text that is nearly right, and what differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// The text.
    pub text: String,
    /// What differs, in a sentence.
    pub say: String,
}

/// Code, and an expression whose value, as a text, is an accepted one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Valued {
    /// Python that prepares what the expression speaks of.
    pub setup: String,
    /// The expression.
    pub value: String,
}

fields! {
    /// What authors write.
    ShortFields, "short question", "a map of fields" {
        /// Code shown below the prompt.
        program: Field<String> = may(),
        /// Texts, and patterns such as `/(before|after)_request/`.
        accept: Field<Vec<Field<String>>> = must().at_least(1),
        /// `exact` where capital letters count.
        case: Field<String> = may().one_of(&["exact"]),
        /// What is wrong, with reasons.
        reject: Field<Vec<Field<WrongFields>>> = may(),
        /// What is nearly right, and what to say about it.
        near: Field<Vec<Field<NearFields>>> = may(),
        /// The evidence.
        proof: Field<Proof> = must().only(&["value"], &["setup"]),
    }
}

fields! {
    /// What authors write for a text that is nearly right.
    NearFields, "near text", "a map with `text` and `say`" {
        /// The text.
        text: Field<String> = must(),
        /// What differs, in a sentence.
        say: Field<String> = must(),
    }
}

/// The name of the claim that the value is an accepted text.
const ACCEPT: &str = "accept";

impl QuestionKind for Short {
    const NAME: &'static str = "short";
    const EXAMPLE: &'static str = r#"
id: hooks.always
topic: hooks
kind: short
level: 1
prompt: Which decorator of the app registers a function that runs at the end of a request even if the view failed?
accept: [teardown_request, "/@?app\\.teardown_request/"]
case: exact
reject:
  - {text: after_request, why: It runs only when there is a response.}
near:
  - {text: teardown_appcontext, say: That is for the end of the app context. Which one is for the request?}
explanation: It is given the exception, or `None`.
hints: [The tearing down of what was built up.]
sources: [api#flask.Flask.teardown_request]
proof:
  setup: |
    from flask import Flask
    app = Flask(__name__)
    ran = []
    @app.after_request
    def after(response):
        ran.append("after_request")
        return response
    @app.teardown_request
    def teardown(error):
        ran.append("teardown_request")
    @app.get("/")
    def view():
        raise RuntimeError
    app.testing = True
    try:
        app.test_client().get("/")
    except RuntimeError:
        pass
  value: ran[0]
"#;
    type Fields = ShortFields;

    fn check(fields: ShortFields, faults: &mut Faults) -> Option<Short> {
        let program = fields.program.maybe_text("program", faults);
        let program = program.map(|program| text::program(&program, "program", faults));
        if matches!(fields.accept, Field::Missing) {
            faults.add(FaultCode::MissingField, "accept", "`accept` is missing", "add `accept: [\"…\"]`");
        }
        let before = faults.count();
        let accept = check_accepted(fields.accept.texts("accept", faults), faults);
        if faults.count() == before && !accept.iter().any(|accepted| matches!(accepted, Accepted::Text(_))) {
            let what = "there is no accepted text that could be shown as the answer";
            faults.add(FaultCode::Pattern, "accept", what, "put a text before the patterns");
        }
        let case = check_case(fields.case, faults);
        let mut short = Short { program, accept, case, reject: Vec::new(), near: Vec::new(), proof: None };
        for (path, fields) in fields.reject.maybe_list("reject", faults) {
            let Some(wrong) = faults.within(&path, |faults| fields.check(faults)) else { continue };
            if short.accepts(&wrong.text) {
                let what = format!("{} is accepted too: {}", Show(&wrong.text), short.indifferent());
                faults.add(FaultCode::AcceptedAndRejected, &format!("{path}.text"), what, "remove one of them");
            }
            short.reject.push(wrong);
        }
        for (path, fields) in fields.near.maybe_list("near", faults) {
            let Some(near) = faults.within(&path, |faults| fields.check(faults)) else { continue };
            if short.accepts(&near.text) || short.rejected(&near.text).is_some() {
                let what = format!("{} is accepted or rejected too: {}", Show(&near.text), short.indifferent());
                faults.add(FaultCode::AcceptedAndRejected, &format!("{path}.text"), what, "remove one of them");
            }
            short.near.push(near);
        }
        short.proof = match fields.proof.need("proof", faults)? {
            Proof::Without => None,
            Proof::With(mut proof) => faults.within("proof", |faults| {
                let setup = std::mem::take(&mut proof.setup).maybe("setup", faults).unwrap_or_default();
                let value = std::mem::take(&mut proof.value).text("value", faults);
                proof.refuse_others(&["setup", "value"], faults);
                Some(Valued { setup, value: value?.trim().to_owned() })
            }),
        };
        (!short.accept.is_empty()).then_some(short)
    }

    fn form(&self, _order: Shuffle) -> Form {
        Form::Type(Type { around: None })
    }

    fn program(&self) -> Option<&Code> {
        self.program.as_ref()
    }

    fn grade(&self, answer: &Answer, _order: Shuffle) -> Grade {
        let style = Style { code: true, ..Style::default() };
        let key = self.texts().next().unwrap_or_default().to_owned();
        let key = vec![Label::Prose(vec![Span { text: key, style, target: None }])];
        let Answer::Typed(typed) = answer else { return Grade { verdict: Verdict::Wrong, key, remarks: Vec::new() } };
        let is_key = self.accepts(typed);
        let why = self.rejected(typed).filter(|_| !is_key).map_or(Prose::default(), |wrong| wrong.why.clone());
        let verdict = if is_key { Verdict::Right } else { Verdict::Wrong };
        Grade { verdict, key, remarks: vec![Remark { about: Part::Whole, is_key, chosen: true, why }] }
    }

    fn near(&self, answer: &Answer) -> Option<String> {
        let Answer::Typed(typed) = answer else { return None };
        if self.accepts(typed) || self.rejected(typed).is_some() {
            return None;
        }
        let typed = typed::words(typed, self.case);
        if let Some(near) = self.near.iter().find(|near| typed::words(&near.text, self.case) == typed) {
            return Some(near.say.clone());
        }
        let slip = self.texts().find_map(|text| typed::slip(&typed, &typed::words(text, self.case)));
        slip.map(|slip| slip.to_string())
    }

    fn trials(&self) -> Vec<Trial> {
        self.trial("accept", None).into_iter().collect()
    }

    fn exhibits(&self) -> Vec<Exhibit> {
        let texts: Vec<String> = self.texts().map(str::to_owned).collect();
        let exhibit = |proof: &Valued| Exhibit {
            about: About::Whole,
            look: Look::Value { name: ACCEPT.to_owned(), code: proof.value.clone(), texts: texts.clone() },
        };
        self.proof.iter().map(exhibit).collect()
    }

    fn mutants(&self) -> Vec<Trial> {
        let keyed = (0..self.reject.len()).filter_map(|wrong| {
            let about = format!("{} as the key", Show(&self.reject[wrong].text));
            self.trial(&about, Some(wrong))
        });
        keyed.collect()
    }
}

impl Short {
    /// The accepted texts, without the patterns.
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.accept.iter().filter_map(|accepted| match accepted {
            Accepted::Text(text) => Some(text.as_str()),
            Accepted::Pattern(_) => None,
        })
    }

    fn accepts(&self, typed: &str) -> bool {
        let (bare, words) = (typed::bare(typed), typed::words(typed, self.case));
        self.accept.iter().any(|accepted| match accepted {
            Accepted::Text(text) => typed::words(text, self.case) == words,
            // It was read before, when the question was checked.
            Accepted::Pattern(pattern) => regex(pattern, self.case).is_ok_and(|regex| regex.is_match(&bare)),
        })
    }

    fn rejected(&self, typed: &str) -> Option<&Wrong> {
        let words = typed::words(typed, self.case);
        self.reject.iter().find(|wrong| typed::words(&wrong.text, self.case) == words)
    }

    /// What doesn't count, for a message.
    fn indifferent(&self) -> &'static str {
        match self.case {
            Case::Ignored => "capital letters, blanks and the kind of quotes don't count",
            Case::Exact => "blanks and the kind of quotes don't count",
        }
    }

    /// The value is an accepted text and none of the rejected ones; or, with a wrong key, exactly that rejected one.
    fn trial(&self, about: &str, wrong_key: Option<usize>) -> Option<Trial> {
        let proof = self.proof.as_ref()?;
        let lower = match self.case {
            Case::Ignored => ".lower()",
            Case::Exact => "",
        };
        let value = format!("str(\n{}\n).strip(){lower}", proof.value);
        let python = |text: &str| match self.case {
            Case::Ignored => text::python(&typed::bare(text).to_lowercase()),
            Case::Exact => text::python(&typed::bare(text)),
        };
        let accepted: Vec<String> = self.texts().map(python).collect();
        let claim = format!("{value} in [{}]", accepted.join(", "));
        let mut claims = vec![(ACCEPT.to_owned(), claim, wrong_key.is_none())];
        for (place, wrong) in self.reject.iter().enumerate() {
            let claim = format!("{value} == {}", python(&wrong.text));
            claims.push((format!("reject {}", Show(&wrong.text)), claim, wrong_key == Some(place)));
        }
        let program = text::joined(self.program.as_ref(), &proof.setup);
        Some(Trial { about: about.to_owned(), program, expect: Outcome::Claims(claims) })
    }
}

impl NearFields {
    fn check(self, faults: &mut Faults) -> Option<Near> {
        let text = self.text.text("text", faults);
        let say = self.say.text("say", faults).map(|say| read::line(&say, "say", faults));
        Some(Near { text: text?, say: Label::Prose(say?).plain() })
    }
}

fn check_accepted(written: Vec<(String, String)>, faults: &mut Faults) -> Vec<Accepted> {
    let mut accepted = Vec::with_capacity(written.len());
    for (path, text) in written {
        let text = text.trim();
        match text::pattern_in(text) {
            None => accepted.push(Accepted::Text(text.to_owned())),
            Some(pattern) => match regex(pattern, Case::Exact) {
                Ok(_) => accepted.push(Accepted::Pattern(pattern.to_owned())),
                Err(error) => {
                    let what = format!("{} is no pattern: {error}", Show(text));
                    faults.add(FaultCode::Pattern, &path, what, "");
                }
            },
        }
    }
    accepted
}

/// The pattern for a whole text.
fn regex(pattern: &str, case: Case) -> Result<Regex, regex_lite::Error> {
    RegexBuilder::new(&format!("^(?:{pattern})$")).case_insensitive(case == Case::Ignored).build()
}

fn check_case(written: Field<String>, faults: &mut Faults) -> Case {
    match written.maybe_text("case", faults).as_deref() {
        None => Case::Ignored,
        Some("exact") => Case::Exact,
        Some(other) => {
            let what = format!("{} is no way to treat capital letters", Show(other));
            faults.add(FaultCode::WrongType, "case", what, "write `case: exact`, or leave it out");
            Case::Ignored
        }
    }
}
