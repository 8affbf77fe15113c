//! Arguments to command or screen, errors to text and exit code.
//!
//! Exit codes: 0 all went well · 1 something was found to be wrong, or could not be done · 2 the command line makes no
//! sense · 3 the progress file can't be used.

use clap::{CommandFactory, FromArgMatches};
use flaskdojo::builtin;
use flaskdojo::cli::{self, Cli, Command, Content, Everywhere, Level, Progress, When};
use flaskdojo::commands::content::{self, Checked, Written};
use flaskdojo::commands::interview;
use flaskdojo::commands::place::{self, Unknown};
use flaskdojo::commands::progress;
use flaskdojo::commands::prove::record::Keep;
use flaskdojo::commands::prove::{self, Earlier, Judgement, Keys, Order, ProveError};
use flaskdojo::commands::schema;
use flaskdojo::commands::search::{self, Searched};
use flaskdojo::commands::stats::{self, Detail};
use flaskdojo::commands::{due, goals};
use flaskdojo::commands::{transfer, tune};
use flaskdojo::content::file::FileKind;
use flaskdojo::content::load;
use flaskdojo::content::report::{Colour, Diagnostic};
use flaskdojo::course::Course;
use flaskdojo::course::prompt::Seniority;
use flaskdojo::fault::Severity;
use flaskdojo::plain::{self, Echo, Kept, Means};
use flaskdojo::progress::folder;
use flaskdojo::progress::patient::{Opened, PatientStore};
use flaskdojo::progress::snapshot::Snapshot;
use flaskdojo::progress::sqlite;
use flaskdojo::progress::store::{Store, StoreError};
use flaskdojo::progress::transfer::TransferError;
use flaskdojo::runtime::clock::Clock;
use flaskdojo::runtime::environment::{self, Process};
use flaskdojo::runtime::happening::Cause;
use flaskdojo::runtime::run::{self, Ask};
use flaskdojo::runtime::worker::{Shelf, failure};
use flaskdojo::runtime::{chance, signals, wanted};
use flaskdojo::settings::{self, Change};
use flaskdojo::study::entry::{About, Entry, Event};
use flaskdojo::study::exam::Rules;
use flaskdojo::study::learner::Learner;
use flaskdojo::study::names::Names;
use flaskdojo::study::today::{Aim, Today};
use flaskdojo::tui::app::App;
use flaskdojo::tui::setup::{Setup, Start};
use flaskdojo::tui::theme::{Background, Depth, Terminal};
use std::cell::RefCell;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let Cli { everywhere, command } = command_line();
    let done = match &command {
        None => learn(&everywhere, |_, _| Ok(Start::Home)),
        Some(Command::Learn { what }) => learn(&everywhere, |course, learner| {
            Ok(place::lesson(course, learner, what.as_deref())?.map_or(Start::Home, Start::Lesson))
        }),
        Some(Command::Drill { what, wanted }) => {
            learn(&everywhere, |course, _| Ok(Start::Practise(place::drill(course, what.as_deref(), wanted)?)))
        }
        Some(Command::Exam { module, questions, minutes, pass }) => line_by_line(&everywhere, |course| {
            let module = module.as_deref().map(|name| place::module(course, name)).transpose()?;
            let (questions, minutes) = (*questions, *minutes);
            Ok(plain::Start::Exam(Rules { module, questions, minutes, pass_percent: *pass }))
        }),
        Some(Command::Interview { level, minutes, module, report: None }) => line_by_line(&everywhere, |course| {
            let module = module.as_deref().map(|name| place::module(course, name)).transpose()?;
            let level = match level {
                Level::Junior => Seniority::Junior,
                Level::Mid => Seniority::Mid,
                Level::Senior => Seniority::Senior,
            };
            Ok(plain::Start::Interview(plain::interview::Wanted { level, minutes: *minutes, module }))
        }),
        Some(Command::Placement) => line_by_line(&everywhere, |_| Ok(plain::Start::Placement)),
        Some(Command::Review) => learn(&everywhere, |_, _| Ok(Start::Practise(About::Review))),
        Some(command) => print(&everywhere, command, &mut io::stdout().lock()),
    };
    done.unwrap_or_else(|trouble| {
        // Whoever reads our output has read enough.
        if !trouble.is_closed_pipe() {
            // Without stderr there is nobody left to tell.
            let _ = writeln!(io::stderr(), "flaskdojo: {trouble}");
        }
        trouble.code()
    })
}

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("{}", faulty(.0))]
    Course(Vec<Diagnostic>),
    #[error(transparent)]
    Unknown(#[from] Unknown),
    #[error("{0}")]
    Option(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Transfer(#[from] TransferError),
    #[error(transparent)]
    Prove(#[from] ProveError),
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl Trouble {
    fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Trouble::Store(_) | Trouble::Transfer(TransferError::Store(_)) => 3,
            Trouble::Unknown(_) | Trouble::Option(_) => 2,
            Trouble::Course(_) | Trouble::Transfer(_) | Trouble::Prove(_) | Trouble::Io(_) => 1,
        })
    }

    fn is_closed_pipe(&self) -> bool {
        let (Trouble::Io(error)
        | Trouble::Prove(ProveError::Output(error))
        | Trouble::Transfer(TransferError::Write { error, .. })) = self
        else {
            return false;
        };
        error.kind() == ErrorKind::BrokenPipe
    }
}

fn faulty(found: &[Diagnostic]) -> String {
    let colour = if io::stderr().is_terminal() { Colour::On } else { Colour::Off };
    let mistakes = found.iter().filter(|diagnostic| diagnostic.severity == Severity::Mistake);
    let found: String = mistakes.map(|diagnostic| format!("{}\n\n", diagnostic.render(colour))).collect();
    format!("this course has mistakes\n\n{found}“flaskdojo content check” shows them again.")
}

/// Opens the screens, or asks line by line.
fn learn(
    everywhere: &Everywhere,
    start: impl FnOnce(&Course, &Learner) -> Result<Start, Unknown>,
) -> Result<ExitCode, Trouble> {
    let asked = asked(everywhere)?;
    let course = course(everywhere)?;
    let Opened { mut store, learner, seen, fresh, trouble } = progress_of(everywhere, &course)?;
    let start = start(&course, &learner)?;
    if everywhere.plain || !io::stdout().is_terminal() || !environment::can_show_screens(&Process) {
        if let Some(trouble) = trouble {
            let _ = writeln!(io::stderr(), "flaskdojo: not saving: {trouble}. You can learn all the same.");
        }
        keep(&mut store, fresh);
        let start = match start {
            Start::Home => plain::Start::Home,
            Start::Progress => plain::Start::Progress,
            Start::Lesson(lesson) => plain::Start::Lesson(lesson),
            Start::Practise(about) => plain::Start::Questions(about),
        };
        return Ok(match plain(&course, learner, &mut store, start, everywhere)? {
            Kept::All => ExitCode::SUCCESS,
            Kept::NotAll => ExitCode::FAILURE,
        });
    }
    let shown = depth(everywhere);
    // Some terminals say what their background is, others only when asked: then it is what it was the last time.
    let remembered = || match store.setting(run::BACKGROUND).ok().flatten()?.as_str() {
        "light" => Some(Background::Light),
        _ => Some(Background::Dark),
    };
    let background = environment::background(&Process).or_else(remembered).unwrap_or(Background::Dark);
    let ask = if environment::asks_background(shown, &Process) { Ask::Background } else { Ask::Nothing };
    let place = settings_file(everywhere);
    let wanted = wanted::wanted(place.as_deref(), &Process, asked);
    let setup = |size| Setup {
        size,
        now: Clock::new().now(),
        seed: everywhere.seed,
        entropy: chance::entropy(),
        terminal: Terminal { depth: shown, background, painted: None, glyphs: environment::glyphs(&Process) },
        wanted,
        start,
        trouble: trouble.as_ref().map(failure),
    };
    let course = Arc::new(course);
    let shelf = Shelf {
        store: Box::new(store),
        seen,
        fresh,
        course: Arc::clone(&course),
        reports: reports(everywhere),
        settings: place,
    };
    let ending = run::run(shelf, ask, |size| App::new(course, learner, setup(size)))?;
    let mut code = ExitCode::SUCCESS;
    if let Some(failure) = ending.unsaved {
        let (what, place) = (failure.what, failure.place);
        let _ = writeln!(io::stderr(), "flaskdojo: what you did last could not be saved: {what} {place}");
        code = ExitCode::FAILURE;
    }
    if let Some(Cause::Signal(signal)) = ending.cause {
        signals::die_by(signal);
    }
    Ok(code)
}

/// Asks line by line, whatever the terminal can show.
fn line_by_line(
    everywhere: &Everywhere,
    start: impl FnOnce(&Course) -> Result<plain::Start, Unknown>,
) -> Result<ExitCode, Trouble> {
    let course = course(everywhere)?;
    let start = start(&course)?;
    let Opened { mut store, learner, fresh, trouble, .. } = progress_of(everywhere, &course)?;
    keep(&mut store, fresh);
    if let Some(trouble) = trouble {
        let _ = writeln!(io::stderr(), "flaskdojo: not saving: {trouble}. You can learn all the same.");
    }
    Ok(match plain(&course, learner, &mut store, start, everywhere)? {
        Kept::All => ExitCode::SUCCESS,
        Kept::NotAll => ExitCode::FAILURE,
    })
}

fn plain(
    course: &Course,
    learner: Learner,
    store: &mut dyn Store,
    start: plain::Start,
    everywhere: &Everywhere,
) -> Result<Kept, Trouble> {
    let aim = aim(everywhere)?;
    let (input, output) = (io::stdin(), io::stdout());
    let clock = RefCell::new(Clock::new());
    let echo = if input.is_terminal() { Echo::Terminal } else { Echo::Written };
    let means = Means {
        store,
        input: &mut input.lock(),
        output: &mut output.lock(),
        echo,
        clock: &|| clock.borrow_mut().now(),
        entropy: &mut chance::entropy,
        aim,
        seed: everywhere.seed,
    };
    Ok(plain::run(course, learner, means, start)?)
}

/// Commands that write something and end.
fn print(everywhere: &Everywhere, command: &Command, out: &mut dyn Write) -> Result<ExitCode, Trouble> {
    let good = match command {
        Command::Learn { .. }
        | Command::Drill { .. }
        | Command::Review
        | Command::Exam { .. }
        | Command::Interview { report: None, .. }
        | Command::Placement => true,
        Command::Interview { report: Some(file), .. } => {
            let course = course(everywhere)?;
            interview::report(&course, &known(everywhere, &course)?, file, out)?
        }
        Command::Due { short, json } => {
            let course = course(everywhere)?;
            let today = Today { now: Clock::new().now(), aim: aim(everywhere)? };
            let written = match (*short, *json) {
                (true, _) => due::Written::Short,
                (false, true) => due::Written::Json,
                (false, false) => due::Written::Text,
            };
            let learner = if has_progress(everywhere) { known(everywhere, &course)? } else { Learner::default() };
            due::due(&course, &learner, today, written, out)?;
            true
        }
        Command::Search { words, json } => {
            let course = course(everywhere)?;
            search::search(&course, &words.join(" "), written(everywhere, *json), out)? == Searched::Something
        }
        Command::Progress { what: Some(Progress::Interview { when }) } => {
            let event = goals::interview(when).map_err(Trouble::Option)?;
            goal(everywhere, event, out)?
        }
        Command::Progress { what: Some(Progress::Away { how_long }) } => {
            let event = goals::away(how_long, Clock::new().now().today).map_err(Trouble::Option)?;
            goal(everywhere, event, out)?
        }
        Command::Progress { what: Some(Progress::Tune) } => {
            let course = course(everywhere)?;
            let Opened { mut store, learner, .. } = progress_of(everywhere, &course)?;
            let weights = *learner.scheduler().weights();
            writeln!(out, "{}", tune::tune(&mut store, &Names::of(&course), &weights, Clock::new().now())?)?;
            // All of the log counts by the new weights now.
            known(everywhere, &course)?;
            true
        }
        Command::Progress { what: Some(Progress::Export { file }) } => {
            let course = course(everywhere)?;
            let mut store = progress_of(everywhere, &course)?.store;
            transfer::export(&mut store, &course.outline.id, file.as_deref(), out)?;
            true
        }
        Command::Progress { what: Some(Progress::Import { file } | Progress::Merge { file }) } => {
            let course = course(everywhere)?;
            let mut store = progress_of(everywhere, &course)?.store;
            transfer::import(&mut store, &course.outline.id, file, out)?;
            // All of the log has to be folded anew now: here nobody waits for the first screen.
            known(everywhere, &course)?;
            true
        }
        Command::Progress { what: Some(Progress::Backup { file }) } => {
            transfer::back_up(data_folder(everywhere).as_deref(), file, out)?;
            true
        }
        Command::Progress { what: Some(Progress::Restore { file }) } => {
            transfer::restore(data_folder(everywhere).as_deref(), file, out)?;
            true
        }
        Command::Progress { what: what @ (None | Some(Progress::Show { .. })) } => {
            let json = matches!(what, Some(Progress::Show { json: true }));
            let course = course(everywhere)?;
            let learner = known(everywhere, &course)?;
            let today = Today { now: Clock::new().now(), aim: aim(everywhere)? };
            progress::show(&course, &learner, today, written(everywhere, json), out)?;
            true
        }
        Command::Content(Content::Check { dir, strict, json }) => {
            let refused = if *strict { Severity::Warning } else { Severity::Mistake };
            content::check(folder(dir, everywhere), refused, written(everywhere, *json), out)? == Checked::Good
        }
        Command::Content(Content::Schema { kind, out: folder }) => {
            let kinds = kind.as_ref().map_or(&FileKind::ALL[..], std::slice::from_ref);
            schema::schema(kinds, folder.as_deref(), out)?;
            true
        }
        Command::Content(Content::Stats { dir, topics, json }) => {
            let detail = if *topics { Detail::Topics } else { Detail::Modules };
            stats::stats(folder(dir, everywhere), detail, written(everywhere, *json), out)? == Checked::Good
        }
        Command::Content(Content::Prove { dir, only, mutate, fresh, flask, json }) => {
            let order = Order {
                dir: folder(dir, everywhere).unwrap_or(Path::new(content::HERE)),
                only: only.as_deref(),
                keys: if *mutate { Keys::OwnAndWrong } else { Keys::Own },
                keep: Keep::Write,
                earlier: if *fresh { Earlier::Forget } else { Earlier::Use },
                written: written(everywhere, *json),
            };
            prove::for_user(order, flask, out)? == Judgement::Proven
        }
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "flaskdojo", &mut text);
            out.write_all(&text)?;
            true
        }
    };
    out.flush()?;
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The folder of a course that an author works on, where one was named.
fn folder<'a>(dir: &'a Option<PathBuf>, everywhere: &'a Everywhere) -> Option<&'a Path> {
    dir.as_deref().or(everywhere.course.as_deref())
}

