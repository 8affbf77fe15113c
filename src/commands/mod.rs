//! What the program does besides the full screen: one file a command.

pub mod content;
pub mod due;
pub mod goals;
pub mod interview;
pub mod place;
pub mod progress;
pub mod prove;
pub mod schema;
pub mod search;
pub mod stats;
pub mod transfer;
pub mod tune;
