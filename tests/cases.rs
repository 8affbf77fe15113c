//! Files that are tests: a broken file and the mistakes it must give, a question and the grades of its answers, a
//! conversation in plain mode.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

#[path = "cases/broken.rs"]
mod broken;
#[path = "cases/kinds.rs"]
mod kinds;
#[path = "cases/plain.rs"]
mod plain;

datatest_stable::harness! {
    { test = broken::check, root = "tests/broken", pattern = r"\.(yaml|txt)$" },
    { test = kinds::check, root = "tests/kinds", pattern = r"\.yaml$" },
    { test = plain::check, root = "tests/plain", pattern = r"\.md$" },
}
