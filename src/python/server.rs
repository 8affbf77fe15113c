//! The warm Python process that runs programs, seen from here: jobs go in, results come out, and a program that ends
//! the process itself costs nobody else their result.

use super::program::{Limits, Program, Run, Why};
use crate::course::xray::Request;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;
use tempfile::TempDir;

/// The program that Python runs. It stands in a file of its own, where its protocol is described.
pub const SOURCE: &str = include_str!("proof_server.py");

/// How long Python may take to start and import Flask.
const START_MAX: Duration = Duration::from_secs(120);
/// How long a result may be late before the server counts as hanging.
const LATE_MAX: Duration = Duration::from_secs(30);
/// How long an ending server may take.
const END_MAX: Duration = Duration::from_secs(5);
/// How often it may end in the middle of work before we stop trying.
const CRASHES_MAX: u32 = 8;

/// Runs programs in forks of one warm Python.
pub struct Server {
    python: PathBuf,
    at_once: usize,
    process: Process,
}

/// Why programs can't be run.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The system can't copy a running process, which is how each program gets a fresh one.
    #[error("programs can only be run on Linux, macOS and other Unix systems; on Windows use WSL")]
    NoFork,
    /// Python did not start.
    #[error("could not start {}: {source}", python.display())]
    NoStart {
        /// Which Python.
        python: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It started and ended before it was ready.
    #[error("{} ended before it could run programs. It said: {said}", python.display())]
    NotReady {
        /// Which Python.
        python: PathBuf,
        /// The last that it said.
        said: String,
    },
    /// It ended again and again in the middle of work.
    #[error("the process that runs programs ended {CRASHES_MAX} times in the middle of its work. It said: {said}")]
    KeepsEnding {
        /// The last that it said.
        said: String,
    },
}

impl Server {
    /// Starts Python. `at_once` programs run at the same time.
    pub fn start(python: &Path, at_once: usize) -> Result<Server, ServerError> {
        if !cfg!(unix) {
            return Err(ServerError::NoFork);
        }
        let process = Process::start(python, at_once)?;
        Ok(Server { python: python.to_owned(), at_once, process })
    }

    /// Runs programs and hands each result to `done` with the program's place in the list, in the order in which they
    /// end.
    pub fn run(
        &mut self,
        programs: &[Program],
        limits: Limits,
        done: &mut dyn FnMut(usize, Run),
    ) -> Result<(), ServerError> {
        let mut work =
            Work { waiting: (0..programs.len()).map(|index| (index, Past::Clean)).collect(), running: BTreeMap::new() };
        let patience = Duration::from_millis(limits.time_ms.into()) + LATE_MAX;
        let mut crashes = 0;
        loop {
            let sent = self.process.send(work.next(2 * self.at_once), programs, limits);
            if work.running.is_empty() {
                return Ok(());
            }
            match sent.and_then(|()| self.process.results.recv_timeout(patience).ok()) {
                Some(Said::Result { id, run }) => {
                    if work.running.remove(&id).is_some() {
                        done(id, *run);
                    }
                }
                Some(Said::Ready { .. }) => {}
                None => {
                    crashes += 1;
                    if crashes == CRASHES_MAX {
                        return Err(ServerError::KeepsEnding { said: self.process.last_words() });
                    }
                    if let Some(guilty) = work.after_crash() {
                        done(guilty, Run::stopped(Why::Server, "it ended the process that runs programs"));
                    }
                    self.process = Process::start(&self.python, self.at_once)?;
                }
            }
        }
    }
}

/// Which programs wait and which are being run.
struct Work {
    waiting: VecDeque<(usize, Past)>,
    running: BTreeMap<usize, Past>,
}

/// What is known about a program that is still to be run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Past {
    Clean,
    /// The server ended while it ran, beside others: it is run again, alone.
    Suspect,
}

impl Work {
    /// The programs to send now, so that at most `most` are on their way; a suspect is sent alone.
    fn next(&mut self, most: usize) -> Vec<usize> {
        let mut next = Vec::new();
        while let Some(&(index, past)) = self.waiting.front() {
            let is_alone = self.running.is_empty();
            let has_suspect = self.running.values().any(|past| *past == Past::Suspect);
            let fits = match past {
                Past::Clean => self.running.len() < most && !has_suspect,
                Past::Suspect => is_alone,
            };
            if !fits {
                break;
            }
            self.waiting.pop_front();
            self.running.insert(index, past);
            next.push(index);
        }
        next
    }

