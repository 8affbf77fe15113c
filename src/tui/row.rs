//! A row of a screen: pieces of styled text, what they stand on, and what a click on them means.

use super::theme::{Ground, Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

/// One row, laid out for a known width.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The pieces, from left to right.
    pub pieces: Vec<Span<'static>>,
    /// Facts flush with the right edge; left out when there is no room.
    pub right: Option<Span<'static>>,
    /// What the row is filled with; `None` leaves what is there.
    pub ground: Option<Ground>,
    /// Which block of a text the row belongs to.
    pub block: u16,
    /// What a click on it means.
    pub target: Option<Hit>,
    /// Where the terminal's cursor stands, in columns from the row's left edge.
    pub cursor: Option<u16>,
    /// Whether it is the selected one: bar, bold and ground.
    pub selected: bool,
    /// How many columns the ground of a selected row covers; `None` is all of it.
    pub reach: Option<u16>,
}

/// What a click on a row means to its screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// The entry of a list, from 0.
    Item(usize),
    /// An option of the question in this block, from 0.
    Option {
        /// The block that asks.
        block: u16,
        /// Which option.
        index: usize,
    },
    /// An entry at the left and one at the right of the question in this block: which of them, the column tells.
    Ends {
        /// The block that asks.
        block: u16,
        /// The left one, from 0.
        left: Option<usize>,
        /// The right one, from 0.
        right: Option<usize>,
        /// The first column that belongs to the right one.
        from: u16,
    },
    /// The field of the question in this block.
    Field(u16),
    /// A stepped picture.
    Steps(u16),
    /// A text that folds or leads somewhere, by its number on the screen.
    Stop(usize),
}

impl Row {
    /// An empty row.
    pub fn new() -> Row {
        Row::default()
    }

    /// A row of one piece.
    pub fn text(text: impl Into<String>, style: Style) -> Row {
        Row::new().with(text, style)
    }

    /// Adds a piece at the right.
    pub fn with(mut self, text: impl Into<String>, style: Style) -> Row {
        self.push(text, style);
        self
    }

    /// Adds a piece at the right.
    pub fn push(&mut self, text: impl Into<String>, style: Style) {
        let text: String = text.into();
        if !text.is_empty() {
            self.pieces.push(Span::styled(text, style));
        }
    }

    /// Sets the facts at the right edge.
    pub fn right(mut self, text: impl Into<String>, style: Style) -> Row {
        self.right = Some(Span::styled(text.into(), style));
        self
    }

    /// Fills the row.
    pub fn on(mut self, ground: Ground) -> Row {
        self.ground = Some(ground);
        self
    }

    /// Says what a click means.
    pub fn hit(mut self, hit: Hit) -> Row {
        self.target = Some(hit);
        self
    }

    /// Marks the row as the selected one, if it is.
    pub fn select(mut self, selected: bool) -> Row {
        self.selected = selected;
        self
    }

    /// Lets the ground of a selected row end at this column.
    pub fn reach(mut self, columns: usize) -> Row {
        self.reach = Some(columns as u16);
        self
    }

    /// How many columns the pieces take.
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|piece| piece.content.width()).sum()
    }

    /// The text without styles.
    pub fn plain(&self) -> String {
        self.pieces.iter().map(|piece| piece.content.as_ref()).collect()
    }

    /// Draws the row into `area`, one row high, whose left edge is the text column. The bar of a selected row stands two
    /// columns to the left of it.
    pub fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        if self.selected {
            let left = area.x.saturating_sub(2);
            let width = self.reach.map_or(area.width, |reach| reach.min(area.width));
            let whole = Rect { x: left, width: width + (area.x - left), ..area };
            buf.set_style(whole, theme.ground(Ground::Selection));
            buf.set_string(left, area.y, "▌", theme.text(Role::Accent));
        } else if let Some(ground) = self.ground {
            buf.set_style(area, theme.ground(ground));
        }
        let mut x = area.x;
        let end = area.right();
        let is_cut = self.width() > usize::from(area.width) && area.width > 0;
        for piece in &self.pieces {
            if x >= end {
                break;
            }
            let covered = self.selected && self.reach.is_none_or(|reach| x < area.x + reach);
            let style = if covered { on_selection(theme, piece.style) } else { piece.style };
            x = write(buf, x, area.y, &piece.content, end, style);
        }
        if is_cut {
            buf[(end - 1, area.y)].set_symbol("…");
        }
        if let Some(right) = &self.right {
            let width = right.content.width() as u16;
            if x + 2 + width <= end {
                let style = if self.selected { on_selection(theme, right.style) } else { right.style };
                buf.set_stringn(end - width, area.y, right.content.as_ref(), usize::from(width), style);
            }
        }
    }
}

/// Writes text up to a column and gives back where it ended. ASCII, which is most of a page, needs no look at how signs
/// combine.
fn write(buf: &mut Buffer, x: u16, y: u16, text: &str, end: u16, style: Style) -> u16 {
    if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return buf.set_stringn(x, y, text, usize::from(end - x), style).0;
    }
    let shown = text.len().min(usize::from(end - x)) as u16;
    let start = buf.index_of(x, y);
    for (cell, byte) in buf.content[start..].iter_mut().zip(text.bytes()).take(usize::from(shown)) {
        cell.set_char(char::from(byte)).set_style(style);
    }
    x + shown
}

/// On a selected row muted text becomes text, and all of it is bold.
fn on_selection(theme: &Theme, style: Style) -> Style {
    let muted = theme.text(Role::Muted);
    let mut style = if style.fg == muted.fg { style.patch(theme.text(Role::Text)) } else { style };
    style.bg = None;
    style.add_modifier(Modifier::BOLD)
}

/// Draws rows from `scroll` on into `area`. How many are left below is said in the row under the area.
pub fn draw_rows(rows: &[Row], scroll: usize, theme: &Theme, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    let mut cursor = None;
    let height = usize::from(area.height);
    for (line, row) in rows.iter().skip(scroll).take(height).enumerate() {
        let place = Rect { y: area.y + line as u16, height: 1, ..area };
        row.draw(theme, place, buf);
        if let Some(column) = row.cursor {
            cursor = Some(((place.x + column).min(place.right().saturating_sub(1)), place.y));
        }
    }
    let below = rows.len().saturating_sub(scroll + height);
    if below > 0 && area.bottom() < buf.area.bottom() {
        let text = format!("↓ {below} more");
        let width = (text.width() as u16).min(area.width);
        buf.set_stringn(area.right() - width, area.bottom(), &text, usize::from(width), theme.text(Role::Muted));
    }
    cursor
}
