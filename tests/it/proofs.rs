//! The Python room on real Flask: the server's limits and isolation, verdicts, remembered results, and the proofs of the
//! course itself.
#![cfg(unix)]

use flaskdojo::commands::content::Written;
use flaskdojo::commands::prove::news::News;
use flaskdojo::commands::prove::places::Places;
use flaskdojo::commands::prove::record::Keep;
use flaskdojo::commands::prove::{Earlier, Judgement, Keys, Order, ProveError, prove};
use flaskdojo::content::report::Colour;
use flaskdojo::content::{clinic, lab, prompt, xray};
use flaskdojo::python::environment::Environment;
use flaskdojo::python::interpreter::Search;
use flaskdojo::python::program::{Claim, Limits, Program, Run, Truth, Why};
use flaskdojo::python::requirements::Requirements;
use flaskdojo::python::server::Server;
use flaskdojo::question::Kind;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The environment of all tests, made once under `target/`. Without Python these tests fail with the remedy.
pub fn environment() -> &'static Environment {
    static ENVIRONMENT: OnceLock<Environment> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let requirements = Requirements::own().unwrap();
        let Places { search, .. } = places();
        let say = &mut |line: &str| told_now(line);
        match Environment::ready(&places().environments(), &requirements, &search, say) {
            Ok(environment) => environment,
            Err(error) => panic!("the proofs need a Python of their own: {error}"),
        }
    })
}

/// Everything that can be made again is under `target/`, so that `cargo clean` removes it.
pub fn places() -> Places {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    Places { cache: target.to_owned(), search: Search::from_surroundings() }
}

/// Tells it past the test runner, which keeps back what tests print: who waits wants to know for what.
#[expect(clippy::explicit_write, reason = "the test runner keeps back what eprintln! says")]
pub fn told_now(line: &str) {
    writeln!(std::io::stderr(), "{line}").unwrap();
}

const SECOND: Limits = Limits { time_ms: 1_000 };
pub const PATIENT: Limits = Limits { time_ms: 20_000 };

fn program(code: &str) -> Program {
    Program { code: code.to_owned(), ..Program::default() }
}

fn claiming(code: &str, expressions: &[&str]) -> Program {
    let claim = |expression: &&str| Claim { name: (*expression).to_owned(), expression: (*expression).to_owned() };
    Program { code: code.to_owned(), claims: expressions.iter().map(claim).collect(), ..Program::default() }
}

pub fn run_all(programs: &[Program], limits: Limits) -> Vec<Run> {
    let mut server = Server::start(&environment().python, 2).unwrap();
    let mut runs: Vec<Option<Run>> = programs.iter().map(|_| None).collect();
    server.run(programs, limits, &mut |index, run| assert!(runs[index].replace(run).is_none())).unwrap();
    runs.into_iter().map(Option::unwrap).collect()
}

fn run(code: &str, limits: Limits) -> Run {
    run_all(&[program(code)], limits).remove(0)
}

fn why(run: &Run) -> Option<Why> {
    run.stopped.as_ref().map(|stop| stop.why)
}

#[test]
fn programs_run_on_the_pinned_flask() {
    let run = run("import importlib.metadata as m\nprint(m.version('flask'), __name__)", PATIENT);
    assert_eq!((run.printed.as_str(), &run.error, &run.stopped), ("3.1.3 app\n", &None, &None));
    assert_eq!(environment().versions.packages["flask"], "3.1.3");
}

#[test]
fn what_one_program_changes_the_next_does_not_see() {
    let change = "import os, sys, json, builtins, logging\n\
                  os.environ['FLASK_DEBUG'] = '1'\nsys.modules['json'] = None\nbuiltins.len = None\n\
                  open('left', 'w').close()\nos.chdir('/')\nlogging.root.addHandler(logging.NullHandler())";
    let look = "import os, sys, json, logging\n\
                print('FLASK_DEBUG' in os.environ, len(json.dumps([])), os.listdir('.'), os.getcwd() == '/', logging.root.handlers)";
    let runs = run_all(&[program(change), program(look), program(change), program(look)], PATIENT);
    assert_eq!(runs[0].error, None);
    assert_eq!(runs[1].printed, "False 2 ['app.py'] False []\n");
    assert_eq!(runs[3].printed, runs[1].printed);
}

