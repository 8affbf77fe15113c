//! What a proof showed, as the lines that a learner reads: taken from what its programs did, and only as far as that is the
//! same each time.

use super::item::Item;
use super::program::{Again, Report, Run, Truth};
use super::prove::Runs;
use crate::course::recorded::Record;
use crate::question::exhibit::{Exhibit, Look, Shown};
use crate::question::proof;
use regex_lite::Regex;

/// The longest line, in characters: a longer one is cut.
const LINE_MAX: usize = 200;

/// What is kept of an item that is proven.
pub fn record(item: &Item, runs: &Runs) -> Record {
    let shown = item.exhibits.iter().filter_map(|exhibit| line(item, exhibit, runs)).collect();
    let trace = item.statements.iter().find_map(|statement| match runs.get(&statement.program)?.report.as_ref()? {
        Report::Trace(trace) => Some(trace.clone()),
        Report::Tests(_) => None,
    });
    Record { of: item.of.clone(), shown, trace }
}

fn line(item: &Item, exhibit: &Exhibit, runs: &Runs) -> Option<Shown> {
    let claimed = |name: &str| {
        let mut known = item.statements.iter().filter_map(|statement| Some((statement, runs.get(&statement.program)?)));
        known.find_map(|(statement, run)| Some((run.claims.get(name)?, statement.program.code.as_str())))
    };
    let text = match &exhibit.look {
        Look::Claim { name, code, word } => {
            let (truth, program) = claimed(name)?;
            claim(truth, code, word.as_ref(), &Around { program, visible: &item.visible })
        }
        Look::Value { name, code, texts } => {
            let (truth, program) = claimed(name)?;
            let code = spelt_out(code, program);
            if is_unknown(&code, &item.visible) {
                return None;
            }
            value(truth, &code, texts)?
        }
        Look::Error(about) => {
            let statement = item.statements.iter().find(|statement| statement.about == *about)?;
            error(runs.get(&statement.program)?, &statement.program.code)?
        }
        Look::Asserts(code) => {
            let lines: Vec<&str> = proof::assertions(code).map(|(_, line)| asserted(line)).collect();
            lines.join("; ")
        }
    };
    let text = cut(&without_places(&text));
    (!text.is_empty()).then(|| Shown { about: exhibit.about.clone(), text })
}

/// What a claim compared; what it says, where it compared nothing, or something else each time.
fn claim(truth: &Truth, code: &str, word: Option<&(String, String)>, around: &Around) -> String {
    let in_words = |code: &str| match word {
        Some((word, instead)) => replaced(code, word, instead),
        None => spelt_out(code, around.program),
    };
    let plain = |value: &bool| {
        let value = if *value { "True" } else { "False" };
        match word {
            // It compares the id of the pair with itself.
            Some((word, _)) if code.contains(&format!("{word} ==")) => String::new(),
            _ if is_one_thing(code) => format!("{} is {value}", in_words(code)),
            Some((word, instead)) => format!("{}: {value}", replaced(code, word, instead)),
            None => format!("{code}: {value}"),
        }
    };
    match truth {
        Truth::Known { value, seen, is_steady } => {
            let seen = seen.iter().filter(|(code, _)| !code.starts_with("left"));
            let seen: Vec<(String, &String)> = seen.map(|(code, value)| (in_words(code), value)).collect();
            let mut lines: Vec<String> = seen
                .iter()
                .filter(|(code, _)| !is_unknown(code, around.visible))
                .map(|(code, value)| format!("{code} is {value}"))
                .collect();
            lines.dedup();
            let text = lines.join("; ");
            match (*is_steady && !is_fleeting(&text), text.is_empty()) {
                (true, false) => text,
                // It compared something that says nothing to whoever has not seen the proof.
                (true, true) if !seen.is_empty() => String::new(),
                (true, true) | (false, _) => plain(value),
            }
        }
        Truth::Unknown { .. } => String::new(),
    }
}

/// The value of an expression that was looked at as a text; `None` where it is another one each time.
fn value(truth: &Truth, code: &str, texts: &[String]) -> Option<String> {
    let Truth::Known { seen, is_steady: true, .. } = truth else { return None };
    let (_, value) = seen.first()?;
    let bare = value.trim_matches(['\'', '"']);
    let known = texts.iter().find(|text| text.to_lowercase() == bare);
    let sign = if is_one_thing(code) { " is" } else { ":" };
    let text = format!("{code}{sign} {}", known.map_or(bare, |text| text));
    (!is_fleeting(&text)).then_some(text)
}

