//! The loop: it sleeps until something happens, and draws only then.

use super::clock::Clock;
use super::happening::{Cause, Happening};
use super::input::Input;
use super::screen::Hyperlinks;
use super::signals::{self, Signals};
use super::terminal::Terminal;
use super::worker::{Shelf, Worker};
use crate::study::moment::Timestamp;
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::message::{Failure, Message, Size};
use crate::tui::theme::{Background, contrast};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// How the program ended.
#[derive(Debug)]
pub struct Ending {
    /// What ended it; `None` when the learner did.
    pub cause: Option<Cause>,
    /// Why the last entry could not be saved.
    pub unsaved: Option<Failure>,
}

/// Whether the terminal is asked for the colour of its background, and told of addresses behind text: those that would show
/// one would show the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// It is, at the start and whenever its window comes to the front: people change it from day to night.
    Background,
    /// Nothing is asked.
    Nothing,
}

/// Under which name it is remembered whether the background was dark or light.
pub const BACKGROUND: &str = "background";

/// Runs the screens that `make` builds for a window's size, with what they want done at once, until they or the system
/// want to end.
pub fn run(shelf: Shelf, ask: Ask, make: impl FnOnce(Size) -> (App, Vec<Effect>)) -> io::Result<Ending> {
    // Before the terminal is taken, so that from then on nothing can end the program without giving it back.
    let signals = Signals::catch()?;
    let mut terminal = Terminal::take()?;
    let mut answer = Answer::None;
    if ask == Ask::Background {
        terminal.ask_background()?;
        answer = Answer::Awaited;
    }
    let (mut app, effects) = make(terminal.size());
    let mut clock = Clock::new();
    let (tell, inbox) = channel();
    let mut input = Input::open()?;
    // A terminal beside us has answered by now. No other is waited for: the colours change when the answer comes.
    for message in input.so_far() {
        match message {
            Message::Painted(_) => {
                app.update(message, clock.now());
                answer = Answer::None;
            }
            early => drop(tell.send(Happening::Message(early))),
        }
    }
    if ask == Ask::Background {
        terminal.drawing.backend_mut().tell_links(Hyperlinks::Yes);
    }
    terminal.draw(&app)?;
    // Everything else can wait until the learner has something to look at.
    let worker = Worker::start(shelf, tell.clone())?;
    let continued = signals.continued();
    signals.watch(tell.clone(), terminal.modes())?;
    input.watch(tell)?;
    let began = clock.now().at;
    let wakes = BTreeSet::new();
    let mut shell =
        Shell { app, terminal, clock, worker, continued, wakes, unanswered: 0, ask, answer, began, end: None };
    let served = shell.serve(effects, &inbox);
    if served.is_err() {
        // Without a terminal there is nobody to wait for, but what was done is still saved.
        let _ = shell.tell(Message::Terminate);
    }
    let unsaved = shell.finish(&inbox);
    served.map(|()| Ending { cause: shell.end.flatten(), unsaved })
}

/// The most messages that are taken in before a frame is drawn all the same.
const BURST_MAX: usize = 256;
/// How long after a question its answer may still come: whoever quits sooner must not find it in the shell.
const ANSWER_MS: u32 = 300;

/// Whether the terminal still owes an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    None,
    Awaited,
}

struct Shell {
    app: App,
    terminal: Terminal,
    clock: Clock,
    worker: Worker,
    continued: Arc<AtomicBool>,
    /// When the screens want a [`Message::Tick`].
    wakes: BTreeSet<Timestamp>,
    /// How many entries are with the worker.
    unanswered: usize,
    ask: Ask,
    answer: Answer,
    /// When the first frame was drawn.
    began: Timestamp,
    /// Set when the program shall end, with what the system wants if it is not the learner.
    end: Option<Option<Cause>>,
}

impl Shell {
    fn serve(&mut self, effects: Vec<Effect>, inbox: &Receiver<Happening>) -> io::Result<()> {
        self.perform_all(effects)?;
        while self.end.is_none() {
            match self.wait(inbox) {
                Some(happening) => self.take(happening)?,
                None => self.tell(Message::Tick)?,
            }
            // A burst of keys or sizes is one frame. What comes after the end is left for `finish`.
            for _ in 0..BURST_MAX {
                let Some(happening) = self.end.is_none().then(|| inbox.try_recv().ok()).flatten() else { break };
                self.take(happening)?;
            }
            if self.end.is_none() {
                self.terminal.draw(&self.app)?;
            }
        }
        Ok(())
    }

    /// What happens next; `None` when a moment has come that the screens wait for.
    fn wait(&mut self, inbox: &Receiver<Happening>) -> Option<Happening> {
        // The senders live in threads that only end with the program.
        let gone = Happening::End(Cause::NoTerminal);
        let Some(&wake) = self.wakes.first() else { return Some(inbox.recv().unwrap_or(gone)) };
        let now = self.clock.now().at;
        match inbox.recv_timeout(Duration::from_millis(u64::from(wake.since_ms(now)))) {
            Ok(happening) => Some(happening),
            Err(RecvTimeoutError::Disconnected) => Some(gone),
            Err(RecvTimeoutError::Timeout) => {
                // A wake-up may come a little early by this clock: what was waited for is due all the same.
                let due = wake.max(self.clock.now().at);
                self.wakes.retain(|wake| *wake > due);
                None
            }
        }
    }

