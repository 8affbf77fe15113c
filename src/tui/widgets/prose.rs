//! Prose as rows.

use super::{code, table};
use crate::prose::width::wrap;
use crate::prose::{Block, CalloutKind, Item, Span, Style as Marks, Target};
use crate::tui::link;
use crate::tui::row::Row;
use crate::tui::theme::{Ground, Role, Theme};
use ratatui::style::{Modifier, Style};

/// For whom prose is laid out.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The look.
    pub theme: &'a Theme,
    /// The column's width.
    pub width: usize,
    /// The widest that running text may be.
    pub measure: usize,
    /// The version of Flask that programs ran on; empty where it should not be said.
    pub flask: &'a str,
    /// The addresses that a terminal is told of, so that a click opens them.
    pub links: &'a [String],
}

impl Setting<'_> {
    /// How wide running text is here.
    pub fn measure(&self) -> usize {
        self.width.min(self.measure).max(8)
    }

    fn narrower(&self, by: usize) -> Self {
        Setting { width: self.width.min(self.measure).saturating_sub(by).max(8), ..*self }
    }
}

/// Lays out blocks below each other, parted by one blank row.
pub fn blocks(blocks: &[Block], setting: &Setting) -> Vec<Row> {
    let mut rows = Vec::new();
    for block in blocks {
        separate(&mut rows, block);
        rows.extend(self::block(block, setting));
    }
    rows
}

/// Adds the blank rows that belong before a block: two before a heading, else one, none at the top.
pub fn separate(rows: &mut Vec<Row>, next: &Block) {
    if rows.is_empty() {
        return;
    }
    let blanks = if matches!(next, Block::Heading { .. }) { 2 } else { 1 };
    let there = rows.iter().rev().take_while(|row| row.pieces.is_empty() && row.right.is_none()).count();
    rows.extend((there..blanks).map(|_| Row::new()));
}

/// Lays out one block. Checks have no rows here: they belong to the screen that asks.
pub fn block(block: &Block, setting: &Setting) -> Vec<Row> {
    let theme = setting.theme;
    match block {
        Block::Heading { level, text } => {
            let role = if *level <= 2 { Role::Text } else { Role::Muted };
            wrap(text, setting.measure()).iter().map(|line| linked(line, setting, theme.bold(role))).collect()
        }
        Block::Paragraph(text) => running(text, setting, Role::Text),
        Block::List { start, items } => list(*start, items, setting),
        Block::Quote(inner) => {
            let rows = blocks(inner, &setting.narrower(2));
            hang(rows, |_| vec![("▎ ".to_owned(), theme.text(Role::Rule))])
        }
        Block::Callout { kind, title, body } => callout(*kind, title, body, setting),
        Block::Code(code) => code::rows(code, setting),
        Block::Check(_) => Vec::new(),
        Block::Diagram(lines) => lines.iter().map(|line| Row::text(line.as_str(), theme.text(Role::Text))).collect(),
        Block::Steps(frames) => steps(frames, 0, setting),
        Block::Table { align, head, rows } => table::rows(align, head, rows, setting),
        Block::Rule => vec![Row::text("─".repeat(setting.measure()), theme.text(Role::Rule))],
        Block::Footnote { label, body } => {
            let mark = format!("[{label}] ");
            let wide = crate::prose::width::columns(&mark);
            let rows = blocks(body, &setting.narrower(wide));
            let style = theme.text(Role::Muted);
            hang(rows, move |first| vec![(if first { mark.clone() } else { " ".repeat(wide) }, style)])
        }
    }
}

/// Running text, wrapped.
pub fn running(text: &[Span], setting: &Setting, role: Role) -> Vec<Row> {
    let theme = setting.theme;
    wrap(text, setting.measure()).iter().map(|line| linked(line, setting, theme.text(role))).collect()
}

/// One frame of a stepped picture, with its caption.
pub fn steps(frames: &[crate::prose::Frame], at: usize, setting: &Setting) -> Vec<Row> {
    let theme = setting.theme;
    let Some(frame) = frames.get(at.min(frames.len().saturating_sub(1))) else { return Vec::new() };
    let count = format!("step {} of {}", at + 1, frames.len());
    let caption = Row::text("▸ ", theme.text(Role::Accent))
        .with(frame.caption.as_str(), theme.bold(Role::Text))
        .right(count, theme.text(Role::Muted));
    // Every frame takes the height of the tallest, so that nothing jumps below the picture.
    let tall = frames.iter().map(|frame| frame.lines.len()).max().unwrap_or(0);
    let mut rows = vec![caption, Row::new()];
    rows.extend(frame.lines.iter().map(|line| Row::text(line.as_str(), theme.text(Role::Text))));
    rows.extend((frame.lines.len()..tall).map(|_| Row::new()));
    rows
}

