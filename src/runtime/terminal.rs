//! The terminal's modes: taken at the start, given back at every end.

use super::screen::Screen;
use crate::tui::app::App;
use crate::tui::message::Size;
use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io::{self, Stdout, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Another screen, pasted text in one piece, and word of whether the window is in front.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?1004h";
/// All of it back, colours and cursor included; harmless where nothing was taken.
const GIVE_BACK: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";
/// Clicks, the wheel, and movements while a button is down, told in a way that works beyond column 223.
const CATCH_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const LEAVE_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// Which colour the background has.
const ASK_BACKGROUND: &[u8] = b"\x1b]11;?\x1b\\";

/// The terminal while the program has it.
pub struct Terminal {
    /// Where frames are drawn.
    pub drawing: ratatui::Terminal<Screen<Stdout>>,
    modes: Modes,
    mouse: bool,
}

/// Whether the terminal is taken: known to whoever may have to give it back.
#[derive(Clone)]
pub struct Modes(Arc<AtomicBool>);

impl Terminal {
    /// Takes the terminal. It is given back when this is dropped, and when anything panics.
    pub fn take() -> io::Result<Terminal> {
        let size = window()?;
        let modes = Modes(Arc::new(AtomicBool::new(false)));
        give_back_on_panic(modes.clone());
        let screen = Screen::new(io::stdout(), cells(size));
        let drawing = ratatui::Terminal::new(screen)?;
        let mut terminal = Terminal { drawing, modes, mouse: true };
        terminal.enter()?;
        Ok(terminal)
    }

    /// Draws a frame.
    pub fn draw(&mut self, app: &App) -> io::Result<()> {
        if self.drawing.backend_mut().set_links(app.links()) {
            self.redraw()?;
        }
        self.drawing.draw(|frame| app.view(frame))?;
        Ok(())
    }

    /// The window's size.
    pub fn size(&self) -> Size {
        let area = self.drawing.backend().window();
        Size { width: area.width, height: area.height }
    }

    /// The window has this size now; the next frame draws everything.
    pub fn resize(&mut self, size: Size) -> io::Result<()> {
        self.drawing.backend_mut().resize(cells(size));
        self.redraw()
    }

    /// Gives the terminal back for a while.
    pub fn give_back(&mut self) {
        self.modes.give_back();
    }

    /// Takes the terminal again; the next frame draws everything.
    pub fn take_again(&mut self) -> io::Result<()> {
        self.drawing.backend_mut().resize(cells(window()?));
        self.enter()
    }

    fn enter(&mut self) -> io::Result<()> {
        self.modes.0.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        let screen = self.drawing.backend_mut();
        screen.queue(TAKE);
        if self.mouse {
            screen.queue(CATCH_MOUSE);
        }
        self.redraw()
    }

    /// The next frame draws everything.
    pub fn redraw(&mut self) -> io::Result<()> {
        self.drawing.backend_mut().forget();
        self.drawing.clear()
    }

    /// Catches the mouse, or leaves it to the terminal, from the next frame on.
    pub fn catch_mouse(&mut self, catch: bool) {
        self.mouse = catch;
        self.drawing.backend_mut().queue(if catch { CATCH_MOUSE } else { LEAVE_MOUSE });
    }

    /// Asks for the colour of the background, at once: the answer, if there is one, comes like a key.
    pub fn ask_background(&self) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(ASK_BACKGROUND)?;
        out.flush()
    }

    /// Whether it is taken, for those who may have to give it back.
    pub fn modes(&self) -> Modes {
        self.modes.clone()
    }
}

/// The size of the window that shows what we write.
pub fn window() -> io::Result<Size> {
    // crossterm opens /dev/tty to ask, which takes a tenth of the time to the first screen.
    #[cfg(unix)]
    {
        let mut size = libc::winsize { ws_row: 0, ws_col: 0, ws_xpixel: 0, ws_ypixel: 0 };
        // SAFETY: this request fills a `winsize`.
        let answered = unsafe { libc::ioctl(libc::STDOUT_FILENO, libc::TIOCGWINSZ, &mut size) } == 0;
        if answered && size.ws_col > 0 && size.ws_row > 0 {
            return Ok(Size { width: size.ws_col, height: size.ws_row });
        }
    }
    match ratatui::crossterm::terminal::size()? {
        // A line that was never told its size, as of a serial console: what terminals have been since the first one.
        (0, _) | (_, 0) => Ok(Size { width: 80, height: 24 }),
        (width, height) => Ok(Size { width, height }),
    }
}

fn cells(size: Size) -> ratatui::layout::Size {
    ratatui::layout::Size { width: size.width, height: size.height }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.give_back();
    }
}

impl Modes {
    /// Gives the terminal back if it is taken. A terminal that is gone cannot be told, and need not be.
    pub fn give_back(&self) {
        if self.0.swap(false, Ordering::SeqCst) {
            let mut out = io::stdout();
            let _ = out.write_all(GIVE_BACK).and_then(|()| out.flush());
            let _ = disable_raw_mode();
        }
    }
}

/// A panic anywhere gives the terminal back before it is reported, and ends the program: half of it going on behind a
/// report would only confuse.
fn give_back_on_panic(modes: Modes) {
    let report = std::panic::take_hook();
    let main = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        modes.give_back();
        report(panic);
        if std::thread::current().id() != main {
            #[expect(clippy::disallowed_methods, reason = "the main thread waits for a thread that is no more")]
            std::process::exit(101);
        }
    }));
}
