//! Learning, as pure functions of course, log, seed and moment. Nothing here opens a file or asks a clock.

pub mod entry;
pub mod exam;
pub mod history;
pub mod interview;
pub mod learner;
pub mod mastery;
pub mod memory;
pub mod moment;
pub mod names;
pub mod next;
pub mod pick;
pub mod placement;
pub mod plan;
pub mod readiness;
pub mod recent;
pub mod report;
#[cfg(test)]
pub mod sample;
pub mod search;
pub mod seed;
pub mod session;
pub mod synonyms;
pub mod text;
pub mod today;
