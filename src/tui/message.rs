//! What reaches the screens: events of the terminal and answers of the runtime, as plain data.

use crate::progress::store::Position;
use crate::settings::base16::Base16;
use crate::study::entry::Entry;
use crate::study::text::TextIndex;
use std::sync::Arc;

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A key was pressed (or held: repeats come as presses).
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The window has this size now.
    Resize(Size),
    /// A moment asked for by [`super::effect::Effect::WakeAt`] has come.
    Tick,
    /// An entry is on disk, or could not be written.
    Stored(Ticket, Result<Position, Failure>),
    /// Entries that another running copy wrote.
    Learnt(Vec<Entry>),
    /// The base16 files there are, by name, each read.
    Schemes(Vec<(String, Result<Base16, String>)>),
    /// The window is in front now, or no longer.
    Focus(bool),
    /// The terminal's background has this colour, as `0xRRGGBB`.
    Painted(u32),
    /// The index of all texts.
    Texts(Arc<TextIndex>),
    /// A report was written to this file, or could not be.
    Reported(Result<String, Failure>),
    /// An option could not be kept in its file.
    NotKept(Failure),
    /// The program was suspended and is back: everything must be drawn anew.
    Resumed,
    /// The system asks the program to end.
    Terminate,
}

/// Names one request, so that its answer can be told from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// Why something could not be done, in words for the learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What happened, such as "the disk is full".
    pub what: String,
    /// Where: a path, or empty.
    pub place: String,
}

/// A window's size, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A key with what was held beside it. Shift is part of the character and is only told for keys that have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character, upper case if Shift was held.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 to F12.
    F(u8),
}

/// What the mouse did, and at which cell (from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub did: MouseDid,
    /// The column.
    pub column: u16,
    /// The row.
    pub row: u16,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseDid {
    /// The left button went down.
    Press,
    /// The mouse moved while the left button was down.
    Drag,
    /// The left button came up.
    Release,
    /// The wheel turned away from the hand.
    WheelUp,
    /// The wheel turned towards the hand.
    WheelDown,
}

impl Key {
    /// A character without Ctrl or Alt.
    pub const fn char(c: char) -> Key {
        Key { code: Code::Char(c), ctrl: false, alt: false }
    }

    /// A key that is no character, without Ctrl or Alt.
    pub const fn code(code: Code) -> Key {
        Key { code, ctrl: false, alt: false }
    }

    /// A character with Ctrl.
    pub const fn ctrl(c: char) -> Key {
        Key { code: Code::Char(c), ctrl: true, alt: false }
    }
}
