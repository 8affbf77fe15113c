//! Texts of questions: read alike, compared alike.

use crate::fault::{FaultCode, Faults};
use crate::prose::{Code, Language, Span, highlight, read};
use std::fmt;
use unicode_width::UnicodeWidthStr;

/// How wide code may be, so that it fits a screen of 80 columns with its frame.
pub const CODE_WIDTH: usize = crate::prose::code::COLUMNS_MAX;

/// A program that is shown. Its lines must fit the screen.
pub fn program(text: &str, path: &str, faults: &mut Faults) -> Code {
    for (index, line) in text.lines().enumerate() {
        let width = line.width();
        if width > CODE_WIDTH {
            let what = format!("this line of code is {width} columns wide, {CODE_WIDTH} fit");
            faults.add_at(FaultCode::CodeWidth, path, Some(index), what, "break the line");
        }
    }
    highlight::code(text.trim_end(), Language::Python, faults.purpose)
}

/// Running text on one line, such as an option. It may not speak of places, because options are shuffled.
pub fn line(text: &str, path: &str, faults: &mut Faults) -> Vec<Span> {
    if let Some(words) = PLACES.iter().find(|words| text.to_lowercase().contains(**words)) {
        let what = format!("options are shuffled, so “{words}” means something else each time");
        faults.add(FaultCode::OptionPlace, path, what, "say it by its content");
    }
    read::line(text, path, faults)
}

/// What a reader sees of running text, without styles and case.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect::<String>().trim().to_lowercase()
}

/// Whether two texts say nearly the same: only articles, plurals, short forms and signs between words differ. In code every
/// letter counts.
pub fn is_near(one: &[Span], other: &[Span]) -> bool {
    gist(one) == gist(other)
}

/// What a text says, without what it can be said with or without.
fn gist(spans: &[Span]) -> Vec<String> {
    let mut gist = Vec::new();
    for span in spans {
        if span.style.code {
            gist.push(span.text.clone());
            continue;
        }
        let text = span.text.to_lowercase().replace('’', "'").replace("can't", "cannot").replace("n't", " not");
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !matches!(*word, "" | "a" | "an" | "the"));
        gist.extend(words.map(|word| match word {
            "each" => "every".to_owned(),
            word if word.chars().count() > 3 => word.strip_suffix('s').unwrap_or(word).to_owned(),
            word => word.to_owned(),
        }));
    }
    gist
}

/// What a program printed, as it is compared: without blanks at line ends and line ends at the end.
pub fn printed(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// A program and what follows it unseen, as one text to run.
pub fn joined(program: Option<&Code>, rest: &str) -> String {
    match program {
        Some(program) => format!("{}\n{rest}", program.text()),
        None => rest.to_owned(),
    }
}

/// What stands between slashes, if it is a pattern: without a sign that means something in one it is a path such as
/// `/ships/`.
pub fn pattern_in(text: &str) -> Option<&str> {
    const SIGNS: [char; 11] = ['|', '(', ')', '[', ']', '?', '*', '+', '^', '$', '\\'];
    text.strip_prefix('/')?.strip_suffix('/').filter(|inner| inner.contains(SIGNS))
}

/// A text as Python writes it.
pub fn python(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            '\n' => written.push_str("\\n"),
            other => written.push(other),
        }
    }
    written.push('"');
    written
}

/// A text in a message: in backquotes, shortened, without line ends.
pub struct Show<'a>(pub &'a str);

impl fmt::Display for Show<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 40;
        let mut chars = self.0.chars();
        let shown: String = chars.by_ref().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let dots = if chars.next().is_some() { "…" } else { "" };
        write!(f, "`{shown}{dots}`")
    }
}

/// Words that point at a place in a list of options.
const PLACES: [&str; 9] = [
    "of the above",
    "of the options above",
    "of the options below",
    "first option",
    "second option",
    "third option",
    "last option",
    "previous option",
    "option above",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_in_small_words_only_are_near() {
        let spans = |text: &str| read::line(text, "", &mut Faults::default());
        let near = |one: &str, other: &str| is_near(&spans(one), &spans(other));
        assert!(near("The browser keeps a cookie", "Browsers keep cookies."));
        assert!(near("It isn't sent with each request", "It is not sent with every request"));
        assert!(!near("It is sent", "It is not sent"));
        assert!(!near("`/ships`", "`/ships/`"));
        assert!(!near("The view before the hook", "The hook before the view"));
    }
}
