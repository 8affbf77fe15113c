//! The same lessons and questions line by line: for screen readers, pipes and scripts.
//!
//! Nothing here moves a cursor or uses a colour. The prompt comes last and is short; labels stand before values.

mod ask;
mod drill;
mod exam;
mod feedback;
mod home;
pub mod interview;
mod lesson;
mod read;
mod record;
mod search;
mod show;
mod standing;
mod talk;

use crate::course::Course;
use crate::id::LessonId;
use crate::progress::store::Store;
use crate::study::entry::{About, Entry};
use crate::study::exam::Rules;
use crate::study::learner::Learner;
use crate::study::moment::Moment;
use crate::study::seed::Seed;
use crate::study::text::TextIndex;
use crate::study::today::{Aim, Today};
use std::io::{self, BufRead, Write};
use talk::{End, Talk};

/// Where to begin. When that is over, the menu comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// With the menu.
    Home,
    /// With a lesson.
    Lesson(LessonId),
    /// With questions about something.
    Questions(About),
    /// With what is known so far.
    Progress,
    /// With a mock interview.
    Interview(interview::Wanted),
    /// With an exam.
    Exam(Rules),
    /// With finding out what is known already.
    Placement,
}

/// Whether what was typed is on the page already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// The terminal shows what is typed.
    Terminal,
    /// The input comes from a file or a pipe: answers are written behind their prompts.
    Written,
}

/// What plain mode works with.
pub struct Means<'a> {
    /// Keeps what the learner does.
    pub store: &'a mut dyn Store,
    /// Where answers come from.
    pub input: &'a mut dyn BufRead,
    /// Where everything is written.
    pub output: &'a mut dyn Write,
    /// Whether answers must be written as well.
    pub echo: Echo,
    /// Says what time it is.
    pub clock: &'a dyn Fn() -> Moment,
    /// Gives numbers for the names and draws of sessions.
    pub entropy: &'a mut dyn FnMut() -> u64,
    /// How much the learner wants.
    pub aim: Aim,
    /// The number that every session draws from instead, so that it asks the same each time.
    pub seed: Option<u64>,
}

/// Whether all that a learner did is on disk at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Yes.
    All,
    /// No: the last of it was refused to the end, and the learner was told.
    NotAll,
}

/// Teaches until the learner quits or the input ends. A reader that went away (a closed pipe) is an end like others.
pub fn run(course: &Course, learner: Learner, means: Means, start: Start) -> io::Result<Kept> {
    let Means { store, input, output, echo, clock, entropy, aim, seed } = means;
    let talk = Talk { input, output, echo };
    let mut guide = Guide { course, learner, store, talk, clock, entropy, aim, seed, texts: None, unsaved: Vec::new() };
    let ended = guide.run(start);
    // Whatever ended it: what could not be saved before is tried a last time.
    let saved = guide.save_at_last();
    let kept = if guide.is_saved() { Kept::All } else { Kept::NotAll };
    match (ended, saved) {
        (Err(End::Output(error)), _) | (_, Err(End::Output(error))) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error)
        }
        _ => Ok(kept),
    }
}

/// Leads a learner through the course.
struct Guide<'a> {
    course: &'a Course,
    learner: Learner,
    store: &'a mut dyn Store,
    talk: Talk<'a>,
    clock: &'a dyn Fn() -> Moment,
    entropy: &'a mut dyn FnMut() -> u64,
    aim: Aim,
    seed: Option<u64>,
    /// The index of all texts, once something was looked for.
    texts: Option<TextIndex>,
    /// What the store did not take yet, in order.
    unsaved: Vec<Entry>,
}

impl Guide<'_> {
    fn run(&mut self, start: Start) -> Result<(), End> {
        self.greet()?;
        match start {
            Start::Home => {}
            Start::Lesson(id) => self.lesson(&id)?,
            Start::Questions(about) => self.drill(about)?,
            Start::Progress => self.standing()?,
            Start::Interview(wanted) => self.interview(wanted)?,
            Start::Exam(rules) => self.exam(rules)?,
            Start::Placement => self.placement()?,
        }
        loop {
            self.home()?;
        }
    }

    /// What a new session draws from.
    fn seed(&mut self) -> Seed {
        Seed(self.seed.unwrap_or_else(&mut self.entropy))
    }

    fn now(&self) -> Moment {
        (self.clock)()
    }

    fn today(&self) -> Today {
        Today { now: self.now(), aim: self.aim }
    }
}
