//! Two columns: to join left with right, and later each wrong join once more with the right letter.

use super::draft::{Draft, Hand};
use super::label::{self, aside, beside, fill, hung, why};
use super::{Ask, Asked, Focused, Look, Outcome, Room};
use crate::id::OptionId;
use crate::prose::{Span, Style};
use crate::question::answer::{Answer, Remark};
use crate::question::form::{Choice, Label, Pair};
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::{Code, Key};
use crate::tui::row::{Hit, Row};
use crate::tui::theme::Role;

/// The letters of the entries at the right.
const LETTERS: [char; 9] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
/// Where a text begins, behind its sign, its number or its letter.
const INDENT: usize = 3;
/// A join: ` ── c`.
const JOIN: usize = 5;
/// The blanks between the columns.
const GAP: usize = 6;
/// From this width on the columns stand side by side.
const BESIDE: usize = 60;

/// Entries being joined.
#[derive(Clone, Debug)]
pub struct Pairing {
    pair: Pair,
    /// For each entry at the left, which one at the right it is joined with.
    joined: Vec<Option<usize>>,
    cursor: usize,
}

impl Pairing {
    /// Nothing is joined.
    pub fn new(pair: Pair) -> Pairing {
        let joined = vec![None; pair.left.len()];
        Pairing { pair, joined, cursor: 0 }
    }

    /// Joins the row under the bar; what was joined with the same entry comes loose. The bar goes on to what is open.
    fn join(&mut self, right: usize) {
        if right >= self.pair.right.len() {
            return;
        }
        for joined in &mut self.joined {
            if *joined == Some(right) {
                *joined = None;
            }
        }
        if let Some(joined) = self.joined.get_mut(self.cursor) {
            *joined = Some(right);
        }
        self.go_to_open();
    }

    /// Moves the bar to the next row that is not joined, from the top again after the last one.
    fn go_to_open(&mut self) {
        let count = self.joined.len();
        let next = (1..=count).map(|by| (self.cursor + by) % count).find(|row| self.joined[*row].is_none());
        self.cursor = next.unwrap_or(self.cursor);
    }

    /// Who is joined with whom: as it stands, or as it was answered; for whoever gave up, as it is right.
    fn joins(&self, told: Option<&Outcome>) -> Vec<Option<usize>> {
        let at_right = |id: &OptionId| self.pair.right.iter().position(|entry| entry.id == *id);
        match told.map(|outcome| &outcome.answer) {
            None => self.joined.clone(),
            Some(Answer::Paired(pairs)) => {
                let joined = |left: &Choice| at_right(&pairs.iter().find(|(id, _)| *id == left.id)?.1);
                self.pair.left.iter().map(joined).collect()
            }
            Some(
                Answer::GaveUp
                | Answer::Chosen(_)
                | Answer::Typed(_)
                | Answer::Arranged(_)
                | Answer::Pointed { .. }
                | Answer::Recalled(_),
            ) => (0..self.pair.left.len()).map(|row| self.key(row, told)).collect(),
        }
    }

    /// The entry that belongs to this row, once it is told.
    fn key(&self, row: usize, told: Option<&Outcome>) -> Option<usize> {
        let left = self.pair.left.get(row).filter(|_| told.is_some())?;
        self.pair.right.iter().position(|right| right.id == left.id)
    }

