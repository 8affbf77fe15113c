//! What hands do with a question, and the list of all forms.

use super::arrange::Arranging;
use super::choose::Choosing;
use super::field::Field;
use super::pair::Pairing;
use super::point::Pointing;
use super::recall::Recalling;
use super::type_in::Typing;
use super::{Ask, Asked, Look, Outcome};
use crate::question::answer::Answer;
use crate::question::form::Form;
use crate::tui::keys::Binding;
use crate::tui::row::{Hit, Row};

/// What hands do with a question: the same few things whatever its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Moves the bar.
    Move(i8),
    /// Takes the thing with this number or letter, from 0: an option, a line, an entry at the right, a mark.
    Pick(usize),
    /// Takes what is under the bar, or puts it down.
    PickHere,
    /// Moves the line under the bar.
    Carry(i8),
    /// Undoes what was picked for the line under the bar.
    Unpick,
    /// Goes into the field.
    Edit,
    /// Leaves the field; the text is kept.
    Leave,
    /// Types the answer instead of choosing it, or the other way round.
    Switch,
}

/// The draft of an answer: one file for each form.
pub trait Draft {
    /// What would be answered now; `None` while nothing is drafted.
    fn answer(&self) -> Option<Answer>;
    /// What its keys do.
    fn keys(&self) -> Vec<Binding<Ask>>;
    /// Does what a key stands for.
    fn act(&mut self, hand: Hand) -> Asked;
    /// A click on one of its rows, at this column of the row.
    fn clicked(&mut self, hit: Hit, column: u16) -> Asked;
    /// The mouse moved onto one of its rows while the button was down.
    fn dragged(&mut self, hit: Hit) {
        let _ = hit;
    }
    /// The button came up.
    fn released(&mut self) {}
    /// Its rows; once it is told, with the feedback in place.
    fn rows(&self, told: Option<&Outcome>, look: &Look) -> Vec<Row>;
    /// The rows of the prompt as this form wants them.
    fn prompt(&self, rows: Vec<Row>, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        let _ = (told, look);
        rows
    }
    /// Whether a move of the bar by this much would leave the form.
    fn is_at_edge(&self, by: i8) -> bool;
    /// Its text field, while it is in use.
    fn field(&self) -> Option<&Field> {
        None
    }
    /// Its text field, while it is in use.
    fn field_mut(&mut self) -> Option<&mut Field> {
        None
    }
    /// Whether the learner may say how sure they are, and give up.
    fn stance(&self) -> Stance {
        Stance::Doubts
    }
}

/// What a learner can say beside the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// How sure they are, or that they don't know.
    Doubts,
    /// Only that they don't know.
    MayGiveUp,
    /// Nothing: the answer itself says it.
    Says,
}

/// Any draft.
#[derive(Clone, Debug)]
pub enum AnyDraft {
    /// Options to pick from.
    Choosing(Choosing),
    /// A field to type into.
    Typing(Typing),
    /// Steps to put into order.
    Arranging(Arranging),
    /// Entries to join.
    Pairing(Pairing),
    /// A line to point at.
    Pointing(Pointing),
    /// A card to turn.
    Recalling(Recalling),
}

impl AnyDraft {
    /// An empty draft.
    pub fn new(form: Form) -> AnyDraft {
        match form {
            Form::Choose(choose) => AnyDraft::Choosing(Choosing::new(choose)),
            Form::Type(form) => AnyDraft::Typing(Typing::new(form)),
            Form::Arrange(steps) => AnyDraft::Arranging(Arranging::new(steps)),
            Form::Pair(pair) => AnyDraft::Pairing(Pairing::new(pair)),
            Form::Point(program) => AnyDraft::Pointing(Pointing::new(program)),
            Form::Recall(back) => AnyDraft::Recalling(Recalling::new(back)),
        }
    }

    /// The draft, whatever its form.
    pub fn get(&self) -> &dyn Draft {
        match self {
            AnyDraft::Choosing(draft) => draft,
            AnyDraft::Typing(draft) => draft,
            AnyDraft::Arranging(draft) => draft,
            AnyDraft::Pairing(draft) => draft,
            AnyDraft::Pointing(draft) => draft,
            AnyDraft::Recalling(draft) => draft,
        }
    }

    /// The draft, to change it.
    pub fn get_mut(&mut self) -> &mut dyn Draft {
        match self {
            AnyDraft::Choosing(draft) => draft,
            AnyDraft::Typing(draft) => draft,
            AnyDraft::Arranging(draft) => draft,
            AnyDraft::Pairing(draft) => draft,
            AnyDraft::Pointing(draft) => draft,
            AnyDraft::Recalling(draft) => draft,
        }
    }
}
