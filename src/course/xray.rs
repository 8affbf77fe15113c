//! A request to look through, step by step.

use crate::id::{TopicId, XrayId};
use crate::prose::{Code, Prose};
use serde::{Deserialize, Serialize};

/// A small app and a request that goes through it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Xray {
    /// Its name, unique in the course.
    pub id: XrayId,
    /// Names that it had before.
    pub was: Vec<XrayId>,
    /// What it is about.
    pub topic: TopicId,
    /// Its title.
    pub title: String,
    /// What to look for.
    pub intro: Prose,
    /// The app, called `app`.
    pub program: Code,
    /// What it is asked.
    pub request: Request,
    /// After these events the learner says what comes next.
    pub ask: Vec<Event>,
    /// What real Flask did; `None` where nobody has recorded it yet, or the program has changed since.
    pub trace: Option<Trace>,
    /// The versions for which it holds, as written; empty for the course's own.
    pub flask: String,
    /// Pages to read, as [`super::source`] spells them.
    pub sources: Vec<String>,
    /// The version of Flask that it was recorded on; empty where it was not, or was changed since.
    pub ran_on: String,
}

/// What happened to a request, as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// In the order in which they began.
    pub steps: Vec<Step>,
    /// The error that left the app, in a line; `None` where there was a response.
    pub raised: Option<String>,
}

/// One thing that happened. What is held is told as it is once the step is over; `None` is what is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What sort of thing.
    pub event: Event,
    /// What exactly, in a line: `greet(name='ada') returns 'hello ada'`.
    pub what: String,
    /// The line of the program that it is about, from 1.
    pub line: Option<u16>,
    /// What `request` holds: method, path, and the view that was found.
    pub request: Option<String>,
    /// What `session` holds, as Python writes it.
    pub session: Option<String>,
    /// What `g` holds, as Python writes it.
    pub g: Option<String>,
    /// The response so far: its status and the headers that matter.
    pub response: Option<String>,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Request {
    /// Such as `GET`.
    pub method: String,
    /// With its query, such as `/cart?x=1`.
    pub path: String,
    /// By name, in the author's order.
    pub headers: Vec<(String, String)>,
    /// May be empty.
    pub body: String,
}

macro_rules! events {
    ($($event:ident $word:literal $doc:literal),* $(,)?) => {
        /// What happens to a request on its way through Flask.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Event { $(#[doc = $doc] $event),* }

        impl Event {
            /// Every event, with the word authors write.
            pub const ALL: &[(Event, &'static str)] = &[$((Event::$event, $word)),*];

            /// The word authors write.
            pub fn word(self) -> &'static str {
                match self { $(Event::$event => $word),* }
            }

            /// What happens, in a sentence.
            pub fn doc(self) -> &'static str {
                match self { $(Event::$event => $doc),* }
            }
        }
    };
}

events! {
    Environ "environ" "The server hands the request over as a dict.",
    ContextPushed "context_pushed" "The context is pushed: `request`, `session` and `g` work from here on.",
    UrlMatched "url_matched" "The path has found its rule, or none.",
    RequestStarted "request_started" "The signal `request_started` is sent.",
    BeforeRequest "before_request" "A function runs before the view.",
    View "view" "The view runs.",
    TemplateRendered "template_rendered" "A template has been rendered.",
    ErrorHandler "error_handler" "A function makes an answer out of an error.",
    AfterRequest "after_request" "A function gets the response and gives one back.",
    SessionSaved "session_saved" "The session is looked at, and saved where it has changed.",
    RequestFinished "request_finished" "The signal `request_finished` is sent.",
    TeardownRequest "teardown_request" "A function runs at the end of the request, whatever happened.",
    TeardownAppcontext "teardown_appcontext" "A function runs at the end of the app context, whatever happened.",
    ContextPopped "context_popped" "The context is popped: `request`, `session` and `g` are gone.",
    Signal "signal" "Another signal is sent.",
}
