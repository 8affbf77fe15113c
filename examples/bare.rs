//! The least that a ratatui program does: a page at the left, a list at the right. `benches/outside.py` measures
//! flaskdojo beside it, so that a figure says what is ours and what belongs to the terminal and the library.

use ratatui::Frame;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEventKind};
use ratatui::layout::{Constraint, Layout};
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::{Block, List, ListState, Paragraph};

fn main() -> std::io::Result<()> {
    let mut list = ListState::default();
    list.select(Some(0));
    let mut turned = false;
    let mut terminal = ratatui::try_init()?;
    loop {
        terminal.draw(|frame| draw(frame, turned, &mut list))?;
        let Event::Key(key) = event::read()? else { continue };
        if key.kind != KeyEventKind::Press {
            continue;
        }
        match key.code {
            KeyCode::Char('q') => break,
            KeyCode::Down | KeyCode::Char('j') => list.select_next(),
            KeyCode::Up | KeyCode::Char('k') => list.select_previous(),
            KeyCode::Enter => turned = true,
            KeyCode::Esc => turned = false,
            _ => {}
        }
    }
    ratatui::try_restore()
}

fn draw(frame: &mut Frame, turned: bool, list: &mut ListState) {
    let [left, right] =
        Layout::horizontal([Constraint::Percentage(60), Constraint::Percentage(40)]).areas(frame.area());
    let side = if turned { "second" } else { "first" };
    let page: Vec<Line> =
        (1..=20).map(|n| Line::from(format!("{n:>2}  a line of the {side} page to be read"))).collect();
    frame.render_widget(Paragraph::new(page).block(Block::bordered().title("Page")), left);
    let entries = (1..=20).map(|n| format!("entry {n}"));
    let entries = List::new(entries).block(Block::bordered().title("Entries")).highlight_symbol("> ");
    frame.render_stateful_widget(entries.highlight_style(Modifier::REVERSED), right, list);
}
