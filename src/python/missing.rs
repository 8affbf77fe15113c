//! Programs that can't be run because a package is not installed.

use super::item::Item;
use super::program::{Report, Run, Truth};
use super::prove::Runs;

/// The package that an item's programs look for in vain, if there is one.
pub fn package(item: &Item, runs: &Runs) -> Option<String> {
    item.statements.iter().find_map(|statement| in_run(runs.get(&statement.program)?))
}

fn in_run(run: &Run) -> Option<String> {
    let raised = run.error.iter().map(|error| format!("{}: {}", error.name, error.text));
    let claims = run.claims.values().filter_map(|truth| match truth {
        Truth::Unknown { error } => Some(error.clone()),
        Truth::Known { .. } => None,
    });
    let tests = match &run.report {
        Some(Report::Tests(tests)) => {
            let errors = tests.done.iter().filter_map(|test| test.error.as_ref()).chain(&tests.trouble);
            errors.map(|place| format!("{}: {}", place.name, place.text)).collect()
        }
        Some(Report::Trace(_)) | None => Vec::new(),
    };
    let log = run.complained.lines().map(str::to_owned);
    raised.chain(claims).chain(tests).chain(log).find_map(|line| named(&line))
}

/// The package in `ModuleNotFoundError: No module named 'flask_login'`. A part of a package that is there is no package.
fn named(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("ModuleNotFoundError: No module named '")?;
    let (name, _) = rest.split_once('\'')?;
    (!name.contains('.')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_packages_are_missing() {
        assert_eq!(named("ModuleNotFoundError: No module named 'flask_login'"), Some("flask_login".to_owned()));
        assert_eq!(named("E   ModuleNotFoundError: No module named 'jwt'"), Some("jwt".to_owned()));
        assert_eq!(named("ModuleNotFoundError: No module named 'flask.ext'"), None);
        assert_eq!(named("ImportError: cannot import name 'escape' from 'flask'"), None);
    }
}
