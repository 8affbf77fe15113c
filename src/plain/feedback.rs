//! What is said about an answer: the verdict, the key, a reason for each option, and why.

use super::Guide;
use super::ask::Given;
use super::talk::End;
use crate::prose::plain;
use crate::question::Question;
use crate::question::answer::{Answer, Grade, Remark, Verdict};
use crate::question::form::{Form, Label};
use crate::question::shuffle::Shuffle;
use crate::study::entry::{Attempt, Confidence, Event, Place};

impl Guide<'_> {
    /// Grades an answer, saves it, and only then says how good it was.
    pub(super) fn answered(
        &mut self,
        question: &Question,
        order: Shuffle,
        given: &Given,
        place: Place,
    ) -> Result<Verdict, End> {
        let grade = question.kind.grade(&given.answer, order);
        self.record(Event::Answered(Attempt {
            place,
            question: question.id.clone(),
            fingerprint: question.fingerprint,
            took_ms: given.took_ms,
            answer: given.answer.clone(),
            verdict: grade.verdict,
            confidence: given.confidence,
            hints: given.hints,
        }))?;
        let form = question.kind.form(order);
        self.talk.say_all(&verdict(&form, &grade, given))?;
        for (label, remark) in reasons(&form, &grade.remarks) {
            self.talk.say_labelled(&label, &remark.why)?;
        }
        self.talk.say_prose(&question.explanation)?;
        match &question.unproved {
            None => self.talk.say(format!("Run on Flask {}.", self.course.outline.flask))?,
            Some(reason) => self.talk.say(format!("Not run: {reason}"))?,
        }
        Ok(grade.verdict)
    }

    /// Where a question belongs: module and topic.
    pub(super) fn belongs_to(&self, question: &Question) -> String {
        match self.course.topic(&question.topic) {
            Some((module, topic)) => format!("{:02} {}, {}", module.number, module.title, topic.title),
            None => question.topic.to_string(),
        }
    }
}

fn verdict(form: &Form, grade: &Grade, given: &Given) -> Vec<String> {
    let word = match (grade.verdict, &given.answer) {
        (_, Answer::GaveUp) => "Shown.",
        (Verdict::Right, _) => "Right.",
        (Verdict::Partly, _) => "Partly right.",
        (Verdict::Wrong, _) => "Wrong.",
    };
    let said = match &given.answer {
        Answer::Chosen(options) => {
            let numbers = numbers(form, |id| options.iter().any(|option| option.as_str() == id));
            let sure = match given.confidence {
                Some(Confidence::Sure) => " and were sure",
                Some(Confidence::Unsure) => " and were unsure",
                None => "",
            };
            format!(" You said {numbers}{sure}.")
        }
        Answer::Typed(text) => format!(" You typed {}.", text.replace('\n', "\\n")),
        Answer::Arranged(_) | Answer::Paired(_) | Answer::Pointed { .. } | Answer::Recalled(_) | Answer::GaveUp => {
            String::new()
        }
    };
    let mut lines = vec![format!("{word}{said}")];
    if grade.verdict == Verdict::Right {
        return lines;
    }
    let is_key = |id: &str| {
        let of = |remark: &&Remark| remark.option().is_some_and(|option| option.as_str() == id);
        grade.remarks.iter().find(of).is_some_and(|remark| remark.is_key)
    };
    match form {
        Form::Choose(_) => lines[0].push_str(&format!(" The answer is {}.", numbers(form, is_key))),
        Form::Type(_) | Form::Arrange(_) | Form::Pair(_) | Form::Point(_) | Form::Recall(_) => {
            lines.extend(grade.key.iter().map(|key| format!("The answer is {}", shown(key))))
        }
    }
    lines
}

/// The numbers of some options: "1", "1 and 3", "1, 2 and 3".
fn numbers(form: &Form, wanted: impl Fn(&str) -> bool) -> String {
    let Form::Choose(choose) = form else { return String::new() };
    let options = choose.options.iter().enumerate().filter(|(_, option)| wanted(option.id.as_str()));
    let numbers: Vec<String> = options.map(|(place, _)| (place + 1).to_string()).collect();
    match numbers.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => "none of these".to_owned(),
    }
}

fn shown(label: &Label) -> String {
    match label {
        Label::Prose(text) => plain::spans(text),
        Label::Output(text) => text.replace('\n', "\\n"),
    }
}

/// The remarks in the order to say them, each with its label: the keys, what was picked wrongly, the others.
fn reasons<'a>(form: &Form, remarks: &'a [Remark]) -> Vec<(String, &'a Remark)> {
    let mut reasons: Vec<(u8, String, &Remark)> = Vec::new();
    for remark in remarks.iter().filter(|remark| !remark.why.0.is_empty()) {
        let number = remark.option().map(|option| numbers(form, |id| id == option.as_str()));
        let (rank, label) = match (number, remark.is_key, remark.chosen) {
            (None, _, _) => (1, "What you typed".to_owned()),
            (Some(number), true, _) => (0, format!("Why {number}")),
            (Some(number), false, true) => (1, format!("Why not {number}")),
            (Some(number), false, false) => (2, format!("Why not {number}")),
        };
        reasons.push((rank, label, remark));
    }
    reasons.sort_by_key(|(rank, _, _)| *rank);
    reasons.into_iter().map(|(_, label, remark)| (label, remark)).collect()
}
