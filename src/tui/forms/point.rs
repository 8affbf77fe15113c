//! A program: to point at a line of it, and later with the line as it should be.

use super::draft::{Draft, Hand};
use super::label::why;
use super::{Ask, Asked, Focused, Look, Outcome};
use crate::prose::width::columns;
use crate::prose::{Block, Code, Prose};
use crate::question::answer::{Answer, Part, Remark};
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row};
use crate::tui::theme::{Ground, Role};
use crate::tui::widgets::code;

/// A sign, the line's number, two blanks.
const INDENT: usize = 5;

/// A line being pointed at.
#[derive(Clone, Debug)]
pub struct Pointing {
    program: Code,
    cursor: usize,
    pointed: Option<usize>,
    /// The digit typed last: the next one may make a number of two digits of it.
    digit: Option<usize>,
}

impl Pointing {
    /// Nothing is pointed at.
    pub fn new(program: Code) -> Pointing {
        let cursor = program.lines.iter().position(|line| !line.text.trim().is_empty()).unwrap_or(0);
        Pointing { program, cursor, pointed: None, digit: None }
    }

    fn point(&mut self, line: usize) {
        if self.is_code(line) {
            self.cursor = line;
            self.pointed = Some(line);
        }
    }

    /// Whether there is such a line, and something in it.
    fn is_code(&self, line: usize) -> bool {
        self.program.lines.get(line).is_some_and(|line| !line.text.trim().is_empty())
    }

    /// The next line in a direction that has something in it.
    fn next(&self, by: i8) -> Option<usize> {
        let mut line = self.cursor;
        loop {
            line = line.checked_add_signed(isize::from(by)).filter(|line| *line < self.program.lines.len())?;
            if self.is_code(line) {
                return Some(line);
            }
        }
    }

    fn typed(&mut self, digit: usize) {
        let both = self.digit.map(|first| first * 10 + digit);
        match both.filter(|number| *number > 0 && *number <= self.program.lines.len()) {
            Some(number) => {
                self.point(number - 1);
                self.digit = None;
            }
            None => {
                self.point(digit.wrapping_sub(1));
                self.digit = Some(digit).filter(|digit| *digit > 0);
            }
        }
    }

    fn line(&self, index: usize, sign: &'static str, role: Role, look: &Look) -> Vec<Row> {
        let theme = look.setting.theme;
        let Some(line) = self.program.lines.get(index) else { return Vec::new() };
        let room = look.setting.width.saturating_sub(INDENT).max(8);
        let mut rows = Vec::new();
        for (part, pieces) in code::pieces(line, theme, room).into_iter().enumerate() {
            let mut row = Row::new().on(Ground::Code);
            if part == 0 {
                row.push(sign, theme.bold(role));
                row.push(format!("{:>1$}  ", index + 1, INDENT - 2 - columns(sign)), theme.text(Role::Muted));
            } else {
                row.push(format!("{:>1$}", "» ", INDENT), theme.text(Role::Muted));
            }
            for (text, style) in pieces {
                row.push(text, style);
            }
            rows.push(row);
        }
        rows
    }

    fn open(&self, look: &Look) -> Vec<Row> {
        let mut rows = Vec::new();
        for index in 0..self.program.lines.len() {
            let here = look.focus == Focused::Yes && self.cursor == index;
            let is_pointed = self.pointed == Some(index);
            let mut lines = self.line(index, if is_pointed { "▸" } else { "" }, Role::Accent, look);
            if is_pointed {
                note(&mut lines, "this line?", Role::Accent, look);
            }
            let hit = Hit::Option { block: look.block, index };
            rows.extend(lines.into_iter().map(|row| row.select(here).hit(hit)));
        }
        rows
    }

    fn told(&self, outcome: &Outcome, look: &Look) -> Vec<Row> {
        let theme = look.setting.theme;
        let remark = |index: usize| {
            let about = Part::Line(index as u16 + 1);
            outcome.grade.remarks.iter().find(move |remark| remark.about == about)
        };
        let mut rows = Vec::new();
        for index in 0..self.program.lines.len() {
            let (is_key, chosen) = remark(index).map_or((false, false), |remark| (remark.is_key, remark.chosen));
            let (sign, said, role) = match (is_key, chosen) {
                (true, true) => ("✓", "your answer, right", Role::Correct),
                (true, false) => ("✓", "the answer", Role::Correct),
                (false, true) => ("✗", "your answer", Role::Wrong),
                (false, false) => ("", "", Role::Muted),
            };
            let mut lines = self.line(index, sign, role, look);
            if !said.is_empty() {
                note(&mut lines, said, role, look);
            }
            rows.extend(lines);
            if let Some(remark) = remark(index).filter(|remark| remark.is_key) {
                rows.extend(remark.why.0.iter().filter_map(mended).flat_map(|code| mended_lines(code, look)));
            }
        }
        // What is said of the line that was pointed at comes first.
        let mut said: Vec<&Remark> = outcome.grade.remarks.iter().collect();
        said.sort_by_key(|remark| !remark.chosen);
        for remark in said {
            let Part::Line(line) = remark.about else { continue };
            let words = Prose(remark.why.0.iter().filter(|block| mended(block).is_none()).cloned().collect());
            if words.0.is_empty() {
                continue;
            }
            let (word, role) = match (remark.is_key, remark.chosen) {
                (true, _) => ("Line", Role::Correct),
                (false, true) => ("Not line", Role::Wrong),
                (false, false) => ("Not line", Role::Muted),
            };
            rows.extend([Row::new(), Row::text(format!("{word} {line}"), theme.bold(role))]);
            rows.extend(why(&Remark { why: words, ..remark.clone() }, 0, &look.setting));
        }
        rows
    }
}

