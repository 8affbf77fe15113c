//! A session of questions, until each is right or was asked often enough.

use super::Guide;
use super::ask::{Outcome, Support};
use super::talk::{End, Reply};
use crate::course::Course;
use crate::id::{LessonId, QuestionId};
use crate::prose::plain::count;
use crate::question::Question;
use crate::question::answer::Verdict;
use crate::question::form::Form;
use crate::study::entry::{About, Event, Place, SessionId};
use crate::study::memory::grade::Grade;
use crate::study::pick;
use crate::study::session::Session;

impl Guide<'_> {
    /// Asks about something, in a new session.
    pub(super) fn drill(&mut self, about: About) -> Result<(), End> {
        let seed = self.seed();
        let Some(plan) = pick::plan(self.course, &self.learner, about.clone(), seed, self.today()) else {
            return self.talk.say(match about {
                About::Review => "Nothing is due.",
                About::Choice(_) => "No question fits that.",
                About::Lesson(_)
                | About::Topic(_)
                | About::Module(_)
                | About::Mixed
                | About::Mistakes
                | About::Single(_)
                | About::Exam(_)
                | About::Interview(_)
                | About::Placement => "There is nothing to ask about that.",
            });
        };
        let session = Session::start(SessionId((self.entropy)()), plan.clone(), seed);
        self.record(Event::Started { session: session.id, plan, seed })?;
        self.session(session)
    }

    /// Goes on with a session.
    pub(super) fn session(&mut self, mut session: Session) -> Result<(), End> {
        let course = self.course;
        let total = session.plan.questions.len();
        self.talk.say("")?;
        self.talk.say(format!("{}. Type ? for help at any prompt.", count(total, "question")))?;
        while let Some(asked) = session.asked().cloned() {
            // A course that lost a question (a folder that changed meanwhile) goes on with the others.
            let Some(question) = course.question(&asked.question) else {
                session.answered(Verdict::Right);
                continue;
            };
            let order = session.order();
            let number = session.plan.questions.iter().position(|id| *id == asked.question).unwrap_or(0) + 1;
            let again = if asked.round > 0 { ", asked again" } else { "" };
            let topic = course.topic(&question.topic).map_or("", |(_, topic)| &topic.title);
            self.talk.say("")?;
            self.talk.say(format!("Question {number} of {total}{again}. {}. Topic: {topic}.", manner(question)))?;
            let given = match self.ask(question, order, "", Support::Given)? {
                Outcome::Given(given) => given,
                Outcome::Skipped => continue,
                Outcome::Back => return self.talk.say("Your place in these questions is kept."),
            };
            let place = Place::Session { id: session.id, round: asked.round };
            let verdict = self.answered(question, order, &given, place)?;
            session.answered(verdict);
            self.talk.say(format!("Lesson: {}.", self.belongs_to(question)))?;
            let saved = if self.is_saved() { "Saved." } else { "Not saved yet." };
            let returns = if session.last_returns() { " Asked again in this session." } else { "" };
            self.talk.say(format!("{saved}{returns}"))?;
            if session.asked().is_some() {
                match self.between(course, question)? {
                    Between::Next => {}
                    Between::Undo => drop(session.undo()),
                    Between::Stop => return self.talk.say("Your place in these questions is kept."),
                }
            }
        }
        self.record(Event::Finished { session: session.id })?;
        self.summary(&session)
    }

    /// The pause after a question.
    fn between(&mut self, course: &Course, question: &Question) -> Result<Between, End> {
        let lesson = course.outline.lessons().find(|lesson| lesson.topic == question.topic).map(|lesson| &lesson.id);
        let offer = if lesson.is_some() { ", l lesson" } else { "" };
        let prompt = format!("Enter for the next question{offer}, u undo, q quit: ");
        loop {
            match (self.talk.ask(&prompt, PAUSE)?, lesson) {
                (Reply::Enter, _) => return Ok(Between::Next),
                (Reply::Back, _) => return Ok(Between::Stop),
                (Reply::Text(text), Some(lesson)) if text.eq_ignore_ascii_case("l") => self.look_up(lesson)?,
                (Reply::Text(text), _) if text.eq_ignore_ascii_case("u") => {
                    self.record(Event::Undone { question: question.id.clone() })?;
                    self.talk.say("Taken back: it counts as never given.")?;
                    return Ok(Between::Undo);
                }
                (Reply::Text(text), _) => match grade(&text) {
                    Some(grade) => {
                        self.record(Event::Graded { question: question.id.clone(), grade })?;
                        self.talk.say(format!("Counts as “{}” now.", grade.word()))?;
                    }
                    None => self.talk.say("Press Enter to go on.")?,
                },
            }
        }
    }

    fn look_up(&mut self, lesson: &LessonId) -> Result<(), End> {
        self.read(lesson)?;
        self.talk.say("Back to the questions.")
    }

    fn summary(&mut self, session: &Session) -> Result<(), End> {
        let total = session.plan.questions.len();
        let first = |id: &&QuestionId| {
            session
                .done()
                .iter()
                .any(|done| done.asked.question == **id && done.asked.round == 0 && done.verdict == Verdict::Right)
        };
        let last = |id: &&QuestionId| {
            session
                .done()
                .iter()
                .rfind(|done| done.asked.question == **id)
                .is_some_and(|done| done.verdict == Verdict::Right)
        };
        let at_once: Vec<_> = session.plan.questions.iter().filter(first).collect();
        let (later, open): (Vec<_>, Vec<_>) = session.plan.questions.iter().filter(|id| !first(id)).partition(last);
        self.talk.say("")?;
        self.talk.say(format!("The questions are done. Right at once: {} of {total}.", at_once.len()))?;
        for (label, ids) in [("Right when asked again", later), ("Not right yet", open)] {
            if !ids.is_empty() {
                self.talk.say(format!("{label}, {}:", ids.len()))?;
            }
            for id in ids {
                let prompt = self.course.question_outline(id).map_or("", |(_, question)| &question.prompt);
                self.talk.say(format!("  {prompt}"))?;
            }
        }
        Ok(())
    }
}

const PAUSE: &str = "Enter asks the next question, l opens the lesson about this one, u takes your answer back. 1 to 4 say \
                     how well you knew it, where that is not what the answer shows: 1 not, 2 with effort, 3 well, 4 at once.";

/// What comes after a question.
enum Between {
    Next,
    /// The same one again.
    Undo,
    Stop,
}

fn grade(text: &str) -> Option<Grade> {
    let place = text.parse::<usize>().ok()?.checked_sub(1)?;
    Grade::ALL.get(place).copied()
}

/// What hands do, in a few words.
fn manner(question: &Question) -> &'static str {
    match question.kind.form(crate::question::shuffle::Shuffle(0)) {
        Form::Choose(choose) if choose.many => "One or more answers",
        Form::Choose(_) => "One answer",
        Form::Type(_) => "Type the answer",
        Form::Arrange(_) => "Put in order",
        Form::Pair(_) => "Join the pairs",
        Form::Point(_) => "Point at a line",
        Form::Recall(_) => "A card",
    }
}
