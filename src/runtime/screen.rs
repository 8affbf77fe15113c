//! Cells as bytes for a terminal: few of them, and each frame in a single write.
//!
//! ratatui's own backend resets all colours after every frame, hides a cursor that is hidden and asks the system for the
//! window's size each time. This one remembers what the terminal was told, so that a frame without changes is no byte.

use crate::tui::link;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Draws cells onto a terminal behind a writer.
pub struct Screen<W> {
    out: W,
    /// What is to be written at the next flush.
    pending: Vec<u8>,
    size: Size,
    /// Where the terminal's cursor is, as far as that is sure.
    at: Option<Position>,
    /// What the terminal draws in, if that is known.
    pen: Option<Pen>,
    cursor_shown: Option<bool>,
    /// The addresses that cells may belong to; empty where the terminal would show them.
    links: Vec<String>,
    hyperlinks: Hyperlinks,
    /// The place of the address that is being written.
    link: Option<usize>,
}

/// Whether a terminal knows of addresses behind text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hyperlinks {
    /// It does, or passes over what it does not know.
    Yes,
    /// It would show them.
    No,
}

/// How the next cell would look.
#[derive(Clone, Copy, PartialEq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

/// Modifiers with the number that switches each on. Bold and dim share one that switches them off.
const MODIFIERS: [(Modifier, &str); 8] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

impl<W: Write> Screen<W> {
    /// A screen of this size, about whose terminal nothing is known yet.
    pub fn new(out: W, size: Size) -> Screen<W> {
        Screen {
            out,
            pending: Vec::with_capacity(16 * 1024),
            size,
            at: None,
            pen: None,
            cursor_shown: None,
            links: Vec::new(),
            hyperlinks: Hyperlinks::No,
            link: None,
        }
    }

    /// The window's size, as it was told last.
    pub fn window(&self) -> Size {
        self.size
    }

    /// The window has another size now.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// Whether the terminal is told of addresses from now on.
    pub fn tell_links(&mut self, hyperlinks: Hyperlinks) {
        self.hyperlinks = hyperlinks;
    }

    /// The addresses that cells of the next frame may belong to. True if cells on the screen belong to others, so that
    /// they must be drawn anew.
    pub fn set_links(&mut self, links: &[String]) -> bool {
        if self.hyperlinks == Hyperlinks::No || self.links == links {
            return false;
        }
        let others = !self.links.is_empty() && !links.is_empty();
        self.links = links.to_vec();
        others
    }

    /// Somebody else wrote to the terminal: nothing is known of it any more.
    pub fn forget(&mut self) {
        (self.at, self.pen, self.cursor_shown) = (None, None, None);
    }

