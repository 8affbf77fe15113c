//! What the learner wants at this start: the settings file, above it the environment, above that the command line.

use super::environment::Variables;
use crate::settings::options::{Motion, Theme};
use crate::settings::{Change, file};
use crate::tui::preferences::Wanted;
use std::path::Path;

/// Reads what is wanted. `asked` is from the command line.
pub fn wanted(place: Option<&Path>, variables: &impl Variables, asked: Vec<Change>) -> Wanted {
    let told = place.map(file::read).unwrap_or_default();
    let (mut settings, mut complaints) = (told.settings, told.complaints);
    let mut changes = Vec::new();
    // A console draws slowly, and people who want nothing to move say so once for all programs.
    if variables.get("REDUCE_MOTION").is_some_and(|value| value != "0")
        || variables.get("TERM").is_some_and(|term| term == "linux")
    {
        changes.push(Change::Motion(Motion::None));
    }
    for name in Change::NAMES {
        let variable = variable(name);
        match variables.get(&variable).map(|value| Change::read(name, &value)) {
            Some(Ok(change)) => changes.push(change),
            Some(Err(why)) => complaints.push(format!("{variable}: {why}")),
            None => {}
        }
    }
    changes.extend(asked);
    let names = changes.iter().map(Change::name).collect();
    changes.into_iter().for_each(|change| settings.apply(change));
    let scheme = match (&settings.theme, place) {
        (Theme::Base16(name), Some(place)) => Some(file::theme(place, name)),
        (Theme::Base16(_), None) => Some(Err("there is no folder for themes".to_owned())),
        (Theme::Auto | Theme::Dark | Theme::Light | Theme::HighContrast, _) => None,
    };
    let place = place.map_or(String::new(), |place| short(place, variables));
    Wanted { settings, place, asked: names, scheme, complaints }
}

/// The variable that says an option, such as `FLASKDOJO_THEME`.
fn variable(name: &str) -> String {
    format!("FLASKDOJO_{}", name.to_uppercase())
}

/// A path as people write it: their own folder is `~`.
pub fn short(path: &Path, variables: &impl Variables) -> String {
    let below = variables.get("HOME").and_then(|home| path.strip_prefix(home).ok());
    below.map_or_else(|| path.display().to_string(), |rest| format!("~/{}", rest.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    struct List(HashMap<&'static str, &'static str>);

    impl Variables for List {
        fn get(&self, name: &str) -> Option<String> {
            self.0.get(name).map(|value| (*value).to_owned())
        }
    }

    #[test]
    fn the_command_line_is_above_the_environment_and_that_above_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        std::fs::write(&path, "theme = 'dark'\nmeasure = 60\nglyphs = 'ascii'\n").unwrap();
        let variables = List([("FLASKDOJO_THEME", "light"), ("FLASKDOJO_MEASURE", "70")].into());
        let wanted = wanted(Some(&path), &variables, vec![Change::Measure(80)]);
        let settings = wanted.settings;
        assert_eq!((settings.theme, settings.measure), (Theme::Light, 80));
        assert_eq!(settings.glyphs, crate::settings::options::Glyphs::Ascii);
        assert_eq!(wanted.asked, ["theme", "measure", "measure"]);
        assert_eq!(wanted.complaints, [""; 0]);
    }

    #[test]
    fn nothing_moves_where_nothing_should() {
        for (name, value) in [("REDUCE_MOTION", "1"), ("TERM", "linux"), ("FLASKDOJO_MOTION", "none")] {
            let wanted = wanted(None, &List([(name, value)].into()), Vec::new());
            assert_eq!(wanted.settings.motion, Motion::None, "{name}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_told_and_left_out() {
        let wanted = wanted(None, &List([("FLASKDOJO_MEASURE", "wide")].into()), Vec::new());
        assert_eq!(wanted.settings.measure, 74);
        assert!(wanted.complaints[0].starts_with("FLASKDOJO_MEASURE: measure is “wide”"));
    }

    #[test]
    fn the_own_folder_is_written_short() {
        let variables = List([("HOME", "/home/ada")].into());
        assert_eq!(short(Path::new("/home/ada/.config/x"), &variables), "~/.config/x");
        assert_eq!(short(Path::new("/etc/x"), &variables), "/etc/x");
    }
}
