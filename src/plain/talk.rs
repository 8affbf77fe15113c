//! Lines out, answers in.

use super::Echo;
use crate::prose::plain;
use crate::prose::{Block, Prose};
use std::io::{self, BufRead, Read, Write};

/// How wide running text is. Code and pictures keep their own lines.
pub const WIDTH: usize = 78;
/// A longer answer is cut: nobody types it.
const BYTES_MAX: u64 = 64 * 1024;

/// Both directions.
pub struct Talk<'a> {
    pub input: &'a mut dyn BufRead,
    pub output: &'a mut dyn Write,
    pub echo: Echo,
}

/// Why the talk is over.
#[derive(Debug)]
pub enum End {
    /// The learner said so, or there is no more input.
    Quit,
    /// It cannot be written any more.
    Output(io::Error),
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> End {
        End::Output(error)
    }
}

/// What was answered to a prompt. Asking for help and quitting never come through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing was typed.
    Enter,
    /// `b`: one step back.
    Back,
    /// Anything else, without blanks around it.
    Text(String),
}

impl Talk<'_> {
    /// Writes a line.
    pub fn say(&mut self, line: impl AsRef<str>) -> Result<(), End> {
        Ok(writeln!(self.output, "{}", line.as_ref())?)
    }

    /// Writes lines.
    pub fn say_all(&mut self, lines: &[String]) -> Result<(), End> {
        lines.iter().try_for_each(|line| self.say(line))
    }

    /// Writes a text.
    pub fn say_prose(&mut self, prose: &Prose) -> Result<(), End> {
        self.say_all(&plain::lines(prose, WIDTH))
    }

    /// Writes a text with a label before its first line.
    pub fn say_labelled(&mut self, label: &str, prose: &Prose) -> Result<(), End> {
        match prose.0.split_first() {
            Some((Block::Paragraph(first), rest)) => {
                self.say_all(&plain::paragraph(&format!("{label}: "), first, WIDTH))?;
                self.say_all(&plain::lines(&Prose(rest.to_vec()), WIDTH))
            }
            Some(_) => {
                self.say(format!("{label}:"))?;
                self.say_prose(prose)
            }
            None => Ok(()),
        }
    }

    /// Asks. `?` is answered with `help`, `q` and the end of the input end the talk.
    pub fn ask(&mut self, prompt: &str, help: &str) -> Result<Reply, End> {
        loop {
            let line = self.line(prompt)?;
            match line.as_str() {
                "" => return Ok(Reply::Enter),
                "?" => {
                    self.say(help)?;
                    self.say("At every prompt: ? help, b back, q quit. What you do is saved at once.")?;
                }
                "q" | "Q" => return Err(End::Quit),
                "b" | "B" => return Ok(Reply::Back),
                _ => return Ok(Reply::Text(line)),
            }
        }
    }

    /// Offers numbered choices and returns the place of the one that was taken; `None` is a step back.
    pub fn choose(&mut self, title: &str, choices: &[String]) -> Result<Option<usize>, End> {
        self.say("")?;
        self.say(title)?;
        for (number, choice) in choices.iter().enumerate() {
            self.say(format!("  {}. {choice}", number + 1))?;
        }
        let prompt = format!("Your choice, 1 to {} (Enter for 1): ", choices.len());
        loop {
            match self.ask(&prompt, "Type the number of a line, or the beginning of its text.")? {
                Reply::Enter => return Ok(Some(0)),
                Reply::Back => return Ok(None),
                Reply::Text(text) => match chosen(&text, choices) {
                    Some(place) => return Ok(Some(place)),
                    None => self.say(format!("There is no “{text}” here."))?,
                },
            }
        }
    }

    fn line(&mut self, prompt: &str) -> Result<String, End> {
        write!(self.output, "{prompt}")?;
        self.output.flush()?;
        let mut bytes = Vec::new();
        // An unreadable input has ended, as far as talking goes.
        let read = Read::by_ref(&mut self.input).take(BYTES_MAX).read_until(b'\n', &mut bytes).unwrap_or(0);
        if read == 0 {
            self.say("")?;
            return Err(End::Quit);
        }
        let line: String = String::from_utf8_lossy(&bytes).chars().filter(|c| !c.is_control()).collect();
        let line = line.trim().to_owned();
        match self.echo {
            Echo::Written => self.say(&line)?,
            Echo::Terminal => {}
        }
        Ok(line)
    }
}

fn chosen(text: &str, choices: &[String]) -> Option<usize> {
    if let Ok(number) = text.parse::<usize>() {
        return number.checked_sub(1).filter(|place| *place < choices.len());
    }
    let wanted = text.to_lowercase();
    let mut fitting = choices.iter().enumerate().filter(|(_, choice)| choice.to_lowercase().starts_with(&wanted));
    match (fitting.next(), fitting.next()) {
        (Some((place, _)), None) => Some(place),
        (Some(_), Some(_)) | (None, _) => None,
    }
}
