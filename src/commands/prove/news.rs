//! What is told while programs run: on a terminal one line that is written over, elsewhere only sentences.

use crate::python::runner::Progress;
use std::io::{IsTerminal, Write};

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A sentence.
    Said(String),
    /// How many programs have run.
    Ran(Progress),
    /// No more.
    Done,
}

/// Where news are told.
pub struct Line<W> {
    out: W,
    sort: Sort,
    is_written: bool,
}

/// What a [`Line`] writes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A terminal, where a line can be written over.
    Terminal,
    /// A file or another program.
    Other,
}

impl Line<std::io::Stderr> {
    /// The line on stderr, so that the result can go elsewhere.
    pub fn on_stderr() -> Self {
        let out = std::io::stderr();
        let sort = if out.is_terminal() { Sort::Terminal } else { Sort::Other };
        Line::new(out, sort)
    }
}

impl<W: Write> Line<W> {
    /// A line in `out`.
    pub fn new(out: W, sort: Sort) -> Self {
        Line { out, sort, is_written: false }
    }

    /// Tells it.
    pub fn tell(&mut self, news: &News) {
        match (news, self.sort) {
            (News::Said(sentence), _) => {
                self.clear();
                self.write(&format!("{sentence}\n"));
            }
            (News::Ran(Progress { done, all }), Sort::Terminal) => {
                self.clear();
                self.write(&format!("{done} of {all} programs"));
                self.is_written = true;
            }
            (News::Done, Sort::Terminal) => self.clear(),
            (News::Ran(_) | News::Done, Sort::Other) => {}
        }
    }

    /// Takes an unfinished line away.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.is_written) {
            self.write("\r\x1b[K");
        }
    }

    fn write(&mut self, text: &str) {
        // Nobody is served by an end of the work because its news could not be told.
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_sees_one_line_and_a_file_only_sentences() {
        let told = [
            News::Said("running".to_owned()),
            News::Ran(Progress { done: 1, all: 2 }),
            News::Ran(Progress { done: 2, all: 2 }),
            News::Done,
        ];
        let cases =
            [(Sort::Terminal, "running\n1 of 2 programs\r\x1b[K2 of 2 programs\r\x1b[K"), (Sort::Other, "running\n")];
        for (sort, expected) in cases {
            let mut line = Line::new(Vec::new(), sort);
            told.iter().for_each(|news| line.tell(news));
            assert_eq!(String::from_utf8(line.out).unwrap(), expected);
        }
    }
}
