//! Steps: to put into order, and later beside the right order.

use super::draft::{Draft, Hand};
use super::label::{self, fill, hung, why};
use super::{Ask, Asked, Focused, Look, Outcome, Room};
use crate::prose::width::columns;
use crate::question::answer::{Answer, Verdict};
use crate::question::form::{Choice, Label};
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::{Code, Key};
use crate::tui::row::{Hit, Row};
use crate::tui::theme::Role;

/// Where a step's text begins.
const INDENT: usize = 5;
/// From this width on the two orders stand side by side.
const BESIDE: usize = 60;

/// Steps being put into order.
#[derive(Clone, Debug)]
pub struct Arranging {
    /// In the order in which they stand now.
    steps: Vec<Choice>,
    cursor: usize,
    hold: Hold,
    drag: Drag,
    touched: Touched,
}

/// What the mouse does with the held line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drag {
    /// Nothing: another click says where it goes.
    None,
    /// It carries the line until the button comes up.
    Carries,
}

/// What the arrows move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    /// The bar.
    Free,
    /// The line under the bar.
    Held,
}

/// Whether the learner has done something with the steps: the order they come in is nobody's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Touched {
    /// Something.
    Yes,
    /// Nothing yet.
    No,
}

impl Arranging {
    /// The steps as they come.
    pub fn new(steps: Vec<Choice>) -> Arranging {
        Arranging { steps, cursor: 0, hold: Hold::Free, drag: Drag::None, touched: Touched::No }
    }

    fn last(&self) -> usize {
        self.steps.len().saturating_sub(1)
    }

    /// Moves the line under the bar to another place, and the bar with it.
    fn carry_to(&mut self, place: usize) {
        self.touched = Touched::Yes;
        if place < self.steps.len() && self.cursor < self.steps.len() {
            let step = self.steps.remove(self.cursor);
            self.steps.insert(place, step);
            self.cursor = place;
        }
    }

    fn go_to(&mut self, place: usize) {
        match self.hold {
            Hold::Free => self.cursor = place.min(self.last()),
            Hold::Held => self.carry_to(place.min(self.last())),
        }
    }

    fn hold_or_drop(&mut self) {
        self.touched = Touched::Yes;
        self.hold = if self.hold == Hold::Free { Hold::Held } else { Hold::Free };
    }

    fn open(&self, look: &Look) -> Vec<Row> {
        let theme = look.setting.theme;
        // Where rows are short, the word for a held line has its room before it is needed, so that no row jumps.
        let held_room = if look.setting.width < BESIDE { "  held".len() } else { 0 };
        let mut rows = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            if index > 0 && look.room == Room::Roomy {
                rows.push(Row::new());
            }
            let here = look.focus == Focused::Yes && self.cursor == index;
            let held = self.cursor == index && self.hold == Hold::Held;
            let hit = Hit::Option { block: look.block, index };
            let mut lines = Vec::new();
            for (line, text) in label::rows(&step.text, look.setting.width.saturating_sub(INDENT + held_room), theme)
                .into_iter()
                .enumerate()
            {
                let mut row = Row::new();
                if line == 0 {
                    row.push(format!("{} ", index + 1), theme.text(Role::Muted));
                    row.push(if held { "≡  " } else { "   " }, theme.bold(Role::Accent));
                } else {
                    row.push(" ".repeat(INDENT), theme.text(Role::Text));
                }
                lines.push(hung(row, text).select(here).hit(hit));
            }
            if held {
                say_held(&mut lines, look);
            }
            rows.extend(lines);
        }
        rows
    }
}

impl Draft for Arranging {
    fn answer(&self) -> Option<Answer> {
        (self.touched == Touched::Yes)
            .then(|| Answer::Arranged(self.steps.iter().map(|step| step.id.clone()).collect()))
    }

