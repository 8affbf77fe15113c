//! Bytes of a terminal as keys, clicks and answers.
//!
//! A terminal has no protocol to speak of: a key is a byte, a character, or a sequence that begins like the Escape key.
//! What is not understood is dropped whole, never taken for typed text.

use super::paste::clean;
use crate::tui::message::{Code, Key, Mouse, MouseDid};
use std::time::Duration;

/// What a terminal said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A key, and the character it would be in a text.
    Key(Key),
    /// The mouse.
    Mouse(Mouse),
    /// Text that the terminal says was pasted.
    Paste(String),
    /// The window is in front, or no longer.
    Focus(bool),
    /// The colour of the background, as `0xRRGGBB`.
    Painted(u32),
}

/// How long the Escape key alone is told from the beginning of a sequence.
const LONE: Duration = Duration::from_millis(25);
/// The same for two bytes that could be Alt and a key; a slow line may part them.
const PAIR: Duration = Duration::from_millis(100);
/// How long the rest of anything else is waited for.
const REST: Duration = Duration::from_secs(2);
/// The longest paste that is taken in.
const PASTE_MAX: usize = 1 << 20;
/// The longest sequence that is waited for.
const SEQUENCE_MAX: usize = 4096;

const PASTE_END: &[u8] = b"\x1b[201~";

/// Takes bytes in as they come.
#[derive(Debug, Default)]
pub struct Parser {
    bytes: Vec<u8>,
    /// What was pasted so far, while a paste is under way.
    paste: Option<Vec<u8>>,
}

/// What stands at the beginning of some bytes.
enum Parsed {
    /// Something, in so many bytes.
    Whole(Option<Heard>, usize),
    /// A paste begins behind so many bytes.
    Paste(usize),
    /// Not enough to say.
    Part,
}

impl Parser {
    /// Takes bytes in; adds what they say.
    pub fn feed(&mut self, bytes: &[u8], heard: &mut Vec<Heard>) {
        self.bytes.extend_from_slice(bytes);
        loop {
            if self.paste.is_some() && !self.pasted(heard) {
                return;
            }
            match parse(&self.bytes) {
                Parsed::Whole(said, length) => {
                    heard.extend(said);
                    self.bytes.drain(..length.max(1));
                }
                Parsed::Paste(length) => {
                    self.bytes.drain(..length);
                    self.paste = Some(Vec::new());
                }
                Parsed::Part if self.bytes.len() > SEQUENCE_MAX => self.bytes.clear(),
                Parsed::Part => return,
            }
        }
    }

    /// How long to wait for more before [`Parser::give_up`]; `None` when nothing is open.
    pub fn patience(&self) -> Option<Duration> {
        match (self.paste.is_some(), self.bytes.as_slice()) {
            (true, _) => Some(REST),
            (false, []) => None,
            (false, [ESC]) => Some(LONE),
            (false, [ESC, _]) => Some(PAIR),
            (false, _) => Some(REST),
        }
    }

    /// Nothing more has come: what is open is the Escape key, or Alt and a key, or nothing that could be understood.
    pub fn give_up(&mut self, heard: &mut Vec<Heard>) {
        if let Some(mut text) = self.paste.take() {
            text.append(&mut self.bytes);
            heard.push(Heard::Paste(clean(&String::from_utf8_lossy(&text))));
        }
        match std::mem::take(&mut self.bytes).as_slice() {
            [ESC] => heard.push(Heard::Key(Key::code(Code::Esc))),
            [ESC, byte] if byte.is_ascii_graphic() => {
                heard.push(Heard::Key(Key { alt: true, ..Key::char(char::from(*byte)) }));
            }
            _ => {}
        }
    }

    /// Takes pasted text in. False while its end has not come.
    fn pasted(&mut self, heard: &mut Vec<Heard>) -> bool {
        let Some(text) = &mut self.paste else { return true };
        let end = self.bytes.windows(PASTE_END.len()).position(|bytes| bytes == PASTE_END);
        // The end may come in two pieces: its first bytes are not text yet.
        let sure = end.unwrap_or_else(|| self.bytes.len().saturating_sub(PASTE_END.len() - 1));
        let room = PASTE_MAX.saturating_sub(text.len());
        text.extend(self.bytes.drain(..sure).take(room));
        if end.is_none() {
            return false;
        }
        self.bytes.drain(..PASTE_END.len());
        let text = self.paste.take().unwrap_or_default();
        heard.push(Heard::Paste(clean(&String::from_utf8_lossy(&text))));
        true
    }
}

const ESC: u8 = 0x1b;

fn parse(bytes: &[u8]) -> Parsed {
    match bytes {
        [] => Parsed::Part,
        [ESC, rest @ ..] => escaped(rest),
        [byte, ..] if *byte < 0x20 || *byte == 0x7f => Parsed::Whole(control(*byte).map(Heard::Key), 1),
        _ => match character(bytes) {
            Some((c, length)) => Parsed::Whole(c.map(|c| Heard::Key(Key::char(c))), length),
            None => Parsed::Part,
        },
    }
}

