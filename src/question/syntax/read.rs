//! What stands around expressions: lists of them, arguments, and everything that is none.

use super::Around;
use super::expression::{Rank, Term, tuple};
use super::token::{Sort, Token, is_word};

/// Nested deeper than this, an answer is compared by its tokens.
pub(super) const DEPTH_MAX: usize = 60;

/// Reads tokens.
pub struct Reader<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
    around: Around,
    pub(super) depth: usize,
    /// Whether the order of what looks like keyword arguments counts.
    pub(super) in_head: bool,
}

/// Words that are no names of something.
pub(super) const KEYWORDS: [&str; 32] = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
    "return", "try", "while", "with", "yield",
];

impl<'t> Reader<'t> {
    /// A reader at the first token.
    pub fn new(tokens: &'t [Token], around: Around) -> Reader<'t> {
        Reader { tokens, at: 0, around, depth: 0, in_head: around == Around::Parameters }
    }

    /// All of it: the longest expressions as trees, what is between them as it is.
    pub fn whole(mut self) -> String {
        let mut pieces: Vec<String> = Vec::new();
        while self.at < self.tokens.len() {
            let start = self.at;
            match self.list() {
                Some(piece) => pieces.push(piece),
                None => {
                    self.at = start;
                    // The order of parameters counts up to the colon that ends the head.
                    self.in_head = match self.peek() {
                        "def" | "class" | "lambda" => true,
                        ":" => self.around == Around::Parameters,
                        _ => self.in_head,
                    };
                    pieces.push(self.peek().to_owned());
                    self.at += 1;
                }
            }
        }
        let mut whole = String::new();
        for piece in pieces {
            join(&mut whole, &piece);
        }
        whole
    }

    /// Expressions with commas between them, as they stand in arguments, behind `return` or at both sides of `=`.
    fn list(&mut self) -> Option<String> {
        let start = self.at;
        let mut parts = vec![self.argument()?];
        let mut ends_in_comma = false;
        while self.peek() == "," {
            self.at += 1;
            ends_in_comma = true;
            let before = self.at;
            match self.argument() {
                Some(part) => {
                    parts.push(part);
                    ends_in_comma = false;
                }
                None => {
                    self.at = before;
                    break;
                }
            }
        }
        let is_all = start == 0 && self.at == self.tokens.len();
        let assigned =
            self.at == self.tokens.len() && start > 0 && matches!(self.tokens[start - 1].text.as_str(), "=" | "return");
        let is_value = (is_all && self.around == Around::Value) || (assigned && self.around != Around::Tight);
        if is_value && (parts.len() > 1 || ends_in_comma) {
            let parts: Vec<String> = parts.into_iter().map(|part| part.1.at_least(Rank::Choice)).collect();
            return Some(tuple(&parts));
        }
        if let [(Part::Plain, term)] = parts.as_slice()
            && !ends_in_comma
        {
            let is_tight = is_all && self.around == Around::Tight && term.wrapped && term.rank < Rank::Atom;
            return Some(if is_tight { format!("({})", term.text) } else { term.text.clone() });
        }
        let several = parts.len() > 1 || parts.iter().any(|(part, _)| *part == Part::Named);
        let mut texts = self.arguments(parts);
        if ends_in_comma && !(self.around == Around::Inside && several && is_all) {
            texts.push(String::new());
        }
        Some(texts.join(","))
    }

    /// The texts of arguments; keyword arguments in the order of their names, between those of which the order counts.
    pub(super) fn arguments(&self, parts: Vec<(Part, Term)>) -> Vec<String> {
        let mut texts: Vec<String> = Vec::with_capacity(parts.len());
        let mut named: Vec<String> = Vec::new();
        for (part, term) in parts {
            let text = term.at_least(Rank::Loose);
            if part == Part::Named && !self.in_head {
                named.push(text);
            } else {
                named.sort();
                texts.append(&mut named);
                texts.push(text);
            }
        }
        named.sort();
        texts.append(&mut named);
        texts
    }

    /// An argument: an expression, `*a`, `**a` or `a=b`.
    pub(super) fn argument(&mut self) -> Option<(Part, Term)> {
        for stars in ["**", "*"] {
            if self.peek() == stars {
                self.at += 1;
                // In the head of a function a star may stand alone.
                let Some(term) = self.expression() else {
                    return self.in_head.then(|| (Part::Starred, Term::new(stars, Rank::Loose)));
                };
                return Some((Part::Starred, Term::new(format!("{stars}{}", term.at_least(Rank::BitOr)), Rank::Loose)));
            }
        }
        if self.is_name(0) && self.text(1) == "=" {
            let start = self.at;
            let name = self.peek().to_owned();
            self.at += 2;
            // `a = b = c` is no argument.
            if let Some(value) = self.expression().filter(|_| self.peek() != "=" && (start > 0 || self.is_listed())) {
                let value = value.at_least(Rank::Lambda);
                return Some((Part::Named, Term::new(format!("{name}={value}"), Rank::Loose)));
            }
            self.at = start;
        }
        let mut term = self.expression()?;
        if let "for" | "async" = self.peek() {
            term = Term::new(format!("{}{}", term.at_least(Rank::Choice), self.comprehension()?), Rank::Loose);
        }
        Some((Part::Plain, term))
    }

    /// Whether what was read so far, from the first token, may be arguments: it is all there is, or a comma follows.
    fn is_listed(&self) -> bool {
        matches!(self.peek(), "" | "," | ")")
    }

    pub(super) fn peek(&self) -> &'t str {
        self.text(0)
    }

    /// The text of a token further on; nothing behind the last one. A quoted text is no keyword, since it has its quotes.
    pub(super) fn text(&self, further: usize) -> &'t str {
        self.tokens.get(self.at + further).map_or("", |token| &token.text)
    }

    pub(super) fn is_name(&self, further: usize) -> bool {
        self.is_name_at(further) && !KEYWORDS.contains(&self.text(further))
    }

    pub(super) fn is_name_at(&self, further: usize) -> bool {
        self.tokens.get(self.at + further).is_some_and(|token| token.sort == Sort::Name)
    }

    pub(super) fn take(&mut self, text: &str) -> bool {
        let is_next = self.peek() == text;
        self.at += usize::from(is_next);
        is_next
    }
}

/// What an argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Plain,
    Starred,
    Named,
}

/// Puts a piece behind others, with a blank where two words would become one.
pub(super) fn join(whole: &mut String, piece: &str) {
    if whole.ends_with(|c| is_word(c) || matches!(c, '"')) && piece.starts_with(|c| is_word(c) || matches!(c, '"')) {
        whole.push(' ');
    }
    whole.push_str(piece);
}
