//! From Markdown to blocks. Whatever courses don't use is a fault with its line, and parsing goes on behind it.

use super::fence::Fence;
use super::{Align, Block, CalloutKind, Item, Prose, Span};
use crate::fault::{FaultCode, Faults, nearest};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, OffsetIter, Options, Parser, Tag};
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Range;

/// Lists and quotations can stand in each other this often.
const DEPTH_MAX: usize = 8;

/// Parses a text that may have paragraphs, lists, fences and all else.
pub fn blocks(text: &str, faults: &mut Faults) -> Prose {
    let text = clean(text);
    let mut reader = Reader::new(&text, faults);
    let blocks = reader.blocks(0);
    reader.finish();
    Prose(blocks)
}

/// Parses a text that is one paragraph, such as an option.
pub fn inline(text: &str, faults: &mut Faults) -> Vec<Span> {
    let text = clean(text);
    let mut reader = Reader::new(text.trim(), faults);
    let mut blocks = reader.blocks(0);
    reader.finish();
    match (blocks.pop(), blocks.len()) {
        (None, _) => Vec::new(),
        (Some(Block::Paragraph(spans)), 0) => spans,
        _ => {
            let mend = "write it as one paragraph; put a sign that begins a list or a heading into `backticks`";
            faults.add(FaultCode::Markdown, "", "only running text can stand here", mend);
            Vec::new()
        }
    }
}

/// Without characters that steer terminals or hide text: control characters other than line ends and tabs, and those
/// that turn the direction of writing.
fn clean(text: &str) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
    };
    text.chars().filter(|c| !steers(*c)).collect()
}

/// What is left to read of a text, and what was noticed about it.
pub(super) struct Reader<'t, 'f> {
    pub(super) text: &'t str,
    pub(super) events: Peekable<OffsetIter<'t>>,
    pub(super) faults: &'f mut Faults,
    /// The mark of a task that was met in running text and belongs to the list entry around it.
    pub(super) task: Option<bool>,
    /// Whether footnotes are referred to, and where their text stands.
    pub(super) notes: BTreeMap<String, Note>,
    heading: u8,
    /// Where each line begins: a text may have a mistake in every word.
    lines: Vec<usize>,
}

/// What is known of a footnote.
#[derive(Default)]
pub(super) struct Note {
    pub(super) referred: bool,
    defined: Option<usize>,
}