/// A wrapped line in the theme's colours, whose addresses the terminal is told of.
pub fn linked(line: &[Span], setting: &Setting, base: Style) -> Row {
    let mut row = Row::new();
    for span in line {
        let style = span_style(span, setting.theme, base);
        let place = match &span.target {
            Some(Target::Url(address)) => setting.links.iter().position(|known| known == address),
            _ => None,
        };
        row.push(span.text.clone(), place.map_or(style, |place| link::mark(style, place)));
    }
    row
}

/// A wrapped line in the theme's colours.
pub fn styled(line: &[Span], theme: &Theme, base: Style) -> Row {
    let mut row = Row::new();
    for span in line {
        row.push(span.text.clone(), span_style(span, theme, base));
    }
    row
}

fn span_style(span: &Span, theme: &Theme, base: Style) -> Style {
    let Marks { strong, emphasis, code, struck } = span.style;
    let mut style = match &span.target {
        Some(Target::Url(_) | Target::Term(_)) => base.patch(theme.text(Role::Accent)),
        Some(Target::Note(_)) => base.patch(theme.text(Role::Muted)),
        None => base,
    };
    if matches!(span.target, Some(Target::Url(_))) {
        style = style.add_modifier(Modifier::UNDERLINED);
    }
    if code {
        let ground = theme.ground(Ground::Code);
        style = if ground.bg.is_some() { style.patch(ground) } else { style.add_modifier(Modifier::BOLD) };
    }
    if strong {
        style = style.add_modifier(Modifier::BOLD);
    }
    if emphasis {
        style = style.add_modifier(Modifier::ITALIC);
    }
    if struck {
        style = style.add_modifier(Modifier::CROSSED_OUT);
    }
    style
}

fn callout(kind: CalloutKind, title: &[Span], body: &[Block], setting: &Setting) -> Vec<Row> {
    let theme = setting.theme;
    let role = match kind {
        CalloutKind::Note | CalloutKind::Tip | CalloutKind::Version => Role::Accent,
        CalloutKind::Warning => Role::Warning,
        CalloutKind::Myth | CalloutKind::Interview => Role::Myth,
    };
    let word = kind.word().to_uppercase();
    let inner = setting.narrower(2);
    let mut rows = Vec::new();
    let mut heading =
        vec![Span { text: format!("{word}  "), style: Marks { strong: true, ..Marks::default() }, target: None }];
    heading.extend(title.iter().cloned());
    for (number, line) in wrap(&heading, inner.measure()).iter().enumerate() {
        let mut row = linked(line, setting, theme.text(Role::Text));
        if let (0, Some(piece)) = (number, row.pieces.first_mut())
            && let Some(rest) = piece.content.strip_prefix(word.as_str())
        {
            let rest = ratatui::text::Span::styled(rest.to_owned(), piece.style);
            *piece = ratatui::text::Span::styled(word.clone(), theme.bold(role));
            row.pieces.insert(1, rest);
        }
        rows.push(row);
    }
    rows.extend(blocks(body, &inner));
    hang(rows, move |_| vec![("▎ ".to_owned(), theme.text(role))])
}

fn list(start: Option<u64>, items: &[Item], setting: &Setting) -> Vec<Row> {
    let theme = setting.theme;
    let mut rows = Vec::new();
    // An item with several blocks needs air around it; a list of one-liners does not.
    let loose = items.iter().any(|item| item.blocks.len() > 1);
    let last = start.map(|first| first + items.len() as u64);
    for (number, item) in items.iter().enumerate() {
        let mark = match (start, item.task) {
            (Some(first), _) => {
                let wide = last.map_or(1, |last| last.to_string().len());
                format!("{:>wide$}. ", first + number as u64)
            }
            (None, Some(true)) => "[x] ".to_owned(),
            (None, Some(false)) => "[ ] ".to_owned(),
            (None, None) => "• ".to_owned(),
        };
        let wide = crate::prose::width::columns(&mark);
        if loose && number > 0 {
            rows.push(Row::new());
        }
        let inner = blocks(&item.blocks, &setting.narrower(wide));
        let style = theme.text(Role::Muted);
        rows.extend(hang(inner, move |first| vec![(if first { mark.clone() } else { " ".repeat(wide) }, style)]));
    }
    rows
}

/// Puts pieces before each row; the first row may get others than the rest.
fn hang(rows: Vec<Row>, before: impl Fn(bool) -> Vec<(String, Style)>) -> Vec<Row> {
    rows.into_iter()
        .enumerate()
        .map(|(number, mut row)| {
            let pieces = before(number == 0).into_iter().map(|(text, style)| ratatui::text::Span::styled(text, style));
            row.pieces.splice(0..0, pieces);
            row
        })
        .collect()
}
