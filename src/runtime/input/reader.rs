//! A terminal of Unix, read byte by byte.

use super::parser::{Heard, Parser};
use super::paste;
use crate::runtime::happening::{Cause, Happening};
use crate::runtime::thread;
use crate::tui::message::Message;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::ffi::OsStrExt;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// How long the rest of a text is waited for that was pasted without a word.
const REST: Duration = Duration::from_millis(20);
const STACK_BYTES: usize = 64 * 1024;

/// Where the keys come from.
pub struct Input {
    terminal: File,
    parser: Parser,
}

/// What came of waiting for bytes.
enum Waited {
    Bytes,
    Nothing,
}

impl Input {
    /// The terminal: what we read from, or, where that is something else, the one that shows what we write.
    pub fn open() -> io::Result<Input> {
        let terminal =
            if io::stdin().is_terminal() { io::stdin().as_fd().try_clone_to_owned()?.into() } else { named()? };
        Ok(Input { terminal, parser: Parser::default() })
    }

    /// What it has sent until now, without waiting for more.
    pub fn so_far(&mut self) -> Vec<Message> {
        let mut heard = Vec::new();
        while let Ok(Waited::Bytes) = self.wait(Some(Duration::ZERO))
            && self.read(&mut heard).is_ok()
        {}
        heard.into_iter().map(message).collect()
    }

    /// Starts the thread that tells what it sends.
    pub fn watch(mut self, tell: Sender<Happening>) -> io::Result<()> {
        let work = move || {
            loop {
                let happenings = match self.next() {
                    Ok(heard) => heard.into_iter().map(|heard| Happening::Message(message(heard))).collect(),
                    Err(_) => vec![Happening::End(Cause::NoTerminal)],
                };
                for happening in happenings {
                    let last = matches!(happening, Happening::End(_));
                    if tell.send(happening).is_err() || last {
                        return;
                    }
                }
            }
        };
        thread::start("input", STACK_BYTES, work).map(drop)
    }

    /// Waits for the next that it sends.
    fn next(&mut self) -> io::Result<Vec<Heard>> {
        let mut heard = Vec::new();
        match self.wait(self.parser.patience())? {
            Waited::Bytes => self.read(&mut heard)?,
            Waited::Nothing => self.parser.give_up(&mut heard),
        }
        if !paste::is_pasted(&heard) {
            return Ok(heard);
        }
        // A long text comes in several pieces, which may be short.
        while heard.iter().all(paste::is_text)
            && let Waited::Bytes = self.wait(Some(REST))?
        {
            self.read(&mut heard)?;
        }
        let text = heard.iter().take_while(|heard| paste::is_text(heard)).count();
        let rest = heard.split_off(text);
        Ok([vec![Heard::Paste(paste::as_text(&heard))], rest].concat())
    }

    fn read(&mut self, heard: &mut Vec<Heard>) -> io::Result<()> {
        let mut buffer = [0; 4096];
        match self.terminal.read(&mut buffer) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(length) => {
                self.parser.feed(&buffer[..length], heard);
                Ok(())
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn wait(&self, time: Option<Duration>) -> io::Result<Waited> {
        let mut polled = libc::pollfd { fd: self.terminal.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        let milliseconds = time.map_or(-1, |time| i32::try_from(time.as_millis()).unwrap_or(i32::MAX));
        // SAFETY: the pointer and the number describe `polled`.
        match unsafe { libc::poll(&mut polled, 1, milliseconds) } {
            0 => Ok(Waited::Nothing),
            // A terminal that is no more is found out by reading from it.
            1.. => Ok(Waited::Bytes),
            _ => match io::Error::last_os_error() {
                error if error.kind() == io::ErrorKind::Interrupted => self.wait(time),
                error => Err(error),
            },
        }
    }
}

/// The message for what was heard.
fn message(heard: Heard) -> Message {
    match heard {
        Heard::Key(key) => Message::Key(key),
        Heard::Mouse(mouse) => Message::Mouse(mouse),
        Heard::Paste(text) => Message::Paste(text),
        Heard::Focus(here) => Message::Focus(here),
        Heard::Painted(colour) => Message::Painted(colour),
    }
}

/// The terminal that shows what we write, by its own name: on some systems /dev/tty cannot be waited for.
fn named() -> io::Result<File> {
    let mut name = [0; 256];
    // SAFETY: the pointer and the number describe `name`.
    let found = unsafe { libc::ttyname_r(libc::STDOUT_FILENO, name.as_mut_ptr(), name.len()) } == 0;
    let bytes: Vec<u8> = name.iter().map(|byte| *byte as u8).take_while(|byte| *byte != 0).collect();
    File::open(if found { std::ffi::OsStr::from_bytes(&bytes) } else { "/dev/tty".as_ref() })
}
