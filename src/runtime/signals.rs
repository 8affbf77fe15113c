//! Signals of the system, and the end of the terminal.
//!
//! A signal only wakes a thread, which tells the loop: so that everything that can end the program ends it the same way,
//! with all answers on disk and the terminal as it was.

#[cfg(not(unix))]
pub use other::{Signals, die_by, suspend};
#[cfg(unix)]
pub use unix::{Signals, die_by, suspend};

#[cfg(unix)]
mod unix {
    use crate::runtime::happening::{Cause, Happening};
    use crate::runtime::terminal::{Modes, window};
    use crate::tui::message::Message;
    use libc::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::backend::SignalDelivery;
    use signal_hook::iterator::exfiltrator::SignalOnly;
    use signal_hook::low_level::emulate_default_handler;
    use std::io;
    use std::os::fd::{AsRawFd, RawFd};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::Sender;

    /// Those that end the program.
    const ENDS: [i32; 4] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];
    const STACK_BYTES: usize = 64 * 1024;

    /// Signals that are caught from now on.
    pub struct Signals {
        delivery: SignalDelivery<UnixStream, SignalOnly>,
        continued: Arc<AtomicBool>,
    }

    impl Signals {
        /// Catches them; to be called before the terminal is taken, so that none can leave it behind, and before its size
        /// is asked for, so that no change of it is missed.
        pub fn catch() -> io::Result<Signals> {
            let continued = Arc::new(AtomicBool::new(false));
            signal_hook::flag::register(SIGCONT, Arc::clone(&continued))?;
            let (read, write) = UnixStream::pair()?;
            let signals = ENDS.iter().chain(&[SIGTSTP, SIGCONT, SIGWINCH]);
            let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, signals)?;
            Ok(Signals { delivery, continued })
        }

        /// What becomes true whenever the program goes on after a stop.
        pub fn continued(&self) -> Arc<AtomicBool> {
            Arc::clone(&self.continued)
        }

        /// Starts the thread that watches for them, and for the end of the terminal.
        pub fn watch(self, tell: Sender<Happening>, modes: Modes) -> io::Result<()> {
            let Signals { mut delivery, .. } = self;
            let work = move || {
                let mut terminal = io::stdout().as_raw_fd();
                let mut ending = false;
                loop {
                    let gone = wait(delivery.get_read().as_raw_fd(), terminal);
                    if gone {
                        terminal = -1;
                        let _ = tell.send(Happening::End(Cause::NoTerminal));
                    }
                    for signal in delivery.pending() {
                        let happening = match signal {
                            SIGTSTP => Happening::Suspend,
                            SIGCONT => Happening::Continued,
                            SIGWINCH => match window() {
                                Ok(size) => Happening::Message(Message::Resize(size)),
                                Err(_) => continue,
                            },
                            _ if ending => {
                                // The second time, whatever holds the loop up is not waited for.
                                modes.give_back();
                                die_by(signal);
                                return;
                            }
                            _ => {
                                ending = true;
                                Happening::End(Cause::Signal(signal))
                            }
                        };
                        let _ = tell.send(happening);
                    }
                }
            };
            super::super::thread::start("signals", STACK_BYTES, work).map(drop)
        }
    }

    /// Waits for a signal or for the end of the terminal, and says whether it was the latter.
    fn wait(signals: RawFd, terminal: RawFd) -> bool {
        let about = |fd, events| libc::pollfd { fd, events, revents: 0 };
        // Without events to wait for, a terminal that is no more is still reported.
        let mut polled = [about(signals, libc::POLLIN), about(terminal, 0)];
        // SAFETY: the pointer and the number describe `polled`.
        unsafe { libc::poll(polled.as_mut_ptr(), 2, -1) };
        polled[1].revents & (libc::POLLHUP | libc::POLLERR | libc::POLLNVAL) != 0
    }

    /// Stops this program and what runs with it, as Ctrl-Z does, until it is continued. Says whether that has happened:
    /// without a shell that could continue it, the system does not stop it.
    pub fn suspend(continued: &AtomicBool) -> bool {
        continued.store(false, Ordering::SeqCst);
        // SAFETY: a zeroed `sigaction` is the default one, `before` is filled by the first call and read by the last, and
        // the signal goes to this process group. Only this thread takes signals, so `kill` returns after the stop.
        unsafe {
            let mut before = std::mem::zeroed::<libc::sigaction>();
            let default = std::mem::zeroed::<libc::sigaction>();
            libc::sigaction(SIGTSTP, &default, &mut before);
            libc::kill(0, SIGTSTP);
            libc::sigaction(SIGTSTP, &before, std::ptr::null_mut());
        }
        continued.load(Ordering::SeqCst)
    }

    /// Ends the program as a signal does that nobody catches, so that whoever started it sees why it ended.
    pub fn die_by(signal: i32) {
        let _ = emulate_default_handler(signal);
    }
}

#[cfg(not(unix))]
mod other {
    use crate::runtime::happening::Happening;
    use crate::runtime::terminal::Modes;
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::sync::mpsc::Sender;

    /// There are no signals here.
    pub struct Signals;

    impl Signals {
        /// There is nothing to catch.
        pub fn catch() -> io::Result<Signals> {
            Ok(Signals)
        }

        /// Never true.
        pub fn continued(&self) -> Arc<AtomicBool> {
            Arc::default()
        }

        /// There is nothing to watch.
        pub fn watch(self, _tell: Sender<Happening>, _modes: Modes) -> io::Result<()> {
            Ok(())
        }
    }

    /// There is no such thing here.
    pub fn suspend(_continued: &AtomicBool) -> bool {
        false
    }

    /// There is no such thing here.
    pub fn die_by(_signal: i32) {}
}
