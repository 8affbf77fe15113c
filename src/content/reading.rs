//! How long a text takes to read, and which are too long for one sitting or one look.

use crate::course::lesson::Lesson;
use crate::fault::{FaultCode, Faults};
use crate::prose::{Block, Code, Prose, Span, plain};

/// The most minutes that a lesson should take: longer ones are rarely read to their end at once.
const MINUTES_MAX: u16 = 8;
/// The most words of running text in a field.
const WORDS_MAX: [(&str, usize); 3] = [("prompt", 60), ("explanation", 120), ("hint", 40)];

/// A minute of careful reading, in words.
const WORDS_A_MINUTE: f32 = 200.0;
/// Seconds for a line of a program or of what it printed, for a line of a picture, and for a question.
const CODE_LINE_S: f32 = 2.0;
const PICTURE_LINE_S: f32 = 1.5;
const CHECK_S: f32 = 30.0;
/// How far the author's word may be from our estimate: readers differ as much.
const SHORT: f32 = 0.5;
const LONG: f32 = 1.5;
/// So many minutes more or less are nothing to speak of.
const SLACK: f32 = 3.0;

/// Compares a lesson's `minutes` with its text.
pub fn lesson(lesson: &Lesson, faults: &mut Faults) {
    if lesson.minutes > MINUTES_MAX {
        let what = format!("a lesson of more than {MINUTES_MAX} minutes is rarely read to its end at once");
        faults.add(FaultCode::LongText, "minutes", what, "make two lessons of it, or cut it");
    }
    let (needed, told) = (Amount::of(&lesson.body).minutes(), f32::from(lesson.minutes));
    let ratio = needed / told.max(1.0);
    if !(SHORT..=LONG).contains(&ratio) && (needed - told).abs() > SLACK {
        let what = format!("this text takes about {} to read", plain::count(needed.ceil().max(1.0) as usize, "minute"));
        faults.add(FaultCode::ReadingTime, "minutes", what, "correct `minutes`, or the text");
    }
}

/// Notes that a text of a question is too long. `sort` is `prompt`, `explanation` or `hint`.
pub fn text(sort: &str, prose: &Prose, path: &str, faults: &mut Faults) {
    let Some((_, most)) = WORDS_MAX.iter().find(|(name, _)| *name == sort) else { return };
    let words = Amount::of(prose).words;
    if words > *most {
        let what = format!("{words} words are too long for one look: {most} do for a {sort}");
        faults.add(FaultCode::LongText, path, what, "cut it, or put a part of it into a lesson");
    }
}

/// How much there is to read.
#[derive(Debug, Default)]
struct Amount {
    words: usize,
    code_lines: usize,
    picture_lines: usize,
    checks: usize,
}

impl Amount {
    fn of(prose: &Prose) -> Amount {
        let mut amount = Amount::default();
        amount.blocks(&prose.0);
        amount
    }

    fn minutes(&self) -> f32 {
        let seconds = self.code_lines as f32 * CODE_LINE_S
            + self.picture_lines as f32 * PICTURE_LINE_S
            + self.checks as f32 * CHECK_S;
        self.words as f32 / WORDS_A_MINUTE + seconds / 60.0
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) => self.spans(text),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
                Block::Quote(body) | Block::Footnote { body, .. } => self.blocks(body),
                Block::Callout { title, body, .. } => {
                    self.spans(title);
                    self.blocks(body);
                }
                Block::Code(code) => self.code(code),
                Block::Check(_) => self.checks += 1,
                Block::Diagram(lines) => self.picture_lines += lines.len(),
                Block::Steps(frames) => {
                    for frame in frames {
                        self.words += frame.caption.split_whitespace().count();
                        self.picture_lines += frame.lines.len();
                    }
                }
                Block::Table { head, rows, .. } => {
                    head.iter().chain(rows.iter().flatten()).for_each(|cell| self.spans(cell));
                }
                Block::Rule => (),
            }
        }
    }

    fn spans(&mut self, spans: &[Span]) {
        self.words += plain::spans(spans).split_whitespace().count();
    }

    fn code(&mut self, code: &Code) {
        self.code_lines += code.lines.len() + code.output.as_ref().map_or(0, |output| output.lines().count());
    }
}
