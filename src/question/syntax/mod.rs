//! Python as it is compared: two pieces of code are the same where Python's own syntax tree is.
//!
//! What is typed is rarely a whole program: an expression, arguments, a statement, the rest of a line. So the text is cut
//! into tokens, the longest expressions in it are read as trees, and everything is written again in one way: without blanks
//! that part nothing, without parentheses that change nothing, without commas that end a list, with each text in the same
//! quotes, each number in the same form, and keyword arguments in the order of their names. What is no Python is kept as it
//! is, token by token; so the comparison never calls equal what Python would tell apart, but for the order of keyword
//! arguments, whose values Python would evaluate in another order.

mod expression;
mod read;
mod token;

use read::Reader;

/// Where a piece of code stands, as far as it matters to what is the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Around {
    /// Alone, or between signs that end an expression at both sides: outer parentheses mean nothing.
    #[default]
    Ends,
    /// The same inside of brackets: there a comma at the end of several things means nothing.
    Inside,
    /// Where the code around it is at the same level: `____ * 2`. Outer parentheses count.
    Tight,
    /// In the head of a function: the order of what has a default counts.
    Parameters,
    /// In a quoted text: there it is no code of its own.
    Text,
    /// At the right of `=` or behind `return`, to the end of the line: `a, b` and `(a, b)` are the same.
    Value,
}

/// Code in the one way in which equal code is written. `None` for what stands in a text, where a text in it has no end, or a
/// sign isn't one of Python's: that can only be compared letter by letter.
pub fn canonical(code: &str, around: Around) -> Option<String> {
    if around == Around::Text {
        return None;
    }
    let tokens = token::all(code)?;
    Some(Reader::new(&tokens, around).whole())
}

impl Around {
    /// What is around a gap in a program.
    pub fn gap(before: &str, after: &str) -> Around {
        if token::ends_in_text(before) {
            return Around::Text;
        }
        let line = before.rsplit('\n').next().unwrap_or_default();
        let (left, right) = (line.trim_end(), after.split('\n').next().unwrap_or_default().trim_start());
        if is_open_head(line) {
            return Around::Parameters;
        }
        let assigns = left.strip_suffix('=').is_some_and(|rest| !rest.ends_with(['=', '!', '<', '>', ':']));
        let is_plain = assigns && !has_open_bracket(left);
        let returns = left.trim_start() == "return";
        let ends = right.is_empty() || right.starts_with('#');
        if ends && (is_plain || returns) {
            return Around::Value;
        }
        let opens = left.is_empty() || left.ends_with(['(', '[', '{', ',', ':', ';']) || assigns || returns;
        let closes = ends || right.starts_with([')', ']', '}', ',', ':', ';']);
        match (opens && closes, has_open_bracket(line)) {
            (true, true) => Around::Inside,
            (true, false) => Around::Ends,
            (false, _) => Around::Tight,
        }
    }
}

/// Whether a line is in the middle of `def name(…` or `lambda …`.
fn is_open_head(line: &str) -> bool {
    let head = |from: usize| !line[from..].contains(':') && has_open_bracket(&line[from..]);
    let def = line.find("def ").is_some_and(head);
    let lambda = line.rfind("lambda").is_some_and(|from| !line[from..].contains(':'));
    def || lambda
}

