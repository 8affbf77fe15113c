//! What is said in the message row: one thing at a time at each end, and a list of all that was said.

use super::effect::Effect;
use super::screen::{Notice, Side};
use super::theme::Role;
use crate::study::moment::Timestamp;
use std::collections::VecDeque;

/// What is said, and what was.
#[derive(Debug, Default)]
pub struct Notices {
    left: Option<Said>,
    right: Option<Said>,
    all: VecDeque<(Timestamp, Notice)>,
    /// A moment to wait for that nobody was asked for yet.
    wake: Option<Timestamp>,
}

#[derive(Debug)]
struct Said {
    notice: Notice,
    /// When it goes by itself; what somebody should read stays until the next key.
    until: Option<Timestamp>,
}

/// How long what was done is said, in milliseconds.
const DONE_MS: i64 = 4000;
/// How long it is said that something was saved.
const SAVED_MS: i64 = 2000;
/// How many things that were said are listed.
const KEPT: usize = 100;

impl Notices {
    /// Says something from now on.
    pub fn tell(&mut self, notice: Notice, now: Timestamp) {
        let until = match (notice.side, notice.role) {
            (Side::Right, _) => Some(SAVED_MS),
            (Side::Left, Role::Muted | Role::Correct) => Some(DONE_MS),
            (Side::Left, _) => None,
        };
        let until = until.map(|ms| Timestamp(now.0 + ms));
        self.wake = until.or(self.wake);
        if notice.side == Side::Left {
            self.all.push_front((now, notice.clone()));
            self.all.truncate(KEPT);
        }
        let said = Some(Said { notice, until });
        match said.as_ref().map(|said| said.notice.side) {
            Some(Side::Right) => self.right = said,
            Some(Side::Left) | None => self.left = said,
        }
    }

    /// Says something that belongs to a key, and is no news: it is not listed.
    pub fn hint(&mut self, text: &str) {
        let notice = Notice { text: text.to_owned(), role: Role::Muted, side: Side::Left };
        self.left = Some(Said { notice, until: None });
    }

    /// A key was pressed: all of it was seen.
    pub fn clear(&mut self) {
        (self.left, self.right) = (None, None);
    }

    /// A moment has come.
    pub fn tick(&mut self, now: Timestamp) {
        for said in [&mut self.left, &mut self.right] {
            if said.as_ref().is_some_and(|said| said.until.is_some_and(|until| until <= now)) {
                *said = None;
            }
        }
    }

    /// What is said at the left.
    pub fn left(&self) -> Option<&Notice> {
        self.left.as_ref().map(|said| &said.notice)
    }

    /// What is said at the right.
    pub fn right(&self) -> Option<&Notice> {
        self.right.as_ref().map(|said| &said.notice)
    }

    /// The moment to wait for, told once.
    pub fn wake(&mut self) -> Option<Effect> {
        self.wake.take().map(Effect::WakeAt)
    }

    /// All that was said, the newest first.
    pub fn all(&self) -> impl Iterator<Item = &(Timestamp, Notice)> {
        self.all.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(role: Role, side: Side) -> Notice {
        Notice { text: "copied".into(), role, side }
    }

    #[test]
    fn what_was_done_goes_by_itself_and_what_is_wrong_stays() {
        let mut notices = Notices::default();
        notices.tell(notice(Role::Muted, Side::Left), Timestamp(1000));
        notices.tell(notice(Role::Muted, Side::Right), Timestamp(1000));
        notices.tick(Timestamp(3000));
        assert!(notices.left().is_some() && notices.right().is_none());
        notices.tick(Timestamp(5000));
        assert!(notices.left().is_none());
        notices.tell(notice(Role::Warning, Side::Left), Timestamp(6000));
        notices.tick(Timestamp(1_000_000));
        assert!(notices.left().is_some());
        notices.clear();
        assert!(notices.left().is_none());
        assert_eq!(notices.all().count(), 2, "that something was saved is not listed");
    }

    #[test]
    fn a_moment_is_asked_for_once() {
        let mut notices = Notices::default();
        notices.tell(notice(Role::Muted, Side::Left), Timestamp(1000));
        assert_eq!(notices.wake(), Some(Effect::WakeAt(Timestamp(5000))));
        assert_eq!(notices.wake(), None);
        notices.tell(notice(Role::Wrong, Side::Left), Timestamp(1000));
        assert_eq!(notices.wake(), None);
    }
}
