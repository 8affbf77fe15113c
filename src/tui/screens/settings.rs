//! Settings: every option with its value, changed at once and kept.

use super::rebind::Keys;
use crate::prose::width::{columns, cut, wrap};
use crate::settings::options::{Glyphs, Motion, Mouse, Page, Theme};
use crate::settings::{Change, MEASURE, MINUTES, RETENTION};
use crate::tui::effect::Effect;
use crate::tui::keys::{self, Binding, Group};
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The settings.
#[derive(Debug, Default)]
pub struct Settings {
    cursor: usize,
    rows: Vec<Row>,
    scroll: usize,
}

/// One option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Theme,
    Page,
    Glyphs,
    Motion,
    Mouse,
    Measure,
    Retention,
    Minutes,
    Keys,
}

/// The options under their headings.
const ITEMS: [(&str, &[Item]); 3] = [
    ("Look", &[Item::Theme, Item::Page, Item::Glyphs, Item::Motion, Item::Measure]),
    ("Hands", &[Item::Mouse, Item::Keys]),
    ("Learning", &[Item::Retention, Item::Minutes]),
];

/// What the keys of the settings do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves the bar.
    Move(i32),
    /// Takes the next or the last value.
    Turn(i32),
    /// Opens the list of keys.
    Open,
}

/// How much one turn changes.
const STEP_MEASURE: i32 = 2;
const STEP_MINUTES: i32 = 5;

impl Settings {
    /// The settings. What themes there are is looked up anew.
    pub fn open(cx: &mut Context) -> Settings {
        cx.effects.push(Effect::ReadSchemes);
        Settings::default()
    }

    fn item(&self) -> Item {
        items().nth(self.cursor).unwrap_or(Item::Theme)
    }

    fn turn(&self, cx: &mut Context, by: i32) {
        let preferences = cx.view.preferences;
        let settings = &preferences.settings;
        let change = match self.item() {
            Item::Theme => Change::Theme(turned(&preferences.themes(), &settings.theme, by)),
            Item::Page => Change::Page(turned(Page::ALL, &settings.page, by)),
            Item::Glyphs => Change::Glyphs(turned(Glyphs::ALL, &settings.glyphs, by)),
            Item::Motion => Change::Motion(turned(Motion::ALL, &settings.motion, by)),
            Item::Mouse => Change::Mouse(turned(Mouse::ALL, &settings.mouse, by)),
            Item::Measure => Change::Measure(stepped(settings.measure, by * STEP_MEASURE, MEASURE)),
            Item::Minutes => Change::MinutesADay(stepped(settings.minutes_a_day, by * STEP_MINUTES, MINUTES)),
            Item::Retention => {
                let [least, most] = RETENTION.map(u16::from);
                let percent = stepped(u16::from(settings.retention_percent), by, [least, most]);
                Change::RetentionPercent(u8::try_from(percent).unwrap_or(RETENTION[0]))
            }
            Item::Keys => return,
        };
        cx.change(change);
    }

    fn lay(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let (text, muted) = (theme.text(Role::Text), theme.text(Role::Muted));
        let mut rows = Vec::new();
        let mut place = 0;
        for (heading, items) in ITEMS {
            if !rows.is_empty() {
                rows.push(Row::new());
            }
            rows.push(Row::text(heading, theme.bold(Role::Muted)));
            for item in items {
                let selected = place == self.cursor;
                let (value, asked) = (value(*item, view), is_asked(*item, view));
                let mut row = Row::text(format!("{:<16}", name(*item)), text);
                let turns = selected && *item != Item::Keys;
                let (left, right) = if turns { ("‹ ", " ›") } else { ("  ", "  ") };
                row.push(left, theme.text(Role::Accent));
                row.push(cut(&value, width.saturating_sub(22)), theme.bold(Role::Text));
                row.push(right, theme.text(Role::Accent));
                let note = if asked { "asked for at this start" } else { short_note(*item) };
                if row.width() + columns(note) + 2 <= width {
                    row = row.right(note, muted);
                }
                rows.push(row.select(selected).hit(Hit::Item(place)));
                place += 1;
            }
        }
        rows.push(Row::new());
        let about = [crate::prose::Span::plain(about(self.item(), view))];
        for line in wrap(&about, width.min(usize::from(view.preferences.settings.measure))) {
            rows.push(Row::text(line.iter().map(|span| span.text.as_str()).collect::<String>(), muted));
        }
        rows
    }
}

