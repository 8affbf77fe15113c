//! What screens want done outside: values that the runtime carries out, so that a test can compare them.

use super::message::Ticket;
use crate::settings::Change;
use crate::study::entry::Entry;
use crate::study::moment::Timestamp;
use crate::study::report::Report;

/// Something to do outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write an entry; the answer is [`super::message::Message::Stored`] with the same ticket.
    Record(Ticket, Entry),
    /// Keep an option, which counts from now on.
    Keep(Change),
    /// Write a text to a file of its own; the answer is [`super::message::Message::Reported`].
    Report(Report),
    /// Make the index of all texts; the answer is [`super::message::Message::Texts`].
    ReadTexts,
    /// Read the base16 files; the answer is [`super::message::Message::Schemes`].
    ReadSchemes,
    /// Put a text on the clipboard of the terminal.
    Copy(String),
    /// Send [`super::message::Message::Tick`] at this moment.
    WakeAt(Timestamp),
    /// Catch the mouse, or leave it to the terminal.
    CatchMouse(bool),
    /// Suspend the program, as Ctrl-Z does elsewhere.
    Suspend,
    /// Draw everything anew, as after another program wrote over the screen.
    Redraw,
    /// End the program.
    Quit,
}
