//! Progress on disk: an append-only log of entries, durable before it is called saved.

pub mod folder;
pub mod memory;
pub mod migrate;
pub mod patient;
pub mod sqlite;
pub mod store;
