//! The command line: types only. What a command does is in `commands`, and `main` puts the two together.

use crate::content::file::FileKind;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// The whole command line.
#[derive(Clone, Debug, Parser)]
#[command(name = "flaskdojo", version, about = ABOUT, max_term_width = 100)]
#[command(disable_help_flag = true)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub everywhere: Everywhere,
    /// What to do; nothing opens the home screen.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const ABOUT: &str = "\
Learn Flask in the terminal: lessons, questions, and progress that stays.
Without a command it opens the full screen: press Enter there, and ? for the keys.";

/// What stands below the list of options; where things are kept comes behind it.
pub const EXAMPLES: &str = "\
Examples:
  flaskdojo                       start, or go on where you stopped
  flaskdojo learn session         read about the session
  flaskdojo drill 07-sessions     ten questions about a module
  flaskdojo --plain               line by line: for screen readers and pipes";

/// Options that every command takes.
#[derive(Args, Clone, Debug)]
pub struct Everywhere {
    /// Ask and answer line by line, without a full screen
    #[arg(long, global = true, help_heading = "Options everywhere")]
    pub plain: bool,
    /// Learn from the course in this folder instead of the one built in
    #[arg(long, global = true, value_name = "DIR", help_heading = "Options everywhere")]
    pub course: Option<PathBuf>,
    /// Keep progress in this folder
    #[arg(long, global = true, value_name = "DIR", help_heading = "Options everywhere")]
    pub data: Option<PathBuf>,
    /// The same number draws the same questions
    #[arg(long, global = true, value_name = "N", help_heading = "Options everywhere")]
    pub seed: Option<u64>,
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "auto|always|never", default_value_t)]
    #[arg(hide_default_value = true, hide_possible_values = true, help_heading = "Options everywhere")]
    pub color: When,
    /// Colours: auto, dark, light, high-contrast, or the name of a base16 file
    #[arg(long, global = true, value_name = "THEME", help_heading = "Options everywhere")]
    pub theme: Option<String>,
    /// Another option of the settings for this time, such as motion=none
    #[arg(long, global = true, value_name = "NAME=VALUE", help_heading = "Options everywhere")]
    pub set: Vec<String>,
    /// Print help
    #[arg(short, long, global = true, action = ArgAction::HelpShort, help_heading = "Options everywhere")]
    help: Option<bool>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Command {
    /// Read a lesson: the one named, or the next one
    #[command(after_help = "\
Examples:
  flaskdojo learn                                the next lesson
  flaskdojo learn sessions.signed-not-secret     that one
  flaskdojo learn session                        the first unread lesson of a topic")]
    Learn {
        /// A lesson or a topic, by its id
        #[arg(value_name = "LESSON|TOPIC")]
        what: Option<String>,
    },
    /// Answer what is due again, the most valuable first
    #[command(after_help = "\
Examples:
  flaskdojo review              what is due
  flaskdojo review --plain      line by line")]
    Review,
    /// Say what is due: for people, shell prompts and scripts
    #[command(after_help = "\
Examples:
  flaskdojo due                    today and the next days
  PS1='$(flaskdojo due --short)$ '   a shell prompt; nothing when nothing is due
  flaskdojo due --json | jq .due")]
    Due {
        /// One line, and nothing at all when nothing is due
        #[arg(long, conflicts_with = "json")]
        short: bool,
        /// Write JSON: {due, minutes, left_out, forecast}
        #[arg(long)]
        json: bool,
    },
    /// Answer questions: about a topic, about a module, or mixed
    #[command(after_help = "\
Examples:
  flaskdojo drill                      ten questions about what you have read
  flaskdojo drill cookies              about a topic
  flaskdojo drill 07-sessions          about a module
  flaskdojo drill --asked --level 3    hard ones that interviews ask often
  flaskdojo drill --mistakes           what was not right last time
  flaskdojo drill cookies --seed 7     the same ones as everybody with a 7")]
    Drill {
        /// A topic or a module, by its id
        #[arg(value_name = "TOPIC|MODULE")]
        what: Option<String>,
        /// Which of them
        #[command(flatten)]
        wanted: Wanted,
    },
    /// Sit an exam: no hints, nothing told before the end; the same seed is the same paper
    #[command(after_help = "\
Examples:
  flaskdojo exam                        30 questions of all modules in 45 minutes
  flaskdojo exam 07-sessions --minutes 10 --questions 8
  flaskdojo exam --seed 7               the paper that everybody with a 7 gets")]
    Exam {
        /// A module, by its id
        module: Option<String>,
        /// How many questions
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=200))]
        questions: u16,
        /// How long it takes at most
        #[arg(long, default_value_t = 45, value_parser = clap::value_parser!(u16).range(1..=480))]
        minutes: u16,
        /// From which share on it is passed, in percent
        #[arg(long, default_value_t = 70, value_parser = clap::value_parser!(u8).range(1..=100))]
        pass: u8,
    },
    /// Hold a mock interview: answer in your own words, rate it point by point, be asked on
    #[command(after_help = "\
