//! Programs run on real Flask: a Python of their own, a server that forks for each, and what is concluded from it.
//!
//! Nothing here starts by itself: foreign code runs because somebody asked for that course to be proven.

pub mod cache;
pub mod environment;
pub mod hidden;
pub mod interpreter;
pub mod item;
pub mod missing;
pub mod mutate;
pub mod program;
pub mod prove;
pub mod requirements;
pub mod runner;
pub mod server;
pub mod shown;
pub mod steady;
