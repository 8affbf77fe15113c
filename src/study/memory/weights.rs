//! The numbers of the memory model: those of the average person, or a learner's own.

use serde::{Deserialize, Serialize};

/// Which model the weights belong to. Stored with them in the log, since a later model has others.
pub const ALGORITHM: &str = "fsrs-6";

/// The weights of FSRS-6.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights(pub [f32; 21]);

impl Default for Weights {
    /// Those of the average person, from the `fsrs` crate.
    fn default() -> Weights {
        Weights(fsrs::DEFAULT_PARAMETERS)
    }
}

impl Weights {
    /// Weights as the log holds them: `None` if they are of another model, or none at all.
    pub fn read(algorithm: &str, numbers: &[f32]) -> Option<Weights> {
        let numbers: [f32; 21] = numbers.try_into().ok()?;
        let sound = algorithm == ALGORITHM && fsrs::FSRS::new(&numbers).is_ok();
        sound.then_some(Weights(numbers))
    }

    /// How steeply the forgetting curve falls.
    pub fn decay(&self) -> f32 {
        self.0[20]
    }
}