fn has_open_bracket(text: &str) -> bool {
    let count = |signs: &[char]| text.chars().filter(|c| signs.contains(c)).count();
    count(&['(', '[', '{']) > count(&[')', ']', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(code: &str) -> String {
        super::canonical(code, Around::Ends).unwrap_or_else(|| panic!("{code}"))
    }

    #[test]
    fn what_python_reads_alike_is_the_same() {
        let alike = [
            // Blanks, quotes and prefixes of texts.
            ("app.config['X']", " app . config[\"X\"] "),
            (r#"'it"s'"#, r#""it\"s""#),
            (r"'a\x62c'", "'abc'"),
            ("r'a\\d'", r"'a\\d'"),
            ("u'a'", "'''a'''"),
            ("'a' \"b\"", "'ab'"),
            ("B'x'", "b\"x\""),
            ("f'{ a !r}'", "f\"{a!r}\""),
            ("f'{f(a=1, b=2):>8}'", "f'{f(b=2, a=1):>8}'"),
            // Numbers.
            ("0x1F", "31"),
            ("1_000", "1000"),
            ("1e3", "1000.0"),
            (".5", "0.50"),
            ("0b11", "0o3"),
            // Commas and parentheses.
            ("f(a, b,)", "f(a,b)"),
            ("[1, 2, ]", "[1,2]"),
            ("{'a': 1,}", "{\"a\":1}"),
            ("(a)", "a"),
            ("((a + b)) * c", "(a+b)*c"),
            ("a + (b * c)", "a + b*c"),
            ("(a and b) or c", "a and b or c"),
            ("not (a in b)", "not a in b"),
            ("(f)(x)", "f(x)"),
            ("f((x))", "f(x)"),
            ("x[(1)]", "x[1]"),
            ("x[(1, 2)]", "x[1, 2]"),
            ("(yield)", "( yield )"),
            ("(a if b else c)", "a if b else c"),
            ("lambda: (x)", "lambda :x"),
            ("a**(b**c)", "a**b**c"),
            ("-(x)", "-x"),
            ("not(x)", "not x"),
            ("(x for x in y)", "(x for x in (y))"),
            // Keyword arguments.
            ("f(1, b=2, a=3)", "f(1, a=3, b=2)"),
            ("text=False, silent=True", "silent=True, text=False"),
            ("f(*a, c=1, b=2)", "f(*a, b=2, c=1)"),
            // Statements.
            ("return (x)", "return x"),
            ("session.permanent = (True)", "session.permanent=True"),
            ("assert (a)", "assert a"),
            ("raise (E('x'))", "raise E(\"x\")"),
            ("environ,start_response", "environ, start_response"),
            ("@app.get( '/' )", "@app.get(\"/\")"),
            ("a\\\n + b", "a + b"),
        ];
        for (one, other) in alike {
            assert_eq!(canonical(one), canonical(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_python_tells_apart_stays_apart() {
        let unlike = [
            ("notx", "not x"),
            ("'a b'", "'ab'"),
            ("a", "A"),
            ("'a'", "a"),
            (r"'\n'", "'n'"),
            ("b'a'", "'a'"),
            ("f'a'", "'{a}'"),
            ("r'\\n'", "'\\n'"),
            ("1", "1.0"),
            ("1e3", "1000"),
            ("1j", "1"),
            ("(a,)", "(a)"),
            ("((yield a),)", "(yield a,)"),
            ("((yield a), b)", "(yield a, b)"),
            ("(a, b)", "a, b"),
            ("[a]", "[[a]]"),
            ("(a + b) * c", "a + b * c"),
            ("(a - b) - c", "a - (b - c)"),
            ("(a ** b) ** c", "a ** b ** c"),
            ("(-a) ** b", "-a ** b"),
            ("(a < b) < c", "a < b < c"),
            ("a < (b < c)", "a < b < c"),
            ("not (a or b)", "not a or b"),
            ("(lambda: x)()", "lambda: x()"),
            ("(a if b else c) if d else e", "a if b else (c if d else e)"),
            ("f(a, b)", "f(b, a)"),
            ("f(a=1, b=2)", "f(a=2, b=1)"),
            ("f(**x, a=1)", "f(a=1, **x)"),
            ("{'a': 1, 'b': 2}", "{'b': 2, 'a': 1}"),
            ("f((a, b))", "f(a, b)"),
            ("x[1,]", "x[1]"),
            ("x[1:2]", "x[1, 2]"),
            ("x[:]", "x[0:]"),
            ("x is not y", "x is (not y)"),
            ("x not in y", "x in y"),
            ("(x for x in y)", "[x for x in y]"),
            ("def f(a=1, b=2): pass", "def f(b=2, a=1): pass"),
            ("a = b", "a == b"),
            ("", "x"),
        ];
        for (one, other) in unlike {
            assert_ne!(canonical(one), canonical(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_is_no_python_is_kept_token_by_token() {
        let alike = [
            ("{{film|tojson}}", "{{ film | tojson }}"),
            ("bakery : office", "bakery:office"),
            ("with  context", "with context"),
        ];
        for (one, other) in alike {
            assert_eq!(canonical(one), canonical(other));
        }
        for code in ["'a", "a ? b", "don't"] {
            assert_eq!(super::canonical(code, Around::Ends), None, "{code}");
        }
    }

    #[test]
    fn what_surrounds_a_gap_says_what_is_the_same_in_it() {
        let gap = |program: &str| {
            let (before, after) = program.split_once("____").unwrap();
            Around::gap(before, after)
        };
        assert_eq!(gap("f(____)"), Around::Inside);
        assert_eq!(gap("@app.get('/', ____)\n"), Around::Inside);
        assert_eq!(gap("if ____:\n"), Around::Tight);
        assert_eq!(gap("    ____\n"), Around::Ends);
        assert_eq!(gap("x = ____  # here\n"), Around::Value);
        assert_eq!(gap("    return ____\n"), Around::Value);
        assert_eq!(gap("f(x=____)"), Around::Inside);
        assert_eq!(gap("a == ____"), Around::Tight);
        assert_eq!(gap("print(____ * 2)"), Around::Tight);
        assert_eq!(gap("return ____.name"), Around::Tight);
        assert_eq!(gap("def view(____):"), Around::Parameters);
        assert_eq!(gap("x = lambda ____: 1"), Around::Parameters);
        assert_eq!(gap("def view(a): return f(____)"), Around::Inside);
        assert_eq!(gap("f(\"____\")"), Around::Text);
        assert_eq!(gap("page = \"\"\"\n<p>it's\n{{ ____ }}\"\"\""), Around::Text);
        assert_eq!(gap("f('it\\'s', ____)  # don't"), Around::Inside);
        assert_eq!(gap("# don't\n____"), Around::Ends);

        let same = |one: &str, other: &str, around| super::canonical(one, around) == super::canonical(other, around);
        assert!(same("(a, b)", "a, b", Around::Value) && !same("(a, b)", "a, b", Around::Ends));
        assert!(same("a=1,", "a=1", Around::Inside) && !same("a=1,", "a=1", Around::Ends));
        assert!(same("a, b,", "a, b", Around::Inside) && !same("a,", "a", Around::Inside));
        assert!(same("a=1, b=2", "b=2, a=1", Around::Ends) && !same("a=1, b=2", "b=2, a=1", Around::Parameters));
        assert!(same("(a+b)", "a+b", Around::Ends) && !same("(a+b)", "a+b", Around::Tight));
        assert!(same("(a)", "a", Around::Tight) && same("((a+b))", "(a+b)", Around::Tight));
    }
}
