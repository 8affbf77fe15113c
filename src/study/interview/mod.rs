//! A mock interview: prompts by level, an answer in one's own words, a rating point by point, follow-ups by what was missed.

pub mod report;

use super::entry::{About, Event, Plan, SessionId};
use super::history::OpenInterview;
use super::moment::Timestamp;
use super::seed::Seed;
use crate::course::Course;
use crate::course::outline::{Asked, PromptOutline};
use crate::course::prompt::{FollowUp, Prompt, Seniority, Turn};
use crate::id::{ModuleId, PointId, PromptId};
use crate::prose::plain;
use crate::question::shuffle::Shuffle;
use serde::{Deserialize, Serialize};

/// How deep follow-ups go: two after the first question.
pub const DEPTH_MAX: usize = 2;

/// What an interview is like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// Whom it is for.
    pub level: Seniority,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// About this module only.
    pub module: Option<ModuleId>,
    /// The prompts, in the order to ask; as many are asked as there is time for.
    pub prompts: Vec<PromptId>,
}

/// One answer, as the learner rated it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// To which prompt.
    pub prompt: PromptId,
    /// The first point of the turn: it names the turn, whatever else becomes of the prompt.
    pub turn: PointId,
    /// What was typed; empty if it was spoken.
    pub said: String,
    /// From asking to the end of the answer, in milliseconds.
    pub took_ms: u32,
    /// The points that were said.
    pub met: Vec<PointId>,
    /// The points that were not.
    pub missed: Vec<PointId>,
    /// The red flags that were said, as they stand in the course.
    pub flags: Vec<String>,
}

/// What the learner says about one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rating {
    /// What was typed; empty if it was spoken.
    pub said: String,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// The places of the points that were said, in the turn.
    pub met: Vec<usize>,
    /// The places of the red flags that were said, in the prompt.
    pub flags: Vec<usize>,
}

/// An interview that goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Interview {
    /// Its name.
    pub id: SessionId,
    /// What it is like.
    pub brief: Brief,
    /// When it began. Time runs on also while the program is closed.
    pub began: Timestamp,
    /// What was answered so far.
    pub rated: Vec<Rated>,
    /// The prompt that is asked, and the turn of it by the first point; nothing when it is over.
    now: Option<(PromptId, PointId)>,
}

/// Draws an interview: prompts of this level first, then of those below; those of topics that are asked most often first, and
/// no two of a topic side by side while there is another. `None` when there are no prompts.
pub fn draw(course: &Course, level: Seniority, minutes: u16, module: Option<ModuleId>, seed: Seed) -> Option<Brief> {
    let mut found: Vec<(Asked, &PromptOutline)> = Vec::new();
    for each in &course.outline.modules {
        if module.as_ref().is_some_and(|id| *id != each.id) {
            continue;
        }
        for prompt in each.prompts.iter().filter(|prompt| prompt.level <= level) {
            let topic = each.topics.iter().find(|topic| topic.id == prompt.topic);
            found.push((topic.map(|topic| topic.asked).unwrap_or_default(), prompt));
        }
    }
    Shuffle(seed.branch("interview", 0).0).arrange(&mut found);
    found.sort_by_key(|(asked, prompt)| (std::cmp::Reverse(prompt.level), std::cmp::Reverse(*asked)));
    let (mut prompts, mut last): (Vec<PromptId>, _) = (Vec::new(), None);
    while !found.is_empty() {
        let level = found[0].1.level;
        let other = |(_, prompt): &(Asked, &PromptOutline)| prompt.level == level && Some(&prompt.topic) != last;
        let (_, prompt) = found.remove(found.iter().position(other).unwrap_or(0));
        last = Some(&prompt.topic);
        prompts.push(prompt.id.clone());
    }
    (!prompts.is_empty()).then_some(Brief { level, minutes, module, prompts })
}

impl Interview {
    /// A new one, and what to record.
    pub fn start(course: &Course, id: SessionId, brief: Brief, seed: Seed, began: Timestamp) -> (Interview, Event) {
        let plan = Plan { about: About::Interview(brief.clone()), questions: Vec::new() };
        let mut interview = Interview { id, brief, began, rated: Vec::new(), now: None };
        interview.next_prompt(course);
        (interview, Event::Started { session: id, plan, seed })
    }

