//! The text field of a question: what was typed, and whether keys go into it.

use crate::tui::message::{Code, Key};
use tui_input::{Input, InputRequest};

/// A text field of one line. Leaving it keeps its text.
#[derive(Clone, Debug, Default)]
pub struct Field {
    input: Input,
    focus: Focus,
}

/// Whether keys go into a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    /// They do: printable keys are text.
    #[default]
    Inside,
    /// They don't.
    Beside,
}

impl Field {
    /// A field with this text in it, and the cursor behind it.
    pub fn with(text: &str) -> Field {
        Field { input: Input::new(text.to_owned()), focus: Focus::Inside }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Where the cursor stands, in columns of the text.
    pub fn cursor(&self) -> usize {
        self.input.visual_cursor()
    }

    /// Whether printable keys are text.
    pub fn is_entered(&self) -> bool {
        self.focus == Focus::Inside
    }

    /// Goes into the field.
    pub fn enter(&mut self) {
        self.focus = Focus::Inside;
    }

    /// Leaves the field.
    pub fn leave(&mut self) {
        self.focus = Focus::Beside;
    }

    /// Takes a key as text or as editing.
    pub fn typed(&mut self, key: Key) {
        let request = match key {
            Key { code: Code::Char(c), ctrl: false, alt: false } => Some(InputRequest::InsertChar(c)),
            Key { code: Code::Char('w'), ctrl: true, .. } => Some(InputRequest::DeletePrevWord),
            Key { code: Code::Char('u'), ctrl: true, .. } => Some(InputRequest::DeleteLine),
            Key { code: Code::Char('k'), ctrl: true, .. } => Some(InputRequest::DeleteTillEnd),
            Key { code: Code::Char('a'), ctrl: true, .. } => Some(InputRequest::GoToStart),
            Key { code: Code::Char('e'), ctrl: true, .. } => Some(InputRequest::GoToEnd),
            Key { code: Code::Char('b'), alt: true, .. } => Some(InputRequest::GoToPrevWord),
            Key { code: Code::Char('f'), alt: true, .. } => Some(InputRequest::GoToNextWord),
            Key { code: Code::Backspace, .. } => Some(InputRequest::DeletePrevChar),
            Key { code: Code::Delete, .. } => Some(InputRequest::DeleteNextChar),
            Key { code: Code::Left, .. } => Some(InputRequest::GoToPrevChar),
            Key { code: Code::Right, .. } => Some(InputRequest::GoToNextChar),
            Key { code: Code::Home, .. } => Some(InputRequest::GoToStart),
            Key { code: Code::End, .. } => Some(InputRequest::GoToEnd),
            _ => None,
        };
        if let Some(request) = request {
            self.input.handle(request);
        }
    }
}
