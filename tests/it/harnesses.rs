//! What harnesses report on real Flask: the steps of a request, and what the tests of a lab came to.
#![cfg(unix)]

use super::proofs::{PATIENT, run_all};
use flaskdojo::course::xray::{Event, Request, Trace};
use flaskdojo::python::program::{Harness, Program, Report, Run, Tests, Tried};

fn trace(code: &str, path: &str) -> Trace {
    let request = Request { method: "GET".to_owned(), path: path.to_owned(), headers: Vec::new(), body: String::new() };
    let program = Program { code: code.to_owned(), harness: Some(Harness::Trace(request)), ..Program::default() };
    let mut runs = run_all(&[program.clone(), program], PATIENT);
    let (Run { report: second, .. }, Run { report: first, error, .. }) = (runs.remove(1), runs.remove(0));
    assert_eq!((first.is_some(), &first), (true, &second), "{error:?}");
    match first {
        Some(Report::Trace(trace)) => trace,
        other => panic!("{other:?}"),
    }
}

fn events(trace: &Trace) -> Vec<Event> {
    trace.steps.iter().map(|step| step.event).collect()
}

const SHOP: &str = r#"
from flask import Flask, abort, g, got_request_exception, render_template_string, session

app = Flask(__name__)
app.secret_key = "dev"

@app.before_request
def note():
    g.word = "hello"

@app.get("/<name>")
def greet(name):
    session["name"] = name
    return render_template_string("{{ g.word }} {{ name }}", name=name)

@app.get("/quiet/")
def quiet():
    return "quiet"

@app.get("/broken/")
def broken():
    return {}["cat"]

@app.errorhandler(404)
@app.errorhandler(500)
def sorry(error):
    return "sorry", error.code

@app.after_request
def sign(response):
    response.headers["X-Signed"] = "yes"
    return response

@app.teardown_request
def close(error):
    pass

app.teardown_appcontext(lambda error: None)

@got_request_exception.connect_via(app)
def heard(sender, exception):
    pass
"#;

#[test]
fn a_request_is_followed_through_everything_that_happens_to_it() {
    use Event::*;
    let trace = trace(SHOP, "/ada?loud=1");
    let all = [
        Environ,
        ContextPushed,
        UrlMatched,
        RequestStarted,
        BeforeRequest,
        View,
        TemplateRendered,
        AfterRequest,
        SessionSaved,
        RequestFinished,
        TeardownRequest,
        TeardownAppcontext,
        ContextPopped,
    ];
    assert_eq!(events(&trace), all);
    let step = |event: Event| trace.steps.iter().find(|step| step.event == event).unwrap();
    assert_eq!(step(Environ).what, "{'REQUEST_METHOD': 'GET', 'PATH_INFO': '/ada', 'QUERY_STRING': 'loud=1'}");
    assert_eq!((&step(Environ).request, &step(Environ).g), (&None, &None));
    assert_eq!(step(ContextPushed).request.as_deref(), Some("GET /ada?loud=1"));
    assert_eq!(step(UrlMatched).what, "/ada fits the rule /<name>");
    assert_eq!(step(UrlMatched).request.as_deref(), Some("GET /ada?loud=1 → greet(name='ada')"));
    assert_eq!((step(BeforeRequest).line, step(BeforeRequest).g.as_deref()), (Some(8), Some("{'word': 'hello'}")));
    assert_eq!((step(View).line, step(View).what.as_str()), (Some(12), "greet(name='ada') returns 'hello ada'"));
    assert_eq!(step(View).session.as_deref(), Some("{'name': 'ada'}"));
    assert_eq!(step(SessionSaved).what, "the session goes into a Set-Cookie header");
    let saved = step(SessionSaved).response.as_deref().unwrap();
    assert!(saved.starts_with("200 OK · ") && saved.contains("Set-Cookie: session=…; HttpOnly"), "{saved}");
    assert_eq!((&step(TeardownAppcontext).request, step(TeardownAppcontext).g.is_some()), (&None, true));
    assert_eq!((&step(ContextPopped).g, &trace.raised), (&None, &None));
}

#[test]
fn an_error_is_followed_to_its_handler() {
    use Event::*;
    let broken = trace(SHOP, "/broken/");
    let around = [BeforeRequest, View, Signal, ErrorHandler, AfterRequest];
    assert!(events(&broken).windows(around.len()).any(|some| some == around), "{:?}", events(&broken));
    let what = |event: Event| broken.steps.iter().find(|step| step.event == event).unwrap().what.as_str();
    assert_eq!(what(View), "broken() raises KeyError: 'cat'");
    assert_eq!(what(Signal), "got_request_exception");
    assert_eq!(what(TeardownRequest), "close(KeyError('cat'))");

    let missing = trace(SHOP, "/no/such/page");
    assert!(!events(&missing).contains(&View));
    let matched = &missing.steps.iter().find(|step| step.event == UrlMatched).unwrap().what;
    assert_eq!(matched, "/no/such/page fits no rule: 404 NotFound");

    let raising = trace(&format!("{SHOP}\napp.testing = True\ndel app.error_handler_spec[None][500]\n"), "/broken/");
    assert_eq!(raising.raised.as_deref(), Some("KeyError: 'cat'"));
    assert_eq!(events(&raising).last(), Some(&ContextPopped));
}

