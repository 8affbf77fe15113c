//! Runs programs: from memory where they are known, on real Flask where not.

use super::cache::{Cache, Unused};
use super::environment::Environment;
use super::program::{Limits, Program};
use super::prove::Runs;
use super::server::{Server, ServerError};

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

    /// What each of these programs does. Python is started only if there is one that is not known.
    pub fn run(&mut self, programs: &[Program], said: &mut dyn FnMut(Progress)) -> Result<Runs, ServerError> {
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
        if unknown.is_empty() {
            return Ok(runs);
        }
        said(Progress { done: runs.len(), all: programs.len() });
        let mut server = Server::start(&self.environment.python, self.at_once)?;
        server.run(&unknown, LIMITS, &mut |index, run| {
            let program = &unknown[index];
            self.cache.put(program, &run);
            runs.insert(program.clone(), run);
            said(Progress { done: runs.len(), all: programs.len() });
        })?;
        Ok(runs)
    }

    /// Keeps the results for the next time.
    pub fn save(&mut self, unused: Unused) -> std::io::Result<()> {
        self.cache.save(unused)
    }
}
