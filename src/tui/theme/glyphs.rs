//! Signs: which the terminal can show, and what stands for the others.

/// Which signs the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyphs {
    /// Box drawing and a few marks.
    Unicode,
    /// Nothing but ASCII.
    Ascii,
}

/// Signs and what stands for them where there is only ASCII; each is one cell wide.
const ASCII: [(&str, &str); 50] = [
    ("▌", ">"),
    ("▎", "|"),
    ("━", "="),
    ("─", "-"),
    ("│", "|"),
    ("┌", "+"),
    ("┐", "+"),
    ("└", "+"),
    ("┘", "+"),
    ("├", "+"),
    ("┤", "+"),
    ("┬", "+"),
    ("┴", "+"),
    ("┼", "+"),
    ("█", "#"),
    ("░", ":"),
    ("▒", "+"),
    ("▓", "%"),
    ("▁", "1"),
    ("▂", "2"),
    ("▃", "3"),
    ("▄", "4"),
    ("▅", "5"),
    ("▆", "6"),
    ("▇", "7"),
    ("✓", "+"),
    ("✗", "x"),
    ("•", "*"),
    ("·", "."),
    ("▸", ">"),
    ("▾", "v"),
    ("◂", "<"),
    ("≡", "="),
    ("○", "o"),
    ("■", "#"),
    ("□", "_"),
    ("◆", "?"),
    ("×", "x"),
    ("›", ">"),
    ("»", ">"),
    ("↑", "^"),
    ("↓", "v"),
    ("←", "<"),
    ("→", ">"),
    ("…", "~"),
    ("−", "-"),
    ("–", "-"),
    ("“", "\""),
    ("”", "\""),
    ("’", "'"),
];

/// What to show for a cell's sign where there is only ASCII; `?` for what has no stand-in.
pub fn ascii(symbol: &str) -> &str {
    if symbol.is_ascii() {
        return symbol;
    }
    ASCII.iter().find(|(sign, _)| *sign == symbol).map_or("?", |(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_has_a_stand_in_of_one_cell() {
        for (sign, plain) in ASCII {
            assert_eq!(ascii(sign), plain);
            assert_eq!(plain.len(), 1);
            assert_eq!(unicode_width::UnicodeWidthStr::width(sign), 1, "{sign}");
        }
        assert_eq!(ascii("日"), "?");
    }
}