    fn keys(&self) -> Vec<Binding<Ask>> {
        let hand = |hand| Ask::Hand(hand);
        let held = self.hold == Hold::Held;
        let enter = match self.answer() {
            Some(_) => Binding::new([keys::ENTER], "Enter", "answer", Ask::Answer(None)),
            None => Binding::new([keys::ENTER], "Enter", "hold line", hand(Hand::PickHere)),
        };
        let [up, down] = [[keys::UP[0], keys::UP[1]], [keys::DOWN[0], keys::DOWN[1]]];
        let mut table = vec![
            Binding::each(
                [(up[0], -1), (down[0], 1), (up[1], -1), (down[1], 1)].map(|(key, by)| (key, hand(Hand::Move(by)))),
                "↑↓",
                "move",
            )
            .group(Group::Read)
            .footer(0),
            Binding::new([keys::SPACE], "Space", "hold/drop", hand(Hand::PickHere)).footer(0),
            Binding::each(
                [('J', 1), ('K', -1)].map(|(key, by)| (Key::char(key), hand(Hand::Carry(by)))),
                "J K",
                "move line",
            )
            .footer(0),
            enter.footer(1),
            Binding::digits(self.steps.len(), "go to a line", |place| hand(Hand::Pick(place))).group(Group::Read),
        ];
        if held {
            table.push(Binding::new([Key::code(Code::Esc)], "Esc", "put down", hand(Hand::PickHere)));
        }
        table
    }

    fn act(&mut self, hand: Hand) -> Asked {
        match hand {
            Hand::Move(by) => {
                if !self.is_at_edge(by) {
                    self.go_to(self.cursor.saturating_add_signed(isize::from(by)));
                }
            }
            Hand::Pick(place) => self.go_to(place),
            Hand::PickHere => self.hold_or_drop(),
            Hand::Carry(by) => {
                if !self.is_at_edge(by) {
                    self.carry_to(self.cursor.saturating_add_signed(isize::from(by)));
                }
            }
            Hand::Unpick | Hand::Edit | Hand::Leave | Hand::Switch => {}
        }
        Asked::Nothing
    }

    /// A click holds a line; while one is held, a click says where it goes.
    fn clicked(&mut self, hit: Hit, _column: u16) -> Asked {
        match hit {
            Hit::Option { index, .. } => match self.hold {
                Hold::Free => {
                    self.cursor = index.min(self.last());
                    self.hold_or_drop();
                }
                Hold::Held => {
                    self.carry_to(index.min(self.last()));
                    self.hold = Hold::Free;
                }
            },
            Hit::Ends { .. } | Hit::Field(_) | Hit::Item(_) | Hit::Steps(_) | Hit::Stop(_) => {}
        }
        Asked::Nothing
    }

    /// A line that is held goes where the mouse goes.
    fn dragged(&mut self, hit: Hit) {
        if let (Hit::Option { index, .. }, Hold::Held) = (hit, self.hold)
            && index != self.cursor
        {
            self.drag = Drag::Carries;
            self.carry_to(index.min(self.last()));
        }
    }

    fn released(&mut self) {
        if std::mem::replace(&mut self.drag, Drag::None) == Drag::Carries {
            self.hold = Hold::Free;
        }
    }

    fn rows(&self, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        match told {
            Some(outcome) => compared(&self.steps, outcome, look),
            None => self.open(look),
        }
    }

    fn is_at_edge(&self, by: i8) -> bool {
        self.cursor.checked_add_signed(isize::from(by)).is_none_or(|place| place >= self.steps.len())
    }
}

/// Says that a line is held, at its right: as much as has room, on its first row or on its last one.
fn say_held(lines: &mut [Row], look: &Look) {
    const WORDS: [&str; 3] = ["held: ↑↓ moves it, Space puts it down", "held: ↑↓, then Space", "held"];
    let last = lines.len().saturating_sub(1);
    for words in WORDS {
        for line in [0, last] {
            if let Some(row) = lines.get_mut(line)
                && row.width() + columns(words) + 2 <= look.setting.width
            {
                *row = std::mem::take(row).right(words, look.setting.theme.text(Role::Muted));
                return;
            }
        }
    }
}