fn course(everywhere: &Everywhere) -> Result<Course, Trouble> {
    match &everywhere.course {
        None => Ok(builtin::course()),
        Some(folder) => load::course(folder).map(|loaded| loaded.into_course()).map_err(Trouble::Course),
    }
}

fn progress_of(everywhere: &Everywhere, course: &Course) -> Result<Opened, StoreError> {
    PatientStore::open(data_folder(everywhere), &course.outline.id, &Names::of(course))
}

fn data_folder(everywhere: &Everywhere) -> Option<PathBuf> {
    folder::choose(everywhere.data.clone(), std::env::var_os(folder::VARIABLE))
}

/// What is known of the learner.
fn known(everywhere: &Everywhere, course: &Course) -> Result<Learner, StoreError> {
    let Opened { mut store, learner, fresh, .. } = progress_of(everywhere, course)?;
    keep(&mut store, fresh);
    Ok(learner)
}

/// Keeps what was derived, for the next start. Without it that only takes longer.
fn keep(store: &mut dyn Store, fresh: Option<Snapshot>) {
    if let Some(fresh) = fresh {
        let _ = store.keep(&fresh);
    }
}

/// Whether there is a progress file: a shell prompt makes none.
fn has_progress(everywhere: &Everywhere) -> bool {
    data_folder(everywhere).is_some_and(|folder| folder.join(sqlite::FILE).exists())
}

