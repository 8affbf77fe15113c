//! What reaches the loop, from whichever thread.

use crate::tui::message::Message;

/// Something for the loop.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// For the screens.
    Message(Message),
    /// The system wants the program to suspend itself.
    Suspend,
    /// The program goes on after it was stopped from outside.
    Continued,
    /// The program shall end.
    End(Cause),
}

/// Why the program shall end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A signal, by its number.
    Signal(i32),
    /// The terminal is gone.
    NoTerminal,
}
