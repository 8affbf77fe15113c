//! Runs programs: from memory where they are known, on real Flask where not.

use super::cache::{Cache, Unused};
use super::environment::Environment;
use super::program::{Again, Limits, Program};
use super::prove::Runs;
use super::server::{Server, ServerError};
use super::steady;

/// What a program of a course may use.
pub const LIMITS: Limits = Limits { time_ms: 10_000 };

/// A way to run programs.
pub struct Runner {
    environment: Environment,
    cache: Cache,
    at_once: usize,
}

/// How far a runner has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Programs whose result is known.
    pub done: usize,
    /// All of them.
    pub all: usize,
}

impl Runner {
    /// Runs programs in this environment, with results kept in `cache`.
    pub fn new(environment: Environment, cache: Cache) -> Runner {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Runner { environment, cache, at_once: cores.clamp(2, 8) }
    }

    /// What they run on.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// What each of these programs does. Those in `twice` are run a second time, so that what changes is known. Python is
    /// started only if there is one that is not known.
    pub fn run(
        &mut self,
        programs: &[Program],
        twice: &[Program],
        said: &mut dyn FnMut(Progress),
    ) -> Result<Runs, ServerError> {
        let mut runs = Runs::new();
        let mut unknown = Vec::new();
        for program in programs {
            match self.cache.get(program) {
                Some(run) => {
                    runs.insert(program.clone(), run.clone());
                }
                None => unknown.push(program.clone()),
            }
        }
        let is_due =
            |program: &&Program| runs.get(*program).is_none_or(|run| run.again == Again::Never && run.is_lasting());
        let again: Vec<Program> = twice.iter().filter(is_due).cloned().collect();
        if unknown.is_empty() && again.is_empty() {
            return Ok(runs);
        }
        let all = programs.len() + again.len();
        let mut done = runs.len();
        said(Progress { done, all });
        let mut server = Server::start(&self.environment.python, self.at_once)?;
        server.run(&unknown, LIMITS, &mut |index, run| {
            runs.insert(unknown[index].clone(), run);
            done += 1;
            said(Progress { done, all });
        })?;
        server.run(&again, LIMITS, &mut |index, second| {
            if let Some(run) = runs.get_mut(&again[index]) {
                *run = steady::merged(std::mem::take(run), &second);
            }
            done += 1;
            said(Progress { done, all });
        })?;
        for program in unknown.iter().chain(&again) {
            if let Some(run) = runs.get(program) {
                self.cache.put(program, run);
            }
        }
        Ok(runs)
    }

    /// Keeps the results for the next time.
    pub fn save(&mut self, unused: Unused) -> std::io::Result<()> {
        self.cache.save(unused)
    }
}