impl Draft for Pointing {
    fn answer(&self) -> Option<Answer> {
        let line = self.pointed?;
        let text = self.program.lines.get(line)?.text.clone();
        Some(Answer::Pointed { line: u16::try_from(line + 1).ok()?, text })
    }

    fn keys(&self) -> Vec<Binding<Ask>> {
        let hand = |hand| Ask::Hand(hand);
        let arrows = [(keys::UP[0], -1), (keys::DOWN[0], 1), (keys::UP[1], -1), (keys::DOWN[1], 1)];
        let digits = (1..=9).chain([0]).filter_map(|digit| Some((char::from_digit(digit, 10)?, digit as usize)));
        let last = self.program.lines.len();
        let shown = if last < 10 { format!("1–{last}") } else { "1 2".to_owned() };
        let go = if last < 10 { "go to a line" } else { "go to line 12" };
        vec![
            Binding::each(arrows.map(|(key, by)| (key, hand(Hand::Move(by)))), "↑↓ or number", "line")
                .group(Group::Read)
                .footer(0),
            match self.answer() {
                Some(_) => Binding::new([keys::ENTER], "Enter", "answer", Ask::Answer(None)).footer(1),
                None => Binding::new([keys::ENTER], "Enter", "point here", hand(Hand::PickHere)).footer(1),
            },
            Binding::new([keys::SPACE], "Space", "point here", hand(Hand::PickHere)),
            Binding::each(digits.map(|(key, digit)| (Key::char(key), hand(Hand::Pick(digit)))), shown, go)
                .group(Group::Read),
        ]
    }

    fn act(&mut self, hand: Hand) -> Asked {
        match hand {
            Hand::Move(by) => {
                self.digit = None;
                if let Some(line) = self.next(by) {
                    self.point(line);
                }
            }
            Hand::Pick(digit) => self.typed(digit),
            Hand::PickHere => self.point(self.cursor),
            Hand::Carry(_) | Hand::Unpick | Hand::Edit | Hand::Leave | Hand::Switch => {}
        }
        Asked::Nothing
    }

    fn clicked(&mut self, hit: Hit, _column: u16) -> Asked {
        match hit {
            Hit::Option { index, .. } => self.point(index),
            Hit::Ends { .. } | Hit::Field(_) | Hit::Item(_) | Hit::Steps(_) | Hit::Stop(_) => {}
        }
        Asked::Nothing
    }

    fn rows(&self, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        match told {
            Some(outcome) => self.told(outcome, look),
            None => self.open(look),
        }
    }

    fn is_at_edge(&self, by: i8) -> bool {
        self.next(by).is_none()
    }
}

/// Says something at the right of a line, or below it where there is no room.
fn note(lines: &mut Vec<Row>, said: &'static str, role: Role, look: &Look) {
    let style = look.setting.theme.bold(role);
    match lines.last_mut() {
        Some(last) if last.width() + columns(said) + 2 <= look.setting.width => {
            *last = std::mem::take(last).right(said, style);
        }
        Some(_) | None => {
            let blanks = " ".repeat(look.setting.width.saturating_sub(columns(said)));
            lines.push(Row::text(blanks, style).with(said, style).on(Ground::Code));
        }
    }
}

/// What belongs in a line's place, if this is it.
fn mended(block: &Block) -> Option<&Code> {
    match block {
        Block::Code(code) => Some(code),
        Block::Heading { .. }
        | Block::Paragraph(_)
        | Block::List { .. }
        | Block::Quote(_)
        | Block::Callout { .. }
        | Block::Check(_)
        | Block::Diagram(_)
        | Block::Steps(_)
        | Block::Table { .. }
        | Block::Rule
        | Block::Footnote { .. } => None,
    }
}

/// The line as it should be.
fn mended_lines(code: &Code, look: &Look) -> Vec<Row> {
    let theme = look.setting.theme;
    let room = look.setting.width.saturating_sub(INDENT).max(8);
    let mut rows = Vec::new();
    for line in &code.lines {
        for (part, pieces) in code::pieces(line, theme, room).into_iter().enumerate() {
            let mut row = Row::new().on(Ground::Code);
            if part == 0 {
                row.push(format!("{:<1$}", "+", INDENT), theme.bold(Role::Correct));
            } else {
                row.push(format!("{:>1$}", "» ", INDENT), theme.text(Role::Muted));
            }
            for (text, style) in pieces {
                row.push(text, style);
            }
            rows.push(row);
        }
    }
    rows
}
