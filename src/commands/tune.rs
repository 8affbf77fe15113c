//! `flaskdojo progress tune`: weights of one's own for the memory model.

use crate::progress::order;
use crate::progress::store::{Position, Store, StoreError};
use crate::study::entry::Entry;
use crate::study::memory::tune::{self, REVIEWS_MIN, Tuning};
use crate::study::memory::weights::Weights;
use crate::study::moment::Moment;
use crate::study::names::Names;

/// Fits weights to the log and keeps them if they are better. Says what came of it.
pub fn tune(store: &mut dyn Store, names: &Names, weights: &Weights, now: Moment) -> Result<String, StoreError> {
    let mut log = store.since(Position(0))?;
    order::arrange(&mut log);
    Ok(match tune::tune(log.iter().map(|(_, entry)| entry), names, weights) {
        Tuning::TooFew(count) => format!(
            "There are {count} answers to questions asked again on a later day; from {REVIEWS_MIN} on they can teach the memory model. \
             Until then it takes you for an average person, which is a good guess."
        ),
        Tuning::NoBetter(old, new) => format!(
            "Nothing is changed: on your last reviews the weights in force are as good (loss {old:.3}; the new ones have {new:.3})."
        ),
        Tuning::Better(tuned) => {
            store.append(&[Entry { at: now.at, day: now.today, event: tuned.event() }])?;
            tuned.sentence()
        }
    })
}
