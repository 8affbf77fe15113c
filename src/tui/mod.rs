//! The full-screen program as a pure state machine: messages in, effects out, a frame drawn from the state.
//!
//! Nothing here opens a file, starts a process or asks a clock; time rides on each message.

pub mod app;
pub mod chrome;
pub mod effect;
pub mod forms;
pub mod keymap;
pub mod keys;
pub mod ledger;
pub mod link;
pub mod message;
pub mod notices;
pub mod preferences;
pub mod row;
pub mod screen;
pub mod screens;
pub mod setup;
pub mod theme;
pub mod widgets;
