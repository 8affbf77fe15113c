//! Running text: from events to spans.

use super::parse::Reader;
use super::{Span, Style, Target};
use crate::fault::FaultCode;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// How the text that is being read is set.
#[derive(Default)]
struct Setting {
    strong: u8,
    emphasis: u8,
    struck: u8,
    target: Option<Target>,
}

impl Setting {
    fn span(&self, text: &str, code: bool) -> Span {
        let style = Style { strong: self.strong > 0, emphasis: self.emphasis > 0, code, struck: self.struck > 0 };
        Span { text: text.to_owned(), style, target: self.target.clone() }
    }
}

impl Reader<'_, '_> {
    /// The running text up to the next block or the end of this one, which is left.
    pub(super) fn spans(&mut self) -> Vec<Span> {
        join(self.lines())
    }

    /// The same, parted where the author's lines end.
    pub(super) fn lines(&mut self) -> Vec<Vec<Span>> {
        let mut lines = vec![Vec::new()];
        let mut setting = Setting::default();
        let mut told = Vec::new();
        while let Some((event, range)) = self.events.next_if(|(event, _)| is_running(event)) {
            match event {
                Event::Text(text) => {
                    self.look(&text, &range, &mut told);
                    add(&mut lines, setting.span(&text.replace('\t', " "), false));
                }
                Event::Code(text) => add(&mut lines, setting.span(&text.replace('\t', " "), true)),
                Event::SoftBreak => lines.push(Vec::new()),
                Event::HardBreak => add(&mut lines, Span::plain("\n")),
                Event::FootnoteReference(label) => {
                    self.notes.entry(label.to_string()).or_default().referred = true;
                    let target = Some(Target::Note(label.to_string()));
                    add(&mut lines, Span { target, ..setting.span(&format!("[{label}]"), false) });
                }
                Event::TaskListMarker(done) => self.task = Some(done),
                Event::InlineHtml(html) | Event::Html(html) => {
                    self.html(range.start);
                    add(&mut lines, setting.span(&html, false));
                }
                Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. }) => {
                    let span = self.term(&dest_url, has_pothole, &setting);
                    add(&mut lines, span);
                }
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    self.address(link_type, &dest_url, range.start);
                    setting.target = Some(Target::Url(dest_url.into_string()));
                }
                Event::Start(Tag::Image { .. }) => {
                    let mend = "draw it in a `diagram` fence, or link to it";
                    self.fault(FaultCode::Markdown, range.start, "a picture that a terminal cannot show", mend);
                }
                Event::Start(Tag::Strong) => {
                    if self.text[range.clone()].starts_with("__") {
                        let mend = "write `**` for strong, and names such as `__name__` in backticks";
                        self.fault(FaultCode::Markdown, range.start, "strong by `__`", mend);
                    }
                    setting.strong += 1;
                }
                Event::Start(Tag::Emphasis) => setting.emphasis += 1,
                Event::Start(Tag::Strikethrough) => setting.struck += 1,
                Event::End(TagEnd::Strong) => setting.strong -= 1,
                Event::End(TagEnd::Emphasis) => setting.emphasis -= 1,
                Event::End(TagEnd::Strikethrough) => setting.struck -= 1,
                Event::End(TagEnd::Link) => setting.target = None,
                // The end of a picture, and options that are not switched on.
                Event::Start(_) | Event::End(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::Rule => {}
            }
        }
        if lines.last().is_some_and(|last| last.is_empty()) {
            lines.pop();
        }
        lines
    }

    /// A word of the glossary: `[[term]]` or `[[shown|term]]`. The parser takes the part before the bar for the target.
    fn term(&mut self, first: &str, has_pothole: bool, setting: &Setting) -> Span {
        let mut second = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::End(TagEnd::Link) => break,
                Event::Text(text) | Event::Code(text) => second.push_str(&text),
                Event::SoftBreak | Event::HardBreak => second.push(' '),
                _ => {}
            }
        }
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        // In a table the bar is written `\\|`, and the backslash stays with what stands before it.
        let shown = one_line(if has_pothole { first.trim_end_matches('\\') } else { &second });
        let term = if has_pothole { one_line(&second) } else { shown.clone() };
        Span { target: Some(Target::Term(term)), ..setting.span(&shown, false) }
    }

    fn address(&mut self, link_type: LinkType, address: &str, at: usize) {
        if ["https://", "http://"].iter().any(|scheme| address.len() > scheme.len() && address.starts_with(scheme)) {
            return;
        }
        let mend = match link_type {
            LinkType::Autolink | LinkType::Email => "write it as code, in `backticks`",
            _ => "an address begins with https://; a word of the glossary is written [[word]]",
        };
        self.fault(FaultCode::LinkAddress, at, format!("“{address}” is no address"), mend);
    }

    /// Looks for markup that was not closed and so became text. What was escaped stands alone behind its backslash. Each
    /// sign is told once: where one is open, those behind it are often wrong as well.
    fn look(&mut self, text: &CowStr, range: &Range<usize>, told: &mut Vec<&'static str>) {
        let escaped = self.text[..range.start].ends_with('\\');
        let signs = [
            ("`", "close the code, or write \\` for the sign itself"),
            ("**", "close the strong text, or put the stars in `backticks`"),
            ("[[", "close it with ]], or put it in `backticks`"),
            ("[^", "write the footnote's text as a paragraph that begins with its label and a colon"),
        ];
        // The parser may hand out each character of a sign by itself, so look at the source as well.
        let source = &self.text[range.start..];
        for (sign, mend) in signs {
            let found = text.contains(sign) || (source.starts_with(sign) && text.starts_with(&sign[..1]));
            if found && !escaped && !told.contains(&sign) {
                told.push(sign);
                let code = if sign == "[^" { FaultCode::Footnote } else { FaultCode::Markdown };
                let what = if sign == "[^" {
                    "a footnote without a text".to_owned()
                } else {
                    format!("a `{sign}` that is not closed")
                };
                self.fault(code, range.start, what, mend);
            }
        }
    }
}

