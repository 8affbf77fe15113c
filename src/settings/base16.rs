//! Colour schemes in the form that many programs share: a file with sixteen colours, `base00` to `base0F`.

/// The sixteen colours, as `0xRRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base16(pub [u32; 16]);

/// Reads a scheme: lines such as `base0A: "#f7ca88"`, whatever stands around them. Says which colour is missing or is none.
pub fn read(text: &str) -> Result<Base16, String> {
    let mut colours = [None; 16];
    for line in text.lines() {
        let Some((name, value)) = line.split_once([':', '=']) else { continue };
        let name = name.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
        let Some(place) = name.strip_prefix("base0").filter(|digit| digit.len() == 1) else { continue };
        let Ok(place) = usize::from_str_radix(place, 16) else { continue };
        let value = value.trim();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => value[1..].split(quote).next().unwrap_or(""),
            None => value.split_whitespace().next().unwrap_or(""),
        };
        let hex = value.strip_prefix('#').unwrap_or(value);
        let colour = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6);
        colours[place] = Some(colour.ok_or_else(|| format!("“{value}” is no colour (base0{place:X})"))?);
    }
    let mut whole = [0; 16];
    for (place, colour) in colours.into_iter().enumerate() {
        whole[place] = colour.ok_or_else(|| format!("base0{place:X} is missing: a base16 file has 16 colours"))?;
    }
    Ok(Base16(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(line: impl Fn(usize) -> String) -> String {
        (0..16).map(|place| line(place) + "\n").collect()
    }

    #[test]
    fn old_and_new_files_are_read_alike() {
        let old = "scheme: \"Some\"\nauthor: 'x: y'\n".to_owned() + &scheme(|n| format!("base0{n:X}: \"1020{n:02x}\""));
        let new = "system: base16\npalette:\n".to_owned()
            + &scheme(|n| format!("  base0{n:X}: '#1020{n:02X}' # base00: nothing"));
        let bare = scheme(|n| format!("base0{n:x} = #1020{n:02x}"));
        let expected = Base16(std::array::from_fn(|n| 0x10_20_00 + n as u32));
        for text in [old, new, bare] {
            assert_eq!(read(&text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let text = scheme(|n| if n == 11 { String::new() } else { format!("base0{n:X}: '000000'") });
        assert!(read(&text).unwrap_err().contains("base0B"));
        let text = scheme(|n| format!("base0{n:X}: '{}'", if n == 3 { "red" } else { "000000" }));
        assert!(read(&text).unwrap_err().contains("“red”"));
        assert!(read("").is_err());
    }
}
