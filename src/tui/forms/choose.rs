//! Options: to pick from, and later each with its reason.

use super::draft::{Draft, Hand};
use super::field::Field;
use super::label::{self, why};
use super::{Ask, Asked, Focused, Look, Outcome, Room, type_in};
use crate::question::answer::{Answer, Remark};
use crate::question::form::Choose;
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row};
use crate::tui::theme::Role;

/// Where an option's text begins.
const INDENT: usize = 7;

/// Options being picked from.
#[derive(Clone, Debug)]
pub struct Choosing {
    choose: Choose,
    cursor: usize,
    picked: Vec<usize>,
    field: Field,
    way: Way,
}

/// How the answer is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Picked from the options.
    Pick,
    /// Typed instead.
    Type,
}

impl Choosing {
    /// Nothing is picked.
    pub fn new(choose: Choose) -> Choosing {
        Choosing { choose, cursor: 0, picked: Vec::new(), field: Field::default(), way: Way::Pick }
    }

    fn pick(&mut self, place: usize) {
        if place >= self.choose.options.len() {
            return;
        }
        self.cursor = place;
        if !self.choose.many {
            self.picked = vec![place];
        } else if let Some(at) = self.picked.iter().position(|picked| *picked == place) {
            self.picked.remove(at);
        } else {
            self.picked.push(place);
        }
    }

    fn open(&self, look: &Look) -> Vec<Row> {
        let theme = look.setting.theme;
        let mut rows = Vec::new();
        for (index, option) in self.choose.options.iter().enumerate() {
            if index > 0 && look.room == Room::Roomy {
                rows.push(Row::new());
            }
            let picked = self.picked.contains(&index);
            let mark = match (self.choose.many, picked) {
                (true, true) => "[x]",
                (true, false) => "[ ]",
                (false, true) => "(•)",
                (false, false) => "( )",
            };
            let selected = look.focus == Focused::Yes && self.cursor == index;
            let text = label::rows(&option.text, look.setting.width.saturating_sub(INDENT), theme);
            for (line, text) in text.into_iter().enumerate() {
                let mut row = Row::new();
                if line == 0 {
                    row.push(format!("{} ", index + 1), theme.text(Role::Muted));
                    row.push(format!("{mark}  "), theme.text(if picked { Role::Accent } else { Role::Muted }));
                } else {
                    row.push(" ".repeat(INDENT), theme.text(Role::Text));
                }
                let row = label::hung(row, text);
                rows.push(row.select(selected).hit(Hit::Option { block: look.block, index }));
            }
        }
        rows
    }

    fn told(&self, outcome: &Outcome, look: &Look) -> Vec<Row> {
        let theme = look.setting.theme;
        let mut rows = Vec::new();
        for (index, option) in self.choose.options.iter().enumerate() {
            let remark = outcome.grade.remarks.iter().find(|remark| remark.option() == Some(&option.id));
            let (sign, note, role) = standing(remark, self.choose.many);
            let text = label::rows(&option.text, look.setting.width.saturating_sub(INDENT), theme);
            for (line, text) in text.into_iter().enumerate() {
                let mut row = Row::new();
                if line == 0 {
                    row.push(sign, theme.bold(role));
                    row.push(format!(" {}  ", index + 1), theme.text(Role::Muted));
                    if self.choose.many {
                        let ticked = remark.is_some_and(|remark| remark.chosen);
                        row.push(if ticked { "[x] " } else { "[ ] " }, theme.text(Role::Muted));
                    }
                    row = row.right(note, theme.bold(role));
                } else {
                    row.push(" ".repeat(if self.choose.many { 9 } else { 5 }), theme.text(Role::Text));
                }
                rows.push(label::hung(row, text));
            }
            if let Some(remark) = remark {
                rows.extend(why(remark, 5, &look.setting));
            }
        }
        rows
    }
}

impl Draft for Choosing {
    fn answer(&self) -> Option<Answer> {
        match self.way {
            Way::Pick => {
                let ids: Vec<_> = self.picked.iter().filter_map(|place| self.choose.options.get(*place)).collect();
                (!ids.is_empty()).then(|| Answer::Chosen(ids.into_iter().map(|option| option.id.clone()).collect()))
            }
            Way::Type => type_in::answer(&self.field),
        }
    }