#[test]
fn claims_do_not_see_each_other() {
    let asked = ["seen.append(1) is None", "seen == [1]", "len(seen) == 1"];
    let run = run_all(&[claiming("seen = []", &asked)], PATIENT).remove(0);
    let truths: Vec<Option<bool>> = asked.iter().map(|name| known(&run.claims[*name])).collect();
    assert_eq!(truths, [Some(true), Some(false), Some(false)]);
    assert_eq!(
        run.claims["seen == [1]"],
        Truth::Known { value: false, seen: vec![("seen".to_owned(), "[]".to_owned())], is_steady: false }
    );
}

#[test]
fn a_claim_must_be_able_to_turn_out_otherwise() {
    let asked = ["1 == 1", "False", "len([]) == 0", "word", "'a' in word", "missing", "exit(0)", "import os"];
    let run = run_all(&[claiming("word = 'cat'", &asked)], PATIENT).remove(0);
    for name in asked {
        assert_eq!(known(&run.claims[name]), (name == "'a' in word").then_some(true), "{name}");
    }
}

#[test]
fn sets_are_printed_in_the_same_order_each_time() {
    let code = "print({'sencha', 'assam', 'oolong', 'mint'})";
    assert_eq!(run(code, PATIENT).printed, run(code, PATIENT).printed);
}

#[test]
fn all_that_a_program_prints_is_kept_in_order() {
    let code = "import atexit, os, subprocess, threading, time\n\
                atexit.register(print, 'at the end')\nprint('first')\nsubprocess.run(['echo', 'from a child'])\n\
                os.write(1, b'raw\\n')\nthreading.Thread(target=lambda: (time.sleep(0.05), print('from a thread'))).start()\n\
                print('last line')";
    assert_eq!(run(code, PATIENT).printed, "first\nfrom a child\nraw\nlast line\nfrom a thread\nat the end\n");
}

#[test]
fn an_error_is_told_with_the_line_of_the_program() {
    let code = "from flask import Flask\napp = Flask(__name__)\napp.testing = True\n\n@app.get('/')\ndef home():\n    \
                return {}['cat']\n\napp.test_client().get('/')\n";
    let error = run(code, PATIENT).error.unwrap();
    assert_eq!((error.name.as_str(), error.text.as_str(), error.line), ("KeyError", "'cat'", Some(7)));
    let frames: Vec<&str> = error.frames.lines().filter(|line| line.contains("\"app.py\"")).collect();
    assert_eq!(frames, ["File \"app.py\", line 9, in <module>", "File \"app.py\", line 7, in home"]);
    let error = run("print('a')\ndef (:\n", PATIENT).error.unwrap();
    assert_eq!((error.name.as_str(), error.line), ("SyntaxError", Some(2)));
    // Deep in Flask, in a file that is called like the program.
    let error = run("import flask\nflask.Flask('a', static_host='b')", PATIENT).error.unwrap();
    assert_eq!((error.name.as_str(), error.line), ("AssertionError", Some(2)));
}

#[test]
fn limits_stop_what_goes_too_far_and_nothing_else() {
    let cases = [
        ("while True: pass", Some(Why::Time)),
        ("import time\nprint('begun')\ntime.sleep(60)", Some(Why::Time)),
        ("import threading, time\nthreading.Thread(target=time.sleep, args=[60]).start()", Some(Why::Time)),
        ("while True: print('x' * 1000)", Some(Why::Output)),
        ("import os\nwhile True: os.fork()", Some(Why::Processes)),
        (
            "import os\nwhile True:\n    os.fork()\n    os.getpid() == os.getpgid(0) or os.setsid()",
            Some(Why::Processes),
        ),
        (
            "import subprocess\nsubprocess.run(['sh', '-c', 'for i in $(seq 300); do sleep 60 & done; wait'])",
            Some(Why::Processes),
        ),
        ("import os\nos._exit(3)", Some(Why::Death)),
        ("import os\nos.abort()", Some(Why::Death)),
        ("import os\nos.closerange(0, 4096)", Some(Why::Death)),
        ("print('still here')", None),
    ];
    let programs: Vec<Program> = cases.iter().map(|(code, _)| program(code)).collect();
    for ((code, expected), run) in cases.iter().zip(run_all(&programs, SECOND)) {
        assert_eq!(why(&run), *expected, "{code}: {run:?}");
        assert!(run.printed.len() <= 64 * 1024 + 1, "{code}");
    }
}

