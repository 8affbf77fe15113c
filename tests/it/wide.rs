//! Names in all scripts line up: wide signs, signs of several characters, words that run from right to left.

#[path = "../harness/mod.rs"]
pub mod harness;

use flaskdojo::course::Course;
use flaskdojo::runtime::screen::Screen;
use flaskdojo::tui::theme::Depth;
use flaskdojo::tui::theme::glyphs::Glyphs;
use harness::{Look, PLAIN, Player};
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use std::path::Path;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// One name for each way in which a name can be wide; the last is longer than any row.
const NAMES: [&str; 6] = [
    "日本語のクッキーとセッション、署名と暗号化の違いについて、すべての章のための長い題名",
    "E\u{301}le\u{300}ves et re\u{301}ponses: n\u{303}, o\u{308}, z\u{327}, q\u{323}\u{307}",
    "Crabs 🦀, families 👨\u{200d}👩\u{200d}👧, flags 🇯🇵🇩🇪, thumbs 👍🏽 and hearts ❤\u{fe0f}",
    "עוגיות והפעלות: חתום, לא סודי",
    "ملفات تعريف الارتباط والجلسات",
    "A title of an author who could not stop, and went on and on, until every row of every window was full of it",
];

/// Keys that lead through every screen with names on it, each a screen to look at.
const WAYS: [&str; 8] = ["?", "Esc c", "Right", "g s", "g h Enter", "o Esc w", "Esc : text:a", "Esc ,"];

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (40, 12), (61, 17)];

fn course(name: &str) -> Arc<Course> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/tiny");
    let mut course = flaskdojo::content::load::course(&folder).expect("no mistakes");
    course.outline.title = name.to_owned();
    for module in &mut course.outline.modules {
        module.title = name.to_owned();
        module.summary = name.to_owned();
        module.topics.iter_mut().for_each(|topic| topic.title = name.to_owned());
        for lesson in &mut module.lessons {
            lesson.title = name.to_owned();
        }
    }
    let insides = course.parts.insides.iter_mut().flatten();
    insides.flat_map(|inside| &mut inside.sections).for_each(|section| *section = name.to_owned());
    course.parts.questions.iter_mut().flatten().for_each(|question| question.prompt = name.to_owned());
    Arc::new(course.into_course())
}

/// Every screen there is with this name, at all sizes.
fn screens(name: &str, look: &Look, mut judge: impl FnMut(&str, &Buffer)) {
    for (width, height) in SIZES {
        let size = flaskdojo::tui::message::Size { width, height };
        let mut player = Player::with(course(name), Vec::new(), size, look.clone());
        judge("home", &player.buffer());
        for way in WAYS {
            player.keys(way);
            judge(&format!("“{way}” at {width}x{height}"), &player.buffer());
        }
    }
}

#[test]
fn a_terminal_shows_every_name_where_it_belongs() {
    for name in NAMES {
        screens(name, &PLAIN, |place, buffer| {
            let (width, height) = (buffer.area.width, buffer.area.height);
            let mut bytes = Vec::new();
            let mut terminal = Terminal::new(Screen::new(&mut bytes, Size { width, height })).unwrap();
            terminal.draw(|frame| frame.buffer_mut().clone_from(buffer)).unwrap();
            terminal.backend_mut().flush().unwrap();
            drop(terminal);
            let mut parser = vt100::Parser::new(height.try_into().unwrap(), width.try_into().unwrap(), 0);
            parser.process(&bytes);
            for y in 0..height {
                let mut x = 0;
                while x < width {
                    let symbol = buffer[(x, y)].symbol();
                    let wide = symbol.width().max(1) as u16;
                    let seen = parser.screen().cell(y, x).unwrap();
                    let shown = if seen.has_contents() { seen.contents() } else { " " };
                    // Terminals disagree about signs of several characters; what stands behind them is placed anew.
                    if symbol.chars().count() == 1 {
                        assert_eq!(shown, symbol, "{name}: {place}, row {y}, column {x}");
                    }
                    x += wide;
                }
            }
        });
    }
}

#[test]
fn no_name_reaches_the_edge_or_is_cut_in_half() {
    for name in NAMES {
        screens(name, &PLAIN, |place, buffer| {
            for y in 0..buffer.area.height {
                let last = buffer[(buffer.area.width - 3, y)].symbol();
                assert!(last.width() < 2, "{name}: {place}, row {y}: “{last}” hangs over the edge");
                for x in buffer.area.width - 2..buffer.area.width {
                    let symbol = buffer[(x, y)].symbol();
                    assert_eq!(symbol, " ", "{name}: {place}, row {y}, column {x}");
                }
            }
        });
    }
}

#[test]
fn without_colours_and_signs_everything_is_still_told() {
    let look = Look { depth: Depth::Mono, glyphs: Glyphs::Ascii, ..PLAIN };
    screens("A plain name", &look, |place, buffer| {
        for cell in &buffer.content {
            assert!(cell.symbol().is_ascii(), "{place}: {}", cell.symbol());
            assert_eq!((cell.fg, cell.bg), (ratatui::style::Color::Reset, ratatui::style::Color::Reset), "{place}");
        }
    });
}