fn items() -> impl Iterator<Item = Item> {
    ITEMS.iter().flat_map(|(_, items)| items.iter().copied())
}

/// The value beside this one, round and round.
fn turned<T: Clone + PartialEq>(all: &[T], now: &T, by: i32) -> T {
    let at = all.iter().position(|value| value == now).unwrap_or(0) as i64;
    let place = (at + i64::from(by)).rem_euclid(all.len().max(1) as i64);
    all.get(place as usize).unwrap_or(now).clone()
}

/// A number some steps on: the first step from a number between two goes to the nearest.
fn stepped(now: u16, by: i32, [least, most]: [u16; 2]) -> u16 {
    let step = by.abs().max(1);
    let on_step = i32::from(now) / step * step;
    let next = match by {
        by if by < 0 && on_step < i32::from(now) => on_step,
        by => on_step + by,
    };
    next.clamp(i32::from(least), i32::from(most)) as u16
}

fn name(item: Item) -> &'static str {
    match item {
        Item::Theme => "Theme",
        Item::Page => "Background",
        Item::Glyphs => "Signs",
        Item::Motion => "Motion",
        Item::Mouse => "Mouse",
        Item::Measure => "Width of text",
        Item::Retention => "Remember",
        Item::Minutes => "Each day",
        Item::Keys => "Keys",
    }
}

fn value(item: Item, view: &View) -> String {
    let settings = &view.preferences.settings;
    match item {
        Item::Theme => settings.theme.word().to_owned(),
        Item::Page => settings.page.word().to_owned(),
        Item::Glyphs => settings.glyphs.word().to_owned(),
        Item::Motion => settings.motion.word().to_owned(),
        Item::Mouse => settings.mouse.word().to_owned(),
        Item::Measure => format!("{} columns", settings.measure),
        Item::Retention => format!("{} %", settings.retention_percent),
        Item::Minutes => format!("{} min", settings.minutes_a_day),
        Item::Keys => match settings.keys.len() {
            0 => "as they come".to_owned(),
            moved => format!("{moved} changed"),
        },
    }
}

fn is_asked(item: Item, view: &View) -> bool {
    let name = match item {
        Item::Theme => "theme",
        Item::Page => "background",
        Item::Glyphs => "glyphs",
        Item::Motion => "motion",
        Item::Mouse => "mouse",
        Item::Measure => "measure",
        Item::Retention => "retention",
        Item::Minutes => "minutes_a_day",
        Item::Keys => "keys",
    };
    view.preferences.asked.contains(&name)
}

/// What an option is for, in a few words.
fn short_note(item: Item) -> &'static str {
    match item {
        Item::Theme => "colours",
        Item::Page => "who paints the page",
        Item::Glyphs => "lines and marks",
        Item::Motion => "what moves by itself",
        Item::Mouse => "clicks and wheel",
        Item::Measure => "at most",
        Item::Retention => "of what was learnt",
        Item::Minutes => "at most",
        Item::Keys => "Enter lists them",
    }
}

/// What the value means.
fn about(item: Item, view: &View) -> String {
    let settings = &view.preferences.settings;
    match item {
        Item::Theme => match &settings.theme {
            Theme::Auto => "Dark or light, as the terminal says its background is.".to_owned(),
            Theme::Dark | Theme::Light => "The colours that come with flaskdojo.".to_owned(),
            Theme::HighContrast => "At least 7 to 1 for every text, dark or light as the terminal is.".to_owned(),
            Theme::Base16(name) => match view.preferences.schemes.iter().find(|(known, _)| known == name) {
                Some((_, Err(why))) => format!("{name}: {why}."),
                Some((_, Ok(_))) => "A base16 file; colours that would be hard to read are moved.".to_owned(),
                None => "A base16 file that is not there.".to_owned(),
            },
        },
        Item::Page => match settings.page {
            Page::Own => "The theme paints the page, so every text can be read on it.".to_owned(),
            Page::Terminal => "The page stays as the terminal paints it, picture or glass included.".to_owned(),
        },
        Item::Glyphs => match settings.glyphs {
            Glyphs::Auto => "Lines and marks if the terminal seems to have them, else ASCII.".to_owned(),
            Glyphs::Unicode => "Lines and marks, whatever the terminal says.".to_owned(),
            Glyphs::Ascii => "Nothing but ASCII in frames and marks.".to_owned(),
        },
        Item::Motion => match settings.motion {
            Motion::Full => "Stepped pictures can play by themselves (p).".to_owned(),
            Motion::None => "Nothing moves without a key.".to_owned(),
        },
        Item::Mouse => match settings.mouse {
            Mouse::On => "Clicks and the wheel work here; Shift-drag selects text.".to_owned(),
            Mouse::Off => "The mouse is the terminal’s: it selects text as elsewhere.".to_owned(),
        },
        Item::Measure => "Running text is never wider. A wider window leaves a margin.".to_owned(),
        Item::Retention => {
            "How much of what you learnt you want to know when it is asked again. More means more reviews.".to_owned()
        }
        Item::Minutes => "Reviews are planned into this much time a day.".to_owned(),
        Item::Keys => "Letters and signs can be given other keys.".to_owned(),
    }
}

