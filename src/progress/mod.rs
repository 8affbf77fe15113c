//! Progress on disk: an append-only log of entries, durable before it is called saved.

pub mod backup;
pub mod folder;
pub mod memory;
pub mod migrate;
pub mod order;
pub mod patient;
pub mod snapshot;
pub mod sqlite;
pub mod store;
pub mod transfer;
