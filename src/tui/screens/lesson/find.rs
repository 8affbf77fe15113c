//! Finding a text on a page: while it is typed, the first place is shown; then one goes from place to place.

use crate::fault::nearest;
use crate::prose::width::columns;
use crate::tui::forms::field::Field;
use crate::tui::message::Key;
use crate::tui::row::Row;
use crate::tui::theme::{Ground, Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use std::collections::BTreeSet;
use unicode_segmentation::UnicodeSegmentation;

/// A search on a page.
#[derive(Debug, Default)]
pub struct Find {
    field: Field,
    /// Where the page stood when it began.
    pub from: usize,
    found: Vec<Found>,
    at: usize,
    /// For what finds nothing: the nearest word that does.
    near: Option<String>,
}

/// A place where the text stands: cells of one row, or of two where it is wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    cells: Vec<(usize, u16, u16)>,
}

impl Find {
    /// A search that begins where the page stands now.
    pub fn begin(from: usize) -> Find {
        Find { from, ..Find::default() }
    }

    /// A search for a word that was found elsewhere: it begins where the page stands when it is shown.
    pub fn seen(word: &str) -> Find {
        let mut field = Field::with(word);
        field.leave();
        Find { field, from: usize::MAX, ..Find::default() }
    }

    /// Whether it is not known yet where the page stands.
    pub fn is_new(&self) -> bool {
        self.from == usize::MAX
    }

    /// Whether the text is being typed.
    pub fn typing(&self) -> bool {
        self.field.is_entered()
    }

    /// Types again.
    pub fn enter(&mut self) {
        self.field.enter();
    }

    /// Takes a key as text or as editing.
    pub fn typed(&mut self, key: Key) {
        self.field.typed(key);
    }

    /// Ends typing. For a text that is nowhere, the nearest word takes its place.
    pub fn accept(&mut self) {
        match self.near.take() {
            Some(near) => self.field = Field::with(&near),
            None => self.field.leave(),
        }
    }

    /// Goes to another place, round and round.
    pub fn go(&mut self, by: i64) {
        let count = self.found.len() as i64;
        if count > 0 {
            self.at = (self.at as i64 + by).rem_euclid(count) as usize;
        }
    }

    /// Looks through a page. The place is the first one from where the search began, or the one that it was.
    pub fn look(&mut self, rows: &[Row]) {
        let before = self.row();
        self.found = places(rows, self.field.text());
        let from = before.filter(|_| !self.typing()).unwrap_or(self.from);
        self.at = self.found.iter().position(|found| found.cells[0].0 >= from).unwrap_or(0);
        self.near = None;
        if self.found.is_empty() && self.field.text().chars().count() > 2 {
            let words: BTreeSet<String> = rows.iter().flat_map(|row| words(&row.plain())).collect();
            self.near = nearest(self.field.text().trim(), words.iter().map(String::as_str)).map(str::to_owned);
        }
    }

    /// The first row of the place.
    pub fn row(&self) -> Option<usize> {
        Some(self.found.get(self.at)?.cells[0].0)
    }

    /// What stands in the message row, and where its cursor is.
    pub fn prompt(&self, theme: &Theme) -> (Row, Option<u16>) {
        let text = self.field.text();
        let mut row = Row::text("find ", theme.bold(Role::Accent)).with(text.to_owned(), theme.text(Role::Text));
        let cursor = self.typing().then(|| 5 + self.field.cursor() as u16);
        let said = match (self.found.len(), &self.near) {
            _ if text.is_empty() => String::new(),
            (0, Some(near)) => format!("not here; Enter takes “{near}”"),
            (0, None) => "not here".to_owned(),
            (count, _) => format!("{} of {count}", self.at + 1),
        };
        row.push(if said.is_empty() { "" } else { "   " }, theme.text(Role::Muted));
        row.push(said, theme.text(Role::Muted));
        (row, cursor)
    }

    /// Marks the places on the screen: `area` shows the rows from `scroll` on.
    pub fn mark(&self, scroll: usize, theme: &Theme, area: Rect, buf: &mut Buffer) {
        for (place, found) in self.found.iter().enumerate() {
            for &(row, from, to) in &found.cells {
                let Some(line) = row.checked_sub(scroll).filter(|line| *line < usize::from(area.height)) else {
                    continue;
                };
                let from = from.min(area.width);
                let cells =
                    Rect { x: area.x + from, y: area.y + line as u16, width: to.min(area.width) - from, height: 1 };
                let style = theme.ground(Ground::Selection).add_modifier(Modifier::BOLD);
                buf.set_style(cells, if place == self.at { style.add_modifier(Modifier::REVERSED) } else { style });
            }
        }
    }
}

/// The words of a row, as one would look for them.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| word.chars().count() > 2);
    words.map(str::to_lowercase).collect()
}

