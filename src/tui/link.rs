//! Which cell belongs to which address.
//!
//! A cell has no room for an address, but its modifiers leave seven bits: there stands the place of the address in the list
//! that the screen in front gives to whoever draws. So that a frame compared with the last one sees links as well.

use ratatui::style::{Modifier, Style};

/// How many addresses a screen can have at most.
pub const MOST: usize = 127;

const SHIFT: u32 = Modifier::all().bits().count_ones();

/// A style whose cells belong to the address at this place.
pub fn mark(style: Style, place: usize) -> Style {
    if place >= MOST {
        return style;
    }
    style.add_modifier(Modifier::from_bits_retain((place as u16 + 1) << SHIFT))
}

/// The place of the address that a cell with this modifier belongs to.
pub fn place(modifier: Modifier) -> Option<usize> {
    usize::from(modifier.bits() >> SHIFT).checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_again_and_changes_nothing_else() {
        for at in [0, 1, 126] {
            let style = mark(Style::new().add_modifier(Modifier::BOLD), at);
            assert_eq!(place(style.add_modifier), Some(at));
            assert_eq!(style.add_modifier & Modifier::all(), Modifier::BOLD);
        }
        assert_eq!(place(mark(Style::new(), MOST).add_modifier), None);
        assert_eq!(place(Modifier::all()), None);
    }
}
