//! The screens in the README are those of the walks. `UPDATE=1` puts the walks' screens in.

use std::path::Path;

/// `<!-- screen: tests/walks/real/tour.md 2 -->`: the second screen of that walk stands in the fence below.
const MARK: &str = "<!-- screen: ";

#[test]
fn the_screens_in_the_readme_are_real() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let mut written = String::new();
    let mut rest = readme.as_str();
    let mut marks = 0;
    while let Some(at) = rest.find(MARK) {
        marks += 1;
        let (before, from) = rest.split_at(at);
        let (mark, after) = from.split_once('\n').expect("a line below the mark");
        let named = mark.trim_start_matches(MARK).trim_end_matches(" -->");
        let (walk, number) = named.split_once(' ').expect("a walk and a number");
        let screen = screen(&root.join(walk), number.parse().expect("a number"));
        let (_, after) = after.trim_start().split_once("```text\n").expect("a fence below the mark");
        let (_, after) = after.split_once("```\n").expect("an end of the fence");
        written.push_str(&format!("{before}{mark}\n```text\n{screen}```\n"));
        rest = after;
    }
    written.push_str(rest);
    assert!(marks > 0, "the README shows no screen");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, written).unwrap();
    } else {
        assert!(
            readme == written,
            "the README shows other screens than the walks: UPDATE=1 cargo test --test it readme"
        );
    }
}

/// The `number`th screen of a walk, from 1.
fn screen(walk: &Path, number: usize) -> String {
    let story = std::fs::read_to_string(walk).unwrap();
    let fence =
        story.split("```screen ").nth(number).unwrap_or_else(|| panic!("{} has no screen {number}", walk.display()));
    let (_, body) = fence.split_once('\n').unwrap();
    body.split("```").next().unwrap().to_owned()
}
