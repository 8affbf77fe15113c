//! Versions and ranges of versions, as far as courses write them.

use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::question::text::Show;

/// What a version looks like, as a pattern for editors.
pub const VERSION: &str = r"^[0-9]{1,4}(\.[0-9]{1,4})*$";
/// What a range of versions looks like.
pub const RANGE: &str = r"^\s*(>=|<=|==|!=|~=|>|<)\s*[0-9]{1,4}(\.[0-9]{1,4})*\s*(,\s*(>=|<=|==|!=|~=|>|<)\s*[0-9]{1,4}(\.[0-9]{1,4})*\s*)*$";

/// Whether a text is a version, such as `3.1` or `3.1.3`.
pub fn is_version(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a text is a range, such as `>=3.1,<3.3`.
pub fn is_range(text: &str) -> bool {
    text.split(',').all(|bound| {
        signed(bound).is_some_and(|(sign, version)| {
            // `~=3` would exclude nothing.
            is_version(version) && (sign != "~=" || version.contains('.'))
        })
    })
}

/// The range in a field `flask`; empty where there is none.
pub fn range(field: Field<String>, faults: &mut Faults) -> String {
    let Some(range) = field.maybe_text("flask", faults) else { return String::new() };
    if !is_range(&range) {
        let what = format!("{} is not a range of versions", Show(&range));
        faults.add(FaultCode::FlaskRange, "flask", what, "write it as in `flask: \">=3.1,<3.3\"`");
    } else if is_empty(&range) {
        let what = format!("no version is in {}", Show(&range));
        faults.add(FaultCode::EmptyRange, "flask", what, "two of its bounds exclude each other");
    }
    range
}

/// Whether a version is in a range.
pub fn contains(range: &str, version: &str) -> bool {
    let Some((_, version)) = bound(&format!("=={version}")) else { return false };
    range.split(',').filter_map(bound).all(|(sign, limit)| match sign {
        ">=" => version >= limit,
        ">" => version > limit,
        "<=" => version <= limit,
        "<" => version < limit,
        "!=" => version != limit,
        "~=" => version >= limit && next(&limit).is_none_or(|next| version < next),
        _ => version == limit,
    })
}

/// Whether no version is in a range: its bounds exclude each other.
fn is_empty(range: &str) -> bool {
    let (mut low, mut high, mut gaps) = (None, None, Vec::new());
    for (sign, version) in range.split(',').filter_map(bound) {
        let (from, to) = match sign {
            ">=" => (Some((version.clone(), Side::At)), None),
            ">" => (Some((version.clone(), Side::Above)), None),
            "<=" => (None, Some((version.clone(), Side::At))),
            "<" => (None, Some((version.clone(), Side::Below))),
            "~=" => (Some((version.clone(), Side::At)), next(&version).map(|next| (next, Side::Below))),
            "!=" => {
                gaps.push(version.clone());
                (None, None)
            }
            _ => (Some((version.clone(), Side::At)), Some((version.clone(), Side::At))),
        };
        low = low.max(from);
        high = [high, to].into_iter().flatten().min();
    }
    let (Some(low), Some(high)) = (low, high) else { return false };
    low > high || (low == high && gaps.contains(&low.0))
}

/// Which side of a version a bound is at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Below,
    At,
    Above,
}

/// The sign and the numbers of a bound, without zeros at the end: `3.1` and `3.1.0` are the same.
fn bound(bound: &str) -> Option<(&'static str, Vec<u32>)> {
    let (sign, version) = signed(bound)?;
    let mut numbers: Vec<u32> = version.split('.').map(|part| part.parse().unwrap_or_default()).collect();
    // `~=3.0` goes up to 4 and `~=3` is no range, so its zeros count.
    while sign != "~=" && numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some((sign, numbers))
}

/// A bound's sign and what follows it.
fn signed(bound: &str) -> Option<(&'static str, &str)> {
    SIGNS.iter().find_map(|sign| Some((*sign, bound.trim().strip_prefix(sign)?.trim())))
}

/// The first version that `~=` excludes: of 3.1.2 it is 3.2.
fn next(version: &[u32]) -> Option<Vec<u32>> {
    let mut next = version.get(..version.len().checked_sub(1)?)?.to_vec();
    *next.last_mut()? += 1;
    Some(next)
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
        for other in ["", "3.1", ">=", ">=3.x", "^3.1", ">=3.1,", "=>3", "~=3"] {
            assert!(!is_range(other), "{other}");
        }
    }

    #[test]
    fn a_range_without_a_version_is_empty() {
        for range in
            [">=3.2,<3.1", ">3.1,<3.1", ">=3.1,<3.1.0", "==3.1,==3.2", "==3.1.0,!=3.1", "~=2.2,>=3", "~=3.1.2,>=3.2"]
        {
            assert!(is_empty(range), "{range}");
        }
        for range in
            [">=3.1", ">=3.1,<3.2", "==3.1,==3.1.0", "!=3.1", ">=3.1,<=3.1", "~=3.0,>=3.9", ">=3.1,!=3.1", "<10,>9"]
        {
            assert!(!is_empty(range), "{range}");
        }
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        let cases = [
            (">=3.1,<3.2", "3.1.3", true),
            (">=3.1", "3.0.3", false),
            ("<3.1", "3.1.0", false),
            ("<=3.1", "3.1.0", true),
            (">=2.10", "2.9", false),
            ("~=3.0", "3.9", true),
            ("~=3.0.1", "3.1", false),
            ("==3.1,!=3.1.3", "3.1.3", false),
        ];
        for (range, version, expected) in cases {
            assert_eq!(contains(range, version), expected, "{version} in {range}");
        }
    }

    #[test]
    fn a_pin_is_found_by_its_package() {
        let text = "# pins\nFlask-Session==0.8.0\nflask==3.1.3  # the subject\n";
        assert_eq!(pinned(text, "Flask"), Some("3.1.3"));
        assert_eq!(pinned(text, "Werkzeug"), None);
    }
}
