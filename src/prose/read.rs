//! Fields that hold Markdown: parsed, and the words of the glossary that they mention or may mean noted, so that somebody
//! who knows the whole glossary can look them up.

use super::{Block, Prose, Span, Target, parse, plain};
use crate::fault::{Faults, MentionSort};

/// The Markdown of the field at `path`.
pub fn blocks(text: &str, path: &str, faults: &mut Faults) -> Prose {
    let prose = faults.within(path, |faults| parse::blocks(text, faults));
    mention_blocks(&prose.0, path, faults);
    prose
}

/// The running text of the field at `path`.
pub fn line(text: &str, path: &str, faults: &mut Faults) -> Vec<Span> {
    let spans = faults.within(path, |faults| parse::inline(text, faults));
    mention_spans(&spans, path, faults);
    spans
}

/// The running text of the field at `path`, without styles: for titles.
pub fn title(text: &str, path: &str, faults: &mut Faults) -> String {
    plain::spans(&line(text, path, faults))
}

fn mention_blocks(blocks: &[Block], path: &str, faults: &mut Faults) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => mention_spans(text, path, faults),
            Block::List { items, .. } => {
                items.iter().for_each(|item| mention_blocks(&item.blocks, path, faults));
            }
            Block::Quote(body) | Block::Footnote { body, .. } => mention_blocks(body, path, faults),
            Block::Callout { title, body, .. } => {
                mention_spans(title, path, faults);
                mention_blocks(body, path, faults);
            }
            Block::Table { head, rows, .. } => {
                let cells = head.iter().chain(rows.iter().flatten());
                cells.for_each(|cell| mention_spans(cell, path, faults));
            }
            Block::Code(_) | Block::Check(_) | Block::Diagram(_) | Block::Steps(_) | Block::Rule => (),
        }
    }
}

fn mention_spans(spans: &[Span], path: &str, faults: &mut Faults) {
    for span in spans {
        match &span.target {
            Some(Target::Term(term)) => faults.mention(MentionSort::Term, path, term),
            Some(Target::Url(_) | Target::Note(_)) => (),
            None if (span.style.strong || span.style.emphasis) && !span.style.code => {
                faults.mention(MentionSort::Stressed, path, &span.text);
            }
            None => (),
        }
    }
}
