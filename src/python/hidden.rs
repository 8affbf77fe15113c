//! Errors that a program hid: a view that fails is a 500 for whoever asked, and its error stands in the log alone.

use super::program::Run;

/// The last error in what a program complained about, as words to put behind others; empty where there is none.
pub fn told(run: &Run, code: &str) -> String {
    let Some(error) = last_error(run) else { return String::new() };
    let place = error.line.and_then(|number| {
        let line = code.lines().nth((number as usize).checked_sub(1)?)?;
        Some(format!(" in line {number}: {}", line.trim()))
    });
    format!("\nthe log says {}{}", error.words, place.unwrap_or_default())
}

/// The line of the program that it came from, from 1.
pub fn line(run: &Run, code: &str) -> Option<u32> {
    last_error(run)?.line.filter(|line| (*line as usize) <= code.lines().count())
}

struct Hidden {
    /// Such as `KeyError: 'cat'`.
    words: String,
    line: Option<u32>,
}

/// The last traceback in the log. The error that ended the program itself is known from elsewhere.
fn last_error(run: &Run) -> Option<Hidden> {
    let (_, traceback) = run.complained.rsplit_once("Traceback (most recent call last):\n")?;
    let mut line = None;
    for text in traceback.lines() {
        if let Some(place) = text.trim_start().strip_prefix("File \"app.py\", line ") {
            line = place.split(',').next().and_then(|number| number.parse().ok());
        }
        if !text.starts_with(' ') && !text.is_empty() {
            return Some(Hidden { words: text.to_owned(), line });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_error_of_a_log_is_told_with_its_line() {
        let complained = "[2026-11-25] ERROR in app: Exception on / [GET]\nTraceback (most recent call last):\n  \
                          File \"/lib/flask/app.py\", line 9, in wsgi_app\n    call()\n  File \"app.py\", line 2, in view\n    \
                          return {}['cat']\n           ~~~~~~\nKeyError: 'cat'\nand so on\n";
        let run = Run { complained: complained.to_owned(), ..Run::default() };
        let code = "def view():\n    return {}['cat']\n";
        assert_eq!(told(&run, code), "\nthe log says KeyError: 'cat' in line 2: return {}['cat']");
        assert_eq!(line(&run, code), Some(2));
        assert_eq!(told(&Run::default(), code), "");
    }
}
