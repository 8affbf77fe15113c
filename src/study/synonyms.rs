//! Words that mean the same to somebody who looks for something: those of the glossary, and a few that people bring along.

use crate::course::Course;

/// Each line is one meaning.
const GROUPS: &[&[&str]] = &[
    &["auth", "authentication", "login", "signin"],
    &["logout", "signout"],
    &["argument", "args", "parameter", "param"],
    &["async", "asynchronous", "coroutine"],
    &["browser", "client"],
    &["config", "configuration", "settings"],
    &["database", "db", "sql"],
    &["delete", "remove"],
    &["deploy", "deployment", "production"],
    &["environment", "env"],
    &["error", "exception", "failure"],
    &["folder", "directory"],
    &["handler", "view"],
    &["html", "markup"],
    &["path", "route", "url", "rule"],
    &["password", "credential", "secret"],
    &["template", "jinja"],
    &["test", "testing", "pytest"],
    &["upload", "file"],
];

/// The words that mean the same as one, without itself.
pub fn of(course: &Course, word: &str) -> Vec<String> {
    let groups = GROUPS.iter().filter(|group| group.contains(&word)).flat_map(|group| group.iter().copied());
    let mut words: Vec<String> = groups.map(str::to_owned).collect();
    for entry in course.words() {
        let spellings: Vec<String> = entry.spellings().map(str::to_lowercase).collect();
        if spellings.iter().any(|spelling| spelling == word) {
            // What takes several words is found by each of them anyway.
            words.extend(spellings.into_iter().filter(|spelling| !spelling.contains(' ')));
        }
    }
    words.sort();
    words.dedup();
    words.retain(|other| other != word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    #[test]
    fn words_bring_their_like() {
        let course = builtin::course();
        assert!(of(&course, "login").contains(&"auth".to_owned()));
        assert!(of(&course, "qqqqq").is_empty());
        assert!(!of(&course, "auth").contains(&"auth".to_owned()));
    }

    #[test]
    fn each_word_has_one_meaning() {
        let mut all: Vec<&str> = GROUPS.iter().flat_map(|group| group.iter().copied()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
