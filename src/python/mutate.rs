//! Could a proof have failed? Each question is tried with wrong keys, and every one of them must be contradicted.
//!
//! That costs next to nothing: a wrong key expects something else of the same program, which is not run again.

use super::item::Item;
use super::prove::{Runs, judge, judge_one};

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
        if judge_one(mutant, runs).iter().all(|judged| judged.verdict.is_proven()) {
            mutants.escaped.push(mutant.about.clone());
        } else {
            mutants.caught += 1;
        }
    }
    mutants
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::item::{Sort, Statement};
    use crate::python::program::{Program, Run};
    use crate::question::trial::{Outcome, Trial};

    fn prints(about: &str, text: &str) -> Statement {
        let expect = Outcome::Prints(text.to_owned());
        Trial { about: about.to_owned(), program: "print('tea')".to_owned(), expect }.into()
    }

    fn tried(key: &str) -> Mutants {
        let run = Run { printed: "tea\n".to_owned(), took_ms: 1, ..Run::default() };
        let runs = Runs::from([(Program { code: "print('tea')".to_owned(), ..Program::default() }, run)]);
        let mutants_of = vec![prints("milk as the answer", "milk"), prints("blank as the answer", "tea  ")];
        let item = Item {
            id: "tea".to_owned(),
            sort: Sort::Question,
            statements: vec![prints("answer", key)],
            mutants: mutants_of,
            exhibits: Vec::new(),
            visible: String::new(),
            of: String::new(),
            unproved: None,
            flask: String::new(),
        };
        mutants(&item, &runs)
    }

    #[test]
    fn a_wrong_key_that_holds_as_well_has_escaped() {
        assert_eq!(tried("tea"), Mutants { caught: 1, escaped: vec!["blank as the answer".to_owned()] });
    }

    #[test]
    fn wrong_keys_of_what_is_not_proven_are_not_tried() {
        assert_eq!(tried("coffee"), Mutants::default());
    }
}