Examples:
  flaskdojo interview                              twenty minutes, as for a junior
  flaskdojo interview --level senior --minutes 45
  flaskdojo interview --report notes.md            the last one, as a text to keep")]
    Interview {
        /// Whom it is for
        #[arg(long, value_enum, default_value_t)]
        level: Level,
        /// How long it takes
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=180))]
        minutes: u16,
        /// About this module only
        #[arg(long, value_name = "MODULE")]
        module: Option<String>,
        /// Write the last interview to this new file, as Markdown, instead of holding one
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
    /// Find your level: at most 25 questions; lessons of what you know are left out
    Placement,
    /// Find lessons, topics, questions, words of the glossary, and words in the texts
    #[command(after_help = "\
Examples:
  flaskdojo search signed cookie
  flaskdojo search --json secret key | jq '.[0].id'")]
    Search {
        /// Parts of words, in any order
        #[arg(required = true)]
        words: Vec<String>,
        /// Write JSON: a list of {kind, id, topic, title, score}
        #[arg(long)]
        json: bool,
    },
    /// See your progress
    Progress {
        /// What to do; `show` unless said otherwise
        #[command(subcommand)]
        what: Option<Progress>,
    },
    /// For authors: check and prove a course
    #[command(subcommand)]
    Content(Content),
    /// Write the completions for a shell
    #[command(after_help = "\
Examples:
  flaskdojo completions bash > ~/.local/share/bash-completion/completions/flaskdojo
  flaskdojo completions fish > ~/.config/fish/completions/flaskdojo.fish")]
    Completions {
        /// Which shell
        shell: Shell,
    },
}

/// Which questions to drill: those that fit all that is said.
#[derive(Args, Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// About this topic
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
    /// Of this module
    #[arg(long, value_name = "MODULE")]
    pub module: Option<String>,
    /// Of this level: 1 is easiest
    #[arg(long, value_name = "1-4", value_parser = clap::value_parser!(u8).range(1..=4))]
    pub level: Option<u8>,
    /// Of this kind, such as single, output or bug
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Not right the last time
    #[arg(long)]
    pub mistakes: bool,
    /// Not right the last time, although you were sure
    #[arg(long, conflicts_with = "mistakes")]
    pub sure_and_wrong: bool,
    /// Often asked in interviews
    #[arg(long, conflicts_with_all = ["mistakes", "sure_and_wrong"])]
    pub asked: bool,
}

/// What to do with progress.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Progress {
    /// Write how much of each module you know
    Show {
        /// Write JSON
        #[arg(long)]
        json: bool,
    },
    /// Write all you did as lines of JSON, to a new file or to the output
    #[command(after_help = "\
Examples:
  flaskdojo progress export laptop.jsonl
  flaskdojo progress export | jq -c .event")]
    Export {
        /// A file that is not there yet
        file: Option<PathBuf>,
    },
    /// Take in what an exported log has and your progress has not
    Import {
        /// What `export` wrote
        file: PathBuf,
    },
    /// Take in another machine’s progress: any order, any repetition, the same result
    #[command(after_help = "\
Examples:
  flaskdojo progress merge laptop.jsonl            what `export` wrote there
  flaskdojo progress merge ~/old-disk/progress.db  or the progress file itself")]
    Merge {
        /// What `export` wrote, or another progress file
        file: PathBuf,
    },
    /// Copy the progress file to a new file, whole, also while the program runs
    Backup {
        /// A file that is not there yet
        file: PathBuf,
    },
    /// Put a copy in the place of the progress file; what was there is kept beside it
    Restore {
        /// What `backup` wrote
        file: PathBuf,
    },
    /// Fit the memory model to your own answers; kept only if it foretells better
    Tune,
    /// Set the day of your interview, such as 2026-12-07, or none
    Interview {
        /// A date as YYYY-MM-DD, or none
        #[arg(value_name = "DATE|none")]
        when: String,
    },
    /// Pause: nothing is due for so many days, such as 7d; back ends it
    Away {
        /// How many days, such as 7d, the first day back as YYYY-MM-DD, or back
        #[arg(value_name = "DAYS|DATE|back")]
        how_long: String,
    },
}

