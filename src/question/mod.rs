//! Questions. A kind is one file here and one line in [`kinds!`]: its fields, check, form, grading and trials.

pub mod answer;
pub mod exhibit;
pub mod form;
pub mod options;
pub mod proof;
pub mod shuffle;
pub mod syntax;
pub mod text;
pub mod trial;
pub mod typed;

pub mod bug;
pub mod fill;
pub mod flash;
pub mod matching;
pub mod multiple;
pub mod order;
pub mod output;
pub mod short;
pub mod single;

use crate::fault::Faults;
use crate::id::{QuestionId, TopicId};
use crate::prose::{Code, Prose};
use crate::shape::{Described, Table};
use answer::{Answer, Grade};
use exhibit::{Exhibit, Shown};
use form::{Face, Form};
use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize};
use shuffle::Shuffle;
use trial::Trial;

/// A question of the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name, unique in the course.
    pub id: QuestionId,
    /// The topic that it belongs to.
    pub topic: TopicId,
    /// 1 recall · 2 apply · 3 predict something new · 4 weigh or find a cause.
    pub level: u8,
    /// What is asked.
    pub prompt: Prose,
    /// Why the key is right.
    pub explanation: Prose,
    /// Where to look, in the order in which they are given.
    pub hints: Vec<Prose>,
    /// Pages to read, as [`crate::course::source`] spells them.
    pub sources: Vec<String>,
    /// The versions for which the key holds, as written; empty for the course's own.
    pub flask: String,
    /// Names that it had before.
    pub was: Vec<QuestionId>,
    /// Why it has no proof; `None` for one that is proven.
    pub unproved: Option<String>,
    /// The version of Flask that its proof was recorded on; empty where it was not, or was changed since.
    pub ran_on: String,
    /// What the proof showed then.
    pub shown: Vec<Shown>,
    /// Changes when anything changes that an answer depends on.
    pub fingerprint: u64,
    /// What kind it is, with that kind's fields.
    pub kind: Kind,
}

impl Question {
    /// How it looks before it is answered.
    pub fn face(&self) -> Face<'_> {
        Face { prompt: &self.prompt, program: self.kind.program() }
    }
}

/// Everything that a kind of question must know. The file is `question/<kind>.rs`.
pub trait QuestionKind: Sized {
    /// As written in `kind:`.
    const NAME: &'static str;
    /// A whole question in YAML: the manual and the tests use it.
    const EXAMPLE: &'static str;
    /// What the author writes beside the common fields.
    type Fields: DeserializeOwned + Described;
    /// The checked kind. Each mistake goes to `faults` with its path below the question; `None` when it can't be built.
    fn check(fields: Self::Fields, faults: &mut Faults) -> Option<Self>;
    /// What hands do. `order` decides how options are arranged.
    fn form(&self, order: Shuffle) -> Form;
    /// Code to show between prompt and form; `None` where there is none or the form shows it.
    fn program(&self) -> Option<&Code>;
    /// How good an answer is. Remarks about options come in the order of the form made with the same `order`.
    fn grade(&self, answer: &Answer, order: Shuffle) -> Grade;
    /// For a typed answer that misses by little: what differs, in a sentence. It may be tried again and isn't recorded.
    fn near(&self, answer: &Answer) -> Option<String> {
        let _ = answer;
        None
    }
    /// What real Flask must confirm and refute.
    fn trials(&self) -> Vec<Trial>;
    /// The same with the key made wrong in each simple way: every one of them must fail on real Flask.
    fn mutants(&self) -> Vec<Trial>;
    /// Where the trials have something to show; for some kinds the key itself says it all.
    fn exhibits(&self) -> Vec<Exhibit> {
        Vec::new()
    }
}

/// Writes [`Kind`] and passes each call on to the kind's own file.
macro_rules! kinds {
    ($($file:ident::$kind:ident),* $(,)?) => {
        /// What kind a question is.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Kind { $(#[doc = concat!("See `question/", stringify!($file), ".rs`.")] $kind($file::$kind)),* }

        impl Kind {
            /// The names as written in `kind:`.
            pub const NAMES: &[&str] = &[$($file::$kind::NAME),*];
            /// The fields that each kind has beside the common ones, by name.
            pub const TABLES: &[(&str, &Table)] =
                &[$(($file::$kind::NAME, <<$file::$kind as QuestionKind>::Fields as Described>::TABLE)),*];
            /// A whole question of each kind in YAML, by name.
            pub const EXAMPLES: &[(&str, &str)] = &[$(($file::$kind::NAME, $file::$kind::EXAMPLE)),*];

            /// Reads the fields of the kind called `name`: `None` when there is no such kind. Mistakes go to `faults`.
            pub fn read<'de, D: Deserializer<'de>>(
                name: &str,
                fields: D,
                faults: &mut Faults,
            ) -> Option<Result<Option<Kind>, D::Error>> {
                $(if name == $file::$kind::NAME {
                    let fields = <$file::$kind as QuestionKind>::Fields::deserialize(fields);
                    return Some(fields.map(|fields| $file::$kind::check(fields, faults).map(Kind::$kind)));
                })*
                None
            }

            /// As written in `kind:`.
            pub fn name(&self) -> &'static str {
                match self { $(Kind::$kind(_) => $file::$kind::NAME),* }
            }
            /// See [`QuestionKind::form`].
            pub fn form(&self, order: Shuffle) -> Form {
                match self { $(Kind::$kind(kind) => kind.form(order)),* }
            }
            /// See [`QuestionKind::program`].
            pub fn program(&self) -> Option<&Code> {
                match self { $(Kind::$kind(kind) => kind.program()),* }
            }
            /// See [`QuestionKind::grade`].
            pub fn grade(&self, answer: &Answer, order: Shuffle) -> Grade {
                match self { $(Kind::$kind(kind) => kind.grade(answer, order)),* }
            }
            /// See [`QuestionKind::near`].
            pub fn near(&self, answer: &Answer) -> Option<String> {
                match self { $(Kind::$kind(kind) => kind.near(answer)),* }
            }
            /// See [`QuestionKind::trials`].
            pub fn trials(&self) -> Vec<Trial> {
                match self { $(Kind::$kind(kind) => kind.trials()),* }
            }
            /// See [`QuestionKind::mutants`].
            pub fn mutants(&self) -> Vec<Trial> {
                match self { $(Kind::$kind(kind) => kind.mutants()),* }
            }
            /// See [`QuestionKind::exhibits`].
            pub fn exhibits(&self) -> Vec<Exhibit> {
                match self { $(Kind::$kind(kind) => kind.exhibits()),* }
            }
        }
    };
}

kinds! {
    single::Single,
    multiple::Multiple,
    output::Output,
    fill::Fill,
    short::Short,
    bug::Bug,
    order::Order,
    matching::Matching,
    flash::Flash,
}