/// How a program failed; `None` where it fails in another way each time.
fn error(run: &Run, code: &str) -> Option<String> {
    let error = run.error.as_ref().filter(|_| run.again == Again::Same)?;
    let line = || code.lines().nth((error.line? as usize).checked_sub(1)?).map(str::trim);
    let said = error.text.lines().next().unwrap_or_default();
    let said = without_places(said);
    let text = match (error.name.as_str(), said.is_empty(), line()) {
        ("AssertionError", _, Some(line)) if line.starts_with("assert") => format!("it fails at {line}"),
        // Its words depend on what was done when the depth was reached.
        ("RecursionError", _, _) => "it ends with RecursionError".to_owned(),
        (name, true, _) => format!("it ends with {name}"),
        (name, false, _) => format!("it ends with {name}: {said}"),
    };
    (!is_fleeting(&text)).then_some(text)
}

/// What a line asserts, without what it says otherwise.
fn asserted(line: &str) -> &str {
    line.trim().strip_prefix("assert ").unwrap_or(line.trim())
}

/// What stands around a claim.
struct Around<'a> {
    /// The whole program.
    program: &'a str,
    /// As much of it as learners see.
    visible: &'a str,
}

/// Whether an expression is a name that learners have not seen.
fn is_unknown(code: &str, visible: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.chars().all(is_word) && !visible.split(|c| !is_word(c)).any(|word| word == code)
}

/// An expression that begins with a name which the program gives to something once: with that in place of the name, because
/// learners don't see where the name comes from.
fn spelt_out(code: &str, program: &str) -> String {
    const MOST: usize = 100;
    let name_end = code.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len());
    let (name, rest) = code.split_at(name_end);
    let is_given = |line: &str| {
        let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        line.contains('=') && line.split('=').next().is_some_and(|left| left.trim() == name)
            || words.clone().any(|word| ["for", "as", "global", "def"].contains(&word))
                && words.any(|word| word == name)
    };
    let mut given = program.lines().filter(|line| is_given(line));
    let (Some(line), None) = (given.next(), given.next()) else { return code.to_owned() };
    let Some(value) = line.strip_prefix(name).and_then(|rest| rest.trim_start().strip_prefix('=')) else {
        return code.to_owned();
    };
    let value = value.split("  #").next().unwrap_or_default().trim();
    // These are known to everybody by their names.
    let is_known = ["app", "client", "bp"].contains(&name);
    let says_more = is_one_thing(value) && value.contains('(') && !is_known;
    if says_more && value.chars().count() + rest.chars().count() <= MOST {
        format!("{value}{rest}")
    } else {
        code.to_owned()
    }
}

/// Whether an expression is names, calls and entries alone, so that something can be asked of it without more brackets.
fn is_one_thing(code: &str) -> bool {
    let (mut depth, mut quote) = (0_i32, None);
    for c in code.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if depth > 0 => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, c) if depth == 0 && !c.is_alphanumeric() && !matches!(c, '_' | '.') => return false,
            (None, _) => {}
        }
    }
    depth == 0 && quote.is_none()
}

/// An expression with one of its words replaced.
fn replaced(code: &str, word: &str, instead: &str) -> String {
    match Regex::new(&format!(r"\b{word}\b")) {
        Ok(regex) => regex.replace_all(code, regex_lite::NoExpand(instead)).into_owned(),
        Err(_) => code.to_owned(),
    }
}

/// Whether a line speaks of a place in memory, a moment or a folder of that one run. Two runs can agree on these.
fn is_fleeting(text: &str) -> bool {
    const ADDRESSES: [&str; 2] = [r"0x[0-9a-fA-F]{6,}", r"\b\d{12,}\b"];
    // The pin of the debugger is another one on each computer.
    const OTHERS: [&str; 5] = [
        r"\b\d\d:\d\d:\d\d\b",
        r"\b1[6-9]\d{8}\b",
        r"flaskdojo-\w{6,}",
        r"/(home|root|tmp|Users|var)/",
        r"\b\d{3}-\d{3}-\d{3}\b",
    ];
    ADDRESSES.iter().chain(&OTHERS).any(|sign| Regex::new(sign).is_ok_and(|regex| regex.is_match(text)))
}

