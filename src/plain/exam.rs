//! An exam and a placement, line by line: nothing is told before the end.

use super::Guide;
use super::ask::{Outcome, Support};
use super::talk::{End, Reply};
use crate::prose::plain::count;
use crate::question::answer::Verdict;
use crate::study::entry::{About, Attempt, Event, Place, Plan, SessionId};
use crate::study::exam::{self, Exam, Rules};
use crate::study::placement::{Placement, QUESTIONS_MAX};

/// What came of one sheet.
enum Sheet {
    Done,
    /// The list of sheets.
    List,
    TimeOver,
}

impl Guide<'_> {
    /// Goes on with the exam that was left, or begins one.
    pub(super) fn exam(&mut self, rules: Rules) -> Result<(), End> {
        if let Some(open) = &self.learner.exam {
            let exam = Exam::resume(open);
            self.talk.say("You go on with the exam that you left; its time ran on.")?;
            return self.sit(exam);
        }
        let seed = self.seed();
        let Some(plan) = exam::paper(self.course, &rules, seed) else {
            return self.talk.say("There is nothing to ask in that exam.");
        };
        let (id, began) = (SessionId((self.entropy)()), self.now().at);
        self.record(Event::Started { session: id, plan: plan.clone(), seed })?;
        self.talk.say(format!(
            "Exam: {} in {}. {} percent are needed. There are no hints, and nothing is told before you hand in.",
            count(plan.questions.len(), "question"),
            count(usize::from(rules.minutes), "minute"),
            rules.pass_percent
        ))?;
        self.sit(Exam::start(id, plan, seed, rules, began))
    }

    fn sit(&mut self, mut exam: Exam) -> Result<(), End> {
        loop {
            while exam.at < exam.sheets.len() {
                match self.sheet(&mut exam)? {
                    Sheet::Done if exam.at + 1 < exam.sheets.len() => exam.at += 1,
                    Sheet::Done | Sheet::List => break,
                    Sheet::TimeOver => {
                        self.talk.say("The time is over.")?;
                        return self.hand_in(&exam);
                    }
                }
            }
            match self.sheets(&exam)? {
                Some(place) => exam.turn_to(place),
                None => return self.hand_in(&exam),
            }
        }
    }

    fn sheet(&mut self, exam: &mut Exam) -> Result<Sheet, End> {
        if exam.left_ms(self.now().at) == 0 {
            return Ok(Sheet::TimeOver);
        }
        let course = self.course;
        let Some(question) = exam.sheet().and_then(|sheet| course.question(&sheet.question)) else {
            return Ok(Sheet::Done);
        };
        let (number, total) = (exam.at + 1, exam.sheets.len());
        let minutes = count((exam.left_ms(self.now().at) as usize).div_ceil(60_000), "minute");
        let written = if exam.sheet().is_some_and(|sheet| sheet.answer.is_some()) { ", answered" } else { "" };
        self.talk.say("")?;
        self.talk.say(format!("Question {number} of {total}{written}. {minutes} left."))?;
        let outcome = self.ask(question, exam.order(exam.at), "Enter to go on without", Support::None)?;
        if exam.left_ms(self.now().at) == 0 {
            return Ok(Sheet::TimeOver);
        }
        match outcome {
            Outcome::Given(given) => {
                if let Some(event) = exam.write(given.answer, given.took_ms) {
                    self.record(event)?;
                }
                Ok(Sheet::Done)
            }
            Outcome::Skipped => Ok(Sheet::Done),
            Outcome::Back => Ok(Sheet::List),
        }
    }

    /// The list of sheets: the place of one to go to, or nothing to hand in.
    fn sheets(&mut self, exam: &Exam) -> Result<Option<usize>, End> {
        let total = exam.sheets.len();
        self.talk.say("")?;
        self.talk.say(format!("{} of {} answered.", exam.answered(), count(total, "question")))?;
        let empty = exam.sheets.iter().enumerate().filter(|(_, sheet)| sheet.answer.is_none());
        let empty: Vec<String> = empty.map(|(at, _)| (at + 1).to_string()).collect();
        if !empty.is_empty() {
            self.talk.say(format!("Without an answer: {}.", empty.join(", ")))?;
        }
        loop {
            match self.talk.ask(&format!("A number, 1 to {total}, or hand in: "), HAND_IN)? {
                Reply::Text(text) if text.eq_ignore_ascii_case("hand in") => return Ok(None),
                Reply::Text(text) => match text.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) {
                    Some(place) if place < total => return Ok(Some(place)),
                    Some(_) | None => self.talk.say(HAND_IN)?,
                },
                Reply::Enter | Reply::Back => self.talk.say(HAND_IN)?,
            }
        }
    }

    fn hand_in(&mut self, exam: &Exam) -> Result<(), End> {
        let (events, outcome) = exam.hand_in(self.course);
        for event in events {
            self.record(event)?;
        }
        let result = if outcome.passed { "Passed" } else { "Not passed" };
        let percent = (outcome.right * 100).checked_div(outcome.total).unwrap_or(0);
        self.talk.say("")?;
        self.talk.say(format!("{result}: {} of {} right, {percent} percent.", outcome.right, outcome.total))?;
        for (module, right, all) in &outcome.modules {
            let index = self.course.module_index(module);
            let title = index.map_or("", |index| self.course.outline.modules[index].title.as_str());
            self.talk.say(format!("  {title}: {right} of {all}"))?;
        }
        let wrong: Vec<_> = outcome.verdicts.iter().filter(|(_, verdict)| !is_right(*verdict)).collect();
        if wrong.is_empty() {
            return Ok(());
        }
        self.talk.say(format!("Not right, {}; what you answered comes again as a review:", wrong.len()))?;
        for (id, verdict) in wrong {
            let prompt = self.course.question_outline(id).map_or("", |(_, question)| question.prompt.as_str());
            let empty = if verdict.is_none() { " (no answer)" } else { "" };
            self.talk.say(format!("  {prompt}{empty}"))?;
        }
        Ok(())
    }

    /// Finds out which modules the learner knows already.
    pub(super) fn placement(&mut self) -> Result<(), End> {
        let course = self.course;
        let mut placement = match &self.learner.placement {
            Some(open) => {
                let answers = open.answers.iter().map(|given| (&given.question, given.verdict));
                Placement::resume(course, open.id, open.seed, answers)
            }
            None => {
                let (seed, id) = (self.seed(), SessionId((self.entropy)()));
                let plan = Plan { about: About::Placement, questions: Vec::new() };
                self.record(Event::Started { session: id, plan, seed })?;
                Placement::start(course, id, seed)
            }
        };
        self.talk.say("")?;
        self.talk.say(format!(
            "Find your level: at most {QUESTIONS_MAX} questions, and no hints. x says that you don’t know: that is an answer, too."
        ))?;
        while let Some(question) = placement.asked().and_then(|id| course.question(id)) {
            let order = placement.order();
            self.talk.say("")?;
            self.talk.say(format!("Question {} of at most {QUESTIONS_MAX}.", placement.answered_count() + 1))?;
            let given = match self.ask(question, order, "", Support::None)? {
                Outcome::Given(given) => given,
                Outcome::Skipped => continue,
                Outcome::Back => return self.talk.say("Your place is kept: “placement” goes on."),
            };
            let verdict = question.kind.grade(&given.answer, order).verdict;
            self.record(Event::Answered(Attempt {
                place: Place::Session { id: placement.id, round: 0 },
                question: question.id.clone(),
                fingerprint: question.fingerprint,
                took_ms: given.took_ms,
                answer: given.answer,
                verdict,
                confidence: given.confidence,
                hints: 0,
            }))?;
            placement.answered(course, verdict);
        }
        for event in placement.finish(course) {
            self.record(event)?;
        }
        self.talk.say("")?;
        self.talk.say(format!("That was {}.", count(placement.answered_count(), "question")))?;
        for (module, chance) in placement.beliefs(course) {
            let known = placement.known(course).contains(&module.id);
            let what = if known { "you know it; its lessons are left out" } else { "to learn" };
            let percent = (chance * 100.0).round();
            self.talk.say(format!(
                "  {:02} {}: {what} ({percent} percent likely that you know it)",
                module.number, module.title
            ))?;
        }
        Ok(())
    }
}

const HAND_IN: &str = "Type the number of a question to look at it again, or: hand in";

fn is_right(verdict: Option<Verdict>) -> bool {
    verdict == Some(Verdict::Right)
}
