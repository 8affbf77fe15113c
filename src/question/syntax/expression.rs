//! Expressions: from tokens to trees and, in the same step, to the one form. Each part is written with no more parentheses
//! than it needs.

use super::read::{DEPTH_MAX, KEYWORDS, Part, Reader, join};
use super::token::{Sort, Token};

/// How strongly the parts of an expression hold together; the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// `yield a`: a comma behind it belongs to what is yielded.
    Yield,
    /// `a := b`
    Loose,
    /// `lambda: a`
    Lambda,
    /// `a if b else c`
    Choice,
    /// `a or b`
    Or,
    /// `a and b`
    And,
    /// `not a`
    Not,
    /// `a < b`, `a in b`
    Compare,
    /// `a | b`
    BitOr,
    /// `a ^ b`
    BitXor,
    /// `a & b`
    BitAnd,
    /// `a << b`
    Shift,
    /// `a + b`
    Sum,
    /// `a * b`
    Product,
    /// `-a`
    Sign,
    /// `a ** b`
    Power,
    /// `await a`
    Await,
    /// `a`, `a.b`, `a(b)`, `[a]`
    Atom,
}

/// An expression in the one form.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// How it is written.
    pub(super) text: String,
    /// How strongly its outermost parts hold together.
    pub(super) rank: Rank,
    /// Whether it stood in parentheses.
    pub(super) wrapped: bool,
}

impl Term {
    /// A term without parentheses.
    pub(super) fn new(text: impl Into<String>, rank: Rank) -> Term {
        Term { text: text.into(), rank, wrapped: false }
    }

    /// Its text where at least this rank is needed.
    pub(super) fn at_least(self, rank: Rank) -> String {
        if self.rank < rank { format!("({})", self.text) } else { self.text }
    }
}

impl<'t> Reader<'t> {
    /// An expression.
    pub(super) fn expression(&mut self) -> Option<Term> {
        if self.depth >= DEPTH_MAX {
            return None;
        }
        self.depth += 1;
        let term = self.loose();
        self.depth -= 1;
        term
    }

    fn loose(&mut self) -> Option<Term> {
        match self.peek() {
            "yield" => {
                self.at += 1;
                let from = self.take("from");
                let value = self.yielded();
                let mut text = if from { "yield from".to_owned() } else { "yield".to_owned() };
                join(&mut text, &value);
                return Some(Term::new(text, Rank::Yield));
            }
            "lambda" => return self.lambda(),
            _ => (),
        }
        if self.is_name(0) && self.text(1) == ":=" {
            let name = self.peek().to_owned();
            self.at += 2;
            let value = self.expression()?.at_least(Rank::Lambda);
            return Some(Term::new(format!("{name}:={value}"), Rank::Loose));
        }
        let term = self.binary(Rank::Or)?;
        let start = self.at;
        if self.take("if") {
            let chosen = self.binary(Rank::Or).filter(|_| self.take("else"));
            let Some((condition, other)) = chosen.and_then(|condition| Some((condition, self.expression()?))) else {
                // The condition of a comprehension, or the rest of a line that is no expression.
                self.at = start;
                return Some(term);
            };
            let mut text = term.at_least(Rank::Or);
            for piece in ["if", &condition.at_least(Rank::Or), "else", &other.at_least(Rank::Lambda)] {
                join(&mut text, piece);
            }
            return Some(Term::new(text, Rank::Choice));
        }
        Some(term)
    }

    /// What stands behind `yield`: nothing, an expression, or several of them, which are a tuple.
    fn yielded(&mut self) -> String {
        let mut parts = Vec::new();
        let mut is_tuple = false;
        while let Some(term) = self.expression() {
            parts.push(term.at_least(Rank::Lambda));
            if !self.take(",") {
                break;
            }
            is_tuple = true;
        }
        if is_tuple { tuple(&parts) } else { parts.pop().unwrap_or_default() }
    }

    fn lambda(&mut self) -> Option<Term> {
        let before = std::mem::replace(&mut self.in_head, true);
        self.at += 1;
        let mut parts = Vec::new();
        while self.peek() != ":" {
            match self.peek() {
                "," => self.at += 1,
                "/" => {
                    self.at += 1;
                    parts.push("/".to_owned());
                }
                _ => match self.argument() {
                    Some((_, term)) => parts.push(term.text),
                    None => break,
                },
            }
        }
        self.in_head = before;
        let body = self.take(":").then(|| self.expression()).flatten()?.at_least(Rank::Lambda);
        let mut text = "lambda".to_owned();
        join(&mut text, &parts.join(","));
        Some(Term::new(format!("{text}:{body}"), Rank::Lambda))
    }

