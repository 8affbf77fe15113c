//! Sources: pages to read, by their short names.

use crate::course::source;
use crate::fault::{FaultCode, Faults, MentionSort, nearest};
use crate::field::Field;
use crate::question::text::Show;

/// What a source looks like, as a pattern for editors.
pub const NAME: &str = r#"^[^\s<>"\\]+$"#;

/// The checked field `sources`.
pub fn check(field: Field<Vec<Field<String>>>, faults: &mut Faults) -> Vec<String> {
    let sources = field.texts("sources", faults);
    for (path, source) in &sources {
        check_one(source, path, faults);
    }
    sources.into_iter().map(|(_, source)| source).collect()
}

fn check_one(written: &str, path: &str, faults: &mut Faults) {
    if written.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\\')) {
        let what = format!("{} is not the name of a page", Show(written));
        faults.add(FaultCode::UnknownSource, path, what, "write it as in `quickstart#sessions`");
        return;
    }
    if source::address(written).is_some() {
        // Whether there is such a page is looked up later, with the whole list at hand.
        return faults.mention(MentionSort::Source, path, written);
    }
    let site = written.split(':').next().unwrap_or_default();
    let mend = match nearest(site, source::prefixes()) {
        Some(known) => format!("did you mean `{known}:`?"),
        None => {
            let known: Vec<_> = source::prefixes().collect();
            format!("the sites are {}; a page without a site is one of Flask", known.join(", "))
        }
    };
    faults.add(FaultCode::UnknownSource, path, format!("nobody knows the site {}", Show(site)), mend);
}