/// The character at the beginning; none for a byte that is no text. `None` if more bytes belong to it.
fn character(bytes: &[u8]) -> Option<(Option<char>, usize)> {
    let length = match bytes.first()? {
        0x00..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Some((None, 1)),
    };
    let there = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(there) {
        Ok(text) if there.len() == length => Some((text.chars().next().filter(|c| !c.is_control()), length)),
        Ok(_) => None,
        Err(error) if error.error_len().is_none() => None,
        Err(error) => Some((None, error.error_len().unwrap_or(1))),
    }
}

/// A control character.
fn control(byte: u8) -> Option<Key> {
    Some(match byte {
        b'\r' | b'\n' => Key::code(Code::Enter),
        b'\t' => Key::code(Code::Tab),
        // Terminals disagree about which of the two the key is.
        0x08 | 0x7f => Key::code(Code::Backspace),
        0x01..=0x1a => Key::ctrl(char::from(byte - 1 + b'a')),
        _ => return None,
    })
}

/// What stands behind the first ESC.
fn escaped(rest: &[u8]) -> Parsed {
    let longer = |parsed| match parsed {
        Parsed::Whole(heard, length) => Parsed::Whole(heard, length + 1),
        Parsed::Paste(length) => Parsed::Paste(length + 1),
        Parsed::Part => Parsed::Part,
    };
    longer(match rest {
        [] => Parsed::Part,
        [b'[', rest @ ..] => longer(sequence(rest)),
        [b'O', rest @ ..] => match rest {
            [] => Parsed::Part,
            [last, ..] => Parsed::Whole(named(*last, 1).map(Heard::Key), 2),
        },
        [b']', rest @ ..] => match terminated(rest) {
            Some((text, length)) => Parsed::Whole(painted(text).map(Heard::Painted), length + 1),
            None => Parsed::Part,
        },
        // Answers that nobody asked for.
        [b'P' | b'X' | b'^' | b'_', rest @ ..] => match terminated(rest) {
            Some((_, length)) => Parsed::Whole(None, length + 1),
            None => Parsed::Part,
        },
        // Two presses of Escape, or Alt and a key that is itself a sequence.
        [ESC, b'[' | b'O', ..] => match escaped(&rest[1..]) {
            Parsed::Whole(Some(Heard::Key(key)), length) => {
                Parsed::Whole(Some(Heard::Key(Key { alt: true, ..key })), length)
            }
            other => other,
        },
        [ESC, ..] => Parsed::Whole(Some(Heard::Key(Key::code(Code::Esc))), 0),
        [byte, ..] if *byte < 0x20 || *byte == 0x7f => {
            Parsed::Whole(control(*byte).map(|key| Heard::Key(Key { alt: true, ..key })), 1)
        }
        _ => match character(rest) {
            Some((c, length)) => Parsed::Whole(c.map(|c| Heard::Key(Key { alt: true, ..Key::char(c) })), length),
            None => Parsed::Part,
        },
    })
}

/// A text up to BEL or ESC \, and how many bytes it takes with its end. Another ESC ends it, too.
fn terminated(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let end = bytes.iter().position(|byte| matches!(*byte, 0x07 | ESC | 0x18 | 0x1a))?;
    match bytes[end..] {
        [ESC] => None,
        [ESC, b'\\', ..] => Some((&bytes[..end], end + 2)),
        [ESC, ..] => Some((&bytes[..end], end)),
        _ => Some((&bytes[..end], end + 1)),
    }
}

/// `11;rgb:1414/1717/1c1c`, with one to four digits for each.
fn painted(text: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(text).ok()?.strip_prefix("11;rgb")?;
    let (_, channels) = text.split_once(':')?;
    let mut colour = 0;
    let mut count = 0;
    for channel in channels.split('/').take(3) {
        let most =
            16u32.checked_pow(u32::try_from(channel.len()).ok()?).filter(|_| (1..=4).contains(&channel.len()))?;
        let value = u32::from_str_radix(channel, 16).ok()?;
        colour = (colour << 8) | (value * 255 / (most - 1));
        count += 1;
    }
    (count == 3).then_some(colour)
}