    /// Operators with two sides, from the loosest to the tightest.
    fn binary(&mut self, rank: Rank) -> Option<Term> {
        let (signs, tighter): (&[&str], Rank) = match rank {
            Rank::Or => (&["or"], Rank::And),
            Rank::And => (&["and"], Rank::Not),
            Rank::Not => return self.negation(),
            Rank::Compare => return self.comparison(),
            Rank::BitOr => (&["|"], Rank::BitXor),
            Rank::BitXor => (&["^"], Rank::BitAnd),
            Rank::BitAnd => (&["&"], Rank::Shift),
            Rank::Shift => (&["<<", ">>"], Rank::Sum),
            Rank::Sum => (&["+", "-"], Rank::Product),
            Rank::Product => (&["*", "/", "//", "%", "@"], Rank::Sign),
            Rank::Sign | Rank::Power | Rank::Await | Rank::Atom => return self.unary(),
            Rank::Yield | Rank::Loose | Rank::Lambda | Rank::Choice => return self.expression(),
        };
        let mut left = self.binary(tighter)?;
        while signs.contains(&self.peek()) {
            let start = self.at;
            let sign = self.peek();
            self.at += 1;
            let Some(right) = self.binary(tighter) else {
                self.at = start;
                return Some(left);
            };
            let mut text = left.at_least(rank);
            join(&mut text, sign);
            join(&mut text, &right.at_least(tighter));
            left = Term::new(text, rank);
        }
        Some(left)
    }

    fn negation(&mut self) -> Option<Term> {
        if !self.take("not") {
            return self.binary(Rank::Compare);
        }
        let mut text = "not".to_owned();
        join(&mut text, &self.deeper(Reader::negation)?.at_least(Rank::Not));
        Some(Term::new(text, Rank::Not))
    }

    /// `a < b < c` is one thing: what stands in parentheses in it is another one.
    fn comparison(&mut self) -> Option<Term> {
        let first = self.binary(Rank::BitOr)?;
        let start = self.at;
        let Some(mut sign) = self.comparer() else { return Some(first) };
        let mut text = first.clone().at_least(Rank::BitOr);
        let mut end = start;
        loop {
            let Some(right) = self.binary(Rank::BitOr) else {
                self.at = end;
                break;
            };
            join(&mut text, &sign);
            join(&mut text, &right.at_least(Rank::BitOr));
            end = self.at;
            match self.comparer() {
                Some(next) => sign = next,
                None => break,
            }
        }
        if end == start { Some(first) } else { Some(Term::new(text, Rank::Compare)) }
    }

    fn comparer(&mut self) -> Option<String> {
        let (sign, length) = match (self.peek(), self.text(1)) {
            ("not", "in") => ("not in", 2),
            ("is", "not") => ("is not", 2),
            ("<" | ">" | "<=" | ">=" | "==" | "!=" | "in" | "is", _) => (self.peek(), 1),
            _ => return None,
        };
        let sign = sign.to_owned();
        self.at += length;
        Some(sign)
    }

    fn unary(&mut self) -> Option<Term> {
        if let sign @ ("-" | "+" | "~") = self.peek() {
            self.at += 1;
            let operand = self.deeper(Reader::unary)?.at_least(Rank::Sign);
            return Some(Term::new(format!("{sign}{operand}"), Rank::Sign));
        }
        let base = self.awaited()?;
        let start = self.at;
        if !self.take("**") {
            return Some(base);
        }
        match self.deeper(Reader::unary) {
            Some(exponent) => {
                let (base, exponent) = (base.at_least(Rank::Await), exponent.at_least(Rank::Sign));
                Some(Term::new(format!("{base}**{exponent}"), Rank::Power))
            }
            None => {
                self.at = start;
                Some(base)
            }
        }
    }

    fn deeper(&mut self, read: fn(&mut Reader<'t>) -> Option<Term>) -> Option<Term> {
        if self.depth >= DEPTH_MAX {
            return None;
        }
        self.depth += 1;
        let term = read(self);
        self.depth -= 1;
        term
    }

    fn awaited(&mut self) -> Option<Term> {
        if !self.take("await") {
            return self.primary();
        }
        let mut text = "await".to_owned();
        join(&mut text, &self.primary()?.at_least(Rank::Atom));
        Some(Term::new(text, Rank::Await))
    }

    fn primary(&mut self) -> Option<Term> {
        let mut term = self.atom()?;
        loop {
            let start = self.at;
            let next = match self.peek() {
                "." if self.is_name_at(1) => {
                    self.at += 2;
                    Some(format!(".{}", self.tokens[self.at - 1].text))
                }
                "(" => self.call(),
                "[" => self.subscript(),
                _ => return Some(term),
            };
            let Some(next) = next else {
                self.at = start;
                return Some(term);
            };
            // `1 .real` needs its blank, but nobody means that.
            term = Term::new(term.at_least(Rank::Atom) + &next, Rank::Atom);
        }
    }

    fn call(&mut self) -> Option<String> {
        self.at += 1;
        let mut parts = Vec::new();
        while self.peek() != ")" {
            parts.push(self.argument()?);
            if !self.take(",") {
                break;
            }
        }
        self.take(")").then(|| format!("({})", self.arguments(parts).join(",")))
    }

    fn subscript(&mut self) -> Option<String> {
        self.at += 1;
        let mut parts = Vec::new();
        let mut ends_in_comma = false;
        while self.peek() != "]" {
            parts.push(self.slice()?);
            ends_in_comma = self.take(",");
            if !ends_in_comma {
                break;
            }
        }
        let several = parts.len() > 1 || ends_in_comma;
        // `x[(1, 2)]` and `x[1, 2]` are the same.
        let inner = if several { tuple(&parts) } else { parts.into_iter().next()? };
        self.take("]").then(|| format!("[{inner}]"))
    }

    fn slice(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.peek() {
                ":" => {
                    self.at += 1;
                    text.push(':');
                }
                "]" | "," if !text.is_empty() => return Some(text),
                _ => {
                    let (_, term) = self.argument()?;
                    text.push_str(&term.at_least(Rank::Loose));
                    if self.peek() != ":" {
                        return Some(text);
                    }
                }
            }
        }
    }

