//! Python's tokens: names, numbers, texts and signs, each in the one form in which equal ones are written.

use super::{Around, canonical};

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub sort: Sort,
    /// How it is written in the one form.
    pub text: String,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A name or a keyword.
    Name,
    /// A number.
    Number,
    /// A quoted text. Neighbours of the same sort are one text.
    Text,
    /// A quoted text of another sort: bytes, or one with expressions in it.
    Special,
    /// Everything else.
    Sign,
}

/// Signs of more than one character, the longer ones first.
const SIGNS: [&str; 22] = [
    "**=", "//=", ">>=", "<<=", "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->", ":=", "+=", "-=", "*=",
    "/=", "%=", "&=", "|=",
];

/// All tokens of a piece of code. `None` where a text in it has no end, or a sign isn't one of Python's.
pub fn all(code: &str) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = code.trim();
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = rest.trim_start();
        } else if let Some(after) = rest.strip_prefix("\\\n") {
            rest = after;
        } else if first == '#' {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some((prefix, quoted)) = prefixed(rest) {
            let (token, after) = text(prefix, quoted)?;
            match tokens.last_mut() {
                Some(last) if last.sort == Sort::Text && token.sort == Sort::Text => {
                    last.text.pop();
                    last.text.push_str(&token.text[1..]);
                }
                _ => tokens.push(token),
            }
            rest = after;
        } else if first.is_ascii_digit() || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit())) {
            let (number, after) = number(rest);
            tokens.push(Token { sort: Sort::Number, text: number });
            rest = after;
        } else if is_word(first) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            tokens.push(Token { sort: Sort::Name, text: rest[..end].to_owned() });
            rest = &rest[end..];
        } else {
            let long = SIGNS.iter().find(|sign| rest.starts_with(**sign)).map(|sign| sign.len());
            let known = "()[]{},:;.=+-*/%@&|^~<>!".contains(first);
            let length = long.or(known.then_some(first.len_utf8()))?;
            tokens.push(Token { sort: Sort::Sign, text: rest[..length].to_owned() });
            rest = &rest[length..];
        }
    }
    Some(tokens)
}

/// Whether the end of a piece of code is inside of a quoted text.
pub fn ends_in_text(code: &str) -> bool {
    let mut rest = code;
    while let Some(at) = rest.find(['"', '\'', '#']) {
        rest = &rest[at..];
        if rest.starts_with('#') {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
            continue;
        }
        match text_end(rest) {
            Some((_, after)) => rest = after,
            None => return true,
        }
    }
    false
}

/// Whether a character may stand in a name.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The letters before a quote, in lower case, and what begins with the quote.
fn prefixed(code: &str) -> Option<(String, &str)> {
    let end = code.find(['"', '\'']).filter(|end| *end <= 2)?;
    let prefix = code[..end].to_lowercase();
    matches!(prefix.as_str(), "" | "r" | "u" | "b" | "f" | "rb" | "br" | "rf" | "fr").then_some((prefix, &code[end..]))
}

/// A quoted text and what follows it.
fn text(prefix: String, quoted: &str) -> Option<(Token, &str)> {
    let (inner, after) = text_end(quoted)?;
    let value = if prefix.contains('r') { inner.to_owned() } else { unescaped(inner, prefix.contains('b')) };
    let token = if prefix.contains('f') {
        Token { sort: Sort::Special, text: format!("f{}", quoted_again(&with_expressions(&value))) }
    } else if prefix.contains('b') {
        Token { sort: Sort::Special, text: format!("b{}", quoted_again(&value)) }
    } else {
        Token { sort: Sort::Text, text: quoted_again(&value) }
    };
    Some((token, after))
}

/// What is inside of a quoted text, and what follows it. `None` where it has no end.
fn text_end(quoted: &str) -> Option<(&str, &str)> {
    let quote = quoted.get(..1)?;
    let fence = if quoted.starts_with(&quote.repeat(3)) { quote.repeat(3) } else { quote.to_owned() };
    let body = &quoted[fence.len()..];
    let mut end = 0;
    loop {
        let at = end + body[end..].find(|c| quote.starts_with(c) || c == '\\' || c == '\n')?;
        if body[at..].starts_with(&fence) {
            return Some((&body[..at], &body[at + fence.len()..]));
        }
        match &body[at..=at] {
            "\n" if fence.len() == 1 => return None,
            // An escaped quote doesn't end a text, be it raw or not.
            "\\" => end = at + 1 + body[at + 1..].chars().next()?.len_utf8(),
            _ => end = at + 1,
        }
    }
}