/// The learner's order beside the right one, each step marked, then the reasons.
fn compared(steps: &[Choice], outcome: &Outcome, look: &Look) -> Vec<Row> {
    let theme = look.setting.theme;
    let key = &outcome.grade.key;
    let yours: Vec<&Choice> = match &outcome.answer {
        Answer::Arranged(ids) => ids.iter().filter_map(|id| steps.iter().find(|step| step.id == *id)).collect(),
        Answer::Chosen(_)
        | Answer::Typed(_)
        | Answer::Paired(_)
        | Answer::Pointed { .. }
        | Answer::Recalled(_)
        | Answer::GaveUp => Vec::new(),
    };
    // A step is right where it need not be moved, which is not always where its number is the same.
    let fits = |place: usize| {
        let id = yours.get(place).map(|step| &step.id);
        outcome.grade.remarks.iter().any(|remark| remark.is_key && remark.option() == id)
    };
    let all_fit = outcome.grade.verdict == Verdict::Right;
    let width = look.setting.width;
    let column = if all_fit || yours.is_empty() || width < BESIDE { width } else { (width - 2) / 2 };
    let room = column.saturating_sub(INDENT);
    // Both lists have their number at the same place: a sign, the number, the text.
    let entry = |place: usize, text: &Label, sign: &'static str, role: Role| {
        let mut lines = label::rows(text, room, theme);
        for (line, row) in lines.iter_mut().enumerate() {
            let mut before = Row::new();
            if line == 0 {
                before.push(sign, theme.bold(role));
                before.push(format!(" {}  ", place + 1), theme.text(Role::Muted));
            } else {
                before.push(" ".repeat(INDENT), theme.text(Role::Text));
            }
            *row = hung(before, std::mem::take(row));
        }
        lines
    };
    let marked = |place: usize, text: &Label| match fits(place) {
        true => entry(place, text, "✓", Role::Correct),
        false => entry(place, text, "✗", Role::Wrong),
    };
    let heading = |text: &'static str| Row::text(format!("{:1$}{text}", "", INDENT), theme.text(Role::Muted));
    let mine: Vec<Vec<Row>> = yours.iter().enumerate().map(|(place, step)| marked(place, &step.text)).collect();
    let right = |sign| key.iter().enumerate().map(move |(place, text)| (place, text, sign));
    let mut rows = Vec::new();
    if all_fit {
        rows.extend(mine.into_iter().flatten());
    } else if yours.is_empty() {
        rows.push(heading("the right order"));
        rows.extend(right("✓").flat_map(|(place, text, sign)| entry(place, text, sign, Role::Correct)));
    } else if column == width {
        rows.push(heading("your order"));
        rows.extend(mine.into_iter().flatten());
        rows.extend([Row::new(), heading("the right order")]);
        rows.extend(right(" ").flat_map(|(place, text, sign)| entry(place, text, sign, Role::Muted)));
    } else {
        let mut first = heading("your order");
        fill(&mut first, column + 2, theme);
        rows.push(hung(first, heading("the right order")));
        let right = right(" ").map(|(place, text, sign)| entry(place, text, sign, Role::Muted));
        rows.extend(
            mine.into_iter().zip(right).flat_map(|(left, right)| label::beside(left, right, column + 2, theme)),
        );
    }
    rows.extend(reasons(steps, outcome, look));
    rows
}

/// What the author says about single steps, with the place where each belongs.
fn reasons(steps: &[Choice], outcome: &Outcome, look: &Look) -> Vec<Row> {
    let theme = look.setting.theme;
    let mut rows = Vec::new();
    for (place, text) in outcome.grade.key.iter().enumerate() {
        let step = steps.iter().find(|step| step.text == *text);
        let remark = outcome
            .grade
            .remarks
            .iter()
            .find(|remark| !remark.why.0.is_empty() && step.is_some_and(|step| remark.option() == Some(&step.id)));
        let Some(remark) = remark else { continue };
        rows.push(Row::new());
        let lines = label::rows(text, look.setting.width.saturating_sub(INDENT), theme);
        for (line, row) in lines.into_iter().enumerate() {
            let number = if line == 0 { format!("  {}  ", place + 1) } else { " ".repeat(INDENT) };
            rows.push(hung(Row::text(number, theme.text(Role::Muted)), row));
        }
        rows.extend(why(remark, INDENT, &look.setting));
    }
    rows
}
