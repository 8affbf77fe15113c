//! What is said about an answer: the verdict, the key, a reason for each option, and why.

use super::Guide;
use super::ask::Given;
use super::show::{entry, letter, number};
use super::talk::End;
use crate::id::OptionId;
use crate::prose::{Block, plain};
use crate::question::Question;
use crate::question::answer::{Answer, Grade, Part, Recall, Remark, Verdict};
use crate::question::exhibit;
use crate::question::form::{Choice, Form, Label};
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
        if let (Form::Recall(back), Answer::GaveUp) = (&form, &given.answer) {
            self.talk.say_labelled("The back", back)?;
        }
        for (label, remark) in reasons(&form, &grade.remarks) {
            match mended(remark) {
                Some(lines) => {
                    self.talk.say(format!("{label}:"))?;
                    self.talk.say_all(&lines)?;
                }
                None => self.talk.say_labelled(&label, &remark.why)?,
            }
        }
        self.talk.say_prose(&question.explanation)?;
        if let Some(reason) = &question.unproved {
            self.talk.say(format!("Not run: {reason}"))?;
        } else if !question.ran_on.is_empty() {
            match exhibit::told(&question.shown, &given.answer, &grade).as_slice() {
                [] => self.talk.say(format!("Run on Flask {}.", question.ran_on))?,
                lines => {
                    self.talk.say(format!("Proof, Flask {}:", question.ran_on))?;
                    for line in lines {
                        self.talk.say(format!("  {line}"))?;
                    }
                }
            }
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
        (_, Answer::Recalled(_)) => "Noted.",
        (Verdict::Right, _) => "Right.",
        (Verdict::Partly, _) => "Partly right.",
        (Verdict::Wrong, _) => "Wrong.",
    };
    let sure = match given.confidence {
        Some(Confidence::Sure) => " and were sure",
        Some(Confidence::Unsure) => " and were unsure",
        None => "",
    };
    let said = match (&given.answer, form) {
        (Answer::GaveUp, _) => String::new(),
        (Answer::Typed(text), _) => format!(" You typed {}.", text.replace('\n', "\\n")),
        (Answer::Recalled(recall), _) => format!(" You knew it {}.", how(*recall)),
        (Answer::Pointed { line, .. }, _) => format!(" You said line {line}{sure}."),
        (answer, form) => format!(" You said {}{sure}.", named(answer, form)),
    };
    let mut lines = vec![format!("{word}{said}")];
    if grade.verdict == Verdict::Right {
        return lines;
    }
    let is_key = |id: &OptionId| {
        let of = |remark: &&Remark| remark.option() == Some(id);
        grade.remarks.iter().find(of).is_some_and(|remark| remark.is_key)
    };
    match form {
        Form::Choose(choose) => lines[0].push_str(&format!(" The answer is {}.", numbers(&choose.options, is_key))),
        Form::Type(_) => lines.extend(grade.key.iter().map(|key| format!("The answer is {}", shown(key)))),
        Form::Arrange(steps) => {
            lines.push("The right order:".to_owned());
            for key in &grade.key {
                let place = steps.iter().position(|step| step.text == *key);
                lines.extend(entry(&place.map(number).unwrap_or_default(), key));
            }
        }
        Form::Pair(_) => {
            lines.push("What belongs together:".to_owned());
            lines.extend(grade.key.iter().map(|key| format!("  {}", shown(key))));
        }
        Form::Point(_) => lines.extend(grade.key.iter().map(|key| format!("The answer is {}.", shown(key)))),
        Form::Recall(_) => {}
    }
    lines
}

/// What was picked, arranged or joined, by the names that it was shown with.
fn named(answer: &Answer, form: &Form) -> String {
    let place = |choices: &[Choice], id: &OptionId| choices.iter().position(|choice| choice.id == *id);
    let names: Vec<String> = match (answer, form) {
        (Answer::Chosen(chosen), Form::Choose(choose)) => return numbers(&choose.options, |id| chosen.contains(id)),
        (Answer::Arranged(order), Form::Arrange(steps)) => {
            order.iter().filter_map(|id| place(steps, id)).map(number).collect()
        }
        (Answer::Paired(pairs), Form::Pair(pair)) => {
            let joined = |(left, right): &(OptionId, OptionId)| {
                Some(format!("{}{}", number(place(&pair.left, left)?), letter(place(&pair.right, right)?)))
            };
            pairs.iter().filter_map(joined).collect()
        }
        (
            Answer::Chosen(_)
            | Answer::Typed(_)
            | Answer::Arranged(_)
            | Answer::Paired(_)
            | Answer::Pointed { .. }
            | Answer::Recalled(_)
            | Answer::GaveUp,
            _,
        ) => Vec::new(),
    };
    names.join(" ")
}

/// What belongs in the place of a line, without line numbers of its own.
fn mended(remark: &Remark) -> Option<Vec<String>> {
    match (&remark.about, remark.why.0.as_slice()) {
        (Part::Line(_), [Block::Code(code)]) => {
            Some(code.lines.iter().map(|line| format!("  {}", line.text)).collect())
        }
        (Part::Line(_) | Part::Option(_) | Part::Whole, _) => None,
    }
}

fn how(recall: Recall) -> &'static str {
    match recall {
        Recall::Again => "not",
        Recall::Hard => "with effort",
        Recall::Good => "well",
        Recall::Easy => "at once",
    }
}

/// The numbers of some options: "1", "1 and 3", "1, 2 and 3".
fn numbers(choices: &[Choice], wanted: impl Fn(&OptionId) -> bool) -> String {
    let wanted = choices.iter().enumerate().filter(|(_, choice)| wanted(&choice.id));
    let numbers: Vec<String> = wanted.map(|(place, _)| number(place)).collect();
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
        let (rank, label) = match (&remark.about, remark.is_key, form) {
            (Part::Whole, _, _) => (1, "What you typed".to_owned()),
            (Part::Line(line), true, _) => (0, format!("Line {line}, mended")),
            (Part::Line(line), false, _) => (1, format!("Why not line {line}")),
            (Part::Option(id), _, Form::Arrange(steps)) => (0, format!("About {}", numbers(steps, |step| step == id))),
            (Part::Option(id), _, Form::Pair(pair)) => (0, format!("About {}", numbers(&pair.left, |left| left == id))),
            (Part::Option(id), is_key, Form::Choose(choose)) => {
                let number = numbers(&choose.options, |option| option == id);
                if is_key { (0, format!("Why {number}")) } else { (2, format!("Why not {number}")) }
            }
            (Part::Option(_), _, Form::Type(_) | Form::Point(_) | Form::Recall(_)) => continue,
        };
        let rank = if remark.chosen { rank.min(1) } else { rank };
        reasons.push((rank, label, remark));
    }
    reasons.sort_by_key(|(rank, _, _)| *rank);
    reasons.into_iter().map(|(_, label, remark)| (label, remark)).collect()
}
