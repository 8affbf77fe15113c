//! What a course's programs need: a list of packages, each with its exact version.

use sha2::{Digest, Sha256};

/// The packages of the built-in course; for courses that name none.
const OWN: &str = include_str!("../../content/requirements.txt");

/// A list of packages with exact versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirements {
    /// `Name==1.2.3`, in the order written.
    pub pins: Vec<String>,
}

/// A line that does not name one version of one package.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("requirements.txt, line {line}: `{text}` is no exact version; write `Name==1.2.3`")]
pub struct NotPinned {
    /// Which line, from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
}

impl Requirements {
    /// Those of the built-in course.
    pub fn own() -> Result<Requirements, NotPinned> {
        Requirements::parse(OWN)
    }

    /// What a file says. Proofs are only worth something with the versions they were made with, and options of pip
    /// could fetch programs from anywhere, so that nothing but exact versions is allowed.
    pub fn parse(text: &str) -> Result<Requirements, NotPinned> {
        let mut pins = Vec::new();
        for (index, whole) in text.lines().enumerate() {
            let line = whole.split(" #").next().unwrap_or_default().trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if !is_pin(line) {
                return Err(NotPinned { line: index + 1, text: whole.trim().to_owned() });
            }
            pins.push(line.to_owned());
        }
        Ok(Requirements { pins })
    }

    /// For another version of Flask, such as `2.3`: the newest one of it, with the Werkzeug of the same time and what else Flask
    /// needs. The packages of `own` come along as they are where they don't build on Flask; which of those go with which version
    /// nobody here knows.
    pub fn with_flask(version: &str, own: &Requirements) -> Requirements {
        let parts: Vec<&str> = version.split('.').take(2).collect();
        let exact = if version.split('.').count() > 2 { version.to_owned() } else { format!("{version}.*") };
        let mut pins = vec![format!("Flask=={exact}"), format!("Werkzeug=={}.*", parts.join("."))];
        pins.extend(own.pins.iter().filter(|pin| !builds_on_flask(pin)).cloned());
        Requirements { pins }
    }

    /// As a file for pip.
    pub fn text(&self) -> String {
        self.pins.iter().flat_map(|pin| [pin.as_str(), "\n"]).collect()
    }

    /// A short name that is the same for the same packages.
    pub fn key(&self) -> String {
        let mut sorted: Vec<String> = self.pins.iter().map(|pin| pin.to_lowercase()).collect();
        sorted.sort();
        format!("{:x}", Sha256::digest(sorted.join("\n")))[..16].to_owned()
    }
}

/// Whether a package is Flask, is needed by it, or needs it.
fn builds_on_flask(pin: &str) -> bool {
    const OF_FLASK: [&str; 6] = ["werkzeug", "jinja2", "markupsafe", "itsdangerous", "blinker", "click"];
    let name = pin.split(['=', '[']).next().unwrap_or_default().to_lowercase();
    name.contains("flask") || OF_FLASK.contains(&name.as_str())
}

fn is_pin(line: &str) -> bool {
    let is_part = |text: &str, more: &str| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let Some((name, version)) = line.split_once("==") else { return false };
    let name_alone = name.split_once('[').map_or(name, |(name, _)| name);
    is_part(name_alone, "._-") && is_part(name, "._-[],") && is_part(version, ".!+_-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_versions_are_taken_and_nothing_else() {
        let list =
            Requirements::parse("# what we need\nFlask==3.1.3  # the newest\n\nasgiref[tests]==3.13.0\n").unwrap();
        assert_eq!(list.pins, ["Flask==3.1.3", "asgiref[tests]==3.13.0"]);
        for line in
            ["Flask", "Flask>=3", "-e .", "-r more.txt", "--index-url=http://a==b", "./here==1", "Flask== 3", "a==1 b"]
        {
            let refused = Requirements::parse(&format!("Jinja2==3.1.6\n{line}\n")).unwrap_err();
            assert_eq!(refused, NotPinned { line: 2, text: line.to_owned() });
        }
    }

    #[test]
    fn another_flask_comes_with_its_werkzeug_and_without_its_extensions() {
        let own =
            Requirements::parse("Flask==3.1.3\nWerkzeug==3.1.9\nFlask-Login==0.6.3\nclick==8.5.1\nasgiref==3.13.0\n");
        let own = own.unwrap();
        assert_eq!(Requirements::with_flask("2.3", &own).pins, ["Flask==2.3.*", "Werkzeug==2.3.*", "asgiref==3.13.0"]);
        assert_eq!(
            Requirements::with_flask("3.0.2", &own).pins,
            ["Flask==3.0.2", "Werkzeug==3.0.*", "asgiref==3.13.0"]
        );
    }

    #[test]
    fn the_key_depends_on_the_packages_alone() {
        let key = |text| Requirements::parse(text).unwrap().key();
        assert_eq!(key("Flask==3.1.3\nclick==8.5.1"), key("# both\nclick==8.5.1\nflask==3.1.3\n"));
        assert_ne!(key("Flask==3.1.3"), key("Flask==3.1.2"));
    }

    #[test]
    fn the_built_in_list_is_pinned() {
        assert!(Requirements::own().unwrap().pins.iter().any(|pin| pin.starts_with("Flask==")));
    }
}
