//! Text measured in terminal columns: how wide it is, where it wraps, where it is cut.
//!
//! A grapheme (what a reader takes for one character) is never split and never hangs over an edge.

use super::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns a text takes.
pub fn columns(text: &str) -> usize {
    if is_simple(text) { text.len() } else { text.graphemes(true).map(grapheme_columns).sum() }
}

/// A text cut to a width, with `…` at the end where something is missing.
pub fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    if width == 0 {
        return String::new();
    }
    let mut end = 0;
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme_columns(grapheme);
        if used > width - 1 {
            break;
        }
        end = at + grapheme.len();
    }
    format!("{}…", text[..end].trim_end())
}

/// Breaks running text into lines of at most `width` columns (at least 2). Lines break at blanks, which are dropped there;
/// a word that is wider than a line is broken where the line ends. A line end in the text, as in the span `"\n"`, ends the
/// line. There is always at least one line.
pub fn wrap(spans: &[Span], width: usize) -> Vec<Vec<Span>> {
    let mut wrapper = Wrapper { spans, width: width.max(2), ..Wrapper::default() };
    for (number, span) in spans.iter().enumerate() {
        wrapper.read(number, &span.text);
    }
    wrapper.place_word();
    wrapper.end_line();
    wrapper.lines
}

/// A part of a span's text.
#[derive(Clone, Copy)]
struct Piece {
    span: usize,
    start: usize,
    end: usize,
    columns: usize,
}

#[derive(Default)]
struct Wrapper<'a> {
    spans: &'a [Span],
    width: usize,
    lines: Vec<Vec<Span>>,
    line: Vec<Span>,
    /// The part that was written last: a part that follows it in the same span is added to the same span of the line.
    last: Option<Piece>,
    used: usize,
    /// Blanks that are written only if a word follows on the same line.
    blanks: Vec<Piece>,
    /// The word being read: it may go through several spans.
    word: Vec<Piece>,
}