/// A value in double quotes, so that equal values look alike.
fn quoted_again(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\n' => text.push_str("\\n"),
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

/// What a text with escapes in it says. An escape that Python doesn't know is two characters.
fn unescaped(text: &str, are_bytes: bool) -> String {
    let mut value = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else { break };
        let after = &rest[c.len_utf8()..];
        let (said, used) = match c {
            '\\' | '\'' | '"' => (Some(c), 0),
            'n' => (Some('\n'), 0),
            'r' => (Some('\r'), 0),
            't' => (Some('\t'), 0),
            'a' => (Some('\u{7}'), 0),
            'b' => (Some('\u{8}'), 0),
            'f' => (Some('\u{c}'), 0),
            'v' => (Some('\u{b}'), 0),
            'x' => code_point(after, 2, 16),
            'u' if !are_bytes => code_point(after, 4, 16),
            'U' if !are_bytes => code_point(after, 8, 16),
            '0'..='7' => {
                let length = rest.chars().take(3).take_while(|c| c.is_digit(8)).count();
                let (said, used) = code_point(rest, length, 8);
                (said, used.saturating_sub(1))
            }
            '\n' => {
                rest = after;
                continue;
            }
            _ => (None, 0),
        };
        match said {
            Some(said) => value.push(said),
            None => value.extend(['\\', c]),
        }
        rest = &after[used..];
    }
    value.push_str(rest);
    value
}

fn code_point(text: &str, length: usize, base: u32) -> (Option<char>, usize) {
    let digits = text.get(..length).filter(|digits| digits.chars().all(|c| c.is_digit(base)));
    let point = digits.and_then(|digits| char::from_u32(u32::from_str_radix(digits, base).ok()?));
    (point, point.map_or(0, |_| length))
}

/// A text with expressions in braces, each of them in the one form.
fn with_expressions(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        whole.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            whole.push_str("{{");
            rest = after;
            continue;
        }
        let end = expression_end(&from[1..]) + 1;
        let expression = &from[1..end];
        // `{x=}` prints the expression as it is written.
        let shown = from[end..].starts_with('=');
        let same = if shown { None } else { canonical(expression, Around::Ends) };
        // Without a blank, the brace of a set or a dictionary would be one of the text.
        let expression = same.as_deref().unwrap_or(expression);
        whole.push_str(if expression.starts_with('{') { "{ " } else { "{" });
        whole.push_str(expression);
        rest = &from[end..];
        if let Some(close) = rest.find('}') {
            whole.push_str(&rest[..=close]);
            rest = &rest[close + 1..];
        }
    }
    whole.push_str(rest);
    whole
}

/// Where an expression in braces ends: at `!`, `:`, `=` or `}` that is in no brackets and no quotes.
fn expression_end(text: &str) -> usize {
    let (mut depth, mut quote) = (0, None);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => (),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, '}') if depth == 0 => return at,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, '=' | '!' | '<' | '>') if next == Some('=') => {
                chars.next();
            }
            (None, '!' | ':' | '=') if depth == 0 => return at,
            (None, _) => (),
        }
    }
    text.len()
}

/// A number in the one form, and what follows it.
fn number(code: &str) -> (String, &str) {
    let based = code.get(..2).and_then(|start| match start.to_lowercase().as_str() {
        "0x" => Some(16),
        "0o" => Some(8),
        "0b" => Some(2),
        _ => None,
    });
    if let Some(base) = based {
        let end = code[2..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(code.len(), |end| end + 2);
        let digits = code[2..end].replace('_', "");
        let number =
            u128::from_str_radix(&digits, base).map_or(code[..end].to_lowercase(), |number| number.to_string());
        return (number, &code[end..]);
    }
    let mut end = 0;
    let mut previous = ' ';
    for c in code.chars() {
        let signed = matches!(c, '+' | '-') && matches!(previous, 'e' | 'E');
        if !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_') || signed) {
            break;
        }
        previous = c;
        end += 1;
    }
    let digits = code[..end].replace('_', "").to_lowercase();
    let (real, unit) = digits.strip_suffix('j').map_or((digits.as_str(), ""), |real| (real, "j"));
    let number = match (real.parse::<u128>(), real.parse::<f64>()) {
        (Ok(whole), _) => whole.to_string(),
        (Err(_), Ok(float)) if real.contains(['.', 'e']) => format!("{float:?}"),
        _ => real.to_owned(),
    };
    (number + unit, &code[end..])
}