/// Lines as one running text, with a blank where a line ended.
pub(super) fn join(lines: Vec<Vec<Span>>) -> Vec<Span> {
    let mut joined = vec![Vec::new()];
    for (number, line) in lines.into_iter().enumerate() {
        let mut spans = line.into_iter();
        if let Some(first) = spans.next() {
            let broken = joined[0].last().is_none_or(|last: &Span| last.text == "\n") || first.text == "\n";
            if number > 0 && !broken {
                // The blank is set as the text on both sides is, where they are set alike.
                let like_both = joined[0].last().is_some_and(|last| continues(last, &first));
                let blank = if like_both { Span { text: " ".into(), ..first.clone() } } else { Span::plain(" ") };
                add(&mut joined, blank);
            }
            add(&mut joined, first);
        }
        for span in spans {
            add(&mut joined, span);
        }
    }
    joined.remove(0)
}

/// Adds a span to the last line, to the span before it where both are set alike.
fn add(lines: &mut [Vec<Span>], span: Span) {
    let Some(line) = lines.last_mut() else { return };
    match line.last_mut() {
        Some(last) if continues(last, &span) => last.text.push_str(&span.text),
        _ => line.push(span),
    }
}

/// Whether two spans are one. Pieces of code are not, even side by side.
fn continues(last: &Span, next: &Span) -> bool {
    let alike = last.style == next.style && last.target == next.target && !last.style.code;
    alike && last.text != "\n" && next.text != "\n"
}

fn is_running(event: &Event) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineHtml(_)
        | Event::Html(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::TaskListMarker(_) => true,
        Event::Start(tag) => !super::parse::is_block(tag),
        Event::End(end) => matches!(
            end,
            TagEnd::Strong
                | TagEnd::Emphasis
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link
                | TagEnd::Image
        ),
        Event::Rule => false,
    }
}
