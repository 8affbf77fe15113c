//! An entry of a file below `interview/`.

use super::{source, version};
use crate::course::prompt::{FollowUp, Point, Prompt, Seniority, Turn};
use crate::fault::{FaultCode, Faults, nearest};
use crate::field::Field;
use crate::id::{PointId, PromptId, TopicId};
use crate::prose::read;
use crate::question::options;
use crate::question::text::Show;
use crate::shape::{fields, may, must};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

fields! {
    /// What authors write.
    PromptFields, "interview prompt", "a map with `id`, `topic`, `level`, `ask` and so on" {
        /// Its name, unique in the course.
        id: Field<String> = must().id(),
        /// Names that it had before.
        was: Field<Vec<Field<String>>> = may().id(),
        /// What it is about.
        topic: Field<String> = must(),
        /// Who is asked this: `junior`, `mid` or `senior`.
        level: Field<String> = must().one_of(&LEVELS),
        /// How long an answer may take.
        minutes: Field<u64> = must().within(&MINUTES),
        /// As people ask it.
        ask: Field<String> = must(),
        /// What should be said: three to six points.
        listens_for: Field<Vec<Field<PointFields>>> = must().count(&POINTS),
        /// One to three sentences that end interviews.
        red_flags: Field<Vec<Field<String>>> = must().count(&RED_FLAGS),
        /// An answer that could be spoken.
        model_answer: Field<String> = must(),
        /// What is asked next: one to three.
        follow_ups: Field<Vec<Field<FollowUpFields>>> = must().count(&FOLLOW_UPS),
        /// The versions for which it holds.
        flask: Field<String> = may().like(version::RANGE),
        /// Pages to read.
        sources: Field<Vec<Field<String>>> = may().like(source::NAME),
    }
}

fields! {
    /// What authors write for a point.
    PointFields, "point", "a map with `id`, `point`, `weight` and perhaps `shown_by`" {
        /// A name, unique in the prompt.
        id: Field<String> = must().id(),
        /// What is said.
        point: Field<String> = must(),
        /// How much it counts: 1 to 3.
        weight: Field<u64> = must().within(&WEIGHTS),
        /// The question or lesson that proves it, by its id.
        shown_by: Field<String> = may(),
    }
}

fields! {
    /// What authors write for a follow-up.
    FollowUpFields, "follow-up", "a map with `ask`, `listens_for`, `model_answer` and perhaps `missed` and `follow_ups`" {
        /// As people ask it.
        ask: Field<String> = must(),
        /// The ids of points: it is asked when one of them was missed.
        missed: Field<Vec<Field<String>>> = may(),
        /// What should be said.
        listens_for: Field<Vec<Field<PointFields>>> = must().count(&POINTS_BELOW),
        /// A good answer in two or three sentences.
        model_answer: Field<String> = must(),
        /// What is asked next.
        follow_ups: Field<Vec<Field<FollowUpFields>>> = may(),
    }
}

/// The words for who is asked.
const LEVELS: [&str; 3] = [Seniority::ALL[0].1, Seniority::ALL[1].1, Seniority::ALL[2].1];
const MINUTES: RangeInclusive<u64> = 1..=10;
const WEIGHTS: RangeInclusive<u64> = 1..=3;
const POINTS: RangeInclusive<usize> = 3..=6;
const POINTS_BELOW: RangeInclusive<usize> = 1..=6;
const RED_FLAGS: RangeInclusive<usize> = 1..=3;
const FOLLOW_UPS: RangeInclusive<usize> = 1..=3;
/// How deep follow-ups go.
const DEPTH: usize = 2;

