//! What the program does besides the full screen: one file a command.

pub mod content;
pub mod prove;
