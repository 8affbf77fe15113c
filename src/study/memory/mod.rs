//! What is still known, and when to ask again: FSRS-6 on top of the log.
//!
//! The model of memory is the `fsrs` crate's. Ours are the grade that an answer gets, the learning steps, the fuzz, and
//! what a day is. The rules stand in docs/study.md.

pub mod card;
pub mod due;
pub mod grade;
pub mod leech;
pub mod scheduler;
pub mod tune;
pub mod weights;
