//! Two runs of one program, made one: what they agree on can be shown to somebody, the rest can't.

use super::program::{Again, Raised, Report, Run, Truth};
use crate::course::xray::{Step, Trace};

/// The first run, knowing what came of the second.
pub fn merged(mut first: Run, second: &Run) -> Run {
    let is_same = (&first.printed, &first.error, &first.stopped) == (&second.printed, &second.error, &second.stopped);
    first.again = if is_same { Again::Same } else { Again::Different };
    for (name, truth) in &mut first.claims {
        if let Some(other) = second.claims.get(name) {
            compare(truth, other);
        }
    }
    if let (Some(Report::Trace(trace)), Some(Report::Trace(other))) = (&mut first.report, &second.report)
        && !blend(trace, other)
    {
        let text = "the steps of its request differ from run to run".to_owned();
        first.error = Some(Raised { name: "Unsteady".to_owned(), text, line: None, frames: String::new() });
        first.report = None;
    }
    first
}

fn compare(truth: &mut Truth, other: &Truth) {
    match (&mut *truth, other) {
        (Truth::Known { value, seen, is_steady }, Truth::Known { value: other, seen: others, .. }) => {
            if value == other {
                *is_steady = seen == others;
            } else {
                *truth = Truth::Unknown { error: "it is true in one run and false in the next".to_owned() };
            }
        }
        (Truth::Known { .. }, Truth::Unknown { error }) => *truth = Truth::Unknown { error: error.clone() },
        (Truth::Unknown { .. }, _) => {}
    }
}

/// Leaves out of a trace what is another one in the other. Whether they have the same steps.
fn blend(trace: &mut Trace, other: &Trace) -> bool {
    let events = |trace: &Trace| trace.steps.iter().map(|step| (step.event, step.line)).collect::<Vec<_>>();
    if events(trace) != events(other) {
        return false;
    }
    for (step, other) in trace.steps.iter_mut().zip(&other.steps) {
        let Step { event: _, what, line: _, request, session, g, response } = step;
        if what != &other.what {
            *what = common(what, &other.what);
        }
        let pairs = [(request, &other.request), (session, &other.session), (g, &other.g), (response, &other.response)];
        for (held, other) in pairs {
            match (&mut *held, other) {
                (Some(text), Some(other)) if text != other => *held = Some(common(text, other)),
                (Some(_), None) | (None, Some(_)) => *held = None,
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
    }
    trace.raised = match (trace.raised.take(), &other.raised) {
        (Some(text), Some(other)) => Some(common(&text, other)),
        (text, _) => text,
    };
    true
}

/// Two texts where they are alike, with `…` for the piece in between that is not.
fn common(one: &str, other: &str) -> String {
    if one == other {
        return one.to_owned();
    }
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    a[..start].iter().chain(&['…']).chain(&a[a.len() - end..]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::xray::Event;
    use std::collections::BTreeMap;

    fn known(value: bool, seen: &str) -> Truth {
        Truth::Known { value, seen: vec![("x".to_owned(), seen.to_owned())], is_steady: false }
    }

    fn claiming(truth: Truth) -> Run {
        Run { claims: BTreeMap::from([("a".to_owned(), truth)]), ..Run::default() }
    }

    #[test]
    fn claims_that_see_the_same_are_steady_and_those_that_turn_out_otherwise_say_nothing() {
        let merged = |one, other| merged(claiming(one), &claiming(other)).claims.remove("a").unwrap();
        let steady = merged(known(true, "1"), known(true, "1"));
        assert!(matches!(steady, Truth::Known { is_steady: true, .. }), "{steady:?}");
        let other = merged(known(true, "1"), known(true, "2"));
        assert!(matches!(other, Truth::Known { is_steady: false, .. }), "{other:?}");
        assert!(matches!(merged(known(true, "1"), known(false, "2")), Truth::Unknown { .. }));
    }

    #[test]
    fn what_differs_is_left_out_of_a_trace() {
        let step = |what: &str, g: Option<&str>| Step {
            event: Event::View,
            what: what.to_owned(),
            line: Some(1),
            request: None,
            session: None,
            g: g.map(str::to_owned),
            response: None,
        };
        let traced =
            |step| Run { report: Some(Report::Trace(Trace { steps: vec![step], raised: None })), ..Run::default() };
        let both = merged(traced(step("v() returns 'id 17'", Some("{}"))), &traced(step("v() returns 'id 254'", None)));
        assert_eq!(both.report, traced(step("v() returns 'id …'", None)).report);
        let other = Run { report: Some(Report::Trace(Trace { steps: Vec::new(), raised: None })), ..Run::default() };
        let none = merged(traced(step("v()", None)), &other);
        assert_eq!((none.report, none.error.unwrap().name), (None, "Unsteady".to_owned()));
    }
}
