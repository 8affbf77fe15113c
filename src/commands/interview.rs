//! `flaskdojo interview --report`: the last interview as a text to keep.

use crate::course::Course;
use crate::study::interview::report::Report;
use crate::study::learner::Learner;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Writes the report of the last interview to a file that is not there yet. `false` when there was none.
pub fn report(course: &Course, learner: &Learner, to: &Path, out: &mut dyn Write) -> io::Result<bool> {
    let Some(last) = learner.meetings.last() else {
        writeln!(out, "There was no interview yet: flaskdojo interview")?;
        return Ok(false);
    };
    let report = Report::of(course, &last.brief, &last.rated, last.day);
    File::create_new(to)?.write_all(report.markdown(course).as_bytes())?;
    writeln!(out, "Written to {}.", to.display())?;
    Ok(true)
}
