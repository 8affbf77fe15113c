//! How well one colour can be told from another.

use super::Background;

/// What text needs at least, by WCAG 2.
pub const READABLE: f64 = 4.5;

/// The contrast of two colours as WCAG 2 defines it: from 1 to 21.
pub fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

/// Whether a colour is dark or light: which of white and black stands out more from it.
pub fn background(colour: u32) -> Background {
    if contrast(colour, 0xFF_FF_FF) >= contrast(colour, 0) { Background::Dark } else { Background::Light }
}

/// A colour between two: `share` of the other, from 0 to 1.
pub fn mix(one: u32, other: u32, share: f64) -> u32 {
    let ([_, r, g, b], [_, s, h, c]) = (one.to_be_bytes(), other.to_be_bytes());
    let between = |one: u8, other: u8| (f64::from(one) + (f64::from(other) - f64::from(one)) * share).round() as u8;
    u32::from_be_bytes([0, between(r, s), between(g, h), between(b, c)])
}

/// Which of xterm's fixed colours is nearest to a colour, of those that fit.
pub fn nearest(colour: u32, fits: impl Fn(u32) -> bool) -> Option<u8> {
    (16..=255).filter(|index| fits(indexed(*index))).min_by_key(|index| distance(colour, indexed(*index)))
}

/// One of xterm's fixed colours: a cube of 6 steps, 24 greys. Those below 16 are the user's own.
pub fn indexed(index: u8) -> u32 {
    let step = |v: u8| if v == 0 { 0 } else { 55 + 40 * v };
    let [r, g, b] = match index {
        0..=15 => [0; 3],
        16..=231 => [step((index - 16) / 36), step((index - 16) / 6 % 6), step((index - 16) % 6)],
        232..=255 => [8 + 10 * (index - 232); 3],
    };
    u32::from_be_bytes([0, r, g, b])
}

/// Relative luminance.
fn luminance(colour: u32) -> f64 {
    let [_, r, g, b] = colour.to_be_bytes();
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// How far two colours are apart to the eye, roughly.
fn distance(one: u32, other: u32) -> i64 {
    let ([_, r, g, b], [_, s, h, c]) = (one.to_be_bytes(), other.to_be_bytes());
    let square = |one: u8, other: u8| (i64::from(one) - i64::from(other)).pow(2);
    2 * square(r, s) + 4 * square(g, h) + 3 * square(b, c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast(0, 0xFF_FF_FF) - 21.0).abs() < 0.001);
        assert!((contrast(0x77_77_77, 0xFF_FF_FF) - 4.478).abs() < 0.001);
        assert!((contrast(5, 5) - 1.0).abs() < 0.001);
    }

    #[test]
    fn a_background_is_dark_where_white_stands_out() {
        assert_eq!(background(0x14_17_1C), Background::Dark);
        assert_eq!(background(0xFD_F6_E3), Background::Light);
    }

    #[test]
    fn the_nearest_colour_is_one_of_xterms() {
        assert_eq!(nearest(0xFF_FF_FF, |_| true), Some(231));
        assert_eq!(indexed(232), 0x08_08_08);
        assert_eq!(nearest(0x08_08_09, |_| true), Some(232));
        assert_eq!(nearest(0, |_| false), None);
    }
}
