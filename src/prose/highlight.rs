//! Code to classes: which pieces of a line are a keyword, a string, a comment.
//!
//! This runs when content is checked, not when it is shown; themes give a class its colour.

use super::code::{Class, Code, CodeLine, Language};
use crate::fault::Purpose;
use std::str::FromStr;
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// A longer line is left without colours: patterns can take very long over it, and it fits on no screen.
const BYTES_MAX: usize = 400;

/// The syntaxes and what their scopes mean. They never change, and reading and compiling them costs more than all else
/// here, so they are kept for the life of the process.
static SYNTAXES: LazyLock<Syntaxes> = LazyLock::new(Syntaxes::load);

/// The same for a text that may be read for its mistakes only: then it stays without classes.
pub fn code(text: &str, language: Language, purpose: Purpose) -> Code {
    match purpose {
        Purpose::Show => program(text, language),
        Purpose::Check => Code { language, ..program(text, Language::Text) },
    }
}

/// A program or another text as lines with classes. A line end at its end is not part of it.
pub fn program(text: &str, language: Language) -> Code {
    let text = text.trim_end_matches('\n');
    let lines: Vec<&str> = if text.is_empty() { Vec::new() } else { text.split('\n').collect() };
    let runs: Vec<Runs> = match language {
        Language::Console => lines.iter().map(|line| console(line)).collect(),
        Language::Text => lines.iter().map(|line| Runs::all(line, Class::Text)).collect(),
        Language::Http => http(&lines),
        Language::Python | Language::Jinja | Language::Html | Language::Sql | Language::Toml => {
            SYNTAXES.highlight(&lines, language)
        }
    };
    let lines =
        lines.into_iter().zip(runs).map(|(text, runs)| CodeLine { text: text.to_owned(), runs: runs.0 }).collect();
    Code { language, lines, expect: None, output: None }
}

/// The classes of one line, from left to right.
#[derive(Default)]
struct Runs(Vec<(u16, Class)>);

impl Runs {
    fn all(line: &str, class: Class) -> Runs {
        let mut runs = Runs::default();
        runs.add(line.len(), class);
        runs
    }

    /// Adds bytes, to the last run where it is of the same class and has room.
    fn add(&mut self, mut bytes: usize, class: Class) {
        if let Some((length, last)) = self.0.last_mut()
            && *last == class
        {
            let room = usize::from(u16::MAX - *length).min(bytes);
            // It fits: `room` is at most what is missing to `u16::MAX`.
            *length += room as u16;
            bytes -= room;
        }
        while bytes > 0 {
            let length = u16::try_from(bytes).unwrap_or(u16::MAX);
            self.0.push((length, class));
            bytes -= usize::from(length);
        }
    }
}

/// Of a shell session, only the prompt is marked: what was typed and what came back are both text.
fn console(line: &str) -> Runs {
    let mut runs = Runs::default();
    match line.strip_prefix("$ ") {
        Some(typed) => {
            runs.add(2, Class::Mark);
            runs.add(typed.len(), Class::Text);
        }
        None => runs.add(line.len(), Class::Text),
    }
    runs
}

/// A request or response: its first line, its headers, and a body that can be anything.
fn http(lines: &[&str]) -> Vec<Runs> {
    let body = lines.iter().position(|line| line.is_empty()).unwrap_or(lines.len());
    let head = |(number, line): (usize, &&str)| {
        let mut runs = Runs::default();
        let first = line.find(' ').unwrap_or(0);
        match line.find(':') {
            _ if number >= body => runs.add(line.len(), Class::Text),
            _ if number == 0 && line.starts_with("HTTP/") => {
                let status = line[first..].len()
                    - line[first..].trim_start_matches([' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']).len();
                runs.add(first, Class::Text);
                runs.add(status, Class::Number);
                runs.add(line.len() - first - status, Class::Text);
            }
            _ if number == 0 => {
                runs.add(first, Class::Keyword);
                runs.add(line.len() - first, Class::Text);
            }
            Some(colon) => {
                runs.add(colon, Class::Function);
                runs.add(line.len() - colon, Class::Text);
            }
            None => runs.add(line.len(), Class::Text),
        }
        runs
    };
    lines.iter().enumerate().map(head).collect()
}

struct Syntaxes {
    set: SyntaxSet,
    meanings: Vec<(Scope, Class)>,
}

/// What scopes mean. Of a stack of scopes the innermost that is in this table counts, and for it the longest entry.
const MEANINGS: &[(&str, Class)] = &[
    ("comment", Class::Comment),
    ("string", Class::String),
    ("meta.interpolation", Class::Text),
    ("constant.numeric", Class::Number),
    ("constant.language", Class::Number),
    ("constant.other", Class::Number),
    ("constant.character.escape", Class::String),
    ("constant.other.placeholder", Class::String),
    ("constant.character.entity", Class::Number),
    ("keyword", Class::Keyword),
    ("keyword.operator", Class::Text),
    ("keyword.operator.logical", Class::Keyword),
    ("keyword.operator.word", Class::Keyword),
    ("storage", Class::Keyword),
    ("storage.type.string", Class::String),
    ("entity.name.function", Class::Function),
    ("entity.name.class", Class::Function),
    ("entity.name.type", Class::Function),
    ("support.function", Class::Function),
    ("support.type", Class::Function),
    ("variable.function", Class::Function),
    ("variable.annotation", Class::Function),
    ("meta.annotation", Class::Function),
    ("meta.annotation.arguments", Class::Text),
    ("punctuation.definition.annotation", Class::Function),
    ("punctuation.section", Class::Text),
    ("entity.other.jinja2.delimiter", Class::Mark),
    ("variable.other.jinja2.filter", Class::Function),
    ("entity.name.tag", Class::Keyword),
    ("variable.language", Class::Keyword),
];

