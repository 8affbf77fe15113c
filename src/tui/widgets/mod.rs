//! Pieces that several screens draw.

pub mod code;
pub mod list;
pub mod pick;
pub mod prose;
pub mod sheet;
pub mod table;