    fn table(&self, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        let (theme, width) = (look.setting.theme, look.setting.width);
        let joins = self.joins(told);
        // Told rows have a sign in front; it hangs where the number stood, so the texts move by two columns for it.
        let before = if told.is_some() { 2 } else { 0 };
        let side_by_side = width >= BESIDE;
        let longest = self.pair.left.iter().map(|entry| label::columns(&entry.text)).max().unwrap_or(0);
        let widest = self.pair.right.iter().map(|entry| label::columns(&entry.text)).max().unwrap_or(0);
        let most = if side_by_side {
            // What the right column leaves over, and at least two fifths.
            width.saturating_sub(before + INDENT + JOIN + GAP + INDENT + widest).max(width * 2 / 5)
        } else {
            width.saturating_sub(before + INDENT + JOIN)
        };
        let room = longest.min(most);
        let column = before + INDENT + room + JOIN + GAP;
        let mut lefts: Vec<Vec<Row>> = Vec::new();
        for (index, entry) in self.pair.left.iter().enumerate() {
            let mut lines = label::rows(&entry.text, room, theme);
            let fits = self.key(index, told).map(|key| joins[index] == Some(key));
            let (sign, role) = match fits {
                Some(true) => ("✓", Role::Correct),
                Some(false) => ("✗", Role::Wrong),
                None => ("", Role::Accent),
            };
            // Beside the letters a join stands in their row; else it follows the text.
            let join = if side_by_side { 0 } else { lines.len().saturating_sub(1) };
            for (line, row) in lines.iter_mut().enumerate() {
                let mut front = Row::new();
                if line == 0 {
                    front.push(sign, theme.bold(role));
                    fill(&mut front, before, theme);
                    front.push(format!("{}  ", index + 1), theme.text(Role::Muted));
                } else {
                    front.push(" ".repeat(before + INDENT), theme.text(Role::Text));
                }
                *row = hung(front, std::mem::take(row));
                let letter = match joins[index] {
                    Some(right) => LETTERS.get(right).copied().unwrap_or(' '),
                    None if told.is_some() => '?',
                    None => continue,
                };
                if line == join {
                    // All joins begin at the same column, where the longest text ends.
                    if side_by_side {
                        fill(row, before + INDENT + room, theme);
                    }
                    row.push(" ── ", theme.text(Role::Muted));
                    row.push(letter.to_string(), theme.bold(role));
                }
            }
            lefts.push(lines);
        }
        let room = if side_by_side { width.saturating_sub(column + INDENT) } else { width.saturating_sub(INDENT) };
        let rights: Vec<Vec<Row>> = self
            .pair
            .right
            .iter()
            .zip(LETTERS)
            .map(|(entry, letter)| {
                let lines = label::rows(&entry.text, room, theme).into_iter().enumerate();
                lines
                    .map(|(line, row)| {
                        let front = if line == 0 { format!("{letter}  ") } else { " ".repeat(INDENT) };
                        hung(Row::text(front, theme.text(Role::Muted)), row)
                    })
                    .collect()
            })
            .collect();

        let here = |index: usize| told.is_none() && look.focus == Focused::Yes && self.cursor == index;
        let hit = |left: Option<usize>, right: Option<usize>, from: usize| Hit::Ends {
            block: look.block,
            left,
            right,
            from: from as u16,
        };
        let mut rows = Vec::new();
        if side_by_side {
            for (index, (left, right)) in lefts.into_iter().zip(rights).enumerate() {
                if index > 0 && look.room == Room::Roomy {
                    rows.push(Row::new());
                }
                for (line, row) in beside(left, right, column, theme).into_iter().enumerate() {
                    let row = row.select(here(index) && line == 0).reach(column - GAP + 1);
                    rows.push(row.hit(hit(Some(index), Some(index), column - GAP / 2)));
                }
            }
        } else {
            for (index, left) in lefts.into_iter().enumerate() {
                rows.extend(
                    left.into_iter().map(|row| row.select(here(index)).hit(hit(Some(index), None, u16::MAX.into()))),
                );
            }
            rows.push(Row::new());
            for (index, right) in rights.into_iter().enumerate() {
                rows.extend(right.into_iter().map(|row| row.hit(hit(None, Some(index), 0))));
            }
        }
        rows
    }

    /// The wrong joins once more, with the right letter, and what the author says about single rows.
    fn again(&self, outcome: &Outcome, look: &Look) -> Vec<Row> {
        let theme = look.setting.theme;
        let indent = 2 + INDENT;
        let joins = self.joins(Some(outcome));
        let mut rows = Vec::new();
        for (index, entry) in self.pair.left.iter().enumerate() {
            let Some(key) = self.key(index, Some(outcome)) else { continue };
            let told = |remark: &&Remark| !remark.why.0.is_empty() && remark.option() == Some(&entry.id);
            let remark = outcome.grade.remarks.iter().find(told);
            if joins[index] == Some(key) && remark.is_none() {
                continue;
            }
            if rows.is_empty() {
                let heading = format!("{:indent$}the right joins", "");
                rows.extend([Row::new(), Row::text(heading, theme.text(Role::Muted))]);
            } else {
                rows.push(Row::new());
            }
            let letter = LETTERS.get(key).copied().unwrap_or(' ');
            let join = Span {
                text: format!(" ── {letter}  "),
                style: Style { strong: true, ..Style::default() },
                target: None,
            };
            let both = [label::spans(&entry.text), vec![join], label::spans(&self.pair.right[key].text)].concat();
            let lines = label::rows(&Label::Prose(both), look.setting.width.saturating_sub(indent), theme);
            for (line, row) in lines.into_iter().enumerate() {
                let front = match line {
                    0 => Row::text("✓", theme.bold(Role::Correct))
                        .with(format!(" {}  ", index + 1), theme.text(Role::Muted)),
                    _ => Row::text(" ".repeat(indent), theme.text(Role::Text)),
                };
                rows.push(hung(front, row));
            }
            rows.extend(remark.into_iter().flat_map(|remark| why(remark, indent, &look.setting)));
        }
        rows
    }
}

