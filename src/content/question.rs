//! An entry of a file below `questions/`: the fields that all kinds share. The rest is read by the kind.

use super::yaml::{self, Value};
use super::{reading, source, version};
use crate::fault::{FaultCode, Faults, nearest};
use crate::field::Field;
use crate::id::{QuestionId, TopicId};
use crate::prose::Prose;
use crate::question::proof::Proof;
use crate::question::text::Show;
use crate::question::{Kind, Question};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What authors write in every kind.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a map with `id`, `topic`, `kind` and so on")]
pub struct CommonFields {
    /// Its name, unique in the course.
    pub id: Field<String>,
    /// Names that it had before.
    pub was: Field<Vec<Field<String>>>,
    /// The topic that it belongs to.
    pub topic: Field<String>,
    /// Which kind of question it is.
    pub kind: Field<String>,
    /// 1 recall, 2 apply, 3 predict something new, 4 weigh or find a cause.
    pub level: Field<u64>,
    /// What is asked.
    pub prompt: Field<String>,
    /// Why the key is right.
    pub explanation: Field<String>,
    /// Where to look.
    pub hints: Field<Vec<Field<String>>>,
    /// Pages to read.
    pub sources: Field<Vec<Field<String>>>,
    /// The versions for which the key holds.
    pub flask: Field<String>,
    /// `none`, or what the kind makes of it.
    pub proof: Field<Proof>,
    /// Why it has no proof.
    pub reason: Field<String>,
}

/// The levels.
const LEVELS: std::ops::RangeInclusive<u64> = 1..=4;

/// What an answer doesn't depend on: a change of these fields leaves a question's fingerprint as it is.
const BESIDE_THE_POINT: [&str; 12] =
    ["id", "was", "topic", "level", "explanation", "hints", "sources", "flask", "proof", "reason", "why", "kind"];

/// Checks one question. Ids that must exist elsewhere are looked at later. Also gives the paths of fields nobody read.
pub fn check(value: Value, faults: &mut Faults) -> (Option<Question>, BTreeSet<String>) {
    let fingerprint = fingerprint(&value);
    let (common, mut ignored) = yaml::decode::<CommonFields>(value.clone());
    let Some(common) = common.maybe("", faults) else { return (None, BTreeSet::new()) };

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
    let kind = kind.and_then(|name| check_kind(&name, value, &mut ignored, faults));

    let question = || {
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
    };
    (question(), ignored)
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

/// The kind's own fields. A field is unknown when neither the kind nor the common part reads it.
fn check_kind(name: &str, value: Value, ignored: &mut BTreeSet<String>, faults: &mut Faults) -> Option<Kind> {
    let mut ignored_by_kind = BTreeSet::new();
    let mut note = |path: serde_ignored::Path<'_>| {
        ignored_by_kind.insert(yaml::path_of(&path));
    };
    let fields = serde_ignored::Deserializer::new(value, &mut note);
    let Some(read) = Kind::read(name, fields, faults) else {
        let mend = match nearest(name, Kind::NAMES.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("the kinds are {}", Kind::NAMES.join(", ")),
        };
        faults.add(FaultCode::UnknownKind, "kind", format!("{} is not a kind of question", Show(name)), mend);
        ignored.clear();
        return None;
    };
    *ignored = ignored_by_both(ignored, &ignored_by_kind);
    match read {
        Ok(kind) => kind,
        Err(error) => {
            faults.add(FaultCode::WrongType, "", error.to_string(), "");
            None
        }
    }
}

/// What neither of two readers looked at. One may have left out all of a field that the other one looked into.
fn ignored_by_both(one: &BTreeSet<String>, other: &BTreeSet<String>) -> BTreeSet<String> {
    let is_left_out = |path: &str, by: &BTreeSet<String>| {
        by.iter().any(|left_out| {
            path.strip_prefix(left_out.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    };
    one.union(other).filter(|path| is_left_out(path, one) && is_left_out(path, other)).cloned().collect()
}

/// Markdown in a question, not too long for one look.
fn prose(text: &str, sort: &str, path: &str, faults: &mut Faults) -> Prose {
    let prose = super::prose(text, path, faults);
    reading::text(sort, &prose, path, faults);
    prose
}
