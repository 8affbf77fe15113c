//! Chance: the only place where the program draws a number that nobody can foresee.

use std::hash::{BuildHasher, RandomState};

/// A number drawn by the operating system, so that no two sessions of any learner have the same name.
pub fn entropy() -> u64 {
    // The keys of a new hasher are random; nothing else of the standard library is.
    RandomState::new().hash_one(std::process::id())
}