#[test]
fn what_was_printed_before_the_end_is_told() {
    let run = run("print('begun')\nimport os\nos._exit(3)", PATIENT);
    assert_eq!(run.printed, "begun\n");
    assert_eq!(run.stopped.unwrap().text, "it ended its own process (exit code 3)");
}

#[test]
fn memory_is_limited() {
    let run = run("hoard = bytearray(3 << 30)", PATIENT);
    assert_eq!(run.error.map(|error| error.name).as_deref(), Some("MemoryError"));
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_outlives_its_program() {
    // It leaves its session, keeps the pipes open and would run for an hour.
    let leave = "import os, time\nread, write = os.pipe()\nif os.fork() == 0:\n    os.setsid()\n    \
                 if os.fork() == 0:\n        os.write(write, str(os.getpid()).encode())\n        time.sleep(3600)\n    \
                 os._exit(0)\nprint(os.read(read, 20).decode())";
    let run = run(leave, PATIENT);
    let pid: u32 = run.printed.trim().parse().unwrap();
    assert!(run.took_ms < 10_000, "{run:?}");
    let command = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    assert!(!String::from_utf8_lossy(&command).contains("PRINTED_MAX"), "process {pid} is still there");
}

#[test]
fn who_ends_the_server_is_found_and_the_others_get_their_results() {
    let killer = program("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)");
    let programs = [program("print(0)"), program("print(1)"), killer, program("print(3)"), program("print(4)")];
    let runs = run_all(&programs, PATIENT);
    assert_eq!(why(&runs[2]), Some(Why::Server));
    for index in [0, 1, 3, 4] {
        assert_eq!(runs[index].printed, format!("{index}\n"));
    }
}

#[test]
fn a_dropped_server_leaves_nothing_running() {
    let mut server = Server::start(&environment().python, 2).unwrap();
    let mut folder = String::new();
    server.run(&[program("import os\nprint(os.getcwd())")], PATIENT, &mut |_, run| folder = run.printed).unwrap();
    let folder = PathBuf::from(folder.trim());
    let of_server = folder.parent().unwrap();
    assert!(!folder.exists() && of_server.exists());
    drop(server);
    assert!(!of_server.exists());
}

/// Proves a course and gives what was written. A course is proven anew each time, so that nothing is believed.
fn written(dir: &Path, keys: Keys) -> (Judgement, String) {
    environment();
    let order = Order {
        dir,
        only: None,
        keys,
        keep: Keep::Leave,
        earlier: Earlier::Forget,
        written: Written::Text(Colour::Off),
    };
    let mut out = Vec::new();
    let judgement = prove(order, &places(), &mut out, &mut |_| {}).unwrap();
    (judgement, String::from_utf8(out).unwrap())
}

fn own(dir: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(dir)
}

/// The examples are what authors begin with, so what they say is true.
#[test]
fn the_examples_of_the_manual_are_proven_and_its_proof_could_have_failed() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let (mut topics, mut questions) = (BTreeSet::new(), String::new());
    for (_, example) in Kind::EXAMPLES {
        topics.extend(example.lines().filter_map(|line| line.strip_prefix("topic: ")));
        questions.push_str(&example.trim_start().replace('\n', "\n  ").replacen("id:", "- id:", 1));
        questions.push('\n');
    }
    write("course.yaml", "id: x\ntitle: X\nformat: 1\nflask: \"3.1\"\nmodules: [01-a]\n");
    write("01-a/questions/all.yaml", &questions);
    write("01-a/interview/all.yaml", prompt::EXAMPLE);
    write("01-a/clinic/all.yaml", clinic::EXAMPLE);
    write("01-a/xray/counter.yaml", xray::EXAMPLE);
    write("01-a/labs/greeting/lab.yaml", lab::EXAMPLE);
    for (path, text) in lab::EXAMPLE_FILES {
        write(&format!("01-a/labs/greeting/{path}"), text);
    }
    topics.extend(["cookies", "session"]);
    let mut module = "title: A\nsummary: All kinds.\nneeds: []\ntopics:\n".to_owned();
    for topic in topics {
        module.push_str(&format!("  - {{id: {topic}, title: {topic}}}\n"));
        let rest = "title: T\nminutes: 1\ngoals: [see]\nsources: [quickstart]\nbody: Text.\n";
        write(&format!("01-a/lessons/{topic}.yaml"), &format!("id: l.{topic}\ntopic: {topic}\n{rest}"));
    }
    write("01-a/module.yaml", &module);
    let (judgement, text) = written(folder.path(), Keys::OwnAndWrong);
    assert_eq!(judgement, Judgement::Proven, "\n{text}");
    let all = format!("{} questions, ", Kind::EXAMPLES.len());
    assert!(text.starts_with(&all) && text.contains("1 known error, 1 X-ray and 1 lab proven"), "{text}");
}

