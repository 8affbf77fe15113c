//! Prose as plain lines, as somebody hears it who has it read aloud: no markup, labels before values, one fact a line.

use super::code::{Code, Expect, Language};
use super::width::wrap;
use super::{Block, Frame, Item, Prose, Span};

/// Running text on one line.
pub fn spans(spans: &[Span]) -> String {
    spans.iter().map(|span| if span.text == "\n" { " " } else { span.text.as_str() }).collect()
}

/// The first paragraph on one line; empty where there is none.
pub fn line(prose: &Prose) -> String {
    let paragraph = prose.0.iter().find_map(|block| match block {
        Block::Paragraph(text) => Some(spans(text)),
        Block::Heading { .. }
        | Block::List { .. }
        | Block::Quote(_)
        | Block::Callout { .. }
        | Block::Code(_)
        | Block::Check(_)
        | Block::Diagram(_)
        | Block::Steps(_)
        | Block::Table { .. }
        | Block::Rule
        | Block::Footnote { .. } => None,
    });
    paragraph.unwrap_or_default()
}

/// A whole text in lines of at most `width` columns. Code and pictures keep their own lines, whatever their width.
pub fn lines(prose: &Prose, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &prose.0 {
        let block = self::block(block, width);
        if !lines.is_empty() && !block.is_empty() {
            lines.push(String::new());
        }
        lines.extend(block);
    }
    lines
}

/// One block in lines of at most `width` columns.
pub fn block(block: &Block, width: usize) -> Vec<String> {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => paragraph("", text, width),
        Block::List { start, items } => list(*start, items, width),
        Block::Quote(body) => labelled("Quotation:", body, width),
        Block::Callout { kind, title, body } => {
            let mut lines = paragraph(&format!("{}: ", capital(kind.word())), title, width);
            lines.extend(indented(inner(body, width)));
            lines
        }
        Block::Code(code) => self::code(code),
        Block::Check(id) => vec![format!("Question: {id}")],
        Block::Diagram(picture) => {
            let lines = picture.iter().map(|line| format!("  {line}").trim_end().to_owned());
            std::iter::once(format!("Picture, {}:", count(picture.len(), "line"))).chain(lines).collect()
        }
        Block::Steps(frames) => steps(frames),
        Block::Table { head, rows, .. } => table(head, rows, width),
        Block::Rule => Vec::new(),
        Block::Footnote { label, body } => labelled(&format!("Note {label}:"), body, width),
    }
}

/// Code with its line numbers, and what it printed.
pub fn code(code: &Code) -> Vec<String> {
    let name = match code.language {
        Language::Python => "Code",
        Language::Jinja => "Template",
        Language::Html => "HTML",
        Language::Http => "HTTP",
        Language::Console => "Shell session",
        Language::Sql => "SQL",
        Language::Toml => "TOML",
        Language::Text => "Text",
    };
    let mut lines = vec![format!("{name}, {}:", count(code.lines.len(), "line"))];
    let digits = code.lines.len().to_string().len();
    for (number, line) in code.lines.iter().enumerate() {
        lines.push(format!("  {:>digits$}: {}", number + 1, line.text).trim_end().to_owned());
    }
    match (&code.expect, &code.output) {
        (Some(Expect::Fails(error)), Some(_)) => lines.push(format!("It ends with {error} and prints:")),
        (Some(Expect::Fails(error)), None) => lines.push(format!("It ends with {error}.")),
        (Some(Expect::Passes) | None, Some(_)) => lines.push("It prints:".to_owned()),
        (Some(Expect::Passes) | None, None) => {}
    }
    if let Some(output) = &code.output {
        lines.extend(output.lines().map(|line| format!("  {line}").trim_end().to_owned()));
    }
    lines
}

/// "1 line", "2 lines".
pub fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Running text in lines, with a label before it.
pub fn paragraph(label: &str, text: &[Span], width: usize) -> Vec<String> {
    let labelled: Vec<Span> = std::iter::once(Span::plain(label)).chain(text.iter().map(heard)).collect();
    wrap(&labelled, width).iter().map(|line| spans(line).trim_end().to_owned()).collect()
}

/// A span as it is heard: an address that is not its own text is said after it.
fn heard(span: &Span) -> Span {
    match &span.target {
        Some(super::Target::Url(url)) if *url != span.text => Span::plain(format!("{} ({url})", span.text)),
        Some(_) | None => span.clone(),
    }
}

fn list(start: Option<u64>, items: &[Item], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, item) in (start.unwrap_or(0)..).zip(items) {
        let mark = match (start, item.task) {
            (Some(_), _) => format!("{number}. "),
            (None, Some(true)) => "- done: ".to_owned(),
            (None, Some(false)) => "- open: ".to_owned(),
            (None, None) => "- ".to_owned(),
        };
        let mut blocks = item.blocks.iter();
        let mut first = blocks.clone().next();
        if let Some(Block::Paragraph(text)) = first {
            let mut wrapped = paragraph(&mark, text, width.saturating_sub(2)).into_iter();
            lines.extend(wrapped.next());
            lines.extend(indented(wrapped.collect()));
            blocks.next();
            first = None;
        }
        if first.is_some() || item.blocks.is_empty() {
            lines.push(mark.trim_end().to_owned());
        }
        for block in blocks {
            lines.extend(indented(self::block(block, width.saturating_sub(2))));
        }
    }
    lines
}

fn steps(frames: &[Frame]) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, frame) in frames.iter().enumerate() {
        lines.push(format!("Step {} of {}: {}", number + 1, frames.len(), frame.caption));
        lines.extend(frame.lines.iter().map(|line| format!("  {line}").trim_end().to_owned()));
    }
    lines
}

fn table(head: &[Vec<Span>], rows: &[Vec<Vec<Span>>], width: usize) -> Vec<String> {
    let mut lines = vec![format!("Table, {}:", count(rows.len(), "row"))];
    for (number, row) in rows.iter().enumerate() {
        lines.push(format!("Row {} of {}", number + 1, rows.len()));
        for (place, cell) in row.iter().enumerate() {
            let label = match head.get(place).map(|text| spans(text)) {
                Some(label) if !label.trim().is_empty() => label,
                Some(_) | None => format!("column {}", place + 1),
            };
            lines.extend(indented(paragraph(&format!("{label}: "), cell, width.saturating_sub(2))));
        }
    }
    lines
}

/// A label and, after it or below it, what it stands for.
fn labelled(label: &str, body: &[Block], width: usize) -> Vec<String> {
    match body {
        [Block::Paragraph(text)] => paragraph(&format!("{label} "), text, width),
        _ => std::iter::once(label.to_owned()).chain(indented(inner(body, width))).collect(),
    }
}

fn inner(blocks: &[Block], width: usize) -> Vec<String> {
    blocks.iter().flat_map(|inner| block(inner, width.saturating_sub(2))).collect()
}

fn indented(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| if line.is_empty() { line } else { format!("  {line}") }).collect()
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
