//! What screens want done outside: values that the runtime carries out, so that a test can compare them.

use super::message::Ticket;
use crate::study::entry::Entry;
use crate::study::moment::Timestamp;

/// Something to do outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write an entry; the answer is [`super::message::Message::Stored`] with the same ticket.
    Record(Ticket, Entry),
    /// Keep a setting.
    Keep {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: String,
    },
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
