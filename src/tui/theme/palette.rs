//! Which colour each role and each ground has.

use super::contrast::{READABLE, background, contrast, mix, nearest};
use super::{Background, Depth, Ground, Role};
use crate::settings::base16::Base16;

/// A colour for each role and each ground, in the order of [`Role::ALL`] and [`Ground::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Of text.
    pub inks: [Ink; 11],
    /// Below text.
    pub grounds: [Ink; 4],
}

/// One colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// As `0xRRGGBB`, and its stand-in among xterm's 256.
    Colour(u32, u8),
    /// Whatever the terminal has.
    Terminal,
}

/// What text of the theme with the most contrast has at least.
const HIGH: f64 = 7.0;
/// How much of the contrast between page and black or white there is at least on each other ground of a scheme, so that
/// roles can keep some of their colour.
const ROOM: f64 = 0.75;

impl Palette {
    /// The colours that come with the program.
    pub fn own(background: Background) -> Palette {
        let [inks, grounds] = match background {
            Background::Dark => [&DARK[..11], &DARK[11..]],
            Background::Light => [&LIGHT[..11], &LIGHT[11..]],
        };
        Palette { inks: std::array::from_fn(|place| inks[place]), grounds: std::array::from_fn(|place| grounds[place]) }
    }

    /// The most contrast there is.
    pub fn high_contrast(background: Background, depth: Depth) -> Palette {
        let (inks, grounds) = match background {
            Background::Dark => (HIGH_DARK, [0x00_00_00, 0x0C_0C_0C, 0x14_14_14, 0x00_2A_55]),
            Background::Light => (HIGH_LIGHT, [0xFF_FF_FF, 0xF6_F6_F6, 0xF2_F2_F2, 0xD4_E6_FF]),
        };
        Palette::made(inks, grounds, depth, HIGH)
    }

    /// The colours of a scheme, each moved towards black or white as far as it takes to be readable.
    pub fn base16(scheme: &Base16, depth: Depth) -> Palette {
        let Base16(colours) = *scheme;
        let grounds = [colours[0], colours[1], colours[1], colours[2]];
        // Text, comments, functions, two that say right and wrong, changed, keywords (violet), keywords, strings, constants, lines.
        let inks = [5, 4, 13, 12, 8, 10, 14, 14, 11, 9, 3].map(|place| colours[place]);
        Palette::made(inks, grounds, depth, READABLE)
    }

    /// The same colours on a page that the terminal paints. What could not be read there is in the terminal's own colour:
    /// its word still says what it is.
    pub fn on_terminal(self, background: Background, painted: Option<u32>) -> Palette {
        let page = painted.unwrap_or(match background {
            Background::Dark => 0x00_00_00,
            Background::Light => 0xFF_FF_FF,
        });
        let is_readable = |ink: &Ink| match ink {
            Ink::Colour(colour, index) => {
                contrast(*colour, page) >= READABLE && contrast(super::contrast::indexed(*index), page) >= READABLE
            }
            Ink::Terminal => true,
        };
        let mut inks = self.inks.map(|ink| if is_readable(&ink) { ink } else { Ink::Terminal });
        inks[Role::Text as usize] = Ink::Terminal;
        inks[Role::Rule as usize] = self.inks[Role::Rule as usize];
        Palette { inks, grounds: [Ink::Terminal; 4] }
    }

