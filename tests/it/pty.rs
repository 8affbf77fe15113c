//! The real program in a real terminal, as far as a test can have one: keys go in, a screen comes out.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// The clock of this test, not of the program.
#[expect(clippy::disallowed_methods, reason = "what must come is not waited for without end")]
fn now() -> Instant {
    Instant::now()
}

/// How long a test waits for what must come. Reached only when it does not.
const PATIENCE: Duration = Duration::from_secs(20);

/// The key.
pub const ENTER: &str = "\r";
/// The key, with what tells it from the start of another key's sequence: nothing behind it.
pub const ESC: &str = "\x1b";

/// A program at work in a terminal.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Box<dyn Write + Send>,
    shown: Arc<Shown>,
}

#[derive(Default)]
struct Shown {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser,
    raw: Vec<u8>,
    over: bool,
    /// Whether the reader shall let go of the terminal at the next byte.
    leave: bool,
}

impl Default for State {
    fn default() -> State {
        let parser = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        State { parser, raw: Vec::new(), over: false, leave: false }
    }
}

/// How a program ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    Code(u32),
    Signal(String),
}

impl Session {
    /// Starts flaskdojo with the tiny course and progress in `data`.
    pub fn start(data: &Path, arguments: &[&str]) -> Session {
        let course = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/courses/tiny");
        let data = data.to_str().unwrap();
        Session::run(&[&["--course", course, "--data", data], arguments].concat())
    }

    /// The same, but no file can be written until [`Session::unlimit`], as on a full disk.
    pub fn limited(data: &Path, arguments: &[&str]) -> Session {
        let script = "trap '' XFSZ; ulimit -S -f 0; exec \"$@\"";
        let course = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/courses/tiny");
        let program = env!("CARGO_BIN_EXE_flaskdojo");
        let all = ["-c", script, "sh", program, "--course", course, "--data", data.to_str().unwrap()];
        Session::spawn("/bin/sh", &[&all, arguments].concat(), &[])
    }

    /// The same, with these variables.
    pub fn start_with(data: &Path, variables: &[(&str, &str)]) -> Session {
        let course = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/courses/tiny");
        let arguments = ["--course", course, "--data", data.to_str().unwrap()];
        Session::spawn(env!("CARGO_BIN_EXE_flaskdojo"), &arguments, variables)
    }

    /// Starts a shell that can stop programs and let them go on.
    pub fn shell() -> Session {
        Session::spawn("/bin/sh", &["-i"], &[("PS1", "ready> ")])
    }

    /// Starts flaskdojo with these arguments.
    pub fn run(arguments: &[&str]) -> Session {
        Session::spawn(env!("CARGO_BIN_EXE_flaskdojo"), arguments, &[])
    }

