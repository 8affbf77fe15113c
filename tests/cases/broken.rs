//! A file with a mistake, put into the tiny course. Comments say what must be found:
//!
//! - `# kind: question` (or `lesson`, `interview`, `clinic`, `xray`, `module`, `course`, `glossary`, `requirements`) says what the file is;
//!   `# kind: file NAME` puts it at that path, `# kind: without NAME` takes that path away.
//! - `# error[code]: words` is the mistake in this line, or in the next one where the comment stands alone. The words
//!   must occur in what is said about it.
//! - `# error[code] +3: words` is a mistake three lines below the comment, for places where comments can't stand (and
//!   `+-1` is one in the line above, for lines with two mistakes).
//! - `# error[code] whole NAME: words` is a file or folder that is the mistake, `# error[code] at NAME:LINE: words` is a
//!   mistake that this file makes of a line in another one.
//!
//! - `# warning[code]: words`, in the same ways, is a warning.
//!
//! Nothing else may be found, except that what was never run is not recorded.

use flaskdojo::content::folder::Folder;
use flaskdojo::content::load;
use flaskdojo::content::report::{Diagnostic, Report};
use flaskdojo::fault::FaultCode;
use flaskdojo::fault::Severity;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the other kinds of files go.
const PLACES: [(&str, &str); 9] = [
    ("question", "01-hello/questions/broken.yaml"),
    ("lesson", "01-hello/lessons/09-broken.yaml"),
    ("interview", "01-hello/interview/broken.yaml"),
    ("clinic", "01-hello/clinic/broken.yaml"),
    ("xray", "01-hello/xray/broken.yaml"),
    ("module", "02-answers/module.yaml"),
    ("course", "course.yaml"),
    ("glossary", "glossary.yaml"),
    ("requirements", "requirements.txt"),
];

pub fn check(path: &Path, bytes: Vec<u8>) -> datatest_stable::Result<()> {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut folder = tiny();
    let kind = text.lines().find_map(|line| line.trim().strip_prefix("# kind: ")).ok_or("no `# kind:` line")?;
    let place = match kind.split_once(' ') {
        Some(("file", name)) => name.to_owned(),
        Some(("without", name)) => {
            folder.files.remove(name).ok_or("there is no such file to take away")?;
            name.to_owned()
        }
        _ => PLACES.iter().find(|(name, _)| *name == kind).ok_or("an unknown kind")?.1.to_owned(),
    };
    if !kind.starts_with("without") {
        folder.files.insert(place.clone(), bytes);
    }

    let found = load::files(&folder).map_or_else(|found| found, |loaded| loaded.warnings);
    let mut wanted = wanted(&text, &place);
    wanted.sort();
    // Nothing that a file here says was ever run, and only files about that say so.
    let is_about_records = wanted.iter().any(|wanted| wanted.code.contains(FaultCode::NotRecorded.name()));
    let found = found.iter().filter(|diagnostic| is_about_records || diagnostic.code != FaultCode::NotRecorded);
    let mut seen: Vec<Wanted> = found.map(|diagnostic| seen(diagnostic, &folder.root)).collect();
    seen.sort();
    let is_all = wanted.len() == seen.len()
        && wanted.iter().zip(&seen).all(|(wanted, seen)| {
            (&wanted.file, wanted.line, &wanted.code) == (&seen.file, seen.line, &seen.code)
                && seen.words.contains(&wanted.words)
        });
    if !is_all || wanted.is_empty() {
        let lines = |all: &[Wanted]| -> String {
            let line =
                |Wanted { file, line, code, words }: &Wanted| format!("\n  {}:{line}: {code}: {words}", file.display());
            all.iter().map(line).collect()
        };
        eprintln!("{}: wanted{}\nbut found{}", path.display(), lines(&wanted), lines(&seen));
        return Err("other mistakes were found than should be".into());
    }
    Ok(())
}

/// A mistake: sorted by its place.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    file: PathBuf,
    line: usize,
    code: String,
    words: String,
}

fn seen(diagnostic: &Diagnostic, root: &Path) -> Wanted {
    Wanted {
        file: diagnostic.file.strip_prefix(root).unwrap_or(&diagnostic.file).to_owned(),
        line: diagnostic.line,
        code: match diagnostic.severity {
            Severity::Mistake => format!("error[{}]", diagnostic.code.name()),
            Severity::Warning => format!("warning[{}]", diagnostic.code.name()),
        },
        words: format!("{} / {}", diagnostic.what, diagnostic.mend),
    }
}

fn wanted(text: &str, place: &str) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let marks = [("error", "# error["), ("warning", "# warning[")];
        let Some((severity, (before, after))) =
            marks.iter().find_map(|(severity, mark)| Some((*severity, line.split_once(mark)?)))
        else {
            continue;
        };
        let (code, rest) = after.split_once(']').expect("a code in brackets");
        let code = format!("{severity}[{code}]");
        let (at, words) = rest.split_once(": ").expect("words after the code");
        let number = index + 1;
        let mut file = place;
        let line = match at.trim() {
            "" if before.trim().is_empty() => number + 1,
            "" => number,
            at => match (at.split_at_checked(1), at.split_once(' ')) {
                (Some(("+", lines)), _) => number.saturating_add_signed(lines.parse().expect("a number of lines")),
                (_, Some(("whole", name))) => {
                    file = name;
                    0
                }
                (_, Some(("at", place))) => {
                    let (name, line) = place.split_once(':').expect("a name and a line");
                    file = name;
                    line.parse().expect("the number of a line")
                }
                _ => panic!("`{at}` is no place"),
            },
        };
        wanted.push(Wanted { file: file.into(), line, code, words: words.trim().to_owned() });
    }
    wanted
}

/// The tiny course, read anew.
fn tiny() -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/tiny");
    let mut report = Report::new(&root);
    let folder = flaskdojo::content::folder::read(&root, &mut report);
    assert!(report.is_empty(), "{:?}", report.into_found());
    let files: BTreeMap<String, Vec<u8>> = folder.files;
    Folder { root, files }
}