impl Screen for Settings {
    type Action = Action;

    fn head(&self, view: &View) -> Head {
        Head { trail: vec!["Settings".into()], right: view.preferences.place.clone(), progress: None, verdict: None }
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        let enter = match self.item() {
            Item::Keys => Binding::new([keys::ENTER], "Enter", "list the keys", Action::Open),
            _ => Binding::new([keys::ENTER, keys::SPACE], "Enter", "next value", Action::Turn(1)),
        };
        vec![
            enter.footer(0),
            Binding::new(keys::UP, "↑↓", "choose", Action::Move(-1)).group(Group::Read).footer(1),
            Binding::new(keys::DOWN, "↓ j", "down", Action::Move(1)).group(Group::Read),
            Binding::new(keys::LEFT, "←→", "change", Action::Turn(-1)).footer(2),
            Binding::new(keys::RIGHT, "→ l", "next value", Action::Turn(1)),
        ]
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        match action {
            Action::Move(by) => {
                let last = items().count() - 1;
                self.cursor = self.cursor.saturating_add_signed(by as isize).min(last);
            }
            Action::Turn(by) if self.item() != Item::Keys => self.turn(cx, by),
            Action::Turn(by) if by < 0 => {}
            Action::Turn(_) | Action::Open => return Next::Push(Keys::default().into()),
        }
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Wheel(by) => self.act(cx, Action::Move(by)),
            Input::Pressed(mouse) => {
                let body = cx.view.column(cx.view.body());
                let row = usize::from(mouse.row.saturating_sub(body.y)) + self.scroll;
                let inside = mouse.row >= body.y && mouse.row < body.bottom();
                match self.rows.get(row).filter(|_| inside).and_then(|row| row.target) {
                    Some(Hit::Item(place)) if place == self.cursor => self.act(cx, Action::Turn(1)),
                    Some(Hit::Item(place)) => {
                        self.cursor = place;
                        Next::Stay
                    }
                    _ => Next::Stay,
                }
            }
            Input::Typed(_)
            | Input::Pasted(_)
            | Input::Accepted(_)
            | Input::Left
            | Input::GoTo(_)
            | Input::Dragged(_)
            | Input::Released(_)
            | Input::Ticked => Next::Stay,
        }
    }

    fn settle(&mut self, view: &View) {
        let column = view.column(view.body());
        self.rows = self.lay(view, usize::from(column.width));
        let height = usize::from(column.height);
        let row = self.rows.iter().position(|row| row.selected).unwrap_or(0);
        // The line below the list says what the value means: it stays on the screen where it can.
        let last = self.rows.len().saturating_sub(height);
        self.scroll = if last == 0 { 0 } else { (row + 1).saturating_sub(height.saturating_sub(1)).min(last) };
    }

    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        draw_rows(&self.rows, self.scroll, view.theme, view.column(body), buf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_in_steps_and_stay_within_bounds() {
        assert_eq!(stepped(74, 2, MEASURE), 76);
        assert_eq!(stepped(80, 2, MEASURE), 80);
        assert_eq!(stepped(50, -2, MEASURE), 50);
        assert_eq!(stepped(75, -2, MEASURE), 74, "from between two steps to the nearest");
        assert_eq!(stepped(1, 5, MINUTES), 5);
        assert_eq!(stepped(5, -5, MINUTES), 1);
    }

    #[test]
    fn values_go_round() {
        assert_eq!(turned(&[1, 2, 3], &3, 1), 1);
        assert_eq!(turned(&[1, 2, 3], &1, -1), 3);
    }
}