    fn take(&mut self, happening: Happening) -> io::Result<()> {
        match happening {
            Happening::Message(message) => self.tell(message),
            Happening::Suspend => self.suspend(),
            Happening::Continued => self.come_back(),
            Happening::End(cause) => {
                self.tell(Message::Terminate)?;
                self.end = Some(Some(cause));
                Ok(())
            }
        }
    }

    fn tell(&mut self, message: Message) -> io::Result<()> {
        match &message {
            // Also when the size is what it was: on its way there, the terminal may have cut off what it showed.
            Message::Resize(size) => self.terminal.resize(*size)?,
            Message::Stored(..) => self.unanswered -= 1,
            Message::Painted(colour) => {
                self.answer = Answer::None;
                self.worker.remember(BACKGROUND, word(contrast::background(*colour)).to_owned());
            }
            Message::Focus(true) if self.ask == Ask::Background => self.terminal.ask_background()?,
            Message::Key(_)
            | Message::Mouse(_)
            | Message::Paste(_)
            | Message::Tick
            | Message::Learnt(_)
            | Message::Schemes(_)
            | Message::Texts(_)
            | Message::Reported(_)
            | Message::Focus(_)
            | Message::NotKept(_)
            | Message::Resumed
            | Message::Terminate => {}
        }
        let effects = self.app.update(message, self.clock.now());
        self.perform_all(effects)
    }

    fn perform_all(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        effects.into_iter().try_for_each(|effect| self.perform(effect))
    }

    fn perform(&mut self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::Record(ticket, entry) => {
                self.unanswered += 1;
                self.worker.record(ticket, entry);
            }
            Effect::Keep(change) => self.worker.keep(change),
            Effect::Report(report) => self.worker.report(report),
            Effect::ReadTexts => self.worker.read_texts(),
            Effect::ReadSchemes => self.worker.read_schemes(),
            Effect::Copy(text) => self.terminal.drawing.backend_mut().queue(&copying(&text)),
            Effect::WakeAt(moment) => drop(self.wakes.insert(moment)),
            Effect::CatchMouse(catch) => self.terminal.catch_mouse(catch),
            Effect::Suspend => self.suspend()?,
            Effect::Redraw => self.terminal.redraw()?,
            Effect::Quit => self.end = Some(None),
        }
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.terminal.give_back();
        // Once it is continued, that is reported like a stop from outside.
        if signals::suspend(&self.continued) { Ok(()) } else { self.come_back() }
    }

    /// Takes the terminal after a stop: whatever ran meanwhile may have left it in any state.
    fn come_back(&mut self) -> io::Result<()> {
        self.terminal.give_back();
        self.terminal.take_again()?;
        let size = self.terminal.size();
        self.tell(Message::Resize(size))?;
        self.tell(Message::Resumed)
    }

    /// Waits for the terminal's answer, if it can still come: after the end it would be typed into the shell.
    fn hear_out(&mut self, inbox: &Receiver<Happening>) {
        while self.answer == Answer::Awaited {
            let left = ANSWER_MS.saturating_sub(self.clock.now().at.since_ms(self.began));
            match inbox.recv_timeout(Duration::from_millis(u64::from(left))) {
                Ok(Happening::Message(Message::Painted(_)) | Happening::End(_)) | Err(_) => self.answer = Answer::None,
                Ok(_) => {}
            }
        }
    }

    /// Waits for the answers to what is being written: the screens have handed over all they had. Says why if some of it
    /// could not be.
    fn finish(&mut self, inbox: &Receiver<Happening>) -> Option<Failure> {
        let mut failed = None;
        while self.unanswered > 0 {
            match inbox.recv() {
                Ok(Happening::Message(Message::Stored(_, written))) => {
                    self.unanswered -= 1;
                    failed = written.err().or(failed);
                }
                Ok(Happening::Message(Message::Painted(_))) => self.answer = Answer::None,
                Ok(_) => {}
                Err(_) => break,
            }
        }
        if self.end != Some(Some(Cause::NoTerminal)) {
            self.hear_out(inbox);
        }
        failed
    }
}

/// How the background is remembered.
fn word(background: Background) -> &'static str {
    match background {
        Background::Dark => "dark",
        Background::Light => "light",
    }
}

/// The sequence that puts a text on the clipboard of the terminal, also of one at the other end of SSH.
fn copying(text: &str) -> Vec<u8> {
    format!("\x1b]52;c;{}\x1b\\", STANDARD.encode(text)).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_copied_as_the_terminal_wants_it() {
        assert_eq!(copying("größe"), b"\x1b]52;c;Z3LDtsOfZQ==\x1b\\");
    }
}
