//! Names of things: what authors write, what progress hangs on.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub Box<str>);

        impl $name {
            /// The name as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> $name {
                $name(name.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )* };
}

ids! {
    /// A module: the name of its folder, such as `07-sessions`.
    ModuleId,
    /// A topic, such as `session`.
    TopicId,
    /// A lesson, such as `sessions.signed-not-secret`.
    LessonId,
    /// A question, such as `sessions.card-number`.
    QuestionId,
    /// An option: the author's name for it, or its own text where the author gave none.
    OptionId,
    /// An interview prompt, such as `sessions.tell-session`.
    PromptId,
    /// A point of an interview prompt: what somebody listens for.
    PointId,
    /// An entry of the error clinic, such as `clinic.outside-app-context`.
    ClinicId,
    /// A request to look through, such as `xray.one-request`.
    XrayId,
    /// A lab, such as `lab.cart`.
    LabId,
}

/// What an id looks like, as a pattern for editors.
pub const PATTERN: &str = "^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$";

/// Whether a name may be an id: lower-case letters, digits, `-` and `.`, the first one a letter or a digit.
pub fn is_well_formed(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    name.len() <= LENGTH_MAX
        && name.chars().all(allowed)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !name.ends_with(['-', '.'])
}

/// The longest id, in bytes.
const LENGTH_MAX: usize = 64;
