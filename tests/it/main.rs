//! The tests that look at the program from outside, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

#[cfg(unix)]
mod asking;
mod content;
mod environments;
mod harnesses;
mod hostile;
#[cfg(unix)]
mod kill;
mod layers;
mod matrix;
mod plain;
mod proofs;
#[cfg(unix)]
mod pty;
mod readme;
#[cfg(unix)]
mod records;
#[cfg(unix)]
mod schema;
#[cfg(unix)]
mod settings;
mod store;
mod study;
mod syntax;
#[cfg(unix)]
mod terminal;
mod transfer;
mod wide;