impl Draft for Pairing {
    fn answer(&self) -> Option<Answer> {
        let pairs = self.pair.left.iter().zip(&self.joined);
        let pairs = pairs.map(|(left, right)| Some((left.id.clone(), self.pair.right.get((*right)?)?.id.clone())));
        Some(Answer::Paired(pairs.collect::<Option<_>>()?))
    }

    fn keys(&self) -> Vec<Binding<Ask>> {
        let hand = |hand| Ask::Hand(hand);
        let letters = &LETTERS[..self.pair.right.len().min(LETTERS.len())];
        let last = letters.last().copied().unwrap_or('a');
        let enter = match self.answer() {
            Some(_) => Binding::new([keys::ENTER], "Enter", "answer", Ask::Answer(None)),
            None => Binding::new([keys::ENTER], "Enter", "next row", hand(Hand::PickHere)),
        };
        let arrows = [(keys::UP[0], -1), (keys::DOWN[0], 1), (keys::UP[1], -1), (keys::DOWN[1], 1)];
        let mut table = vec![
            Binding::each(arrows.map(|(key, by)| (key, hand(Hand::Move(by)))), "↑↓", "row")
                .group(Group::Read)
                .footer(0),
            Binding::each(
                letters.iter().enumerate().map(|(place, letter)| (Key::char(*letter), hand(Hand::Pick(place)))),
                format!("a–{last}"),
                "join",
            )
            .footer(0),
        ];
        let unjoin =
            Binding::new([Key::code(Code::Backspace), Key::code(Code::Delete)], "Bksp", "unjoin", hand(Hand::Unpick));
        table.push(if self.joined.iter().any(Option::is_some) { unjoin.footer(0) } else { unjoin });
        table.push(enter.footer(1));
        table
    }

    fn act(&mut self, hand: Hand) -> Asked {
        match hand {
            Hand::Move(by) => {
                let last = self.pair.left.len().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(isize::from(by)).min(last);
            }
            Hand::Pick(right) => self.join(right),
            Hand::PickHere => self.go_to_open(),
            Hand::Unpick => {
                if let Some(joined) = self.joined.get_mut(self.cursor) {
                    *joined = None;
                }
            }
            Hand::Carry(_) | Hand::Edit | Hand::Leave | Hand::Switch => {}
        }
        Asked::Nothing
    }

    /// A click at the left moves the bar there, a click at the right joins.
    fn clicked(&mut self, hit: Hit, column: u16) -> Asked {
        match hit {
            Hit::Ends { left: Some(left), from, .. } if column < from => self.cursor = left,
            Hit::Ends { right: Some(right), from, .. } if column >= from => self.join(right),
            Hit::Ends { .. } | Hit::Option { .. } | Hit::Field(_) | Hit::Item(_) | Hit::Steps(_) | Hit::Stop(_) => {}
        }
        Asked::Nothing
    }

    fn rows(&self, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        let mut rows = self.table(told, look);
        rows.extend(told.into_iter().flat_map(|outcome| self.again(outcome, look)));
        rows
    }

    fn prompt(&self, rows: Vec<Row>, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        let last = LETTERS.get(self.pair.right.len().saturating_sub(1)).copied().unwrap_or('a');
        if told.is_none() { aside(rows, &format!("↑↓ left, a–{last} right"), look) } else { rows }
    }

    fn is_at_edge(&self, by: i8) -> bool {
        self.cursor.checked_add_signed(isize::from(by)).is_none_or(|row| row >= self.pair.left.len())
    }
}