/// What stands behind `ESC [`.
fn sequence(bytes: &[u8]) -> Parsed {
    // The Linux console: F1 to F5.
    if let [b'[', rest @ ..] = bytes {
        return match rest {
            [] => Parsed::Part,
            [last @ b'A'..=b'E', ..] => Parsed::Whole(Some(Heard::Key(Key::code(Code::F(last - b'A' + 1)))), 2),
            _ => Parsed::Whole(None, 2),
        };
    }
    // Before there were better ways, a click was three bytes behind an M.
    if let [b'M', rest @ ..] = bytes {
        return match rest {
            [button, column, row, ..] => {
                let cell = |byte: u8| u16::from(byte.saturating_sub(33));
                let release = button & 3 == 3 && button & 64 == 0;
                let heard = mouse(u16::from(button.saturating_sub(32)), cell(*column), cell(*row), release);
                Parsed::Whole(heard, 4)
            }
            _ => Parsed::Part,
        };
    }
    let Some(end) = bytes.iter().position(|byte| !matches!(byte, 0x20..=0x3f)) else { return Parsed::Part };
    let (parameters, last) = (&bytes[..end], bytes[end]);
    if !matches!(last, 0x40..=0x7e) {
        // Broken off: what comes now is something new.
        return Parsed::Whole(None, end);
    }
    let length = end + 1;
    let (sign, parameters) = match parameters {
        [sign @ b'<'..=b'?', rest @ ..] => (Some(*sign), rest),
        rest => (None, rest),
    };
    let Ok(text) = std::str::from_utf8(parameters) else { return Parsed::Whole(None, length) };
    // A number may have others behind a colon: of the second one, that is whether the key came up again.
    let mut released = false;
    let numbers: Vec<u32> = text
        .split(';')
        .enumerate()
        .map(|(place, number)| {
            let mut parts = number.split(':');
            let first = parts.next().and_then(|number| number.parse().ok()).unwrap_or(0);
            released |= place == 1 && parts.next() == Some("3");
            first
        })
        .collect();
    let number = |place: usize| numbers.get(place).copied().unwrap_or(0);
    if released {
        return Parsed::Whole(None, length);
    }
    let heard = match (sign, last) {
        (Some(b'<'), b'M' | b'm') => {
            let cell = |number: u32| u16::try_from(number.saturating_sub(1)).unwrap_or(u16::MAX);
            mouse(u16::try_from(number(0)).unwrap_or(u16::MAX), cell(number(1)), cell(number(2)), last == b'm')
        }
        (None, b'~') if number(0) == 200 => return Parsed::Paste(length),
        (None, b'~') if number(0) == 27 => coded(number(2), number(1)).map(Heard::Key),
        (None, b'~') => numbered(number(0)).and_then(|code| held(code, number(1))).map(Heard::Key),
        (None, b'u') => coded(number(0), number(1)).map(Heard::Key),
        (None, b'I') => Some(Heard::Focus(true)),
        (None, b'O') => Some(Heard::Focus(false)),
        (None, last) => named(last, number(1)).map(Heard::Key),
        (Some(_), _) => None,
    };
    Parsed::Whole(heard, length)
}

/// A key by the letter that ends its sequence.
fn named(last: u8, modifiers: u32) -> Option<Key> {
    let code = match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'Z' => return Some(Key::code(Code::BackTab)),
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        // Enter on a keypad that sends its own sequences.
        b'M' => Code::Enter,
        _ => return None,
    };
    held(code, modifiers)
}

/// A key by its number before `~`.
fn numbered(number: u32) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number as u8 - 10),
        17..=21 => Code::F(number as u8 - 11),
        23 | 24 => Code::F(number as u8 - 12),
        _ => return None,
    })
}

/// A key by its character's number, as newer terminals report it.
fn coded(number: u32, modifiers: u32) -> Option<Key> {
    let shift = modifiers.saturating_sub(1) & 1 == 1;
    let code = match number {
        9 if shift => Code::BackTab,
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        _ => match char::from_u32(number).filter(|c| !c.is_control())? {
            // Keys that are no characters have numbers for private use.
            '\u{e000}'..='\u{f8ff}' => return None,
            c if shift => Code::Char(c.to_uppercase().next()?),
            c => Code::Char(c),
        },
    };
    held(code, modifiers)
}

/// A key with what was held beside it; `None` with keys that belong to the desktop.
fn held(code: Code, modifiers: u32) -> Option<Key> {
    let held = modifiers.saturating_sub(1);
    // Caps lock and Num lock are 64 and 128.
    (held & 0b11_1000 == 0).then_some(Key { code, alt: held & 2 != 0, ctrl: held & 4 != 0 })
}

fn mouse(button: u16, column: u16, row: u16, release: bool) -> Option<Heard> {
    let moved = button & 32 != 0;
    let did = match (button & !(4 | 8 | 16 | 32), moved, release) {
        (64, _, false) => MouseDid::WheelUp,
        (65, _, false) => MouseDid::WheelDown,
        (0, false, false) => MouseDid::Press,
        (0, true, false) => MouseDid::Drag,
        (0 | 3, _, true) => MouseDid::Release,
        _ => return None,
    };
    Some(Heard::Mouse(Mouse { did, column, row }))
}

#[cfg(test)]
mod tests;