/// A line without the folders that Python and its packages are in on one computer.
fn without_places(text: &str) -> String {
    match Regex::new(r"(/[\w.+-]+)+/(site-packages|python3\.\d+)/") {
        Ok(regex) => regex.replace_all(text, "").into_owned(),
        Err(_) => text.to_owned(),
    }
}

/// On one line, without signs that steer a terminal, and not too long.
fn cut(text: &str) -> String {
    let safe: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = safe.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= LINE_MAX {
        return line;
    }
    line.chars().take(LINE_MAX - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::program::Raised;

    fn known(seen: &[(&str, &str)], is_steady: bool) -> Truth {
        let seen = seen.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())).collect();
        Truth::Known { value: true, seen, is_steady }
    }

    const AROUND: Around = Around { program: "", visible: "a, b, d = 1, 2, 3" };

    #[test]
    fn a_claim_shows_what_it_compared_if_that_is_the_same_each_time() {
        let status = [("r.status", "'404 NOT FOUND'")];
        assert_eq!(claim(&known(&status, true), "r.status == 404", None, &AROUND), "r.status is '404 NOT FOUND'");
        assert_eq!(claim(&known(&status, false), "r.status == 404", None, &AROUND), "r.status == 404: True");
        assert_eq!(claim(&known(&[("a", "<A at 0x7f00aabb>")], true), "a is b", None, &AROUND), "a is b: True");
        assert_eq!(
            claim(&known(&[("d", "'Wed, 25 Nov 2026 06:17:00 GMT'")], true), "d > 1", None, &AROUND),
            "d > 1: True"
        );
        let hidden = known(&[("sent", "5000")], true);
        assert_eq!(claim(&hidden, "sent == 5000", None, &AROUND), "");
        let left = ("left".to_owned(), "\"one\"".to_owned());
        assert_eq!(
            claim(&known(&[("got[left]", "1")], true), "got[left] == 1", Some(&left), &AROUND),
            "got[\"one\"] is 1"
        );
    }

    #[test]
    fn a_name_is_spelt_out_where_learners_cannot_know_it() {
        let program = "app = Flask(__name__)\nclient = app.test_client()\nr = client.get(\"/a b\")\nn = 1 + len(r.text)\nfor x in f(1):\n    pass\n\
                       twice = f(1)\ntwice = f(2)\n";
        let cases = [
            ("app.name", "app.name"),
            ("r.status", "client.get(\"/a b\").status"),
            ("r", "client.get(\"/a b\")"),
            ("client.get('/')", "client.get('/')"),
            ("n", "n"),
            ("x", "x"),
            ("twice", "twice"),
            ("other.thing", "other.thing"),
        ];
        for (code, expected) in cases {
            assert_eq!(spelt_out(code, program), expected);
        }
    }

    #[test]
    fn a_value_is_told_with_its_capital_letters() {
        let truth = known(&[("str(\nx\n)", "'content-type'")], true);
        assert_eq!(value(&truth, "x", &["Content-Type".to_owned()]).as_deref(), Some("x is Content-Type"));
        assert_eq!(value(&known(&[("x", "'1'")], false), "x", &[]), None);
    }

    #[test]
    fn an_error_without_words_is_told_with_its_line() {
        let raised = |name: &str, text: &str| Raised {
            name: name.to_owned(),
            text: text.to_owned(),
            line: Some(2),
            frames: String::new(),
        };
        let run = |error| Run { error: Some(error), again: Again::Same, ..Run::default() };
        let code = "a = 1\n  assert a == 2\n";
        let told = |error| super::error(&run(error), code);
        assert_eq!(told(raised("AssertionError", "")).as_deref(), Some("it fails at assert a == 2"));
        assert_eq!(told(raised("KeyError", "'a'")).as_deref(), Some("it ends with KeyError: 'a'"));
        assert_eq!(super::error(&Run { again: Again::Never, ..run(raised("KeyError", "")) }, code), None);
    }

    #[test]
    fn long_lines_are_cut() {
        let text = cut(&format!("a\u{1b}[2J{}", "é".repeat(300)));
        assert_eq!((text.chars().count(), text.ends_with('…'), text.contains('\u{1b}')), (LINE_MAX, true, false));
    }
}
