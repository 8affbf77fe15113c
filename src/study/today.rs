//! What a day asks of a learner depends on the moment, and on how much the learner wants.

use super::moment::Moment;

/// How much a learner wants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// Which share of what was learnt shall still be known when it is asked again, from 0 to 1.
    pub retention: f32,
    /// How long to learn each day.
    pub minutes_a_day: u16,
}

impl Default for Aim {
    fn default() -> Aim {
        Aim { retention: 0.9, minutes_a_day: 15 }
    }
}

impl Aim {
    /// From the numbers of the settings.
    pub fn new(retention_percent: u8, minutes_a_day: u16) -> Aim {
        Aim { retention: f32::from(retention_percent.clamp(50, 99)) / 100.0, minutes_a_day }
    }
}

/// Now, and how much the learner wants.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Today {
    /// Now.
    pub now: Moment,
    /// How much.
    pub aim: Aim,
}