/// What authors do.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Content {
    /// Find every mistake in a course, with its place and its mend
    #[command(after_help = "\
Examples:
  flaskdojo content check my-course
  flaskdojo content check --strict my-course     warnings count as mistakes
  flaskdojo content check --json my-course | jq '.[].code'")]
    Check {
        /// The folder of the course: that of --course, `content` if there is one here, else the built-in course
        dir: Option<PathBuf>,
        /// Fail on warnings, too
        #[arg(long)]
        strict: bool,
        /// Write JSON: a list of mistakes and warnings
        #[arg(long)]
        json: bool,
    },
    /// Write JSON Schemas of the files of a course, for editors
    #[command(after_help = "\
Examples:
  flaskdojo content schema --kind lesson             one schema
  flaskdojo content schema --out my-course/.schema   all of them, a file each

With the line “# yaml-language-server: $schema=../../.schema/lesson.json” at its top, a file
is completed and checked by editors that use the YAML language server.")]
    Schema {
        /// Of one kind of file only: course, glossary, module, lesson, questions, interview, clinic, xray or lab
        #[arg(long, value_parser = file_kind, value_name = "KIND")]
        kind: Option<FileKind>,
        /// Write a file for each kind into this folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Count what a course holds: lessons, words, questions by kind and level
    #[command(after_help = "\
Examples:
  flaskdojo content stats --topics                   each topic, too
  flaskdojo content stats --json | jq .totals")]
    Stats {
        /// The folder of the course: that of --course, `content` if there is one here, else the built-in course
        dir: Option<PathBuf>,
        /// Tell each topic, too
        #[arg(long, conflicts_with = "json")]
        topics: bool,
        /// Write JSON: the totals, and the same for each module
        #[arg(long)]
        json: bool,
    },
    /// Run the proofs and programs of a course on real Flask
    #[command(after_help = "\
Examples:
  flaskdojo content prove                            all of ./content
  flaskdojo content prove my-course --only cookies   what has “cookies” in its id
  flaskdojo content prove --mutate                   show that each proof can fail
  flaskdojo content prove --flask 2.3,3.0,3.1        what holds on which version of Flask

What real Flask showed is written into recorded.json of each module, and shown to learners.")]
    Prove {
        /// The folder of the course: that of --course, else `content`
        dir: Option<PathBuf>,
        /// Only what has this in its id
        #[arg(long, value_name = "PART")]
        only: Option<String>,
        /// Make each key wrong in every simple way, and see the proof fail
        #[arg(long)]
        mutate: bool,
        /// Run everything anew, whatever was proven before
        #[arg(long)]
        fresh: bool,
        /// Run it on these versions of Flask instead, each in an environment of its own; nothing is written down
        #[arg(long, value_name = "VERSIONS", value_delimiter = ',', conflicts_with = "mutate")]
        flask: Vec<String>,
        /// Write JSON
        #[arg(long)]
        json: bool,
    },
}

/// Whom an interview is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Somebody who begins
    #[default]
    Junior,
    /// Somebody who has worked with Flask
    Mid,
    /// Somebody who decides for others
    Senior,
}

fn file_kind(word: &str) -> Result<FileKind, String> {
    let names = || FileKind::ALL.map(FileKind::name);
    FileKind::ALL
        .into_iter()
        .find(|kind| kind.name() == word)
        .ok_or_else(|| format!("the kinds of files are {}", names().join(", ")))
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// When the terminal has them, and NO_COLOR is not set
    #[default]
    Auto,
    /// In any case
    Always,
    /// Never
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn options_work_before_and_after_the_command() {
        for line in ["flaskdojo --plain --seed 7 drill cookies", "flaskdojo drill cookies --plain --seed 7"] {
            let cli = Cli::try_parse_from(line.split(' ')).unwrap();
            assert!(cli.everywhere.plain);
            assert_eq!(cli.everywhere.seed, Some(7));
            assert_eq!(cli.command, Some(Command::Drill { what: Some("cookies".into()), wanted: Wanted::default() }));
        }
    }

    #[test]
    fn without_arguments_nothing_is_asked_for() {
        let cli = Cli::try_parse_from(["flaskdojo"]).unwrap();
        assert_eq!(cli.command, None);
        assert_eq!((cli.everywhere.color, cli.everywhere.theme), (When::Auto, None));
    }

    #[test]
    fn every_command_explains_itself() {
        fn explained(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments().filter(|argument| !argument.is_global_set()) {
                let told = argument.get_help().is_some();
                assert!(told, "{} {}", command.get_name(), argument.get_id());
            }
            command.get_subcommands().for_each(explained);
        }
        explained(&Cli::command());
    }
}
