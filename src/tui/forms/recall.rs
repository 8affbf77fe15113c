//! A card: to recall what its back says, turn it, and say how well one knew.

use super::draft::{Draft, Hand, Stance};
use super::{Ask, Asked, Look, Outcome, Room};
use crate::prose::Prose;
use crate::question::answer::{Answer, Recall};
use crate::tui::keys::{self, Binding};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row};
use crate::tui::theme::Role;
use crate::tui::widgets::prose;

/// The marks in the order of their digits.
const MARKS: [(Recall, &str); 4] =
    [(Recall::Again, "again"), (Recall::Hard, "hard"), (Recall::Good, "good"), (Recall::Easy, "easy")];
/// How wide a mark is drawn.
const MARK: usize = 13;
/// Below this width marks stand closer.
const NARROW: usize = 60;

/// A card being recalled.
#[derive(Clone, Debug)]
pub struct Recalling {
    back: Prose,
    side: Side,
}

/// Which side of the card is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// What is asked.
    Front,
    /// What is right.
    Back,
}

impl Recalling {
    /// The front is up.
    pub fn new(back: Prose) -> Recalling {
        Recalling { back, side: Side::Front }
    }

    fn mark(&self, place: usize) -> Asked {
        match MARKS.get(place).filter(|_| self.side == Side::Back) {
            Some((recall, _)) => Asked::Submit(Answer::Recalled(*recall), None),
            None => Asked::Nothing,
        }
    }
}

impl Draft for Recalling {
    fn answer(&self) -> Option<Answer> {
        (self.side == Side::Back).then_some(Answer::Recalled(Recall::Good))
    }

    fn keys(&self) -> Vec<Binding<Ask>> {
        let pick = |place| Ask::Hand(Hand::Pick(place));
        match self.side {
            Side::Front => {
                let turn = Ask::Hand(Hand::PickHere);
                vec![Binding::new([keys::ENTER, keys::SPACE], "Enter", "turn", turn).footer(0)]
            }
            Side::Back => {
                // A click on the footer presses the first key: that must not be the mark that says "not known".
                let digits = [('3', 2), ('1', 0), ('2', 1), ('4', 3)];
                let digits = digits.map(|(digit, place)| (Key::char(digit), pick(place)));
                vec![
                    Binding::each(digits, "1–4", "grade").footer(0),
                    Binding::new([keys::ENTER], "Enter", "good", Ask::Answer(None)).footer(1),
                ]
            }
        }
    }

    fn act(&mut self, hand: Hand) -> Asked {
        match hand {
            Hand::Pick(place) => return self.mark(place),
            Hand::PickHere => self.side = Side::Back,
            Hand::Move(_) | Hand::Carry(_) | Hand::Unpick | Hand::Edit | Hand::Leave | Hand::Switch => {}
        }
        Asked::Nothing
    }

    /// A click turns the card; on its back it marks.
    fn clicked(&mut self, hit: Hit, column: u16) -> Asked {
        match (hit, self.side) {
            (Hit::Option { .. }, Side::Front) => self.side = Side::Back,
            // The marks stand in columns of one row, or one a row.
            (Hit::Option { index: 0, .. }, Side::Back) => return self.mark(usize::from(column) / MARK),
            (Hit::Option { index, .. }, Side::Back) => return self.mark(index - 1),
            (Hit::Ends { .. } | Hit::Field(_) | Hit::Item(_) | Hit::Steps(_) | Hit::Stop(_), _) => {}
        }
        Asked::Nothing
    }

    fn rows(&self, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        let theme = look.setting.theme;
        let hit = |index| Hit::Option { block: look.block, index };
        if told.is_none() && self.side == Side::Front {
            let said = Row::text("Say it aloud, then turn the card.", theme.text(Role::Muted));
            return vec![centred(said, look).hit(hit(0))];
        }
        let measure = look.setting.measure();
        let mut rows = vec![Row::text("─".repeat(measure), theme.text(Role::Rule)), Row::new()];
        rows.extend(prose::blocks(&self.back.0, &look.setting));
        if told.is_some() {
            return rows;
        }
        rows.extend([Row::new(), Row::text("How well did you know it?", theme.bold(Role::Text)), Row::new()]);
        let mark = |place: usize, word: &str| {
            let number = Row::text(format!("{} ", place + 1), theme.bold(Role::Accent));
            number.with(word.to_owned(), theme.text(Role::Text))
        };
        if look.setting.width < NARROW {
            let marks = MARKS.iter().enumerate();
            rows.extend(marks.map(|(place, (_, word))| mark(place, word).hit(hit(place + 1))));
        } else {
            let mut row = Row::new();
            for (place, (_, word)) in MARKS.iter().enumerate() {
                super::label::fill(&mut row, place * MARK, theme);
                row.pieces.extend(mark(place, word).pieces);
            }
            rows.push(row.hit(hit(0)));
        }
        rows
    }

    /// The front stands in the middle of its row until the card is turned.
    fn prompt(&self, rows: Vec<Row>, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        if told.is_some() || self.side == Side::Back {
            return rows;
        }
        let blanks = match look.room {
            Room::Close => 0,
            Room::Tight | Room::Roomy => 2,
        };
        let hit = Hit::Option { block: look.block, index: 0 };
        let blank = || (0..blanks).map(|_| Row::new().hit(hit));
        let front = rows.into_iter().map(|row| centred(row, look).hit(hit));
        // The row that parts prompt and form follows, so one blank row fewer stands below.
        blank().chain(front).chain(blank().skip(1)).collect()
    }

    fn is_at_edge(&self, _by: i8) -> bool {
        true
    }

    fn stance(&self) -> Stance {
        if self.side == Side::Front { Stance::MayGiveUp } else { Stance::Says }
    }
}

/// A row of text in the middle of its column; programs stay at the left.
fn centred(row: Row, look: &Look) -> Row {
    if row.ground.is_some() {
        return row;
    }
    let blanks = look.setting.width.saturating_sub(row.width()) / 2;
    let style = look.setting.theme.text(Role::Text);
    let right = row.right.clone();
    Row { right, ..super::label::hung(Row::text(" ".repeat(blanks), style), row) }
}