    /// Starts a program in a terminal of 80 by 24.
    fn spawn(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Session {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("TZ", "UTC"), ("PATH", "/usr/bin:/bin")]
        {
            command.env(name, value);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut output = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let shown = Arc::new(Shown::default());
        let watched = shown.clone();
        std::thread::Builder::new()
            .spawn(move || {
                let mut buffer = [0; 4096];
                loop {
                    let length = output.read(&mut buffer).unwrap_or(0);
                    let Ok(mut state) = watched.state.lock() else { return };
                    state.parser.process(&buffer[..length]);
                    state.raw.extend_from_slice(&buffer[..length]);
                    state.over = length == 0 || state.leave;
                    watched.changed.notify_all();
                    if state.over {
                        return;
                    }
                }
            })
            .unwrap();
        Session { child, master: Some(pair.master), keys, shown }
    }

    /// Types text, or a key's escape sequence.
    pub fn keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until a text is on the screen; gives the whole screen.
    pub fn expect(&self, text: &str) -> String {
        self.wait(&format!("“{text}” on the screen"), |state| state.parser.screen().contents().contains(text))
    }

    /// Waits until the program has written these bytes so often.
    pub fn expect_bytes(&self, bytes: &[u8], times: usize) {
        let what = format!("“{}” {times} times", bytes.escape_ascii());
        self.wait(&what, |state| state.raw.windows(bytes.len()).filter(|raw| *raw == bytes).count() >= times);
    }

    /// Waits until a cell has this background.
    pub fn expect_background(&self, row: u16, column: u16, colour: vt100::Color) {
        self.wait(&format!("the background {colour:?}"), |state| {
            state.parser.screen().cell(row, column).is_some_and(|cell| cell.bgcolor() == colour)
        });
    }

    /// Waits until one of some texts is on the screen.
    pub fn expect_one(&self, texts: &[&str]) -> String {
        let met = |state: &State| shows_one(&state.parser.screen().contents(), texts);
        self.wait(&format!("one of {texts:?} on the screen"), met)
    }

    /// Gives the window another size.
    pub fn resize(&self, cols: u16, rows: u16) {
        self.shown
            .state
            .lock()
            .unwrap()
            .parser
            .screen_mut()
            .set_size(rows.try_into().unwrap(), cols.try_into().unwrap());
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    /// The screen as it is.
    pub fn screen(&self) -> String {
        self.shown.state.lock().unwrap().parser.screen().contents()
    }

    /// Sends a signal.
    pub fn signal(&self, signal: i32) {
        let id = self.child.process_id().unwrap() as i32;
        // SAFETY: the child has not been waited for, so the number is its own.
        assert_eq!(unsafe { libc::kill(id, signal) }, 0);
    }

    /// Lets it write files again.
    #[cfg(target_os = "linux")]
    pub fn unlimit(&self) {
        let id = self.child.process_id().unwrap() as i32;
        let free = libc::rlimit { rlim_cur: libc::RLIM_INFINITY, rlim_max: libc::RLIM_INFINITY };
        // SAFETY: the child has not been waited for, and `free` is only read.
        assert_eq!(unsafe { libc::prlimit(id, libc::RLIMIT_FSIZE, &free, std::ptr::null_mut()) }, 0);
    }

    /// Wipes the screen, as another program would that wrote over it.
    pub fn wipe(&self) {
        self.shown.state.lock().unwrap().parser.process(b"\x1b[2J");
    }

    /// Takes the terminal away, as a closed window does.
    pub fn close(&mut self) {
        self.shown.state.lock().unwrap().leave = true;
        // The reader has a handle of its own: what is drawn for another size wakes it.
        self.resize(81, 24);
        self.keys = Box::new(std::io::sink());
        self.master = None;
    }

    /// Lets the program work for a while, unless it ends.
    pub fn let_run(&self, time: Duration) {
        let until = now() + time;
        let mut state = self.shown.state.lock().unwrap();
        while !state.over && now() < until {
            let left = until.saturating_duration_since(now());
            state = self.shown.changed.wait_timeout(state, left).unwrap().0;
        }
    }

    /// The digit before an option on the screen.
    pub fn digit(&self, option: &str) -> String {
        let screen = self.expect(option);
        let line = screen.lines().find(|line| line.contains(option)).unwrap();
        line.chars().find(char::is_ascii_digit).unwrap().to_string()
    }

    /// Waits for the end.
    pub fn end(&mut self) -> End {
        let until = now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            let state = self.shown.state.lock().unwrap();
            assert!(now() < until, "it does not end; there is:\n{}", state.parser.screen().contents());
            drop(self.shown.changed.wait_timeout(state, Duration::from_millis(10)).unwrap());
        };
        if self.master.is_some() {
            self.wait("the end of the output", |state| state.over);
        }
        match status.signal() {
            Some(signal) => End::Signal(signal.to_owned()),
            None => End::Code(status.exit_code()),
        }
    }

    /// After the end: asserts that the terminal is as it was, and gives what stands on its first screen.
    pub fn given_back(&self) -> String {
        let state = self.shown.state.lock().unwrap();
        let screen = state.parser.screen();
        assert!(!screen.alternate_screen(), "it shows the other screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "pasted text is bracketed");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        screen.contents()
    }

    /// Whether the program has written these bytes.
    pub fn wrote(&self, bytes: &[u8]) -> bool {
        self.shown.state.lock().unwrap().raw.windows(bytes.len()).any(|raw| raw == bytes)
    }

    /// Whether the terminal ever showed another screen than its first.
    pub fn took_the_screen(&self) -> bool {
        self.wrote(b"\x1b[?1049h")
    }

    fn wait(&self, what: &str, met: impl Fn(&State) -> bool) -> String {
        let until = now() + PATIENCE;
        let mut state = self.shown.state.lock().unwrap();
        while !met(&state) {
            let left = until.saturating_duration_since(now());
            let screen = state.parser.screen().contents();
            assert!(!left.is_zero() && !state.over, "waited for {what}; there is:\n{screen}");
            state = self.shown.changed.wait_timeout(state, left).unwrap().0;
        }
        state.parser.screen().contents()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Nothing a test started outlives it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether one of some texts is on a screen.
pub fn shows_one(screen: &str, texts: &[&str]) -> bool {
    texts.iter().any(|text| screen.contains(text))
}
