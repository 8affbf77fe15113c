//! A lesson, section by section, with its questions where they stand.

use super::Guide;
use super::ask::{Outcome, Support};
use super::talk::{End, Reply, WIDTH};
use crate::course::lesson::Lesson;
use crate::course::source;
use crate::id::{LessonId, QuestionId};
use crate::prose::{Block, plain};
use crate::question::answer::Verdict;
use crate::study::entry::{About, Event, Place};
use std::ops::Range;

/// Reading one section takes this long at most, in milliseconds; the rest was a pause.
const PAUSE_MS: u32 = 120_000;

/// How a lesson was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// Read to its end.
    AtEnd,
    /// Before that.
    Before,
}

impl Guide<'_> {
    /// Reads a lesson, offers practice behind it, and goes on with the next one as long as the learner does.
    pub(super) fn lesson(&mut self, id: &LessonId) -> Result<(), End> {
        let mut id = id.clone();
        while self.read(&id)? == Left::AtEnd {
            let next = self.course.lesson_after(&id).map(|lesson| (lesson.id.clone(), lesson.title.clone()));
            let mut choices = vec!["Practise what this lesson taught".to_owned()];
            choices.extend(next.iter().map(|(_, title)| format!("Read on: {title}")));
            choices.push("To the menu".to_owned());
            match (self.talk.choose("What next:", &choices)?, next) {
                (Some(0), _) => return self.drill(About::Lesson(id)),
                (Some(1), Some((next, _))) => id = next,
                (Some(_) | None, _) => return Ok(()),
            }
        }
        Ok(())
    }

    /// Reads a lesson from where it was left.
    pub(super) fn read(&mut self, id: &LessonId) -> Result<Left, End> {
        let course = self.course;
        let Some(lesson) = course.lesson(id) else {
            self.talk.say(format!("There is no lesson {id}."))?;
            return Ok(Left::Before);
        };
        let sections = sections(&lesson.body.0);
        let mut at = self.place(lesson, &sections);
        self.introduce(lesson, at, &sections)?;
        let mut took_ms: u32 = 0;
        while let Some(section) = sections.get(at) {
            let opened = self.now().at;
            let block = u16::try_from(section.start).unwrap_or(u16::MAX);
            self.record(Event::Reached { lesson: lesson.id.clone(), block })?;
            self.section(lesson, section.clone())?;
            let is_last = at + 1 == sections.len();
            let on = if is_last { "Enter to finish the lesson" } else { "Enter to read on" };
            let prompt = format!("{on}, b back, q quit: ");
            let reply = loop {
                match self.talk.ask(&prompt, "Enter goes on, b goes to the section before. Your place is kept.")? {
                    Reply::Text(_) => self.talk.say(format!("{on}."))?,
                    reply => break reply,
                }
            };
            took_ms = took_ms.saturating_add(self.now().at.since_ms(opened).min(PAUSE_MS));
            match (reply, at) {
                (Reply::Back, 0) => return Ok(Left::Before),
                (Reply::Back, _) => at -= 1,
                (Reply::Enter | Reply::Text(_), _) => at += 1,
            }
        }
        self.record(Event::Read { lesson: lesson.id.clone(), took_ms })?;
        self.talk.say("You have read this lesson.")?;
        self.sources(lesson)?;
        Ok(Left::AtEnd)
    }

    /// The section to begin with: where it was left, or the first one.
    fn place(&self, lesson: &Lesson, sections: &[Range<usize>]) -> usize {
        let reading = self.learner.lessons.get(&lesson.id).filter(|reading| !reading.read);
        let block = reading.map_or(0, |reading| usize::from(reading.block));
        sections.iter().rposition(|section| section.start <= block).unwrap_or(0)
    }

    fn introduce(&mut self, lesson: &Lesson, at: usize, sections: &[Range<usize>]) -> Result<(), End> {
        let course = self.course;
        self.talk.say("")?;
        self.talk.say(format!("Lesson: {}.", lesson.title))?;
        if let Some((module, topic)) = course.topic(&lesson.topic) {
            self.talk.say(format!("Module {:02} {}. Topic: {}.", module.number, module.title, topic.title))?;
        }
        let parts = plain::count(sections.len(), "section");
        self.talk.say(format!("{parts}, about {}.", plain::count(usize::from(lesson.minutes), "minute")))?;
        if at > 0 {
            return self.talk.say(format!("You stopped at section {}; b goes back.", at + 1));
        }
        if !lesson.goals.is_empty() {
            self.talk.say("After it you can:")?;
        }
        for goal in &lesson.goals {
            self.talk.say_all(&plain::paragraph("- ", goal, WIDTH))?;
        }
        Ok(())
    }

    fn section(&mut self, lesson: &Lesson, section: Range<usize>) -> Result<(), End> {
        for block in &lesson.body.0[section] {
            match block {
                Block::Check(id) => self.check(lesson, &QuestionId::from(id.as_str()))?,
                block => {
                    let lines = plain::block(block, WIDTH);
                    if !lines.is_empty() {
                        self.talk.say("")?;
                    }
                    self.talk.say_all(&lines)?;
                }
            }
        }
        self.talk.say("")
    }

    /// A question in the middle of a lesson. It is asked until it was right once; Enter leaves it out.
    fn check(&mut self, lesson: &Lesson, id: &QuestionId) -> Result<(), End> {
        let course = self.course;
        let Some(question) = course.question(id) else { return Ok(()) };
        self.talk.say("")?;
        if self.learner.questions.get(&question.id).is_some_and(|history| history.last == Verdict::Right) {
            return self.talk.say(format!("Question, answered before: {}", plain::line(&question.prompt)));
        }
        self.talk.say("Question:")?;
        let order = self.seed().order(&question.id, 0);
        match self.ask(question, order, "Enter to leave it out", Support::Given)? {
            Outcome::Given(given) => {
                self.answered(question, order, &given, Place::Lesson(lesson.id.clone()))?;
                let saved = if self.is_saved() { "Saved." } else { "Not saved yet." };
                self.talk.say(saved)
            }
            Outcome::Skipped | Outcome::Back => self.talk.say("Left out."),
        }
    }

    fn sources(&mut self, lesson: &Lesson) -> Result<(), End> {
        for (name, address) in lesson.sources.iter().filter_map(|source| source::address(source)) {
            self.talk.say(format!("More: {name}, {address}"))?;
        }
        Ok(())
    }
}

/// The parts of a lesson: what stands before its first heading of level 2, and each such heading with what follows.
fn sections(blocks: &[Block]) -> Vec<Range<usize>> {
    let headings = blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Heading { level: 2, .. }));
    let mut starts: Vec<usize> = headings.map(|(at, _)| at).collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}
