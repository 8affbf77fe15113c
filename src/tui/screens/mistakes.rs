//! What went wrong last time, and what is marked: each can be asked again, or all of it.

use super::home::practise;
use crate::id::QuestionId;
use crate::prose::width::{columns, cut};
use crate::question::answer::Verdict;
use crate::study::entry::{About, Confidence, Event, Mark};
use crate::study::moment::Day;
use crate::tui::keys::{self, Binding};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use crate::tui::widgets::list::{self, Go, List};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The list.
#[derive(Debug, Default)]
pub struct Mistakes {
    entries: Vec<Entry>,
    list: List,
    rows: Vec<Row>,
}

/// A question in the list.
#[derive(Debug)]
struct Entry {
    question: QuestionId,
    why: Why,
    /// What is said at the right.
    fact: String,
}

/// Why a question is in the list, in the order of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    SureAndWrong,
    Wrong,
    Partly,
    Marked,
}

const PARTS: [(Why, &str); 4] = [
    (Why::SureAndWrong, "Sure, and wrong"),
    (Why::Wrong, "Wrong last time"),
    (Why::Partly, "Partly right last time"),
    (Why::Marked, "Marked by you"),
];

/// What the keys of the list do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves the bar.
    Go(Go),
    /// Asks the question under the bar.
    Open,
    /// Asks all that went wrong.
    All,
    /// Marks the question under the bar, or takes its mark away.
    Mark,
    /// Goes on with the course.
    GoOn,
}

impl Mistakes {
    fn collect(view: &View) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (id, history) in view.learner.mistakes() {
            let why = match (history.last, history.confidence) {
                (Verdict::Wrong, Some(Confidence::Sure)) => Why::SureAndWrong,
                (Verdict::Wrong, _) => Why::Wrong,
                (Verdict::Partly, _) => Why::Partly,
                (Verdict::Right, _) => continue,
            };
            let marked = view.learner.marks.contains(&Mark::Question(id.clone()));
            let mark = if marked { "◆ marked · " } else { "" };
            let day = since(history.last_day, view);
            let fact = format!("{mark}{} of {} right · {day}", history.right, history.answers);
            entries.push(Entry { question: id.clone(), why, fact });
        }
        for mark in &view.learner.marks {
            let Mark::Question(id) = mark else { continue };
            if entries.iter().all(|entry| entry.question != *id) {
                entries.push(Entry { question: id.clone(), why: Why::Marked, fact: String::new() });
            }
        }
        // What a course no longer has cannot be asked.
        entries.retain(|entry| view.course.question_outline(&entry.question).is_some());
        let place = |why: Why| PARTS.iter().position(|(part, _)| *part == why);
        entries.sort_by_key(|entry| place(entry.why));
        entries
    }

    fn lay(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        if self.entries.is_empty() {
            let text = theme.text(Role::Text);
            return vec![
                Row::text("Nothing went wrong last time, and nothing is marked.", text),
                Row::new(),
                Row::text("Enter goes on; m marks a question after its answer.", theme.text(Role::Muted)),
            ];
        }
        let mut rows = Vec::new();
        let mut part = None;
        for (place, entry) in self.entries.iter().enumerate() {
            if part != Some(entry.why) {
                part = Some(entry.why);
                let name = PARTS.iter().find(|(why, _)| *why == entry.why).map_or("", |(_, name)| name);
                let count = self.entries.iter().filter(|other| other.why == entry.why).count();
                if !rows.is_empty() {
                    rows.push(Row::new());
                }
                let role = if entry.why == Why::SureAndWrong { Role::Warning } else { Role::Muted };
                rows.push(Row::text(format!("{name}  {count}"), theme.bold(role)));
            }
            let prompt = view.course.question_outline(&entry.question).map(|(_, outline)| outline.prompt.clone());
            let fact = if width >= 60 { entry.fact.as_str() } else { "" };
            let room = width.saturating_sub(columns(fact) + 2);
            let row = Row::text(cut(&prompt.unwrap_or_default(), room), theme.text(Role::Text));
            rows.push(row.right(fact, theme.text(Role::Muted)).select(place == self.list.cursor).hit(Hit::Item(place)));
        }
        rows
    }

    fn open(&self, cx: &mut Context) -> Next {
        match self.entries.get(self.list.cursor) {
            Some(entry) => practise(cx, About::Single(entry.question.clone())),
            None => Next::Stay,
        }
    }
}

/// How long ago a day was, in words.
fn since(day: Day, view: &View) -> String {
    match view.now.today.0 - day.0 {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days @ 2..=13 => format!("{days} days ago"),
        days => format!("{} weeks ago", days / 7),
    }
}

impl Screen for Mistakes {
    type Action = Action;

    fn head(&self, _view: &View) -> Head {
        let missed = self.entries.iter().filter(|entry| entry.why != Why::Marked).count();
        let right = match missed {
            0 => String::new(),
            count => format!("{count} to look at again"),
        };
        Head { trail: vec!["Mistakes".into()], right, progress: None, verdict: None }
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        if self.entries.is_empty() {
            return vec![Binding::new([keys::ENTER], "Enter", "go on", Action::GoOn).footer(0)];
        }
        let open = keys::RIGHT.into_iter().chain([keys::ENTER]);
        let mut table = vec![Binding::new(open, "Enter", "ask it again", Action::Open).footer(0)];
        table.extend(list::keys(Action::Go));
        if self.entries.iter().any(|entry| entry.why != Why::Marked) {
            table.push(Binding::new([Key::char('a')], "a", "all of them", Action::All).footer(2));
        }
        table.push(Binding::new([Key::char('m')], "m", "mark", Action::Mark).footer(3));
        table
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        match action {
            Action::Go(go) => self.list.go(go, self.entries.len()),
            Action::Open => return self.open(cx),
            Action::All => return practise(cx, About::Mistakes),
            Action::GoOn => return Next::Pop,
            Action::Mark => {
                let Some(entry) = self.entries.get(self.list.cursor) else { return Next::Stay };
                let mark = Mark::Question(entry.question.clone());
                let is_marked = cx.view.learner.marks.contains(&mark);
                cx.say(if is_marked { "mark taken away" } else { "marked" });
                cx.record(if is_marked { Event::Unmarked(mark) } else { Event::Marked(mark) });
            }
        }
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Wheel(by) => self.list.go(Go::By(by), self.entries.len()),
            Input::Pressed(mouse) => {
                let area = cx.view.column(cx.view.body());
                if self.list.clicked(&self.rows, area, mouse) {
                    return self.open(cx);
                }
            }
            Input::Typed(_)
            | Input::Pasted(_)
            | Input::Accepted(_)
            | Input::Left
            | Input::GoTo(_)
            | Input::Dragged(_)
            | Input::Released(_)
            | Input::Ticked => {}
        }
        Next::Stay
    }

    fn settle(&mut self, view: &View) {
        self.entries = Mistakes::collect(view);
        self.list.go(Go::By(0), self.entries.len());
        let column = view.column(view.body());
        self.rows = self.lay(view, usize::from(column.width));
        self.list.settle(&self.rows, usize::from(column.height));
    }

    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        draw_rows(&self.rows, self.list.scroll, view.theme, view.column(body), buf)
    }
}
