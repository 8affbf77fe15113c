//! Could a proof have failed? Each question is tried with wrong keys, and every one of them must be contradicted.
//!
//! That costs next to nothing: a wrong key expects something else of the same program, which is not run again.

use super::prove::{Item, Runs, judge, judge_trial};

/// What became of an item's wrong keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mutants {
    /// How many were noticed.
    pub caught: usize,
    /// Those that real Flask seems to confirm as well, so that the proof proves nothing.
    pub escaped: Vec<String>,
}

/// Tries an item's wrong keys. An item that is not proven with its own key has none worth trying.
pub fn mutants(item: &Item, runs: &Runs) -> Mutants {
    let mut mutants = Mutants::default();
    if judge(item, runs).iter().any(|judged| !judged.verdict.is_proven()) {
        return mutants;
    }
    for mutant in &item.mutants {
        if judge_trial(mutant, runs).iter().all(|judged| judged.verdict.is_proven()) {
            mutants.escaped.push(mutant.about.clone());
        } else {
            mutants.caught += 1;
        }
    }
    mutants
}
