//! Versions and ranges of versions, as far as courses write them.

use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::question::text::Show;

/// Whether a text is a version, such as `3.1` or `3.1.3`.
pub fn is_version(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a text is a range, such as `>=3.1,<3.3`.
pub fn is_range(text: &str) -> bool {
    text.split(',').all(|bound| {
        let bound = bound.trim();
        SIGNS.iter().any(|sign| bound.strip_prefix(sign).is_some_and(|version| is_version(version.trim())))
    })
}

/// The range in a field `flask`; empty where there is none.
pub fn range(field: Field<String>, faults: &mut Faults) -> String {
    let Some(range) = field.maybe_text("flask", faults) else { return String::new() };
    if !is_range(&range) {
        let what = format!("{} is not a range of versions", Show(&range));
        faults.add(FaultCode::FlaskRange, "flask", what, "write it as in `flask: \">=3.1,<3.3\"`");
    }
    range
}

/// The version that a line such as `Flask==3.1.3` of a list of requirements pins.
pub fn pinned<'a>(requirements: &'a str, package: &str) -> Option<&'a str> {
    requirements.lines().find_map(|line| {
        let (name, version) = line.split_once("==")?;
        name.trim().eq_ignore_ascii_case(package).then(|| version.split(['#', ';']).next().unwrap_or_default().trim())
    })
}

/// Longer signs first, so that `>=` is not taken for `>`.
const SIGNS: [&str; 7] = [">=", "<=", "==", "!=", "~=", ">", "<"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told_from_other_texts() {
        for range in [">=3.1", ">=3.1,<3.3", "== 3.1.3", ">2, <4"] {
            assert!(is_range(range), "{range}");
        }
        for other in ["", "3.1", ">=", ">=3.x", "^3.1", ">=3.1,", "=>3"] {
            assert!(!is_range(other), "{other}");
        }
    }

    #[test]
    fn a_pin_is_found_by_its_package() {
        let text = "# pins\nFlask-Session==0.8.0\nflask==3.1.3  # the subject\n";
        assert_eq!(pinned(text, "Flask"), Some("3.1.3"));
        assert_eq!(pinned(text, "Werkzeug"), None);
    }
}