    /// A palette in which every role but that of lines has at least this contrast on each ground.
    fn made(inks: [u32; 11], grounds: [u32; 4], depth: Depth, least: f64) -> Palette {
        let page = grounds[Ground::Page as usize];
        let extreme = match background(page) {
            Background::Dark => 0xFF_FF_FF,
            Background::Light => 0x00_00_00,
        };
        let most = contrast(page, extreme);
        let room = |colour: u32| contrast(colour, extreme) >= (most * ROOM).max(least).min(most);
        // A ground that leaves no room for text moves towards the page.
        let grounds = grounds.map(|ground| steps(ground, page).find(|colour| room(*colour)).unwrap_or(page));
        let small = |colour: u32, fits: &dyn Fn(u32) -> bool, otherwise: u32| match depth {
            Depth::Indexed => nearest(colour, fits).or_else(|| nearest(otherwise, |_| true)).unwrap_or(16),
            Depth::True | Depth::Sixteen | Depth::Mono => 16,
        };
        let enough = |colour: u32| contrast(colour, extreme) >= least;
        let grounds = grounds.map(|ground| Ink::Colour(ground, small(ground, &enough, extreme ^ 0xFF_FF_FF)));
        let on_all = |colour: u32, of: fn(&Ink) -> u32| grounds.iter().all(|g| contrast(colour, of(g)) >= least);
        let made = |place: usize| {
            let wanted = inks[place];
            if place == Role::Rule as usize {
                return Ink::Colour(wanted, small(wanted, &|_| true, wanted));
            }
            let colour = steps(wanted, extreme).find(|colour| on_all(*colour, full)).unwrap_or(extreme);
            Ink::Colour(colour, small(colour, &|colour| on_all(colour, of_256), extreme))
        };
        Palette { inks: std::array::from_fn(made), grounds }
    }
}

/// The colours from one to another, both included.
fn steps(from: u32, to: u32) -> impl Iterator<Item = u32> {
    (0..=20).map(move |step| mix(from, to, f64::from(step) / 20.0))
}

fn full(ink: &Ink) -> u32 {
    match ink {
        Ink::Colour(colour, _) => *colour,
        Ink::Terminal => 0,
    }
}

fn of_256(ink: &Ink) -> u32 {
    match ink {
        Ink::Colour(_, index) => super::contrast::indexed(*index),
        Ink::Terminal => 0,
    }
}

/// Roles, then grounds.
const DARK: [Ink; 15] = [
    Ink::Colour(0xD9_DE_E7, 253),
    Ink::Colour(0xA3_AE_BC, 249),
    Ink::Colour(0x8F_C4_FF, 117),
    Ink::Colour(0x6F_E3_C8, 79),
    Ink::Colour(0xF0_8A_70, 209),
    Ink::Colour(0xF8_E0_8A, 222),
    Ink::Colour(0xCF_90_C4, 176),
    Ink::Colour(0xC9_A6_FF, 183),
    Ink::Colour(0x9F_D0_8A, 150),
    Ink::Colour(0xF2_B2_7A, 215),
    Ink::Colour(0x66_71_82, 242),
    Ink::Colour(0x14_17_1C, 234),
    Ink::Colour(0x1C_21_29, 235),
    Ink::Colour(0x22_28_33, 236),
    Ink::Colour(0x26_39_5A, 237),
];

/// Roles, then grounds.
const LIGHT: [Ink; 15] = [
    Ink::Colour(0x22_26_2E, 235),
    Ink::Colour(0x53_5C_69, 240),
    Ink::Colour(0x04_55_CC, 25),
    Ink::Colour(0x1F_5A_4C, 23),
    Ink::Colour(0x8A_1A_08, 88),
    Ink::Colour(0x6C_5F_00, 58),
    Ink::Colour(0x5E_24_68, 53),
    Ink::Colour(0x62_37_A8, 55),
    Ink::Colour(0x2E_61_13, 22),
    Ink::Colour(0x8A_45_08, 52),
    Ink::Colour(0x84_8B_96, 245),
    Ink::Colour(0xFB_FA_F7, 231),
    Ink::Colour(0xF0_EE_E8, 255),
    Ink::Colour(0xF4_F2_EC, 255),
    Ink::Colour(0xCF_E0_F7, 189),
];

/// Roles; each is moved until it has enough contrast.
const HIGH_DARK: [u32; 11] = [
    0xFF_FF_FF, 0xE4_E4_E4, 0x8C_D4_FF, 0x5C_FF_D8, 0xFF_A2_8C, 0xFF_E4_5C, 0xF5_B4_EC, 0xD6_C4_FF, 0xB4_F0_9A,
    0xFF_C4_8F, 0xA8_A8_A8,
];
const HIGH_LIGHT: [u32; 11] = [
    0x00_00_00, 0x2C_2C_2C, 0x00_33_A0, 0x00_46_3A, 0x7A_10_00, 0x4A_40_00, 0x50_18_5C, 0x46_1C_90, 0x1E_48_06,
    0x66_30_00, 0x60_60_60,
];
