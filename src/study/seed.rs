//! Seeds: from one number, the same session on every machine.

use crate::id::QuestionId;
use crate::question::shuffle::Shuffle;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a session's draws come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed(pub u64);

impl Seed {
    /// The order of a question's options when it is asked for the `round`th time (from 0). It depends on the seed, the
    /// question and the round only, so that nobody else's draw shifts it.
    pub fn order(self, question: &QuestionId, round: u8) -> Shuffle {
        Shuffle(self.mix(question.as_str(), u64::from(round)))
    }

    /// A seed for one use, such as the selection of questions.
    pub fn branch(self, purpose: &str, number: u64) -> Seed {
        Seed(self.mix(purpose, number))
    }

    fn mix(self, text: &str, number: u64) -> u64 {
        let mut hash = Sha256::new();
        hash.update(self.0.to_le_bytes());
        hash.update(number.to_le_bytes());
        hash.update(text.as_bytes());
        let bytes: [u8; 32] = hash.finalize().into();
        u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
    }
}
