//! A file below `xray/`.

use super::{source, version};
use crate::course::xray::{Event, Request, Xray};
use crate::fault::{FaultCode, Faults, nearest};
use crate::field::Field;
use crate::id::{TopicId, XrayId};
use crate::prose::read;
use crate::question::text::{self, Show};
use crate::shape::{fields, may, must};
use std::collections::BTreeMap;

fields! {
    /// What authors write.
    XrayFields, "X-ray", "a map with `id`, `topic`, `title`, `program`, `request` and so on" {
        /// Its name, unique in the course; it begins with `xray.`.
        id: Field<String> = must().id_like(PREFIX),
        /// Names that it had before.
        was: Field<Vec<Field<String>>> = may().id(),
        /// What it is about.
        topic: Field<String> = must(),
        /// Its title.
        title: Field<String> = must(),
        /// What to look for.
        intro: Field<String> = must(),
        /// A small app named `app`.
        program: Field<String> = must(),
        /// What it is asked.
        request: Field<RequestFields> = must(),
        /// Events after which the learner says what comes next.
        ask: Field<Vec<Field<String>>> = may().one_of(&EVENTS),
        /// The versions for which it holds.
        flask: Field<String> = may().like(version::RANGE),
        /// Pages to read.
        sources: Field<Vec<Field<String>>> = may().like(source::NAME),
    }
}

fields! {
    /// What authors write for a request.
    RequestFields, "request", "a map with `path` and perhaps `method`, `headers` and `body`" {
        /// `GET` where nothing else is said.
        method: Field<String> = may().one_of(&METHODS),
        /// With its query; it begins with a slash.
        path: Field<String> = must(),
        /// By name.
        headers: Field<BTreeMap<String, Field<String>>> = may(),
        /// May be left out.
        body: Field<String> = may().or_empty(),
    }
}

/// What every id begins with.
pub const PREFIX: &str = "xray.";

/// The most lines of a program that a screen shows beside the steps.
const LINES_MAX: usize = 30;

/// The names of the events.
const EVENTS: [&str; Event::ALL.len()] = {
    let mut names = [""; Event::ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = Event::ALL[at].1;
        at += 1;
    }
    names
};

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// A whole file in YAML: the manual and the tests use it.
pub const EXAMPLE: &str = r#"
id: xray.counter
topic: session
title: A visit that is counted
intro: |
  The view changes the session, but it does not write the cookie. Look for the step that does.
program: |
  from flask import Flask, g, session

  app = Flask(__name__)
  app.secret_key = "dev"

  @app.before_request
  def note_visitor():
      g.visitor = session.get("name", "somebody")

  @app.get("/count")
  def count():
      session["visits"] = session.get("visits", 0) + 1
      return f"{g.visitor}: {session['visits']}"
request: {method: GET, path: /count, headers: {Accept: text/html}}
ask: [before_request, view]
sources: [lifecycle]
"#;

/// Checks one file. Ids that must exist elsewhere are looked at later.
pub fn check(fields: XrayFields, faults: &mut Faults) -> Option<Xray> {
    let id = super::prefixed_name(PREFIX, fields.id, faults);
    let was = super::former_names(fields.was, faults);
    let topic = fields.topic.text("topic", faults);
    let title = fields.title.text("title", faults).map(|title| read::title(&title, "title", faults));
    let intro = fields.intro.text("intro", faults).map(|intro| super::prose(&intro, "intro", faults));
    let program = fields.program.text("program", faults);
    let program = program.map(|program| text::program(&program, "program", faults));
    if let Some(lines) = program.as_ref().map(|code| code.lines.len()).filter(|lines| *lines > LINES_MAX) {
        let what = format!("the program has {lines} lines, {LINES_MAX} fit beside the steps");
        faults.add(FaultCode::Range, "program", what, "leave out what the request doesn't come through");
    }
    let request = fields.request.need("request", faults);
    let request = request.and_then(|fields| faults.within("request", |faults| check_request(fields, faults)));
    let asked = fields.ask.texts("ask", faults);
    let ask = asked.iter().filter_map(|(path, word)| check_event(word, path, faults)).collect();
    let flask = version::range(fields.flask, faults);
    let sources = source::check(fields.sources, faults);
    Some(Xray {
        id: XrayId::from(id?.as_str()),
        was: was.iter().map(|name| XrayId::from(name.as_str())).collect(),
        topic: TopicId::from(topic?.as_str()),
        title: title?,
        intro: intro?,
        program: program?,
        request: request?,
        ask,
        trace: None,
        flask,
        sources,
        ran_on: String::new(),
    })
}

fn check_request(fields: RequestFields, faults: &mut Faults) -> Option<Request> {
    let method = fields.method.maybe_text("method", faults).unwrap_or_else(|| METHODS[0].to_owned());
    if !METHODS.contains(&method.as_str()) {
        let what = format!("{} is not a method of HTTP", Show(&method));
        let mend = match nearest(&method, METHODS) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("the methods are {}", METHODS.join(", ")),
        };
        faults.add(FaultCode::BadRequest, "method", what, mend);
    }
    let path = fields.path.text("path", faults);
    if let Some(path) = path.as_deref().filter(|path| !path.starts_with('/')) {
        let what = format!("{} does not begin with a slash", Show(path));
        faults.add(FaultCode::BadRequest, "path", what, "write the path alone, as in `/cart?x=1`");
    } else if path.as_deref().is_some_and(|path| path.contains(|c: char| c.is_whitespace())) {
        faults.add(FaultCode::BadRequest, "path", "a path has no blanks", "write `%20` for a blank");
    }
    let mut headers = Vec::new();
    for (name, value) in fields.headers.maybe("headers", faults).unwrap_or_default() {
        faults.within("headers", |faults| {
            let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !name.is_empty();
            let value = value.text(&name, faults);
            if !is_name {
                let what = format!("{} can't be the name of a header", Show(&name));
                faults.add(FaultCode::BadRequest, &name, what, "as in `Accept`");
            } else if value.as_deref().is_some_and(|value| value.contains('\n')) {
                faults.add(FaultCode::BadRequest, &name, "a header is one line", "");
            }
            headers.extend(value.map(|value| (name, value)));
        });
    }
    let body = fields.body.maybe("body", faults).unwrap_or_default();
    Some(Request { method, path: path?, headers, body })
}

fn check_event(word: &str, path: &str, faults: &mut Faults) -> Option<Event> {
    let found = Event::ALL.iter().find(|(_, name)| *name == word);
    if found.is_none() {
        let mend = match nearest(word, EVENTS) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("the events are {}", EVENTS.join(", ")),
        };
        faults.add(FaultCode::UnknownEvent, path, format!("{} is not an event", Show(word)), mend);
    }
    found.map(|(event, _)| *event)
}
