//! What the screens start with.

use super::message::{Failure, Size};
use super::preferences::Wanted;
use super::theme::Terminal;
use crate::id::LessonId;
use crate::study::entry::About;
use crate::study::moment::Moment;

/// What a program starts with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The window.
    pub size: Size,
    /// Now.
    pub now: Moment,
    /// The seed that the learner gave.
    pub seed: Option<u64>,
    /// What the operating system drew, so that session names are unique.
    pub entropy: u64,
    /// What the terminal can show.
    pub terminal: Terminal,
    /// What the learner wants.
    pub wanted: Wanted,
    /// Where to begin.
    pub start: Start,
    /// Why progress can't be saved; `None` when it can.
    pub trouble: Option<Failure>,
}

/// Where to begin.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// On the home screen.
    Home,
    /// In a lesson.
    Lesson(LessonId),
    /// With questions.
    Practise(About),
    /// On the progress screen.
    Progress,
}