/// Looking at the session the usual way would make Flask add `Vary: Cookie`.
#[test]
fn being_looked_at_changes_nothing() {
    let trace = trace(&SHOP.replace("g.word =", "g.at = object(); g.word ="), "/quiet/");
    let last = trace.steps.last().unwrap();
    assert_eq!(last.response.as_deref(), Some("200 OK · Content-Type: text/html; charset=utf-8"));
    let g = trace.steps.iter().find_map(|step| step.g.as_deref().filter(|g| g.contains("at"))).unwrap();
    assert_eq!(g, "{'at': <object object at …>, 'word': 'hello'}");
}

#[test]
fn blueprints_async_views_and_signals_of_ones_own_are_followed() {
    let code = "from blinker import Namespace\nfrom flask import Blueprint, Flask\napp = Flask(__name__)\n\
                sold = Namespace().signal('sold')\nsold.connect(lambda sender, **more: None, weak=False)\n\
                bp = Blueprint('shop', __name__)\n\n@bp.before_request\ndef only_here():\n    pass\n\n\
                @bp.get('/cup')\nasync def cup():\n    sold.send(app)\n    return 'a cup'\n\napp.register_blueprint(bp)\n";
    let trace = trace(code, "/cup");
    let told: Vec<(Event, &str, Option<u16>)> = trace
        .steps
        .iter()
        .filter(|step| [Event::BeforeRequest, Event::View, Event::Signal].contains(&step.event))
        .map(|step| (step.event, step.what.as_str(), step.line))
        .collect();
    let wanted = [
        (Event::BeforeRequest, "only_here()", Some(9)),
        (Event::View, "cup() returns 'a cup'", Some(13)),
        (Event::Signal, "sold", Some(14)),
    ];
    assert_eq!(told, wanted);
}

fn tests(files: &[(&str, &str)]) -> Tests {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let program = Program { files, harness: Some(Harness::Check), ..Program::default() };
    let run = run_all(&[program], PATIENT).remove(0);
    match run.report {
        Some(Report::Tests(tests)) => tests,
        other => panic!("{other:?} {:?} {:?} {}", run.error, run.stopped, run.complained),
    }
}

#[test]
fn tests_tell_what_was_expected_and_where() {
    let check = "import pytest\nfrom app import app, total\n\n\ndef test_total():\n    \"\"\"Two cups cost six.\n\n    More.\"\"\"\n    \
                 assert total(2) == 6\n\n\nclass TestPage:\n    @pytest.mark.parametrize('path', ['/', '/cup'])\n    \
                 def test_there(self, path):\n        \"\"\"A page is there\"\"\"\n        print('noise')\n        \
                 assert app.test_client().get(path).status_code == 200\n\n\ndef test_later():\n    \"\"\"Not yet\"\"\"\n    \
                 pytest.skip()\n";
    let app = "from flask import Flask\napp = Flask(__name__)\napp.testing = True\n\n\ndef total(cups):\n    return cups * 2\n\n\n\
               @app.get('/')\ndef home():\n    return {}['cat']\n";
    let done = tests(&[("app.py", app), ("check/test_app.py", check)]).done;
    let told: Vec<(&str, &str, Tried)> =
        done.iter().map(|test| (test.name.as_str(), test.says.as_str(), test.outcome)).collect();
    let wanted = [
        ("test_total", "Two cups cost six.", Tried::Failed),
        ("TestPage::test_there[/]", "A page is there", Tried::Failed),
        ("TestPage::test_there[/cup]", "A page is there", Tried::Failed),
        ("test_later", "Not yet", Tried::Skipped),
    ];
    assert_eq!(told, wanted);
    let places: Vec<(&str, &str, Option<u32>)> = done
        .iter()
        .filter_map(|test| test.error.as_ref())
        .map(|error| (error.name.as_str(), error.file.as_str(), error.line))
        .collect();
    let wanted = [
        ("AssertionError", "check/test_app.py", Some(9)),
        ("KeyError", "app.py", Some(12)),
        ("AssertionError", "check/test_app.py", Some(17)),
    ];
    assert_eq!(places, wanted);
    assert!(done[0].error.as_ref().unwrap().text.starts_with("assert 4 == 6"), "{:?}", done[0].error);
}

#[test]
fn what_keeps_tests_from_being_found_is_told() {
    let check = (
        "check/test_app.py",
        "from app import app\n\n\ndef test_app():\n    \"\"\"There is an app\"\"\"\n    assert app\n",
    );
    let trouble = |files: &[(&str, &str)]| {
        let tests = tests(files);
        assert!(tests.done.is_empty());
        let place = tests.trouble.unwrap();
        (place.name, place.file, place.line)
    };
    assert_eq!(trouble(&[check, ("app.py", "a = (\n")]), ("SyntaxError".to_owned(), "app.py".to_owned(), Some(1)));
    let circle = trouble(&[check, ("app.py", "from shop import app\n"), ("shop.py", "from app import shop\n")]);
    assert_eq!(circle, ("ImportError".to_owned(), "shop.py".to_owned(), Some(1)));
    assert_eq!(trouble(&[("check/help.py", "")]).0, "NoTests");
}
