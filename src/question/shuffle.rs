//! The order in which options are shown: the same number gives the same order on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde::{Deserialize, Serialize};

/// One arrangement out of all possible ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shuffle(pub u64);

impl Shuffle {
    /// Puts `items` into this arrangement's order (Fisher and Yates, drawing without bias).
    pub fn arrange<T>(self, items: &mut [T]) {
        let mut random = ChaCha8Rng::seed_from_u64(self.0);
        for last in (1..items.len()).rev() {
            items.swap(last, below(&mut random, last as u64 + 1) as usize);
        }
    }
}

/// A number from 0 to `end` - 1, each equally likely; `end` is at least 1.
fn below(random: &mut impl RngCore, end: u64) -> u64 {
    let usable = u64::MAX - u64::MAX % end;
    loop {
        let drawn = random.next_u64();
        if drawn < usable {
            return drawn % end;
        }
    }
}
