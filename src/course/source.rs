//! Sources: short names for pages to read, and their addresses.

/// The prefixes that authors write and the addresses that they stand for. `{}` is the page.
const SITES: [(&str, &str, &str); 11] = [
    ("werkzeug", "Werkzeug", "https://werkzeug.palletsprojects.com/en/stable/{}/"),
    ("jinja", "Jinja", "https://jinja.palletsprojects.com/en/stable/{}/"),
    ("itsdangerous", "itsdangerous", "https://itsdangerous.palletsprojects.com/en/stable/{}/"),
    ("click", "Click", "https://click.palletsprojects.com/en/stable/{}/"),
    ("asgi", "ASGI", "https://asgi.readthedocs.io/en/latest/{}.html"),
    ("pep", "PEP", "https://peps.python.org/pep-{}/"),
    ("rfc", "RFC", "https://www.rfc-editor.org/rfc/rfc{}"),
    ("mdn", "MDN", "https://developer.mozilla.org/docs/Web/{}"),
    ("python", "Python", "https://docs.python.org/3/{}.html"),
    ("quart", "Quart", "https://quart.palletsprojects.com/en/latest/{}.html"),
    ("flask-session", "Flask-Session", "https://flask-session.readthedocs.io/en/latest/{}.html"),
];

/// Where a source can be read: what to call it, and its address. `None` for a prefix that nobody knows.
pub fn address(source: &str) -> Option<(String, String)> {
    let (site, rest) = source.split_once(':').unwrap_or(("", source));
    let (page, anchor) = rest.split_once('#').unwrap_or((rest, ""));
    if page.is_empty() {
        return None;
    }
    let (name, pattern) = if site.is_empty() {
        ("Flask docs", "https://flask.palletsprojects.com/en/stable/{}/")
    } else {
        let (_, name, pattern) = SITES.iter().find(|(prefix, _, _)| *prefix == site)?;
        (*name, *pattern)
    };
    // Where pages are folders, the index is the folder around it.
    let page = if pattern.ends_with("{}/") { page.strip_suffix("index").unwrap_or(page) } else { page };
    let mut url = pattern.replace("{}", page.trim_end_matches('/'));
    if page.is_empty() {
        url.pop();
    }
    if !anchor.is_empty() {
        url.push('#');
        url.push_str(anchor);
    }
    Some((format!("{name} {rest}"), url))
}

/// The prefixes that authors may write.
pub fn prefixes() -> impl Iterator<Item = &'static str> {
    SITES.iter().map(|(prefix, _, _)| *prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_has_the_address_of_its_page() {
        let url = |source: &str| address(source).map(|(_, url)| url).unwrap_or_default();
        let flask = "https://flask.palletsprojects.com/en/stable";
        assert_eq!(url("quickstart#sessions"), format!("{flask}/quickstart/#sessions"));
        assert_eq!(url("deploying/index"), format!("{flask}/deploying/"));
        assert_eq!(url("index"), format!("{flask}/"));
        assert_eq!(url("quart:index"), "https://quart.palletsprojects.com/en/latest/index.html");
        assert_eq!(url("rfc:6265#section-5.3"), "https://www.rfc-editor.org/rfc/rfc6265#section-5.3");
        assert_eq!(address("wikipedia:Flask"), None);
        assert_eq!(address("pep:"), None);
    }
}