/// With `UPDATE=1` the file is written anew; read the difference.
#[test]
fn what_flask_contradicts_is_told_with_what_was_expected_and_what_happened() {
    let (judgement, text) = written(&own("tests/courses/wrong"), Keys::OwnAndWrong);
    assert_eq!(judgement, Judgement::Refuted);
    let root = format!("{}/", env!("CARGO_MANIFEST_DIR"));
    let (before, took) = text.rsplit_once(" in ").unwrap();
    let text = format!("{before} in … s,{}", took.split_once(',').unwrap().1).replace(&root, "");
    let file = own("tests/courses/wrong.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(&file).unwrap());
}

#[test]
fn an_unchanged_course_is_proven_without_python() {
    environment();
    let cache = tempfile::tempdir().unwrap();
    let environments = cache.path().join("python-env");
    std::os::unix::fs::symlink(places().environments(), &environments).unwrap();
    let mut places = Places { cache: cache.path().to_owned(), ..places() };
    let dir = own("tests/courses/tiny");
    let ran = |places: &Places, only: Option<&str>, earlier: Earlier| {
        let order = Order { dir: &dir, only, keys: Keys::Own, keep: Keep::Leave, earlier, written: Written::Json };
        let (mut out, mut most) = (Vec::new(), 0);
        let judgement = prove(order, places, &mut out, &mut |news| match news {
            News::Ran(progress) => most = most.max(progress.done),
            News::Said(_) | News::Done => {}
        });
        let written: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(written["judgement"], "proven");
        (judgement.unwrap(), most, written["items"].as_array().unwrap().len())
    };
    let (_, all, items) = ran(&places, None, Earlier::Use);
    assert!(all > 0 && items > 0);
    assert_eq!(ran(&places, None, Earlier::Use), (Judgement::Proven, 0, items));
    // A part of it leaves the results of the rest alone.
    let (_, none, fewer) = ran(&places, Some("routes"), Earlier::Use);
    assert!(none == 0 && fewer > 0 && fewer < items);
    assert_eq!(ran(&places, None, Earlier::Use).1, 0);
    assert_eq!(ran(&places, None, Earlier::Forget).1, all);

    places.search.path = "/nowhere".into();
    let order = Order {
        keep: Keep::Leave,
        dir: &dir,
        only: None,
        keys: Keys::Own,
        earlier: Earlier::Use,
        written: Written::Json,
    };
    let without = prove(order, &places, &mut Vec::new(), &mut |_| {}).unwrap_err();
    assert!(without.to_string().starts_with("no Python 3.11 or newer was found. Install one"), "{without}");
}

#[test]
fn an_id_that_nothing_has_is_told() {
    let dir = own("tests/courses/tiny");
    let order = Order {
        keep: Keep::Leave,
        dir: &dir,
        only: Some("no-such-id"),
        keys: Keys::Own,
        earlier: Earlier::Use,
        written: Written::Text(Colour::Off),
    };
    let error = prove(order, &places(), &mut Vec::new(), &mut |_| {}).unwrap_err();
    assert!(matches!(&error, ProveError::NoSuchId { part, .. } if part == "no-such-id"), "{error}");
}

fn known(truth: &Truth) -> Option<bool> {
    match truth {
        Truth::Known { value, .. } => Some(*value),
        Truth::Unknown { .. } => None,
    }
}