    /// Bytes that change neither cells nor colours nor the cursor, at the next flush.
    pub fn queue(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    fn go_to(&mut self, to: Position) {
        match self.at {
            Some(at) if at == to => return,
            Some(at) if at.y == to.y && at.x < to.x => match to.x - at.x {
                1 => self.queue(b"\x1b[C"),
                columns => self.put(format_args!("\x1b[{columns}C")),
            },
            _ => self.put(format_args!("\x1b[{};{}H", to.y + 1, to.x + 1)),
        }
        self.at = Some(to);
    }

    fn draw_in(&mut self, wanted: Pen) {
        if self.pen == Some(wanted) {
            return;
        }
        self.queue(b"\x1b[");
        let known = self.pen.filter(|pen| wanted.modifier.contains(pen.modifier));
        // What is switched on beside the wanted is switched off with everything else: that is shortest.
        let now = known.unwrap_or_else(|| {
            self.queue(b"0;");
            PLAIN
        });
        for (modifier, on) in MODIFIERS {
            if wanted.modifier.contains(modifier) && !now.modifier.contains(modifier) {
                self.put(format_args!("{on};"));
            }
        }
        if wanted.fg != now.fg {
            self.colour(wanted.fg, 30);
        }
        if wanted.bg != now.bg {
            self.colour(wanted.bg, 40);
        }
        // The last semicolon becomes the end.
        if let Some(last) = self.pending.last_mut() {
            *last = b'm';
        }
        self.pen = Some(wanted);
    }

    /// A colour's numbers: 30 for text, 40 for the ground, with a semicolon at the end.
    fn colour(&mut self, colour: Color, base: u8) {
        let plain = match colour {
            Color::Reset => 9,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 60,
            Color::LightRed => 61,
            Color::LightGreen => 62,
            Color::LightYellow => 63,
            Color::LightBlue => 64,
            Color::LightMagenta => 65,
            Color::LightCyan => 66,
            Color::White => 67,
            Color::Indexed(index) => return self.put(format_args!("{};5;{index};", base + 8)),
            Color::Rgb(red, green, blue) => {
                return self.put(format_args!("{};2;{red};{green};{blue};", base + 8));
            }
        };
        self.put(format_args!("{};", base + plain));
    }

    /// What is written next belongs to this address.
    fn belong_to(&mut self, link: Option<usize>) {
        if self.link == link {
            return;
        }
        self.link = link;
        let address = link.and_then(|place| self.links.get(place));
        let sequence = format!("\x1b]8;;{}\x1b\\", address.map_or("", String::as_str));
        self.queue(sequence.as_bytes());
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a vector cannot fail.
        let _ = self.pending.write_fmt(text);
    }

    fn show(&mut self, shown: bool) {
        if self.cursor_shown != Some(shown) {
            self.queue(if shown { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.cursor_shown = Some(shown);
        }
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        for (x, y, cell) in content {
            self.go_to(Position { x, y });
            self.draw_in(Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier & Modifier::all() });
            self.belong_to(link::place(cell.modifier).filter(|place| *place < self.links.len()));
            let symbol = cell.symbol();
            self.queue(symbol.as_bytes());
            // Terminals disagree about the width of some signs, and about where the cursor stands at the right edge.
            let sure = (symbol.is_ascii() || symbol.width() == 1) && x + 1 < self.size.width;
            self.at = sure.then_some(Position { x: x + 1, y });
        }
        self.belong_to(None);
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Only drawing inside a scrolling terminal needs the true place, which would mean asking the terminal.
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        // What is cleared takes the colour of the pen.
        self.draw_in(PLAIN);
        self.queue(match clear_type {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[0J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[0K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let written = self.out.write_all(&self.pending).and_then(|()| self.out.flush());
        self.pending.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const SIZE: Size = Size { width: 12, height: 4 };

    /// A terminal that understood every byte, and what ratatui believes to be on it.
    fn shown(frames: &[Vec<(u16, u16, &'static str, Style)>]) -> (vt100::Parser, Buffer, Vec<usize>) {
        let mut bytes = Vec::new();
        let mut lengths = Vec::new();
        let mut last = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
        let mut terminal = Terminal::new(Screen::new(&mut bytes, SIZE)).unwrap();
        for frame in frames {
            let completed = terminal
                .draw(|f| frame.iter().for_each(|(x, y, text, style)| f.buffer_mut().set_string(*x, *y, text, *style)))
                .unwrap();
            last = completed.buffer.clone();
            lengths.push(terminal.backend().out.len());
        }
        drop(terminal);
        let mut parser = vt100::Parser::new(SIZE.height.try_into().unwrap(), SIZE.width.try_into().unwrap(), 0);
        parser.process(&bytes);
        (parser, last, lengths)
    }

    fn colour(colour: Color) -> vt100::Color {
        match colour {
            Color::Reset => vt100::Color::Default,
            Color::Red => vt100::Color::Idx(1),
            Color::White => vt100::Color::Idx(15),
            Color::Indexed(index) => vt100::Color::Idx(index),
            Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
            other => panic!("not used here: {other:?}"),
        }
    }

    fn styles() -> impl Strategy<Value = Style> {
        let colours = [Color::Reset, Color::Red, Color::White, Color::Indexed(117), Color::Rgb(20, 23, 28)];
        let colour = move || prop::sample::select(colours.to_vec());
        let modifiers =
            [Modifier::empty(), Modifier::BOLD, Modifier::REVERSED, Modifier::UNDERLINED | Modifier::ITALIC];
        let modifier = prop::sample::select(modifiers.to_vec());
        (colour(), colour(), modifier).prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
    }

    proptest! {
        #[test]
        fn a_terminal_shows_exactly_what_was_drawn(
            frames in prop::collection::vec(prop::collection::vec(
                (0..SIZE.width, 0..SIZE.height, prop::sample::select(vec!["a", "xyz", "─│", "日本", "", "  "]), styles()),
                0..8,
            ), 1..5),
        ) {
            // What becomes of half a wide sign when something covers the other is a matter of ratatui and of terminals:
            // here, wide signs have a row and columns of their own.
            let mut frames = frames;
            for (x, y, text, _) in frames.iter_mut().flatten() {
                (*x, *y) = if *text == "日本" { (*x & !1, 0) } else { (*x, (*y).max(1)) };
            }
            let (parser, buffer, _) = shown(&frames);
            for y in 0..SIZE.height {
                for x in 0..SIZE.width {
                    let cell = &buffer[(x, y)];
                    let seen = parser.screen().cell(y, x).unwrap();
                    if seen.is_wide_continuation() {
                        continue;
                    }
                    let symbol = if seen.has_contents() { seen.contents() } else { " " };
                    prop_assert_eq!(symbol, cell.symbol(), "at {},{}", x, y);
                    prop_assert_eq!(seen.fgcolor(), colour(cell.fg));
                    prop_assert_eq!(seen.bgcolor(), colour(cell.bg));
                    prop_assert_eq!(seen.bold(), cell.modifier.contains(Modifier::BOLD));
                    prop_assert_eq!(seen.inverse(), cell.modifier.contains(Modifier::REVERSED));
                    prop_assert_eq!(seen.underline(), cell.modifier.contains(Modifier::UNDERLINED));
                    prop_assert_eq!(seen.italic(), cell.modifier.contains(Modifier::ITALIC));
                }
            }
        }
    }

    #[test]
    fn a_frame_without_changes_is_no_byte() {
        let frame = vec![(0, 0, "hello", Style::new().fg(Color::Red))];
        let (_, _, lengths) = shown(&[frame.clone(), frame]);
        assert!(lengths[0] > 0);
        assert_eq!(lengths[0], lengths[1]);
    }

    #[test]
    fn a_link_begins_and_ends_with_its_cells() {
        let mut bytes = Vec::new();
        let mut screen = Screen::new(&mut bytes, SIZE);
        screen.tell_links(Hyperlinks::Yes);
        assert!(!screen.set_links(&["https://a.example".to_owned()]), "nothing on the screen belongs to another");
        let mut linked = Cell::new("a");
        linked.set_style(link::mark(Style::new(), 0));
        let plain = Cell::new("b");
        screen.draw([(0, 0, &linked), (1, 0, &linked), (2, 0, &plain), (3, 0, &linked)].into_iter()).unwrap();
        assert!(screen.set_links(&["https://b.example".to_owned()]));
        screen.flush().unwrap();
        let open = "\x1b]8;;https://a.example\x1b\\";
        let close = "\x1b]8;;\x1b\\";
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, format!("\x1b[1;1H\x1b[0m{open}aa{close}b{open}a{close}"));
    }

    #[test]
    fn who_would_show_an_address_hears_of_none() {
        let mut bytes = Vec::new();
        let mut screen = Screen::new(&mut bytes, SIZE);
        screen.set_links(&["https://a.example".to_owned()]);
        let mut linked = Cell::new("a");
        linked.set_style(link::mark(Style::new(), 0));
        screen.draw([(0, 0, &linked)].into_iter()).unwrap();
        screen.flush().unwrap();
        assert_eq!(bytes, b"\x1b[1;1H\x1b[0ma");
    }

    #[test]
    fn after_forgetting_everything_is_said_anew() {
        let mut bytes = Vec::new();
        let mut screen = Screen::new(&mut bytes, SIZE);
        let mut cell = Cell::new("a");
        cell.set_fg(Color::Red);
        for _ in 0..2 {
            screen.draw([(2, 1, &cell)].into_iter()).unwrap();
            screen.hide_cursor().unwrap();
            screen.flush().unwrap();
            screen.forget();
        }
        let once = b"\x1b[2;3H\x1b[0;31ma\x1b[?25l";
        assert_eq!(bytes, [&once[..], &once[..]].concat());
    }
}
