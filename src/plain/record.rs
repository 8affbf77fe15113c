//! Saving: first on disk, then said. What cannot be saved is kept and tried again with the next thing to save.

use super::Guide;
use super::talk::End;
use crate::prose::plain;
use crate::study::entry::{Entry, Event};

impl Guide<'_> {
    /// Keeps what the learner did. When this returns it is on disk, or the learner has been told that it is not yet.
    pub(super) fn record(&mut self, event: Event) -> Result<(), End> {
        let now = self.now();
        let entry = Entry { at: now.at, day: now.today, event };
        self.learner.apply(&entry);
        let late = self.unsaved.len();
        self.unsaved.push(entry);
        match self.store.append(&self.unsaved) {
            Ok(_) => {
                self.unsaved.clear();
                if late > 0 {
                    self.talk.say("Saved, and what could not be saved before as well.")?;
                }
                Ok(())
            }
            Err(error) => {
                self.talk.say(format!("NOT SAVED: {error}."))?;
                self.talk.say("Nothing is lost as long as this runs. The next answer tries to save it again.")
            }
        }
    }

    /// Whether all that the learner did is on disk.
    pub(super) fn is_saved(&self) -> bool {
        self.unsaved.is_empty()
    }

    /// Tries a last time to save what could not be saved.
    pub(super) fn save_at_last(&mut self) -> Result<(), End> {
        if self.is_saved() {
            return Ok(());
        }
        match self.store.append(&self.unsaved) {
            Ok(_) => {
                self.unsaved.clear();
                self.talk.say("Everything is saved now.")
            }
            Err(error) => {
                let answers = self.unsaved.iter().filter(|entry| matches!(entry.event, Event::Answered(_))).count();
                let lost = if answers == 0 { "your place".to_owned() } else { plain::count(answers, "answer") };
                self.talk.say(format!("NOT SAVED, so lost now: {lost}. Why: {error}."))
            }
        }
    }
}
