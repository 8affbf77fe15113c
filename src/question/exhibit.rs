//! What a proof can show: a kind says where to look, whoever ran the proof writes down what was seen, and the feedback tells
//! it again.

use super::answer::{Answer, Grade, Part};
use super::syntax::Around;
use super::typed;
use crate::id::OptionId;
use serde::{Deserialize, Serialize};

/// A line that was seen when the proof was run: `client.get("/list").status is '400 BAD REQUEST'`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// What it is about.
    pub about: About,
    /// The line.
    pub text: String,
}

/// What a line is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// An option, or an entry at the left of a pair.
    Option(OptionId),
    /// A line of the program, from 1.
    Line(u16),
    /// A text that may be typed.
    Typed(String),
    /// The question.
    Whole,
}

/// Where to look for such a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhibit {
    /// What the line will be about.
    pub about: About,
    /// What to write down.
    pub look: Look,
}

/// What to write down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// What the claim of this name compared; `code` is what it says, for one that compares nothing.
    Claim {
        /// Its name in the trial.
        name: String,
        /// The author's expression.
        code: String,
        /// What stands for a word of it: `left` for the id of a pair.
        word: Option<(String, String)>,
    },
    /// The value of an expression that the claim of this name looked at as a text.
    Value {
        /// Its name in the trial.
        name: String,
        /// The author's expression.
        code: String,
        /// The texts that it may have been, for a claim that looks at it without capital letters.
        texts: Vec<String>,
    },
    /// The error that the trial of this name ends with.
    Error(String),
    /// What this program asserts.
    Asserts(String),
}

/// The most lines that are told after an answer: one look must take them in.
pub const LINES_MAX: usize = 4;

/// What is told after an answer: what shows the key first, then what shows what was picked. No line is told twice.
pub fn told<'a>(shown: &'a [Shown], answer: &Answer, grade: &Grade) -> Vec<&'a str> {
    let around = Around::default();
    let is_about = |shown: &Shown, part: &Part| match (&shown.about, part) {
        (About::Option(id), Part::Option(other)) => id == other,
        (About::Line(line), Part::Line(other)) => line == other,
        (About::Typed(text), Part::Whole) => {
            matches!(answer, Answer::Typed(typed) if typed::code(typed, around) == typed::code(text, around))
        }
        (About::Whole, Part::Whole) => true,
        (About::Option(_) | About::Line(_) | About::Typed(_) | About::Whole, _) => false,
    };
    let rank = |shown: &Shown| {
        let remarks = || grade.remarks.iter().filter(|remark| is_about(shown, &remark.about));
        match &shown.about {
            About::Whole => Some(0),
            _ if remarks().any(|remark| remark.is_key && !remark.chosen) => Some(0),
            _ if remarks().any(|remark| remark.is_key) => Some(1),
            _ if remarks().any(|remark| remark.chosen) => Some(2),
            _ => None,
        }
    };
    let mut ranked: Vec<(u8, &str)> =
        shown.iter().filter_map(|shown| Some((rank(shown)?, shown.text.as_str()))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut told: Vec<&str> = Vec::new();
    for (_, text) in ranked {
        if !told.contains(&text) && told.len() < LINES_MAX {
            told.push(text);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;
    use crate::question::answer::{Remark, Verdict};

    fn shown(about: About, text: &str) -> Shown {
        Shown { about, text: text.to_owned() }
    }

    fn remark(about: Part, is_key: bool, chosen: bool) -> Remark {
        Remark { about, is_key, chosen, why: Prose::default() }
    }

    #[test]
    fn the_key_comes_first_and_what_nobody_picked_is_left_out() {
        let option = |id: &str| About::Option(id.into());
        let lines = [
            shown(option("gone"), "status is 410"),
            shown(option("ok"), "text is 'hello'"),
            shown(option("other"), "status is 200"),
            shown(option("key"), "status is 404"),
        ];
        let part = |id: &str| Part::Option(id.into());
        let remarks = vec![
            remark(part("gone"), false, false),
            remark(part("ok"), false, true),
            remark(part("other"), false, false),
            remark(part("key"), true, false),
        ];
        let grade = Grade { verdict: Verdict::Wrong, key: Vec::new(), remarks };
        let answer = Answer::Chosen(vec!["ok".into()]);
        assert_eq!(told(&lines, &answer, &grade), ["status is 404", "text is 'hello'"]);
    }

    #[test]
    fn of_typed_texts_only_the_one_that_was_typed_is_told() {
        let lines = [
            shown(About::Typed("app['a']".into()), "ends with TypeError"),
            shown(About::Typed("b".into()), "ends with NameError"),
        ];
        let grade = Grade { verdict: Verdict::Wrong, key: Vec::new(), remarks: vec![remark(Part::Whole, false, true)] };
        assert_eq!(told(&lines, &Answer::Typed("app[\"a\"]".into()), &grade), ["ends with TypeError"]);
    }
}
