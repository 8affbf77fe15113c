//! The pages of documentation that there are: Flask's and those of what it is built on.

use crate::fault::nearest;
use std::collections::HashMap;

/// What `tools/pages.py` made of the documentation. A line without a blank before it is a site and its version; the others
/// are a page of it and the headings and names that can be linked to.
const LIST: &str = include_str!("pages.txt");

/// The site of a source without a prefix.
const OWN: &str = "flask";

/// The documentation of some projects.
#[derive(Debug)]
pub struct Pages {
    sites: HashMap<&'static str, Site>,
}

/// The documentation of one project.
#[derive(Debug)]
struct Site {
    version: &'static str,
    /// The line of each page behind its name.
    pages: HashMap<&'static str, &'static str>,
}

/// A source that leads nowhere: what is wrong, and a mend.
#[derive(Debug, PartialEq, Eq)]
pub struct Nowhere {
    /// As a sentence without a full stop.
    pub what: String,
    /// What was probably meant; may be empty.
    pub mend: String,
}

impl Pages {
    /// The list that comes with the program.
    pub fn known() -> Pages {
        let mut sites: HashMap<&str, Site> = HashMap::new();
        let mut current = "";
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let (name, rest) = line.trim_start().split_once(' ').unwrap_or((line.trim_start(), ""));
            if !line.starts_with(' ') {
                current = name;
                sites.insert(name, Site { version: rest, pages: HashMap::new() });
            } else if let Some(site) = sites.get_mut(current) {
                site.pages.insert(name, rest);
            }
        }
        Pages { sites }
    }

    /// Whether a source leads nowhere. Of sites that are not in the list nothing is known.
    pub fn check(&self, source: &str) -> Option<Nowhere> {
        let (prefix, rest) = source.split_once(':').unwrap_or((OWN, source));
        let site = self.sites.get(prefix)?;
        let (name, anchor) = rest.split_once('#').unwrap_or((rest, ""));
        let before = if prefix == OWN { String::new() } else { format!("{prefix}:") };
        let Some(anchors) = site.pages.get(name) else {
            let what = format!("the documentation of {prefix} {} has no page `{name}`", site.version);
            let mend = meant(name, site.pages.keys().copied(), |name| format!("{before}{name}"));
            return Some(Nowhere { what, mend });
        };
        if anchor.is_empty() || anchors.split(' ').any(|known| known == anchor) {
            return None;
        }
        let what = format!("the page `{name}` of {prefix} {} has no heading or name `{anchor}`", site.version);
        let mend = meant(anchor, anchors.split(' '), |anchor| format!("{before}{name}#{anchor}"));
        Some(Nowhere { what, mend })
    }
}

fn meant<'a>(written: &str, known: impl Iterator<Item = &'a str>, whole: impl Fn(&str) -> String) -> String {
    match nearest(written, known) {
        Some(meant) => format!("did you mean `{}`?", whole(meant)),
        None => "look it up: the part after `#` stands at the end of the address".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_the_sites_and_their_pages() {
        let pages = Pages::known();
        for (site, least) in [("flask", 70), ("werkzeug", 30), ("jinja", 10), ("click", 30), ("itsdangerous", 8)] {
            assert!(pages.sites[site].pages.len() >= least, "{site}");
        }
    }

    #[test]
    fn a_source_that_leads_somewhere_is_told_from_one_that_does_not() {
        let pages = Pages::known();
        for good in ["quickstart", "quickstart#sessions", "api#flask.Flask.route", "werkzeug:routing", "rfc:9110#x"] {
            assert_eq!(pages.check(good), None, "{good}");
        }
        let mend = |source: &str| pages.check(source).map(|nowhere| nowhere.mend);
        assert_eq!(mend("quikstart#sessions").as_deref(), Some("did you mean `quickstart`?"));
        assert_eq!(mend("quickstart#session").as_deref(), Some("did you mean `quickstart#sessions`?"));
        assert_eq!(mend("werkzeug:ruoting").as_deref(), Some("did you mean `werkzeug:routing`?"));
        assert!(mend("api#flask.Unheard.of_this").is_some());
    }
}