impl<'t, 'f> Reader<'t, 'f> {
    fn new(text: &'t str, faults: &'f mut Faults) -> Reader<'t, 'f> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_WIKILINKS;
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let events = Parser::new_ext(text, options).into_offset_iter().peekable();
        Reader { text, events, faults, task: None, notes: BTreeMap::new(), heading: 1, lines }
    }

    fn finish(&mut self) {
        for (label, note) in std::mem::take(&mut self.notes) {
            if let (false, Some(at)) = (note.referred, note.defined) {
                self.fault(FaultCode::Footnote, at, format!("nothing refers to the footnote [^{label}]"), "");
            }
        }
    }

    /// Notes a mistake at a place of the text.
    pub(super) fn fault(&mut self, code: FaultCode, at: usize, what: impl Into<String>, mend: impl Into<String>) {
        let line = self.line(at);
        self.faults.add_at(code, "", Some(line), what, mend);
    }

    /// The line, from 0, of a place in the text.
    pub(super) fn line(&self, at: usize) -> usize {
        // The first line begins at 0, so there is always one at or before `at`.
        self.lines.partition_point(|start| *start <= at) - 1
    }

    /// All blocks up to the end of the one around them, which is read as well.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, _)) = self.events.peek() {
            match event {
                Event::End(_) => {
                    self.events.next();
                    break;
                }
                Event::Start(tag) if is_block(tag) => {
                    if let Some((Event::Start(tag), range)) = self.events.next() {
                        self.block(tag, range, depth, &mut blocks);
                    }
                }
                Event::Rule => {
                    self.events.next();
                    blocks.push(Block::Rule);
                }
                // The entries of a tight list have running text without a paragraph around it.
                _ => blocks.extend(self.paragraph()),
            }
        }
        blocks
    }

    fn block(&mut self, tag: Tag<'t>, range: Range<usize>, depth: usize, blocks: &mut Vec<Block>) {
        let nests = matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_));
        if nests && depth == DEPTH_MAX {
            self.fault(FaultCode::Markdown, range.start, "nested too deeply", "take a list or quotation apart");
            return self.skip();
        }
        match tag {
            Tag::Paragraph => {
                blocks.extend(self.paragraph());
                self.events.next();
            }
            Tag::Heading { level, .. } => blocks.extend(self.heading(level as u8, range, depth)),
            Tag::BlockQuote(_) => blocks.extend(self.quote(range, depth)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let mut body = String::new();
                while let Some((Event::Text(text), _)) = self.events.next() {
                    body.push_str(&text);
                }
                let line = self.line(range.start);
                Fence { info: &info, body: &body, line, closed: is_closed(&self.text[range]), nested: depth > 0 }
                    .read(blocks, self.faults);
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                let mend = "put it between lines of ``` with its language, or write fewer blanks before it";
                self.fault(FaultCode::Markdown, range.start, "code that is set by blanks", mend);
                self.skip();
            }
            Tag::List(start) => blocks.push(Block::List { start, items: self.items(depth) }),
            Tag::FootnoteDefinition(label) => {
                let label = label.into_string();
                self.notes.entry(label.clone()).or_default().defined = Some(range.start);
                blocks.push(Block::Footnote { label, body: self.blocks(depth + 1) });
            }
            Tag::Table(align) => blocks.push(self.table(&align)),
            Tag::HtmlBlock => {
                self.html(range.start);
                self.skip();
            }
            // Options that are not switched on, and tags that only occur inside those above.
            Tag::Item
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_)
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => self.skip(),
        }
    }

    fn paragraph(&mut self) -> Option<Block> {
        let spans = self.spans();
        (!spans.is_empty()).then_some(Block::Paragraph(spans))
    }

    fn heading(&mut self, level: u8, range: Range<usize>, depth: usize) -> Option<Block> {
        let text = self.spans();
        self.events.next();
        if !self.text[range.clone()].starts_with('#') {
            let mend = "write `## ` before it, or put an empty line above the dashes";
            self.fault(FaultCode::Markdown, range.start, "a heading by a line below it", mend);
        } else if depth > 0 {
            self.fault(FaultCode::HeadingLevel, range.start, "a heading inside a list or quotation", "");
        } else if !(2..=3).contains(&level) {
            let mend = "use `##` for a section and `###` inside one";
            self.fault(FaultCode::HeadingLevel, range.start, format!("a heading of level {level}"), mend);
        } else if level > self.heading + 1 {
            self.fault(
                FaultCode::HeadingLevel,
                range.start,
                "a heading of level 3 without one of level 2 above it",
                "",
            );
        } else if text.is_empty() {
            self.fault(FaultCode::EmptyBlock, range.start, "a heading without a text", "");
        } else {
            self.heading = level;
            return Some(Block::Heading { level, text });
        }
        // Only the first of a row of too deep headings is worth telling.
        self.heading = self.heading.max(level.min(3));
        None
    }

    fn quote(&mut self, range: Range<usize>, depth: usize) -> Option<Block> {
        let first = self.text[range.start..].trim_start_matches(['>', ' ', '\t']);
        if !first.starts_with("[!") || !matches!(self.events.peek(), Some((Event::Start(Tag::Paragraph), _))) {
            let body = self.blocks(depth + 1);
            return (!body.is_empty()).then_some(Block::Quote(body));
        }
        self.events.next();
        let mut lines = self.lines();
        self.events.next();
        let mut title = if lines.is_empty() { Vec::new() } else { lines.remove(0) };
        let word = take_kind(&mut title);
        let rest = super::inline::join(lines);
        let mut body: Vec<Block> = (!rest.is_empty()).then_some(Block::Paragraph(rest)).into_iter().collect();
        body.extend(self.blocks(depth + 1));

        let Some((kind, _)) = CalloutKind::ALL.into_iter().find(|(_, name)| *name == word) else {
            let names = CalloutKind::ALL.map(|(_, name)| name);
            let mend = match nearest(&word, names) {
                Some(name) => format!("did you mean [!{name}]?"),
                None => format!("there are {}", names.join(", ")),
            };
            self.fault(FaultCode::UnknownCallout, range.start, format!("there is no call-out [!{word}]"), mend);
            return None;
        };
        if body.is_empty() {
            let mend = "write its text in the next lines, each after `> `";
            self.fault(FaultCode::EmptyBlock, range.start, format!("the {word} call-out says nothing"), mend);
            return None;
        }
        if kind == CalloutKind::Myth && title.is_empty() {
            let mend = "write the wrong belief behind [!myth], on the same line";
            self.fault(FaultCode::EmptyBlock, range.start, "the myth call-out doesn't say which belief is wrong", mend);
        }
        Some(Block::Callout { kind, title, body })
    }

    fn items(&mut self, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), _)) = self.events.next() {
            let outer = self.task.take();
            let blocks = self.item(depth + 1);
            let task = std::mem::replace(&mut self.task, outer);
            items.push(Item { task, blocks });
        }
        items
    }

    /// The blocks of a list entry. Its task mark must not be taken by an entry of a list inside it.
    fn item(&mut self, depth: usize) -> Vec<Block> {
        if let Some((Event::TaskListMarker(done), _)) = self.events.peek() {
            self.task = Some(*done);
            self.events.next();
        }
        self.blocks(depth)
    }

    fn table(&mut self, align: &[Alignment]) -> Block {
        let align = align
            .iter()
            .map(|align| match align {
                Alignment::None | Alignment::Left => Align::Left,
                Alignment::Center => Align::Centre,
                Alignment::Right => Align::Right,
            })
            .collect();
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        loop {
            match self.events.next() {
                Some((Event::Start(Tag::TableHead), _)) => head = self.cells(),
                Some((Event::Start(Tag::TableRow), _)) => rows.push(self.cells()),
                _ => return Block::Table { align, head, rows },
            }
        }
    }

    fn cells(&mut self) -> Vec<Vec<Span>> {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), _)) = self.events.next() {
            cells.push(self.spans());
            self.events.next();
        }
        cells
    }

    /// Notes HTML, which a terminal cannot show.
    pub(super) fn html(&mut self, at: usize) {
        let mend = "write it as code, in `backticks` or in a fence of `html`";
        self.fault(FaultCode::Markdown, at, "HTML in running text", mend);
    }

    /// Reads to the end of the block whose start was just read.
    fn skip(&mut self) {
        let mut open = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }
}