/// Keeps what the learner intends, and says it.
fn goal(everywhere: &Everywhere, event: Event, out: &mut dyn Write) -> Result<bool, Trouble> {
    let course = course(everywhere)?;
    let now = Clock::new().now();
    goals::say(&event, now.today, out)?;
    progress_of(everywhere, &course)?.store.append(&[Entry { at: now.at, day: now.today, event }])?;
    Ok(true)
}

/// How much the learner wants: what the settings say, or the command line.
fn aim(everywhere: &Everywhere) -> Result<Aim, Trouble> {
    let wanted = wanted::wanted(settings_file(everywhere).as_deref(), &Process, asked(everywhere)?);
    Ok(Aim::new(wanted.settings.retention_percent, wanted.settings.minutes_a_day))
}

fn written(everywhere: &Everywhere, json: bool) -> Written {
    if json {
        return Written::Json;
    }
    let coloured = match everywhere.color {
        When::Auto => io::stdout().is_terminal() && depth(everywhere) != Depth::Mono,
        When::Always => true,
        When::Never => false,
    };
    Written::Text(if coloured { Colour::On } else { Colour::Off })
}

fn depth(everywhere: &Everywhere) -> Depth {
    let colour = match everywhere.color {
        When::Auto => environment::Colour::Auto,
        When::Always => environment::Colour::Always,
        When::Never => environment::Colour::Never,
    };
    environment::depth(colour, &Process)
}