    /// The server has ended. The program that did it, if only one can have; the others are run again.
    fn after_crash(&mut self) -> Option<usize> {
        let running = std::mem::take(&mut self.running);
        if running.len() == 1 {
            return running.into_keys().next();
        }
        for index in running.into_keys().rev() {
            self.waiting.push_front((index, Past::Suspect));
        }
        None
    }
}

/// One running Python. Dropping it ends it, with all programs that it runs.
struct Process {
    child: Child,
    jobs: Option<ChildStdin>,
    results: Receiver<Said>,
    /// Everything that it writes: its programs' folders, and what it complains about.
    folder: TempDir,
}

#[derive(Serialize)]
struct Job<'a> {
    id: usize,
    code: &'a str,
    claims: Vec<(&'a str, &'a str)>,
    limit_s: f64,
    files: BTreeMap<&'a str, &'a str>,
    harness: Option<Look<'a>>,
}

#[derive(Serialize)]
struct Look<'a> {
    source: &'static str,
    given: Option<&'a Request>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Said {
    Result {
        id: usize,
        #[serde(flatten)]
        run: Box<Run>,
    },
    Ready {
        #[expect(dead_code, reason = "tells this line from others")]
        ready: bool,
    },
}

impl Process {
    fn start(python: &Path, at_once: usize) -> Result<Process, ServerError> {
        let failed = |source| ServerError::NoStart { python: python.to_owned(), source };
        let folder = tempfile::Builder::new().prefix("flaskdojo-").tempdir().map_err(failed)?;
        let complaints = File::create(folder.path().join(COMPLAINTS)).map_err(failed)?;
        let mut command = Command::new(python);
        // `-I` would do for isolation, but it also ignores PYTHONHASHSEED, and sets would be printed in another order
        // each time. So the variables are removed here, and only the other two parts of `-I` are asked for.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PYTHON") {
                command.env_remove(name);
            }
        }
        command.env("PYTHONHASHSEED", "0").env("PYTHONUTF8", "1").env("TZ", "UTC").env("TMPDIR", folder.path());
        // Else each thread of a program would reserve 64 MiB of what it is allowed.
        command.env("MALLOC_ARENA_MAX", "2");
        command.args(["-s", "-P", "-B", "-c", SOURCE, &at_once.to_string()]).arg(folder.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(complaints);
        let mut child = command.spawn().map_err(failed)?;
        let jobs = child.stdin.take();
        let (sender, results) = channel();
        let heard = match child.stdout.take() {
            Some(pipe) => {
                let listener = std::thread::Builder::new().name("proof results".to_owned());
                listener.spawn(move || listen(pipe, &sender)).map(|_| ())
            }
            None => Err(io::ErrorKind::BrokenPipe.into()),
        };
        let process = Process { child, jobs, results, folder };
        heard.map_err(failed)?;
        match process.results.recv_timeout(START_MAX) {
            Ok(Said::Ready { .. }) => Ok(process),
            Ok(Said::Result { .. }) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                Err(ServerError::NotReady { python: python.to_owned(), said: process.last_words() })
            }
        }
    }

    /// Sends programs on their way. `None` if the process takes no more.
    fn send(&mut self, next: Vec<usize>, programs: &[Program], limits: Limits) -> Option<()> {
        let jobs = self.jobs.as_mut()?;
        for id in next {
            let program = &programs[id];
            let claims = program.claims.iter().map(|claim| (claim.name.as_str(), claim.expression.as_str())).collect();
            let job = Job {
                id,
                code: &program.code,
                claims,
                limit_s: f64::from(limits.time_ms) / 1000.0,
                files: program.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect(),
                harness: program.harness.as_ref().map(|it| Look { source: it.source(), given: it.given() }),
            };
            let mut line = serde_json::to_vec(&job).ok()?;
            line.push(b'\n');
            jobs.write_all(&line).ok()?;
        }
        Some(())
    }

    /// The last line that it complained with.
    fn last_words(&self) -> String {
        let said = std::fs::read(self.folder.path().join(COMPLAINTS)).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        said.trim_end().lines().next_back().unwrap_or("nothing").to_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It ends when its input ends; that it has ended is seen by the end of its output.
        self.jobs = None;
        while self.results.recv_timeout(END_MAX).is_ok() {}
        // An error means that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const COMPLAINTS: &str = "complaints.txt";

/// Passes results on until there are no more.
fn listen(pipe: ChildStdout, results: &Sender<Said>) {
    for line in BufReader::new(pipe).split(b'\n') {
        let said = line.ok().and_then(|line| serde_json::from_slice(&line).ok());
        // A line that is no result means that something else writes there: better no server than a wrong one.
        let Some(said) = said else { return };
        if results.send(said).is_err() {
            return;
        }
    }
}