impl Wrapper<'_> {
    fn read(&mut self, span: usize, text: &str) {
        let bytes = text.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let class = Class::of(bytes[start]);
            let length = bytes[start..].iter().take_while(|byte| Class::of(**byte) == class).count();
            let end = start + length;
            match class {
                Class::LineEnd => {
                    for _ in 0..length {
                        self.place_word();
                        self.end_line();
                    }
                }
                Class::Blank => {
                    self.place_word();
                    self.blanks.push(Piece { span, start, end, columns: length });
                }
                Class::Word => {
                    let columns = columns(&text[start..end]);
                    self.word.push(Piece { span, start, end, columns });
                }
            }
            start = end;
        }
    }

    fn place_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let word_columns: usize = word.iter().map(|piece| piece.columns).sum();
        let blank_columns: usize = self.blanks.iter().map(|piece| piece.columns).sum();
        if self.used + blank_columns + word_columns <= self.width {
            for piece in std::mem::take(&mut self.blanks) {
                self.write(piece);
            }
            word.iter().for_each(|piece| self.write(*piece));
        } else {
            if self.used > 0 {
                self.end_line();
            }
            self.blanks.clear();
            if word_columns <= self.width {
                word.iter().for_each(|piece| self.write(*piece));
            } else {
                word.iter().for_each(|piece| self.break_up(*piece));
            }
        }
        // The room is used again by the next word.
        self.word = word;
        self.word.clear();
    }

    /// Writes a part of a word that doesn't fit on a line.
    fn break_up(&mut self, piece: Piece) {
        let text = &self.spans[piece.span].text[piece.start..piece.end];
        for (at, grapheme) in text.grapheme_indices(true) {
            let start = piece.start + at;
            let wide = grapheme_columns(grapheme);
            if wide <= self.width {
                self.write_or_break(Piece { span: piece.span, start, end: start + grapheme.len(), columns: wide });
                continue;
            }
            // Some scripts join many signs to one grapheme. One that is wider than a line is taken apart.
            for (inner, c) in grapheme.char_indices() {
                let (start, end) = (start + inner, start + inner + c.len_utf8());
                let columns = grapheme_columns(&grapheme[inner..inner + c.len_utf8()]);
                self.end_line_unless_empty();
                self.write(Piece { span: piece.span, start, end, columns });
            }
        }
    }

    fn write_or_break(&mut self, piece: Piece) {
        if self.used + piece.columns > self.width {
            self.end_line();
        }
        self.write(piece);
    }

    fn write(&mut self, piece: Piece) {
        let source = &self.spans[piece.span];
        let text = &source.text[piece.start..piece.end];
        match (self.last, self.line.last_mut()) {
            (Some(last), Some(span)) if last.span == piece.span && last.end == piece.start => span.text.push_str(text),
            _ => self.line.push(Span { text: text.to_owned(), style: source.style, target: source.target.clone() }),
        }
        self.used += piece.columns;
        self.last = Some(piece);
    }

    fn end_line_unless_empty(&mut self) {
        if !self.line.is_empty() {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.blanks.clear();
        self.last = None;
        self.used = 0;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Blank,
    LineEnd,
}

impl Class {
    /// The no-break blank is no blank here: it is two bytes, of which neither is this one.
    fn of(byte: u8) -> Class {
        match byte {
            b' ' | b'\t' => Class::Blank,
            b'\n' => Class::LineEnd,
            _ => Class::Word,
        }
    }
}

/// Whether each byte is one column: nearly all text is, and then there is nothing to look up.
fn is_simple(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// A control character is not drawn, so it takes no room.
fn grapheme_columns(grapheme: &str) -> usize {
    if grapheme.chars().any(char::is_control) { 0 } else { grapheme.width() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Style;
    use proptest::prelude::*;

    fn text(lines: &[Vec<Span>]) -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|span| span.text.as_str()).collect()).collect()
    }

    fn code(text: &str) -> Span {
        Span { text: text.into(), style: Style { code: true, ..Style::default() }, target: None }
    }

    #[test]
    fn lines_break_at_blanks_which_are_dropped() {
        let lines = wrap(&[Span::plain("one two  three")], 8);
        assert_eq!(text(&lines), ["one two", "three"]);
        assert_eq!(text(&wrap(&[Span::plain("a  b")], 8)), ["a  b"]);
    }

    #[test]
    fn code_keeps_its_full_stop() {
        let lines = wrap(&[Span::plain("call "), code("abort"), Span::plain(". Then")], 10);
        assert_eq!(text(&lines), ["call", "abort.", "Then"]);
        assert_eq!(lines[1][0], code("abort"));
    }

    #[test]
    fn a_line_end_stays_and_nothing_is_one_line() {
        assert_eq!(text(&wrap(&[Span::plain("a"), Span::plain("\n"), Span::plain("b")], 9)), ["a", "b"]);
        assert_eq!(text(&wrap(&[Span::plain("a\n\nb")], 9)), ["a", "", "b"]);
        assert_eq!(text(&wrap(&[], 9)), [""]);
    }

    #[test]
    fn an_over_long_word_is_broken_and_a_wide_sign_hangs_over_no_edge() {
        assert_eq!(text(&wrap(&[Span::plain("x abcdef y")], 4)), ["x", "abcd", "ef y"]);
        assert_eq!(text(&wrap(&[Span::plain("漢字漢")], 5)), ["漢字", "漢"]);
        assert_eq!(text(&wrap(&[Span::plain("a漢字")], 3)), ["a漢", "字"]);
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(cut("session", 7), "session");
        assert_eq!(cut("session", 6), "sessi…");
        assert_eq!(cut("漢字漢", 4), "漢…");
        assert_eq!(cut("a b", 0), "");
    }

    fn any_spans() -> impl Strategy<Value = Vec<Span>> {
        let span = ("[ a-e漢👩\u{200d}\u{301}`.\n\t]{0,12}|\\PC{0,6}", any::<bool>())
            .prop_map(|(text, is_code)| if is_code { code(&text) } else { Span::plain(text) });
        prop::collection::vec(span, 0..6)
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_text_is_lost(spans in any_spans(), width in 2usize..20) {
            let lines = wrap(&spans, width);
            prop_assert!(!lines.is_empty());
            for line in &lines {
                prop_assert!(line.iter().map(|span| columns(&span.text)).sum::<usize>() <= width);
            }
            let solid = |spans: &[Span]| -> Vec<(char, bool)> {
                let chars = spans.iter().flat_map(|span| span.text.chars().map(|c| (c, span.style.code)));
                chars.filter(|(c, _)| !matches!(c, ' ' | '\t' | '\n')).collect()
            };
            let kept: Vec<_> = lines.iter().flat_map(|line| solid(line)).collect();
            prop_assert_eq!(kept, solid(&spans));
        }

        #[test]
        fn a_cut_text_fits(text in "\\PC{0,20}", width in 0usize..20) {
            prop_assert!(columns(&cut(&text, width)) <= width);
        }
    }
}