    fn atom(&mut self) -> Option<Term> {
        let token = self.tokens.get(self.at)?;
        match (token.sort, token.text.as_str()) {
            (Sort::Name, name) if KEYWORDS.contains(&name) => None,
            (Sort::Name | Sort::Number | Sort::Text | Sort::Special, _) | (Sort::Sign, "...") => {
                self.at += 1;
                let mut text = token.text.clone();
                // Neighbours are one text, too, where one of them has expressions in it.
                while let Some(Token { sort: Sort::Text | Sort::Special, text: more }) = self.tokens.get(self.at)
                    && matches!(token.sort, Sort::Text | Sort::Special)
                {
                    text.push_str(more);
                    self.at += 1;
                }
                Some(Term::new(text, Rank::Atom))
            }
            (Sort::Sign, "(") => self.parentheses(),
            (Sort::Sign, "[") => self.brackets("]"),
            (Sort::Sign, "{") => self.brackets("}"),
            (Sort::Sign, _) => None,
        }
    }

    fn parentheses(&mut self) -> Option<Term> {
        self.at += 1;
        let mut parts: Vec<(Part, Term)> = Vec::new();
        let mut ends_in_comma = false;
        let before = std::mem::replace(&mut self.in_head, false);
        while self.peek() != ")" {
            parts.push(self.argument()?);
            ends_in_comma = self.take(",");
            if !ends_in_comma {
                break;
            }
        }
        self.in_head = before;
        if !self.take(")") || parts.iter().any(|(part, _)| *part == Part::Named) {
            return None;
        }
        if let [(Part::Plain, term)] = parts.as_slice()
            && !ends_in_comma
        {
            return Some(Term { wrapped: true, ..term.clone() });
        }
        let parts: Vec<String> = parts.into_iter().map(|(_, term)| term.at_least(Rank::Loose)).collect();
        Some(Term::new(tuple(&parts), Rank::Atom))
    }

    /// A list, a set or a dictionary, or a comprehension of one.
    fn brackets(&mut self, close: &str) -> Option<Term> {
        let open = self.peek().to_owned();
        self.at += 1;
        let mut parts: Vec<String> = Vec::new();
        while self.peek() != close {
            let (part, term) = self.argument()?;
            if part == Part::Named {
                return None;
            }
            let mut text = term.at_least(Rank::Loose);
            if close == "}" && self.take(":") {
                let value = self.argument()?.1.at_least(Rank::Loose);
                text = format!("{text}:{value}");
            }
            parts.push(text);
            if !self.take(",") {
                break;
            }
        }
        self.take(close).then(|| Term::new(format!("{open}{}{close}", parts.join(",")), Rank::Atom))
    }

    /// `for x in y if z`, behind what it makes.
    pub(super) fn comprehension(&mut self) -> Option<String> {
        let mut text = String::from(" ");
        loop {
            let is_async = self.take("async");
            if self.take("for") {
                let target = self.targets()?;
                let from = self.take("in").then(|| self.binary(Rank::Or)).flatten()?;
                let pieces = [if is_async { "async" } else { "" }, "for", &target, "in", &from.at_least(Rank::Or)];
                pieces.into_iter().for_each(|piece| join(&mut text, piece));
            } else if self.take("if") {
                let condition = self.binary(Rank::Or)?.at_least(Rank::Or);
                join(&mut text, "if");
                join(&mut text, &condition);
            } else {
                return Some(text);
            }
        }
    }

    /// What a comprehension counts with, such as `a, b`.
    fn targets(&mut self) -> Option<String> {
        let mut parts = Vec::new();
        loop {
            parts.push(self.binary(Rank::BitOr)?.at_least(Rank::BitOr));
            if !self.take(",") {
                break;
            }
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { tuple(&parts) })
    }
}

/// The one form of a tuple.
pub(super) fn tuple(parts: &[String]) -> String {
    match parts {
        [only] => format!("({only},)"),
        _ => format!("({})", parts.join(",")),
    }
}
