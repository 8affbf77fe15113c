//! What the Windows console reports, by way of crossterm. It knows neither backgrounds nor focus.

use super::paste::clean;
use crate::runtime::happening::{Cause, Happening};
use crate::runtime::thread;
use crate::tui::message::{Code, Key, Message, Mouse, MouseDid, Size};
use ratatui::crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use std::io;
use std::sync::mpsc::Sender;

/// Where the keys come from.
pub struct Input;

const STACK_BYTES: usize = 128 * 1024;

impl Input {
    /// The console.
    pub fn open() -> io::Result<Input> {
        Ok(Input)
    }

    /// Nothing is taken before the screens are there.
    pub fn so_far(&mut self) -> Vec<Message> {
        Vec::new()
    }

    /// Starts the thread that tells what it sends.
    pub fn watch(self, tell: Sender<Happening>) -> io::Result<()> {
        let work = move || {
            loop {
                let happening = match event::read() {
                    Ok(event) => message(event).map(Happening::Message),
                    Err(_) => Some(Happening::End(Cause::NoTerminal)),
                };
                let last = matches!(happening, Some(Happening::End(_)));
                if happening.is_some_and(|happening| tell.send(happening).is_err()) || last {
                    return;
                }
            }
        };
        thread::start("input", STACK_BYTES, work).map(drop)
    }
}

/// The message for an event; `None` for what no screen wants to hear of.
fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) => key(event).map(Message::Key),
        Event::Mouse(event) => mouse(event).map(Message::Mouse),
        Event::Paste(text) => Some(Message::Paste(clean(&text))),
        Event::Resize(width, height) => Some(Message::Resize(Size { width, height })),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    // Windows reports when a key is let go; a key that is held repeats as presses elsewhere.
    if event.kind == KeyEventKind::Release {
        return None;
    }
    if event.modifiers.intersects(KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META) {
        return None;
    }
    let mut ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let mut alt = event.modifiers.contains(KeyModifiers::ALT);
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        // AltGr is Ctrl and Alt on Windows, and makes signs such as `{` and `@`.
        KeyCode::Char(c) if ctrl && alt && !c.is_alphanumeric() && c != ' ' => {
            (ctrl, alt) = (false, false);
            Code::Char(c)
        }
        KeyCode::Char(c) if ctrl => Code::Char(c.to_ascii_lowercase()),
        KeyCode::Char(c) if shift && c.is_ascii_lowercase() => Code::Char(c.to_ascii_uppercase()),
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab if shift => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number @ 1..=12) => Code::F(number),
        _ => return None,
    };
    Some(Key { code, ctrl, alt })
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let did = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseDid::Press,
        MouseEventKind::Drag(MouseButton::Left) => MouseDid::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseDid::Release,
        MouseEventKind::ScrollUp => MouseDid::WheelUp,
        MouseEventKind::ScrollDown => MouseDid::WheelDown,
        _ => return None,
    };
    Some(Mouse { did, column: event.column, row: event.row })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::crossterm::event::KeyEventState;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        key(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn keys_come_with_what_was_held() {
        let none = KeyModifiers::NONE;
        assert_eq!(pressed(KeyCode::Char('j'), none), Some(Key::char('j')));
        assert_eq!(pressed(KeyCode::Char('G'), KeyModifiers::SHIFT), Some(Key::char('G')));
        assert_eq!(pressed(KeyCode::Char('g'), KeyModifiers::SHIFT), Some(Key::char('G')));
        assert_eq!(pressed(KeyCode::Char('C'), KeyModifiers::CONTROL), Some(Key::ctrl('c')));
        let alt = Key { code: Code::Char('x'), ctrl: false, alt: true };
        assert_eq!(pressed(KeyCode::Char('x'), KeyModifiers::ALT), Some(alt));
        assert_eq!(pressed(KeyCode::Tab, KeyModifiers::SHIFT), Some(Key::code(Code::BackTab)));
        assert_eq!(pressed(KeyCode::F(12), none), Some(Key::code(Code::F(12))));
        assert_eq!(pressed(KeyCode::F(13), none), None);
        assert_eq!(pressed(KeyCode::Char('a'), KeyModifiers::SUPER), None);
    }

    #[test]
    fn alt_gr_makes_signs() {
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        assert_eq!(pressed(KeyCode::Char('{'), alt_gr), Some(Key::char('{')));
        let both = Key { code: Code::Char('a'), ctrl: true, alt: true };
        assert_eq!(pressed(KeyCode::Char('a'), alt_gr), Some(both));
    }

    #[test]
    fn a_held_key_repeats_and_a_released_one_says_nothing() {
        let event =
            |kind| KeyEvent { code: KeyCode::Down, modifiers: KeyModifiers::NONE, kind, state: KeyEventState::NONE };
        assert_eq!(key(event(KeyEventKind::Repeat)), Some(Key::code(Code::Down)));
        assert_eq!(key(event(KeyEventKind::Release)), None);
    }

    #[test]
    fn pasted_text_cannot_act_on_the_terminal() {
        let pasted = message(Event::Paste("a\r\nb\rc\td\u{1b}[31m\u{7}\u{9b}".to_owned()));
        assert_eq!(pasted, Some(Message::Paste("a\nb\nc\td[31m".to_owned())));
    }

    #[test]
    fn of_the_mouse_only_the_left_button_and_the_wheel_count() {
        let event = |kind| MouseEvent { kind, column: 3, row: 4, modifiers: KeyModifiers::NONE };
        let expected = Mouse { did: MouseDid::WheelDown, column: 3, row: 4 };
        assert_eq!(mouse(event(MouseEventKind::ScrollDown)), Some(expected));
        assert!(mouse(event(MouseEventKind::Down(MouseButton::Left))).is_some());
        for silent in [MouseEventKind::Moved, MouseEventKind::Down(MouseButton::Right)] {
            assert_eq!(mouse(event(silent)), None);
        }
    }
}
