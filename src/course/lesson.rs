//! A lesson with its text.

use crate::id::{LessonId, QuestionId, TopicId};
use crate::prose::{Block, Expect, Prose, Span};
use crate::question::trial::{Outcome, Trial};
use serde::{Deserialize, Serialize};

/// A lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// Its name, unique in the course.
    pub id: LessonId,
    /// What it is about.
    pub topic: TopicId,
    /// Its title.
    pub title: String,
    /// How long it takes to read, in minutes.
    pub minutes: u16,
    /// What the reader can do afterwards.
    pub goals: Vec<Vec<Span>>,
    /// The versions for which it holds, as written; empty for the course's own.
    pub flask: String,
    /// Pages to read, as [`super::source`] spells them.
    pub sources: Vec<String>,
    /// The version of Flask that its programs were recorded on; empty where they were not, or were changed since.
    pub ran_on: String,
    /// The text.
    pub body: Prose,
}

impl Lesson {
    /// What real Flask must confirm about its programs, those inside lists and quotations included. A program without an
    /// `output` below it prints nothing.
    pub fn trials(&self) -> Vec<Trial> {
        let mut trials = Vec::new();
        collect(&self.body.0, &mut trials);
        trials
    }

    /// The questions that it asks, in order.
    pub fn checks(&self) -> impl Iterator<Item = QuestionId> {
        self.body.0.iter().filter_map(|block| match block {
            Block::Check(id) => Some(QuestionId::from(id.as_str())),
            _ => None,
        })
    }
}

fn collect(blocks: &[Block], trials: &mut Vec<Trial>) {
    for block in blocks {
        match block {
            Block::Code(code) => {
                let expect = match &code.expect {
                    None => continue,
                    Some(Expect::Passes) => Outcome::Prints(code.output.clone().unwrap_or_default()),
                    Some(Expect::Fails(error)) => {
                        Outcome::FailsWith { error: error.clone(), prints: code.output.clone() }
                    }
                };
                let about = format!("program {}", trials.len() + 1);
                trials.push(Trial { about, program: code.text(), expect });
            }
            Block::Quote(inner) | Block::Callout { body: inner, .. } | Block::Footnote { body: inner, .. } => {
                collect(inner, trials);
            }
            Block::List { items, .. } => items.iter().for_each(|item| collect(&item.blocks, trials)),
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Check(_)
            | Block::Diagram(_)
            | Block::Steps(_)
            | Block::Table { .. }
            | Block::Rule => {}
        }
    }
}
