//! An entry of a file below `questions/`: the fields that all kinds share. The rest is read by the kind.

use super::yaml::{self, Value};
use super::{reading, source, unknown, version};
use crate::fault::{FaultCode, Faults, nearest};
use crate::field::Field;
use crate::id::{QuestionId, TopicId};
use crate::prose::Prose;
use crate::question::proof::Proof;
use crate::question::text::Show;
use crate::question::{Kind, Question};
use crate::shape::{Described, Table, fields, may, must};
use sha2::{Digest, Sha256};

fields! {
    /// What authors write in every kind.
    CommonFields, "question", "a map with `id`, `topic`, `kind` and so on" {
        /// Its name, unique in the course.
        id: Field<String> = must().id(),
        /// Names that it had before.
        was: Field<Vec<Field<String>>> = may().id(),
        /// The topic that it belongs to.
        topic: Field<String> = must(),
        /// Which kind of question it is.
        kind: Field<String> = must().one_of(Kind::NAMES),
        /// 1 recall, 2 apply, 3 predict something new, 4 weigh or find a cause.
        level: Field<u64> = must().within(&LEVELS),
        /// What is asked.
        prompt: Field<String> = must(),
        /// Why the key is right.
        explanation: Field<String> = must(),
        /// Where to look.
        hints: Field<Vec<Field<String>>> = may(),
        /// Pages to read.
        sources: Field<Vec<Field<String>>> = may().like(source::NAME),
        /// The versions for which the key holds.
        flask: Field<String> = may().like(version::RANGE),
        /// `none`, or what the kind makes of it.
        proof: Field<Proof> = may(),
        /// Why it has no proof.
        reason: Field<String> = may(),
    }
}

/// The levels.
const LEVELS: std::ops::RangeInclusive<u64> = 1..=4;

/// What an answer doesn't depend on: a change of these fields leaves a question's fingerprint as it is.
const BESIDE_THE_POINT: [&str; 12] =
    ["id", "was", "topic", "level", "explanation", "hints", "sources", "flask", "proof", "reason", "why", "kind"];

/// Checks one question. Ids that must exist elsewhere are looked at later.
pub fn check(value: Value, faults: &mut Faults) -> Option<Question> {
    let fingerprint = fingerprint(&value);
    check_unknown(&value, faults);
    let common: Field<CommonFields> = yaml::decode(value.clone());
    let common = common.maybe("", faults)?;

    let unproved = super::check_reason(&common.proof, &common.reason, faults);
    let id = super::name("id", common.id, faults);
    let was = super::former_names(common.was, faults);
    let topic = common.topic.text("topic", faults);
    let level = common.level.need("level", faults);
    if level.is_some_and(|level| !LEVELS.contains(&level)) {
        let what = format!("a level is a number from {} to {}", LEVELS.start(), LEVELS.end());
        faults.add(FaultCode::Range, "level", what, "1 recall, 2 apply, 3 predict, 4 weigh");
    }
    let prompt = common.prompt.text("prompt", faults).map(|text| prose(&text, "prompt", "prompt", faults));
    let explanation = common.explanation.text("explanation", faults);
    let explanation = explanation.map(|text| prose(&text, "explanation", "explanation", faults));
    let hints = common.hints.texts("hints", faults);
    let hints = hints.iter().map(|(path, hint)| prose(hint, "hint", path, faults)).collect();
    let sources = source::check(common.sources, faults);
    let flask = version::range(common.flask, faults);
    let kind = common.kind.text("kind", faults);
    let kind = kind.and_then(|name| check_kind(&name, value, faults));

    Some(Question {
        id: QuestionId::from(id?.as_str()),
        topic: TopicId::from(topic?.as_str()),
        level: u8::try_from(level?).unwrap_or_default(),
        prompt: prompt?,
        explanation: explanation?,
        hints,
        sources,
        flask,
        was: was.iter().map(|name| QuestionId::from(name.as_str())).collect(),
        unproved,
        ran_on: String::new(),
        shown: Vec::new(),
        fingerprint,
        kind: kind?,
    })
}

/// A number that changes when anything changes that an answer depends on.
pub fn fingerprint(question: &Value) -> u64 {
    let mut essence = yaml::text_at(question, "kind").unwrap_or_default().to_owned();
    yaml::essence(question, &BESIDE_THE_POINT, &mut essence);
    hash(essence.as_bytes())
}

/// The first eight bytes of a text's SHA-256.
pub fn hash(bytes: &[u8]) -> u64 {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// Notes fields that neither all kinds nor this one have; those that no kind has, where the kind is not known.
fn check_unknown(value: &Value, faults: &mut Faults) {
    let name = yaml::text_at(value, "kind").unwrap_or_default();
    let is_known = Kind::NAMES.contains(&name);
    let own = Kind::TABLES.iter().filter(|(kind, _)| *kind == name || !is_known).map(|(_, table)| *table);
    let tables: Vec<&Table> = std::iter::once(CommonFields::TABLE).chain(own).collect();
    unknown::check(value, &tables, faults);
}

/// The kind's own fields.
fn check_kind(name: &str, value: Value, faults: &mut Faults) -> Option<Kind> {
    let Some(read) = Kind::read(name, value, faults) else {
        let mend = match nearest(name, Kind::NAMES.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("the kinds are {}", Kind::NAMES.join(", ")),
        };
        faults.add(FaultCode::UnknownKind, "kind", format!("{} is not a kind of question", Show(name)), mend);
        return None;
    };
    match read {
        Ok(kind) => kind,
        Err(error) => {
            faults.add(FaultCode::WrongType, "", error.to_string(), "");
            None
        }
    }
}

/// Markdown in a question, not too long for one look.
fn prose(text: &str, sort: &str, path: &str, faults: &mut Faults) -> Prose {
    let prose = super::prose(text, path, faults);
    reading::text(sort, &prose, path, faults);
    prose
}
