//! The values that options can have.

/// Which theme is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the terminal's background is, as far as it says so.
    #[default]
    Auto,
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
    /// The most contrast there is, dark or light as the terminal is.
    HighContrast,
    /// Colours from a base16 file in the folder `themes`, by its name without ending.
    Base16(String),
}

impl Theme {
    /// The words for those that need no file.
    pub const WORDS: [&'static str; 4] = ["auto", "dark", "light", "high-contrast"];

    /// The word in the file.
    pub fn word(&self) -> &str {
        match self {
            Theme::Auto => "auto",
            Theme::Dark => "dark",
            Theme::Light => "light",
            Theme::HighContrast => "high-contrast",
            Theme::Base16(name) => name,
        }
    }

    /// The theme with this word, or from the file with this name. A name names no other folder.
    pub fn read(word: &str) -> Option<Theme> {
        Some(match word {
            "auto" => Theme::Auto,
            "dark" => Theme::Dark,
            "light" => Theme::Light,
            "high-contrast" => Theme::HighContrast,
            name => {
                let is_name = |c: char| c.is_alphanumeric() || "-_ .+()".contains(c);
                let fits = !name.is_empty() && !name.starts_with('.') && name.len() < 100 && name.chars().all(is_name);
                return fits.then(|| Theme::Base16(name.to_owned()));
            }
        })
    }
}

/// Writes an option that is one of some words.
macro_rules! words {
    ($(#[doc = $about:literal])* $name:ident { $(#[doc = $each:literal] $variant:ident = $word:literal,)* }) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $(#[doc = $each] $variant,)* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// The words for them.
            pub const WORDS: [&'static str; [$($word),*].len()] = [$($word),*];

            /// The word in the file.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            /// The value with this word.
            pub fn read(word: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    };
}

words! {
    /// Who paints the page.
    Page {
        /// The theme does.
        Own = "own",
        /// It stays as the terminal paints it.
        Terminal = "terminal",
    }
}

words! {
    /// Which signs may be used.
    Glyphs {
        /// Those that the terminal seems to have.
        Auto = "auto",
        /// Box drawing and a few marks.
        Unicode = "unicode",
        /// Nothing but ASCII.
        Ascii = "ascii",
    }
}

words! {
    /// Whether anything may move by itself.
    Motion {
        /// Pictures may play.
        Full = "full",
        /// Nothing moves without a key.
        None = "none",
    }
}

words! {
    /// Whose the mouse is.
    Mouse {
        /// The program's: clicks and the wheel work.
        On = "on",
        /// The terminal's: it selects text.
        Off = "off",
    }
}