    /// One that was left in the middle.
    pub fn resume(course: &Course, open: &OpenInterview, now: Timestamp) -> Interview {
        let (brief, rated) = (open.brief.clone(), open.rated.clone());
        let mut interview = Interview { id: open.id, brief, began: open.began, rated, now: None };
        interview.go_on(course, now);
        interview
    }

    /// What is asked now: the prompt, the turn of it, and how deep that is (0 for the first question). `None` when it is over.
    pub fn asked<'a>(&self, course: &'a Course) -> Option<(&'a Prompt, &'a Turn, usize)> {
        let (prompt, turn) = self.now.as_ref()?;
        let prompt = course.prompt(prompt)?;
        let (depth, turn) = prompt.turn.all().into_iter().find(|(_, each)| name(each) == Some(turn))?;
        Some((prompt, turn, depth))
    }

    /// How much time is left, in milliseconds. When it is over, nothing new is asked.
    pub fn left_ms(&self, now: Timestamp) -> u32 {
        (u32::from(self.brief.minutes) * 60_000).saturating_sub(now.since_ms(self.began))
    }

    /// Takes the rating of the answer to what is asked now and goes on. Gives back what to record.
    pub fn rate(&mut self, course: &Course, rating: Rating, now: Timestamp) -> Option<Event> {
        let (prompt, turn, _) = self.asked(course)?;
        let points = turn.listens_for.iter().enumerate();
        let (met, missed): (Vec<_>, Vec<_>) = points.partition(|(place, _)| rating.met.contains(place));
        let ids = |points: Vec<(usize, &crate::course::prompt::Point)>| {
            points.into_iter().map(|(_, point)| point.id.clone()).collect()
        };
        let flags = prompt.red_flags.iter().enumerate().filter(|(place, _)| rating.flags.contains(place));
        let rated = Rated {
            prompt: prompt.id.clone(),
            turn: name(turn)?.clone(),
            said: rating.said,
            took_ms: rating.took_ms,
            met: ids(met),
            missed: ids(missed),
            flags: flags.map(|(_, text)| plain::spans(text)).collect(),
        };
        self.rated.push(rated.clone());
        self.go_on(course, now);
        Some(Event::Rated { session: self.id, rated })
    }

    /// Ends it now. Gives back what to record.
    pub fn finish(&mut self) -> Event {
        self.now = None;
        Event::Finished { session: self.id }
    }

    /// A follow-up of what was answered last, or the next prompt; nothing once the time is over.
    fn go_on(&mut self, course: &Course, now: Timestamp) {
        self.now = None;
        if self.left_ms(now) == 0 {
            return;
        }
        let deeper = self.rated.last().and_then(|last| follow_up(course, last));
        match deeper {
            Some(next) => self.now = Some(next),
            None => self.next_prompt(course),
        }
    }

    fn next_prompt(&mut self, course: &Course) {
        let is_asked = |prompt: &Prompt| self.rated.iter().any(|rated| course.prompt(&rated.prompt) == Some(prompt));
        let waiting = self.brief.prompts.iter().filter_map(|id| course.prompt(id));
        let next = waiting
            .filter(|prompt| !is_asked(prompt))
            .find_map(|prompt| Some((prompt.id.clone(), name(&prompt.turn)?.clone())));
        self.now = next;
    }
}

/// The follow-up of an answer: the one about the heaviest points that were missed; the one that goes deeper when nothing was.
fn follow_up(course: &Course, last: &Rated) -> Option<(PromptId, PointId)> {
    let prompt = course.prompt(&last.prompt)?;
    let (depth, turn) = prompt.turn.all().into_iter().find(|(_, turn)| name(turn) == Some(&last.turn))?;
    if depth >= DEPTH_MAX {
        return None;
    }
    let weight = |follow: &&FollowUp| -> u32 {
        let asks = turn
            .listens_for
            .iter()
            .filter(|point| follow.missed.contains(&point.id) && last.missed.contains(&point.id));
        asks.map(|point| u32::from(point.weight)).sum()
    };
    let about_missed = turn.follow_ups.iter().filter(|follow| weight(follow) > 0);
    // The first one of equals, as the author wrote them.
    let chosen = about_missed.rev().max_by_key(weight);
    let deeper = || turn.follow_ups.iter().find(|follow| follow.missed.is_empty() && last.missed.is_empty());
    let next = chosen.or_else(deeper)?;
    Some((prompt.id.clone(), name(&next.turn)?.clone()))
}

/// What names a turn of a prompt.
fn name(turn: &Turn) -> Option<&PointId> {
    turn.listens_for.first().map(|point| &point.id)
}
