//! The shell around the screens: terminal, threads, clock. It waits, hands messages in, carries effects out and draws.

pub mod chance;
pub mod clock;
pub mod environment;
pub mod happening;
pub mod input;
pub mod run;
pub mod screen;
pub mod signals;
pub mod terminal;
pub mod thread;
pub mod wanted;
pub mod worker;