/// A whole prompt in YAML: the manual and the tests use it.
pub const EXAMPLE: &str = r#"
- id: cookies.remember
  topic: cookies
  level: junior
  minutes: 2
  ask: How does a site know that two requests come from the same browser?
  listens_for:
    - id: kept
      point: The response sets a cookie, and the browser keeps it
      weight: 3
      shown_by: cookies.who-sends
    - {id: sent, point: The browser sends it with each request to that host, weight: 3}
    - {id: no-memory, point: HTTP itself remembers nothing, weight: 1}
  red_flags: ["Flask recognises the browser by its address."]
  model_answer: |
    HTTP has no memory: each request stands alone. So the first response hands the browser a short
    text, a cookie, in a `Set-Cookie` header. The browser keeps it and sends it back with every
    request to that host, and I look it up there.
  follow_ups:
    - ask: Who decides whether the cookie is sent?
      missed: [sent]
      listens_for: [{id: host, point: "The browser does, by host, path and attributes", weight: 2}]
      model_answer: The browser. It compares host and path, and looks at attributes such as `Secure`.
    - ask: Can I trust what comes back in it?
      listens_for: [{id: forged, point: "No, the visitor can change it", weight: 3}]
      model_answer: No. It is a text on somebody else's computer, so I check it like any input.
      follow_ups:
        - ask: What would make a change noticeable?
          listens_for: [{id: signature, point: A signature with a key that only the server has, weight: 3}]
          model_answer: A signature. Flask signs its session cookie with the secret key.
  sources: [quickstart#cookies]
"#;

/// A prompt as far as it could be read.
#[derive(Debug)]
pub struct Checked {
    /// The prompt, if it is good.
    pub prompt: Option<Prompt>,
    /// Where its points name what proves them: path, name.
    pub shown_by: Vec<(String, String)>,
}

/// Checks one prompt. Ids that must exist elsewhere are looked at later.
pub fn check(fields: PromptFields, faults: &mut Faults) -> Option<Checked> {
    let id = super::name("id", fields.id, faults);
    let was = super::former_names(fields.was, faults);
    let topic = fields.topic.text("topic", faults);
    let level = fields.level.text("level", faults).and_then(|word| check_level(&word, faults));
    let minutes = fields.minutes.need("minutes", faults);
    if minutes.is_some_and(|minutes| !MINUTES.contains(&minutes)) {
        let what = format!("an answer takes {} to {} minutes", MINUTES.start(), MINUTES.end());
        faults.add(FaultCode::Range, "minutes", what, "two are usual");
    }
    let red_flags = fields.red_flags.list("red_flags", faults);
    check_count(red_flags.as_ref(), RED_FLAGS, "red_flags", "sentence that ends interviews", faults);
    let red_flags = red_flags.unwrap_or_default();
    let red_flags = red_flags.iter().map(|(path, text)| read::line(text, path, faults)).collect();
    let flask = version::range(fields.flask, faults);
    let sources = source::check(fields.sources, faults);
    let written = FollowUpFields {
        ask: fields.ask,
        missed: Field::Missing,
        listens_for: fields.listens_for,
        model_answer: fields.model_answer,
        follow_ups: fields.follow_ups,
    };
    let before = faults.count();
    let mut points = Points::default();
    let turn = points.turn(written, 0, "", faults);
    let deepest = turn.as_ref().map(|turn| turn.all().into_iter().map(|(depth, _)| depth).max().unwrap_or_default());
    if deepest.is_some_and(|depth| depth < DEPTH) && faults.count() == before {
        let what = "no follow-up goes two deep";
        let mend = "give one of them `follow_ups: …` of its own";
        faults.add(FaultCode::FollowUpDepth, "follow_ups", what, mend);
    }
    let prompt = || {
        Some(Prompt {
            id: PromptId::from(id?.as_str()),
            was: was.iter().map(|name| PromptId::from(name.as_str())).collect(),
            topic: TopicId::from(topic?.as_str()),
            level: level?,
            minutes: u8::try_from(minutes?).unwrap_or_default(),
            turn: turn?,
            red_flags,
            flask,
            sources,
        })
    };
    Some(Checked { prompt: prompt(), shown_by: points.shown_by })
}

/// What is known about the points of a prompt so far.
#[derive(Default)]
struct Points {
    names: BTreeSet<String>,
    shown_by: Vec<(String, String)>,
}

impl Points {
    /// Checks a turn that is `depth` deep and stands at the path `at`. What it was asked for is its parent's business.
    fn turn(&mut self, fields: FollowUpFields, depth: usize, at: &str, faults: &mut Faults) -> Option<Turn> {
        let ask = fields.ask.text("ask", faults).map(|ask| read::line(&ask, "ask", faults));
        let listens_for = fields.listens_for.list("listens_for", faults);
        let counts = if depth == 0 { POINTS } else { POINTS_BELOW };
        check_count(listens_for.as_ref(), counts, "listens_for", "point", faults);
        let mut points = Vec::new();
        for (path, fields) in listens_for.unwrap_or_default() {
            let whole = below(at, &path);
            points.extend(faults.within(&path, |faults| self.point(fields, &whole, faults)));
        }
        let model_answer = fields.model_answer.text("model_answer", faults);
        let model_answer = model_answer.map(|text| super::prose(&text, "model_answer", faults));
        let follow_ups = if depth == 0 {
            let follow_ups = fields.follow_ups.list("follow_ups", faults);
            check_count(follow_ups.as_ref(), FOLLOW_UPS, "follow_ups", "follow-up", faults);
            follow_ups.unwrap_or_default()
        } else {
            fields.follow_ups.maybe_list("follow_ups", faults)
        };
        let mut next = Vec::new();
        for (path, fields) in follow_ups {
            if depth == DEPTH {
                let mend = "an interview goes back to something else before that";
                faults.add(FaultCode::FollowUpDepth, &path, "this follow-up is three deep", mend);
                continue;
            }
            let whole = below(at, &path);
            next.extend(faults.within(&path, |faults| self.follow_up(fields, depth + 1, &whole, &points, faults)));
        }
        Some(Turn { ask: ask?, listens_for: points, model_answer: model_answer?, follow_ups: next })
    }

    fn follow_up(
        &mut self,
        mut fields: FollowUpFields,
        depth: usize,
        at: &str,
        above: &[Point],
        faults: &mut Faults,
    ) -> Option<FollowUp> {
        let missed = std::mem::take(&mut fields.missed).texts("missed", faults);
        for (path, name) in &missed {
            if !above.iter().any(|point| point.id.as_str() == name) {
                let mend = match nearest(name, above.iter().map(|point| point.id.as_str())) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => "name a point of the question that this one follows".to_owned(),
                };
                let what = format!("no point above has the id {}", Show(name));
                faults.add(FaultCode::UnknownId, path, what, mend);
            }
        }
        let missed = missed.iter().map(|(_, name)| PointId::from(name.as_str())).collect();
        Some(FollowUp { missed, turn: self.turn(fields, depth, at, faults)? })
    }

    fn point(&mut self, fields: PointFields, at: &str, faults: &mut Faults) -> Option<Point> {
        let id = options::check_id(fields.id, "a point", faults);
        if let Some(id) = &id
            && !self.names.insert(id.to_string())
        {
            let what = format!("two points of this prompt have the id `{id}`");
            faults.add(FaultCode::DuplicateId, "id", what, "give each a name of its own");
        }
        let text = fields.point.text("point", faults).map(|text| read::line(&text, "point", faults));
        let weight = fields.weight.need("weight", faults);
        if weight.is_some_and(|weight| !WEIGHTS.contains(&weight)) {
            let what = format!("a point weighs {} to {}", WEIGHTS.start(), WEIGHTS.end());
            faults.add(FaultCode::Range, "weight", what, "3 is what the question is about, 1 is good to hear");
        }
        let shown_by = fields.shown_by.maybe_text("shown_by", faults);
        if let Some(name) = &shown_by {
            self.shown_by.push((format!("{at}.shown_by"), name.clone()));
        }
        Some(Point {
            id: PointId::from(id?.as_str()),
            text: text?,
            weight: u8::try_from(weight?).unwrap_or_default(),
            shown_by: shown_by.map(String::into_boxed_str),
        })
    }
}

fn below(at: &str, path: &str) -> String {
    if at.is_empty() { path.to_owned() } else { format!("{at}.{path}") }
}

fn check_count<T>(written: Option<&Vec<T>>, counts: RangeInclusive<usize>, path: &str, of: &str, faults: &mut Faults) {
    if let Some(count) = written.map(Vec::len).filter(|count| !counts.contains(count)) {
        let what = format!("{} to {} are wanted here, there are {count}", counts.start(), counts.end());
        faults.add(FaultCode::Range, path, what, format!("each is a {of}"));
    }
}

fn check_level(word: &str, faults: &mut Faults) -> Option<Seniority> {
    let found = Seniority::ALL.iter().find(|(_, name)| *name == word);
    if found.is_none() {
        let mend = match nearest(word, LEVELS) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "write `junior`, `mid` or `senior`".to_owned(),
        };
        faults.add(FaultCode::WrongType, "level", format!("{} is no level of interviews", Show(word)), mend);
    }
    found.map(|(level, _)| *level)
}