/// The options that the command line asks for.
fn asked(everywhere: &Everywhere) -> Result<Vec<Change>, Trouble> {
    let theme = everywhere.theme.as_ref().map(|theme| Change::read("theme", theme));
    let others = everywhere.set.iter().map(|set| match set.split_once('=') {
        Some((name, value)) => Change::read(name.trim(), value.trim()),
        None => Err(format!("“{set}” should be NAME=VALUE, such as motion=none")),
    });
    theme.into_iter().chain(others).collect::<Result<_, _>>().map_err(Trouble::Option)
}

/// The settings file.
fn settings_file(everywhere: &Everywhere) -> Option<PathBuf> {
    let data = everywhere.data.clone().or_else(|| std::env::var_os(folder::VARIABLE).map(PathBuf::from));
    let data = data.filter(|folder| !folder.as_os_str().is_empty());
    settings::file::choose(std::env::var_os(settings::file::VARIABLE), data.as_deref())
}

/// The folder for what somebody writes about the course.
fn reports(everywhere: &Everywhere) -> Option<PathBuf> {
    Some(folder::choose(everywhere.data.clone(), std::env::var_os(folder::VARIABLE))?.join("reports"))
}

/// The command line, whose help says where things are kept on this computer.
fn command_line() -> Cli {
    let place = |path: Option<PathBuf>| path.map_or("nowhere".to_owned(), |path| wanted::short(&path, &Process));
    let progress = place(folder::choose(None, std::env::var_os(folder::VARIABLE)));
    let data = std::env::var_os(folder::VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
    let settings = place(settings::file::choose(std::env::var_os(settings::file::VARIABLE), data.as_deref()));
    let kept = format!(
        "{}\n\nYour progress is one file in {progress}, your settings are {settings}\n(both in the folder that --data or \
         $FLASKDOJO_DATA names; another settings file by $FLASKDOJO_SETTINGS).",
        cli::EXAMPLES
    );
    let matches = Cli::command().after_help(kept).get_matches();
    Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}