    fn keys(&self) -> Vec<Binding<Ask>> {
        if self.way == Way::Type {
            let mut table = type_in::keys(&self.field);
            if !self.field.is_entered() {
                let back = Binding::new([Key::char('t')], "t", "choose instead", Ask::Hand(Hand::Switch));
                table.push(back.footer(6));
            }
            return table;
        }
        let word = if self.choose.many { "tick" } else { "choose" };
        let ready = self.answer().is_some();
        let enter = |label: &'static str, action| Binding::new([keys::ENTER], "Enter", label, action).footer(1);
        let pick = Ask::Hand(Hand::PickHere);
        let space = Binding::new([keys::SPACE], "Space", word, pick);
        let mut table = vec![
            Binding::digits(self.choose.options.len(), word, |place| Ask::Hand(Hand::Pick(place))).footer(0),
            Binding::new(keys::UP, "↑ k", "up", Ask::Hand(Hand::Move(-1))).group(Group::Read),
            Binding::new(keys::DOWN, "↓ j", "down", Ask::Hand(Hand::Move(1))).group(Group::Read),
            if self.choose.many && ready { space.footer(2) } else { space },
            if ready { enter("answer", Ask::Answer(None)) } else { enter(word, pick) },
        ];
        if self.choose.or_type {
            table.push(Binding::new([Key::char('t')], "t", "type", Ask::Hand(Hand::Switch)).footer(6));
        }
        table
    }

    fn act(&mut self, hand: Hand) -> Asked {
        match hand {
            Hand::Move(by) => {
                let last = self.choose.options.len().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(isize::from(by)).min(last);
            }
            Hand::Pick(place) => self.pick(place),
            Hand::PickHere => self.pick(self.cursor),
            Hand::Edit => self.field.enter(),
            Hand::Leave => self.field.leave(),
            Hand::Switch => {
                self.field.enter();
                self.way = if self.way == Way::Pick { Way::Type } else { Way::Pick };
            }
            Hand::Carry(_) | Hand::Unpick => {}
        }
        Asked::Nothing
    }

    fn clicked(&mut self, hit: Hit, _column: u16) -> Asked {
        match hit {
            Hit::Option { index, .. } => {
                self.way = Way::Pick;
                self.pick(index);
            }
            Hit::Field(_) => self.field.enter(),
            Hit::Ends { .. } | Hit::Item(_) | Hit::Steps(_) | Hit::Stop(_) => {}
        }
        Asked::Nothing
    }

    fn rows(&self, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        match (self.way, told) {
            (Way::Pick, Some(outcome)) => self.told(outcome, look),
            (Way::Pick, None) => self.open(look),
            (Way::Type, _) => type_in::line(&self.field, told, look),
        }
    }

    fn prompt(&self, rows: Vec<Row>, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        if self.choose.many && told.is_none() { label::aside(rows, "tick all that are right", look) } else { rows }
    }

    fn is_at_edge(&self, by: i8) -> bool {
        self.way == Way::Type
            || self.cursor.checked_add_signed(isize::from(by)).is_none_or(|place| place >= self.choose.options.len())
    }

    fn field(&self) -> Option<&Field> {
        (self.way == Way::Type).then_some(&self.field)
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        (self.way == Way::Type).then_some(&mut self.field)
    }
}

/// How an option came out: its sign, its word, its colour.
fn standing(remark: Option<&Remark>, many: bool) -> (&'static str, &'static str, Role) {
    match remark.map(|remark| (remark.is_key, remark.chosen)) {
        Some((true, true)) => ("✓", "your answer, right", Role::Correct),
        Some((true, false)) if many => ("✓", "missed", Role::Warning),
        Some((true, false)) => ("✓", "the answer", Role::Correct),
        Some((false, true)) => ("✗", "your answer", Role::Wrong),
        Some((false, false)) | None => (" ", "", Role::Muted),
    }
}