impl Syntaxes {
    fn load() -> Syntaxes {
        let known = |(name, class): &(&str, Class)| Some((Scope::from_str(name).ok()?, *class));
        Syntaxes { set: two_face::syntax::extra_newlines(), meanings: MEANINGS.iter().filter_map(known).collect() }
    }

    fn syntax(&self, language: Language) -> &SyntaxReference {
        let name = match language {
            Language::Python => "Python",
            Language::Jinja => "HTML (Jinja2)",
            Language::Html => "HTML",
            Language::Sql => "SQL",
            Language::Toml => "TOML",
            Language::Console | Language::Http | Language::Text => "Plain Text",
        };
        self.set.find_syntax_by_name(name).unwrap_or_else(|| self.set.find_syntax_plain_text())
    }

    fn highlight(&self, lines: &[&str], language: Language) -> Vec<Runs> {
        let mut state = ParseState::new(self.syntax(language));
        let mut stack = ScopeStack::new();
        lines.iter().map(|line| self.line(line, &mut state, &mut stack)).collect()
    }

    fn line(&self, line: &str, state: &mut ParseState, stack: &mut ScopeStack) -> Runs {
        if line.len() > BYTES_MAX {
            return Runs::all(line, Class::Text);
        }
        let Ok(changes) = state.parse_line(&format!("{line}\n"), &self.set) else {
            return Runs::all(line, Class::Text);
        };
        let mut runs = Runs::default();
        let mut done = 0;
        for (at, change) in changes {
            // The line end has a place too, but no class.
            let at = at.min(line.len());
            if at > done {
                runs.add(at - done, self.class(stack));
                done = at;
            }
            if stack.apply(&change).is_err() {
                break;
            }
        }
        runs.add(line.len() - done, self.class(stack));
        runs
    }

    fn class(&self, stack: &ScopeStack) -> Class {
        stack.as_slice().iter().rev().find_map(|scope| self.meaning(*scope)).unwrap_or_default()
    }

    fn meaning(&self, scope: Scope) -> Option<Class> {
        let matching = self.meanings.iter().filter(|(prefix, _)| prefix.is_prefix_of(scope));
        matching.max_by_key(|(prefix, _)| prefix.len()).map(|(_, class)| *class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each piece with its class, plain text left out.
    fn pieces(text: &str, language: Language) -> Vec<(String, Class)> {
        let mut pieces = Vec::new();
        for line in program(text, language).lines {
            let mut rest = line.text.as_str();
            for (length, class) in line.runs {
                let (piece, after) = rest.split_at(usize::from(length));
                rest = after;
                if class != Class::Text {
                    pieces.push((piece.trim().to_owned(), class));
                }
            }
        }
        pieces
    }

    fn has(text: &str, language: Language, wanted: &[(&str, Class)]) {
        let pieces = pieces(text, language);
        for (piece, class) in wanted {
            assert!(pieces.contains(&((*piece).to_owned(), *class)), "{piece} as {class:?} in {pieces:?}");
        }
    }

    #[test]
    fn python() {
        let text = "@app.get(\"/x\")  # hi\ndef view(a=None):\n    return f\"n {a} {1}\" if not a else abort(404)\n";
        let wanted = [
            ("# hi", Class::Comment),
            ("def", Class::Keyword),
            ("view", Class::Function),
            ("None", Class::Number),
            ("return", Class::Keyword),
            ("not", Class::Keyword),
            ("404", Class::Number),
            ("abort", Class::Function),
            ("\"/x\"", Class::String),
        ];
        has(text, Language::Python, &wanted);
    }

    #[test]
    fn the_other_languages() {
        has(
            "<p class=\"a\">{{ name|upper }}</p>\n{% if x %}",
            Language::Jinja,
            &[("p", Class::Keyword), ("\"a\"", Class::String), ("{{", Class::Mark), ("if", Class::Keyword)],
        );
        has("<a href=\"/\">x</a><!-- c -->", Language::Html, &[("a", Class::Keyword), ("<!-- c -->", Class::Comment)]);
        has("SELECT 'a' FROM t", Language::Sql, &[("SELECT", Class::Keyword), ("'a'", Class::String)]);
        has("# c\nport = 1\n", Language::Toml, &[("# c", Class::Comment), ("1", Class::Number)]);
        has("$ flask run\n * Running", Language::Console, &[("$", Class::Mark)]);
        assert_eq!(pieces("$ x \"y\"", Language::Text), []);
        has("GET /x HTTP/1.1\nHost: a", Language::Http, &[("GET", Class::Keyword), ("Host", Class::Function)]);
        let answer = "HTTP/1.1 200 OK\nServer: x\n\nNo: header";
        assert_eq!(pieces(answer, Language::Http), [("200".into(), Class::Number), ("Server".into(), Class::Function)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn runs_add_up_to_the_line(text in "([a-z(){}%'\"#@=.,é漢 \n]|def |class |\\PC){0,60}", kind in 0usize..8) {
            let code = program(&text, Language::ALL[kind].0);
            let whole = code.text();
            prop_assert_eq!(whole.trim_end_matches('\n'), text.trim_end_matches('\n'));
            for line in &code.lines {
                prop_assert_eq!(line.runs.iter().map(|(length, _)| usize::from(*length)).sum::<usize>(), line.text.len());
                prop_assert!(line.runs.windows(2).all(|pair| pair[0].1 != pair[1].1));
            }
        }
    }
}
