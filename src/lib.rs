//! flaskdojo: learn Flask in the terminal. ARCHITECTURE.md is the map.

pub mod builtin;
pub mod cli;
pub mod commands;
pub mod content;
pub mod course;
pub mod fault;
pub mod field;
pub mod id;
pub mod plain;
pub mod progress;
pub mod prose;
pub mod python;
pub mod question;
pub mod runtime;
pub mod settings;
pub mod shape;
pub mod study;
pub mod tui;
