//! `recorded.json`: what was seen when a module was run on real Flask. A program wrote it, but anybody may have changed it.

use super::loaded::Draft;
use super::report::Report;
use super::text;
use crate::course::recorded::{self, FILE, FORMAT, Record, Recorded};
use crate::course::xray::{Step, Trace};
use crate::fault::FaultCode;
use std::collections::BTreeMap;

/// What the file says; `None` where it can't be used, and is written anew by the next proof.
pub fn read(bytes: &[u8]) -> Option<Recorded> {
    if bytes.len() > text::SIZE_MAX {
        return None;
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let recorded: Recorded = serde_json::from_slice(bytes).ok()?;
    (recorded.format == FORMAT && is_clean(&recorded)).then_some(recorded)
}

/// Hands out what was recorded, and tells what was not. Gives the version that everything ran on; nothing where not
/// everything did, or on different ones.
pub fn attach(
    modules: &mut BTreeMap<String, Draft>,
    files: &BTreeMap<String, Option<Recorded>>,
    flask: &str,
    report: &mut Report,
) -> String {
    let mut versions: Vec<String> = Vec::new();
    let mut missing: Vec<(String, Vec<String>, usize)> = Vec::new();
    for (folder, draft) in modules {
        // What was recorded on another version than the course is about is as good as nothing.
        let fits = |recorded: &&Recorded| recorded.flask == flask || recorded.flask.starts_with(&format!("{flask}."));
        let recorded = files.get(folder).and_then(Option::as_ref).filter(fits);
        let (lost, all) = hand_out(draft, recorded);
        versions.extend(recorded.map(|recorded| recorded.flask.clone()));
        if !lost.is_empty() {
            versions.push(String::new());
            missing.push((folder.clone(), lost, all));
        }
    }
    tell(&missing, files.is_empty(), report);
    versions.dedup();
    match versions.as_slice() {
        [only] => only.clone(),
        _ => String::new(),
    }
}

/// Gives the ids of what is not recorded as it is now, and how much there is.
fn hand_out(draft: &mut Draft, recorded: Option<&Recorded>) -> (Vec<String>, usize) {
    let (mut lost, mut all) = (Vec::new(), 0);
    let mut find = |id: &str, of: String| {
        all += 1;
        let found = recorded.and_then(|recorded| recorded.get(id, &of).map(|record| (record, &recorded.flask)));
        if found.is_none() {
            lost.push(id.to_owned());
        }
        found
    };
    for (lesson, _) in draft.lessons.iter_mut().filter(|(lesson, _)| !lesson.trials().is_empty()) {
        if let Some((_, flask)) = find(lesson.id.as_str(), recorded::of_lesson(lesson)) {
            lesson.ran_on = flask.clone();
        }
    }
    for question in draft.questions.iter_mut().filter(|question| question.unproved.is_none()) {
        if let Some((Record { shown, .. }, flask)) = find(question.id.as_str(), recorded::of_question(question)) {
            (question.ran_on, question.shown) = (flask.clone(), shown.clone());
        }
    }
    for ailment in draft.clinic.iter_mut().filter(|ailment| ailment.unproved.is_none()) {
        if let Some((_, flask)) = find(ailment.id.as_str(), recorded::of_ailment(ailment)) {
            ailment.ran_on = flask.clone();
        }
    }
    for xray in &mut draft.material.xrays {
        if let Some((Record { trace, .. }, flask)) = find(xray.id.as_str(), recorded::of_xray(xray)) {
            (xray.ran_on, xray.trace) = (flask.clone(), trace.clone());
        }
    }
    for lab in &mut draft.material.labs {
        if let Some((_, flask)) = find(lab.id.as_str(), recorded::of_lab(lab)) {
            lab.ran_on = flask.clone();
        }
    }
    (lost, all)
}

fn tell(missing: &[(String, Vec<String>, usize)], is_nothing_there: bool, report: &mut Report) {
    if missing.is_empty() {
        return;
    }
    let mend = "run `flaskdojo content prove` for this course: it writes down what real Flask shows";
    if is_nothing_there {
        let what = "nothing in this course has been recorded on real Flask, so nothing in it says that it ran there";
        return report.whole("", FaultCode::NotRecorded, what, mend);
    }
    for (folder, lost, all) in missing {
        let first = &lost[0];
        let what = match lost.len() {
            1 => format!("`{first}` is not recorded as it is now"),
            count => format!("{count} of {all} things are not recorded as they are now, `{first}` the first of them"),
        };
        report.whole(&format!("{folder}/{FILE}"), FaultCode::NotRecorded, what, mend);
    }
}

/// Whether no text of it would do something to a terminal.
fn is_clean(recorded: &Recorded) -> bool {
    let is_good = |text: &str| text.chars().all(text::is_wanted);
    let trace = |Trace { steps, raised }: &Trace| {
        let step = |Step { event: _, what, line: _, request, session, g, response }: &Step| {
            is_good(what) && [request, session, g, response].into_iter().flatten().all(|text| is_good(text))
        };
        steps.iter().all(step) && raised.iter().all(|text| is_good(text))
    };
    let record = |Record { of: _, shown, trace: traced }: &Record| {
        shown.iter().all(|shown| is_good(&shown.text)) && traced.iter().all(trace)
    };
    is_good(&recorded.flask) && recorded.items.values().all(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_steer_a_terminal_is_not_read() {
        let file = |text: &str| {
            let shown = format!(r#"{{"about": {{"option": "a"}}, "text": "{text}"}}"#);
            let items = format!(r#"{{"q": {{"of": "1", "shown": [{shown}]}}}}"#);
            format!(r#"{{"format": 1, "flask": "3.1.3", "python": "3.12", "items": {items}}}"#)
        };
        let good = read(file("status is 404").as_bytes()).unwrap();
        assert_eq!(good.get("q", "1").unwrap().shown[0].text, "status is 404");
        assert!(good.get("q", "2").is_none());
        assert_eq!(read(file("\\u001b[2J").as_bytes()), None);
        assert_eq!(read(b"<<<<<<< HEAD"), None);
        assert_eq!(read(file("a").replace("\"format\": 1", "\"format\": 2").as_bytes()), None);
    }
}
