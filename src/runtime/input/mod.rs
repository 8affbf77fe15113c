//! Keys, clicks and answers, as the terminal sends them.
//!
//! A terminal of Unix is read here and not by crossterm, for four reasons. It can be asked for its background, whose answer
//! crossterm would take for keys. Text that was pasted without a word is told from typing by how much comes at once.
//! A key is never held up by a change of the window's size. And a start needs no descriptors beside it.

#[cfg(any(not(unix), test))]
pub mod console;
pub mod parser;
pub mod paste;
#[cfg(unix)]
mod reader;

#[cfg(not(unix))]
pub use console::Input;
#[cfg(unix)]
pub use reader::Input;