/// Whether a tag stands beside paragraphs, and not inside one.
pub(super) fn is_block(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// Takes `[!kind] ` from the beginning of a call-out's title.
fn take_kind(title: &mut Vec<Span>) -> String {
    let Some(first) = title.first_mut() else { return String::new() };
    let (kind, rest) = first.text.split_once(']').unwrap_or((first.text.as_str(), ""));
    let kind = kind.trim_start_matches("[!").trim().to_owned();
    first.text = rest.trim_start().to_owned();
    if first.text.is_empty() {
        title.remove(0);
    }
    kind
}

/// Whether a fence, from its first sign to its end, has its last line.
fn is_closed(source: &str) -> bool {
    let sign = source.chars().next().unwrap_or('`');
    let length = source.chars().take_while(|c| *c == sign).count();
    let last = source.trim_end().rsplit('\n').next().unwrap_or("").trim_start_matches(['>', ' ', '\t']);
    source.trim_end().contains('\n') && last.len() >= length && last.chars().all(|c| c == sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::{Expect, Language, Style, Target, plain};

    fn good(text: &str) -> Vec<Block> {
        let mut faults = Faults::default();
        let prose = blocks(text, &mut faults);
        assert_eq!(faults.into_found(), []);
        prose.0
    }

    /// The only fault of a text: its name and its line.
    fn fault(text: &str) -> (&'static str, usize, String) {
        let mut faults = Faults::default();
        blocks(text, &mut faults);
        let mut found = faults.into_found();
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        let fault = found.remove(0);
        (fault.code.name(), fault.line.unwrap(), format!("{}; {}", fault.what, fault.mend))
    }

    fn spans(text: &str) -> Vec<Span> {
        match good(text).remove(0) {
            Block::Paragraph(spans) => spans,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn running_text_becomes_spans() {
        let strong = Style { strong: true, ..Style::default() };
        let code = Style { code: true, ..Style::default() };
        let wanted = [
            Span::plain("a "),
            Span { style: strong, ..Span::plain("b c") },
            Span::plain(" "),
            Span { style: code, ..Span::plain("d") },
            Span::plain(" "),
            Span { target: Some(Target::Url("https://x.org/a".into())), ..Span::plain("f") },
            Span::plain("\n"),
            Span::plain("g * 2 & <"),
        ];
        assert_eq!(spans("a **b\nc**\n`d` [f](https://x.org/a)\\\ng \\* 2 &amp; <"), wanted);
        let two = [wanted[3].clone(), wanted[4].clone(), wanted[3].clone()];
        assert_eq!(spans("`d`\n`d`"), two);
    }

    #[test]
    fn words_of_the_glossary_are_targets_also_over_a_line_end_and_in_a_table() {
        let term = |shown: &str, term: &str| Span { target: Some(Target::Term(term.into())), ..Span::plain(shown) };
        assert_eq!(spans("[[WSGI]]"), [term("WSGI", "WSGI")]);
        assert_eq!(spans("[[the key|secret key]]s"), [term("the key", "secret key"), Span::plain("s")]);
        assert_eq!(spans("[[secret\nkey]]"), [term("secret key", "secret key")]);
        let code = Style { code: true, ..Style::default() };
        assert_eq!(spans("`a[[b]]`"), [Span { text: "a[[b]]".into(), style: code, target: None }]);
        let Block::Table { rows, .. } = good("| a |\n| - |\n| [[x\\|y z]] |").remove(0) else { panic!() };
        assert_eq!(rows[0][0], [term("x", "y z")]);
    }

    #[test]
    fn a_program_takes_the_output_below_it() {
        let blocks =
            good("```python run\nprint(1)\n```\n```output\n1\n```\n\n```python fails=ValueError\nint('')\n```");
        let [Block::Code(first), Block::Code(second)] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!((&first.expect, first.output.as_deref()), (&Some(Expect::Passes), Some("1")));
        assert_eq!((&second.expect, &second.output), (&Some(Expect::Fails("ValueError".into())), &None));
        assert_eq!((first.text().as_str(), first.language), ("print(1)\n", Language::Python));
    }

    #[test]
    fn pictures_keep_their_blanks() {
        assert_eq!(
            good("```diagram\n  a ─ b\n\n  c\n```"),
            [Block::Diagram(vec!["  a ─ b".into(), "".into(), "  c".into()])]
        );
        let Block::Steps(frames) = good("```steps\nOne\n  x\n---\nTwo\n  y\n```").remove(0) else { panic!() };
        assert_eq!((frames[1].caption.as_str(), &frames[1].lines[..]), ("Two", &["  y".to_owned()][..]));
    }

    #[test]
    fn a_callout_has_its_first_line_as_title() {
        let blocks = good("> [!myth] The `key` hides it.\n> It *signs* it.\n>\n> - x\n");
        let [Block::Callout { kind: CalloutKind::Myth, title, body }] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!(plain::spans(title), "The key hides it.");
        let [Block::Paragraph(text), Block::List { .. }] = &body[..] else { panic!("{body:?}") };
        assert_eq!(plain::spans(text), "It signs it.");
        assert!(matches!(&good("> [!tip]\n> Do.")[..], [Block::Callout { title, .. }] if title.is_empty()));
        assert!(matches!(&good("> Said.")[..], [Block::Quote(_)]));
        assert!(
            matches!(&good("- a\n\n  > [!note] b\n  > c")[..], [Block::List { items, .. }] if items[0].blocks.len() == 2)
        );
    }

    #[test]
    fn lists_nest_and_have_tasks_of_their_own() {
        let Block::List { start: None, items } = good("- [x] a\n  - b\n  - [ ] c\n- d\n\n  e").remove(0) else {
            panic!()
        };
        assert_eq!(items.iter().map(|item| item.task).collect::<Vec<_>>(), [Some(true), None]);
        let Block::List { items: inner, .. } = &items[0].blocks[1] else { panic!() };
        assert_eq!(inner.iter().map(|item| item.task).collect::<Vec<_>>(), [None, Some(false)]);
        assert!(matches!(&good("3. a")[..], [Block::List { start: Some(3), .. }]));
    }

    #[test]
    fn footnotes_find_their_text() {
        let blocks = good("a[^1] b\n\n[^1]: c\n");
        assert!(matches!(&blocks[1], Block::Footnote { label, .. } if label == "1"));
        assert_eq!(plain::line(&Prose(blocks)), "a[1] b");
        assert_eq!(fault("a\n\nb[^1]").0, "footnote");
        assert_eq!(fault("a\n\n[^1]: b").1, 2);
    }

    #[test]
    fn every_mistake_has_its_line() {
        let cases = [
            ("a\n\n# b", "heading-level", 2, "level 1"),
            ("### b", "heading-level", 0, "level 2 above"),
            ("## a\n\n#### b", "heading-level", 2, "level 4"),
            ("- ## a", "heading-level", 0, "inside"),
            ("a\n---\nb", "markdown", 0, "line below"),
            ("a\n\n```pyhton run\nx\n```", "unknown-fence", 2, "did you mean `python`"),
            ("```bash\nx\n```", "unknown-fence", 0, "did you mean `console`"),
            ("```\nx\n```", "unknown-fence", 0, "doesn't say"),
            ("```sql run\nx\n```", "unknown-fence", 0, "takes no further"),
            ("```python\nx\n```", "program-mode", 0, "python run"),
            ("```python rum\nx\n```", "program-mode", 0, "`rum`"),
            ("```python fails=\nx\n```", "program-mode", 0, "fails="),
            ("```output\nx\n```", "stray-output", 0, "no program"),
            ("```python norun\nx\n```\n```output\nx\n```", "stray-output", 3, "no program"),
            ("- a\n\n  ```check\n  b\n  ```", "stray-check", 2, "between paragraphs"),
            ("```check\na\nb\n```", "empty-block", 0, "one question"),
            ("```text\na\n\tb\n```", "tab", 2, "blanks"),
            ("```sql\n\n```", "empty-block", 0, "empty"),
            ("```steps\nA\n  x\n---\nB\n```", "empty-block", 4, "caption"),
            ("a\n\n```text\nb\n", "markdown", 2, "not closed"),
            ("    a", "markdown", 0, "blanks"),
            ("a\n<br>\nb", "markdown", 1, "HTML"),
            ("<div>\n\nb", "markdown", 0, "HTML"),
            ("![a](https://b.org/c)", "markdown", 0, "diagram"),
            ("a\nb `c", "markdown", 1, "not closed"),
            ("a **b", "markdown", 0, "not closed"),
            ("a [[b", "markdown", 0, "not closed"),
            ("a __init__ b", "markdown", 0, "strong by"),
            ("[a](b.html)", "link-address", 0, "https://"),
            ("a <int:id>", "link-address", 0, "as code"),
            ("> [!warn] a\n> b", "unknown-callout", 0, "[!warn]"),
            ("> [!warnin] a\n> b", "unknown-callout", 0, "did you mean [!warning]"),
            ("> [!note] a", "empty-block", 0, "says nothing"),
            ("> [!myth]\n> a", "empty-block", 0, "which belief"),
            (">>>>>>>>>>>> a", "markdown", 0, "nested too deeply"),
        ];
        for (text, code, line, words) in cases {
            let found = fault(text);
            assert_eq!((found.0, found.1), (code, line), "{text}");
            assert!(found.2.contains(words), "{text}: {}", found.2);
        }
        let wide = format!("```text\na\n{}\n```", "x".repeat(73));
        assert_eq!((fault(&wide).0, fault(&wide).1), ("code-width", 2));
    }

    #[test]
    fn escaped_signs_are_text() {
        assert_eq!(plain::spans(&spans("a \\` b \\*\\* \\[[c")), "a ` b ** [[c");
    }

    #[test]
    fn signs_that_steer_a_terminal_are_dropped() {
        assert_eq!(spans("a\u{1b}[31mb\u{7}\u{202e}c\r"), [Span::plain("a[31mbc")]);
        let Block::Code(code) = good("```text\na\u{9b}b\n```").remove(0) else { panic!() };
        assert_eq!(code.lines[0].text, "ab");
    }

    #[test]
    fn an_option_is_one_paragraph() {
        let mut faults = Faults::default();
        assert_eq!(plain::spans(&inline("  a\n`b`\n", &mut faults)), "a b");
        assert!(inline("", &mut faults).is_empty() && faults.is_empty());
        assert!(inline("- a", &mut faults).is_empty());
        assert!(inline("a\n\nb", &mut faults).is_empty());
        assert_eq!(faults.into_found().len(), 2);
    }

    #[test]
    fn the_time_to_read_a_text_grows_with_its_length_only() {
        // With anything worse than that, each of these takes minutes.
        for sign in
            ["[", "[[a", "`` ", "**a ", "> ", "- a\n  ", "a\n---\n", "```\n", "[^a]: b\n", "<", "|a|b|\n|-|-|\n"]
        {
            blocks(&sign.repeat(200_000 / sign.len()), &mut Faults::default());
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(\\PC|[-#>`*_\\[\\]|!^:<\n 0-9.]|```|> |\n\n|- ){0,40}") {
            let mut faults = Faults::default();
            let prose = blocks(&text, &mut faults);
            let lines = text.lines().count().max(1);
            proptest::prop_assert!(faults.into_found().iter().all(|fault| fault.line.is_none_or(|line| line <= lines)));
            plain::lines(&prose, 40);
        }
    }
}
