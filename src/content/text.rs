//! From the bytes of a file to its text: UTF-8 without a byte order mark, with `\n` at line ends and no character that
//! would do something to a terminal or look like another.

use super::locate::Slip;
use crate::fault::FaultCode;

/// The largest file, in bytes. Nobody writes so much by hand.
pub const SIZE_MAX: usize = 1024 * 1024;

/// The text, and what is wrong with it.
pub fn read(bytes: &[u8]) -> (String, Vec<Slip>) {
    if bytes.len() > SIZE_MAX {
        let what = "this file is larger than 1 MiB";
        return (String::new(), vec![Slip::new(FaultCode::TooBig, 0..0, what, "split it, or remove what isn't text")]);
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = text.replace("\r\n", "\n");
            let slips = unwanted(&text);
            (text, slips)
        }
        Err(error) => {
            let good = &bytes[..error.valid_up_to()];
            let text = String::from_utf8_lossy(good).replace("\r\n", "\n");
            let bad = bytes[good.len()];
            let what = format!("the byte 0x{bad:02x} here is not UTF-8");
            let at = text.len()..text.len();
            (text, vec![Slip::new(FaultCode::Encoding, at, what, "save the file as UTF-8")])
        }
    }
}

/// Whether courses may hold this character. Line ends are looked at elsewhere.
pub fn is_wanted(c: char) -> bool {
    let turns_text = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_unseen = matches!(c, '\u{feff}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{ad}');
    !c.is_control() && !turns_text && !is_unseen
}

/// How an unwanted character is named in a message.
pub fn name_of(c: char) -> String {
    match c {
        '\t' => "a tab".to_owned(),
        '\u{1b}' => "an escape character".to_owned(),
        c if c.is_control() => format!("the control character U+{:04X}", u32::from(c)),
        c => format!("the invisible character U+{:04X}", u32::from(c)),
    }
}

/// One slip for each line with unwanted characters, at the first of them.
fn unwanted(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let found = line.char_indices().find(|(_, c)| *c != '\n' && !is_wanted(*c));
        if let Some((at, c)) = found {
            let span = start + at..start + at + c.len_utf8();
            let (code, mend) = match c {
                '\t' => (FaultCode::Tab, "write blanks instead"),
                _ => (FaultCode::ControlCharacter, "remove it"),
            };
            slips.push(Slip::new(code, span, format!("{} stands here", name_of(c)), mend));
        }
        start += line.len();
    }
    slips
}