/// Where a text stands in some rows, upper and lower case alike. It may go on in the next row of the same block.
fn places(rows: &[Row], query: &str) -> Vec<Found> {
    let query: Vec<char> = fold(query.trim_start()).collect();
    if query.is_empty() {
        return Vec::new();
    }
    // Each character with its cell; between blocks stands one that nobody looks for.
    let mut page: Vec<(char, usize, u16, u16)> = Vec::new();
    let mut block = None;
    for (number, row) in rows.iter().enumerate() {
        let is_new = block != Some(row.block) || row.pieces.is_empty();
        block = Some(row.block);
        page.push((if is_new { '\n' } else { ' ' }, number, 0, 0));
        let mut column = 0;
        let text = row.plain();
        // What stands before wrapped text is no part of it.
        let start = text.find(|c: char| !c.is_whitespace() && c != '▎').unwrap_or(text.len());
        for (at, grapheme) in text.grapheme_indices(true) {
            let end = column + columns(grapheme) as u16;
            if at >= start {
                page.extend(fold(grapheme).map(|c| (c, number, column, end)));
            }
            column = end;
        }
    }
    // Blanks in a row are one, as in the query.
    page.dedup_by(|next, last| next.0 == ' ' && last.0 == ' ');
    let mut found = Vec::new();
    let mut at = 0;
    while at + query.len() <= page.len() {
        if page[at..at + query.len()].iter().map(|(c, ..)| *c).ne(query.iter().copied()) {
            at += 1;
            continue;
        }
        let mut cells: Vec<(usize, u16, u16)> = Vec::new();
        for &(_, row, from, to) in &page[at..at + query.len()] {
            match cells.last_mut() {
                Some(last) if last.0 == row => last.2 = to,
                _ if from == to => {}
                _ => cells.push((row, from, to)),
            }
        }
        if !cells.is_empty() {
            found.push(Found { cells });
        }
        at += query.len();
    }
    found
}

/// Lower case, and each run of blanks one blank.
fn fold(text: &str) -> impl Iterator<Item = char> {
    let mut last = 'x';
    text.chars().flat_map(char::to_lowercase).filter_map(move |c| {
        let c = if c.is_whitespace() { ' ' } else { c };
        let doubled = c == ' ' && last == ' ';
        last = c;
        (!doubled).then_some(c)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn rows(texts: &[(u16, &str)]) -> Vec<Row> {
        texts.iter().map(|(block, text)| Row { block: *block, ..Row::text(*text, Style::new()) }).collect()
    }

    fn cells(texts: &[(u16, &str)], query: &str) -> Vec<Vec<(usize, u16, u16)>> {
        places(&rows(texts), query).into_iter().map(|found| found.cells).collect()
    }

    #[test]
    fn a_text_is_found_in_any_case_and_across_rows() {
        let page = [(0, "The Session is"), (0, "signed, a session"), (1, "not secret")];
        assert_eq!(cells(&page, "session"), [[(0, 4, 11)], [(1, 10, 17)]]);
        assert_eq!(cells(&page, "is signed"), [[(0, 12, 14), (1, 0, 6)]]);
        assert_eq!(cells(&page, "session not"), [[(0, 0, 0); 0]; 0], "another block begins there");
    }

    #[test]
    fn what_hangs_before_wrapped_text_is_no_part_of_it() {
        let page = [(0, "▎ one two"), (0, "▎ three")];
        assert_eq!(cells(&page, "two three"), [[(0, 6, 9), (1, 2, 7)]]);
    }

    #[test]
    fn wide_signs_take_two_columns() {
        assert_eq!(cells(&[(0, "日本 x")], "x"), [[(0, 5, 6)]]);
        assert_eq!(cells(&[(0, "日本 x")], "本"), [[(0, 2, 4)]]);
    }

    #[test]
    fn a_search_goes_on_from_where_the_page_stands() {
        let page = rows(&[(0, "a cookie"), (1, "b"), (2, "a cookie"), (3, "a cookie")]);
        let mut find = Find::begin(1);
        "cookie".chars().for_each(|c| find.typed(Key::char(c)));
        find.look(&page);
        assert_eq!(find.row(), Some(2));
        find.accept();
        find.go(1);
        find.go(1);
        assert_eq!(find.row(), Some(0));
        find.look(&page);
        assert_eq!(find.row(), Some(0), "a new layout keeps the place");
        find.go(-1);
        assert_eq!(find.row(), Some(3));
    }

    #[test]
    fn a_misspelt_word_has_a_near_one() {
        let page = rows(&[(0, "the session is signed")]);
        let mut find = Find::begin(0);
        "sesion".chars().for_each(|c| find.typed(Key::char(c)));
        find.look(&page);
        assert_eq!(find.row(), None);
        find.accept();
        find.look(&page);
        assert_eq!(find.row(), Some(0));
    }
}
