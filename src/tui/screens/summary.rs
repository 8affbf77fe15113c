//! What came of a session, the most useful first: what the learner was sure about and got wrong.

use super::quiz::{Quiz, Told, title};
use crate::id::LessonId;
use crate::prose::plain;
use crate::prose::width::{columns, cut};
use crate::question::answer::{Answer, Verdict};
use crate::study::entry::{About, Confidence, Plan};
use crate::study::{mastery, next, pick};
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Screen, View};
use crate::tui::screens::lesson::Lesson;
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What came of a session.
#[derive(Debug)]
pub struct Summary {
    plan: Plan,
    told: Vec<Told>,
    took_ms: u32,
    /// The answers that can be looked at, as places in `told`, in the order shown.
    listed: Vec<usize>,
    /// The answer under the bar; there is none until somebody looks for one.
    cursor: Option<usize>,
    rows: Vec<Row>,
    scroll: usize,
    /// Whether the bar is kept on the screen: not while somebody pages through the text.
    follow: bool,
}

/// What the keys of a summary do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Goes home.
    Home,
    /// Opens the next lesson.
    NextLesson,
    /// Practises what was missed once more.
    Again,
    /// Moves the bar.
    Move(i32),
    /// Opens the question under the bar.
    Look,
    /// Moves the text by pages.
    Page(i32),
}

impl Summary {
    /// A summary of these answers.
    pub fn new(plan: Plan, told: Vec<Told>, took_ms: u32) -> Summary {
        let mut listed = Vec::new();
        for wanted in [sure_and_wrong, wrong, unsure_and_right] {
            let fits = |place: &usize| !listed.contains(place) && wanted(&told[*place]);
            let found: Vec<usize> = (0..told.len()).filter(fits).collect();
            listed.extend(found);
        }
        Summary { plan, told, took_ms, listed, cursor: None, rows: Vec::new(), scroll: 0, follow: true }
    }

    fn next_lesson(&self, view: &View) -> Option<LessonId> {
        match next::step(view.course, view.learner, view.today()) {
            next::Step::Read(id) => Some(id),
            next::Step::Resume(_) | next::Step::Review(_) | next::Step::Practise(_) | next::Step::Done => None,
        }
    }

    fn look_at(&mut self, cx: &mut Context, place: usize) -> Next {
        let Some(told) = self.listed.get(place).and_then(|index| self.told.get(*index)) else { return Next::Stay };
        let about = About::Single(told.asking.question.clone());
        let (_, seed) = cx.chance.session(cx.view.now);
        match pick::plan(cx.view.course, cx.view.learner, about, seed, cx.view.today()) {
            Some(plan) => Next::Push(Quiz::start(cx, plan).into()),
            None => Next::Stay,
        }
    }

    fn lay(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let (text, muted) = (theme.text(Role::Text), theme.text(Role::Muted));
        let total = self.plan.questions.len();
        let first = self.told.iter().filter(|told| told.round == 0 && is_right(told)).count();
        let later = self.told.iter().filter(|told| told.round > 0 && is_right(told)).count();
        let mut rows =
            vec![Row::text(format!("{} of {total} right", first + later), theme.bold(Role::Text)).right(
                if later > 0 { format!("at first {first} · after a miss {later}") } else { String::new() },
                muted,
            )];
        let groups: [(&str, fn(&Told) -> bool); 3] = [
            ("Sure, and wrong: look at these first", sure_and_wrong),
            ("Missed at first", |told| wrong(told) && !sure_and_wrong(told)),
            ("Unsure, and right: nearly there", unsure_and_right),
        ];
        for (heading, belongs) in groups {
            let places: Vec<(usize, &Told)> = self
                .listed
                .iter()
                .enumerate()
                .filter_map(|(place, index)| Some((place, self.told.get(*index)?)))
                .filter(|(_, told)| belongs(told))
                .collect();
            if places.is_empty() {
                continue;
            }
            rows.extend([Row::new(), Row::text(heading, theme.bold(Role::Text))]);
            for (place, told) in places {
                rows.push(line(told, view, width, theme).select(Some(place) == self.cursor).hit(Hit::Item(place)));
            }
        }
        rows.push(Row::new());
        rows.extend(confidence(&self.told, theme));
        for (topic_title, known) in self.topics(view) {
            let bar = crate::tui::chrome::bar(known.share(), 10, theme);
            let mut row = Row::text("Mastery         ", muted).with(cut(&topic_title, 34), text).with("  ", text);
            row.pieces.extend(bar.pieces);
            rows.push(row.with(format!("  {} of {} known", known.known, known.total), text));
        }
        if self.listed.is_empty() && total > 0 {
            rows.extend([Row::new(), Row::text("All of it at the first try. Well known.", text)]);
        }
        rows
    }

    fn topics(&self, view: &View) -> Vec<(String, mastery::Mastery)> {
        let table = mastery::Table::of(view.course, view.learner, view.now.today);
        let mut topics = Vec::new();
        for id in &self.plan.questions {
            let Some((module, question)) = view.course.question_outline(id) else { continue };
            let Some(topic) = module.topics.iter().find(|topic| topic.id == question.topic) else { continue };
            if topics.iter().all(|(title, _)| *title != topic.title) && topics.len() < 4 {
                topics.push((topic.title.clone(), table.topic(&topic.id)));
            }
        }
        topics
    }
}

fn is_right(told: &Told) -> bool {
    told.outcome.grade.verdict == Verdict::Right
}

fn sure_and_wrong(told: &Told) -> bool {
    wrong(told) && told.outcome.confidence == Some(Confidence::Sure)
}

fn wrong(told: &Told) -> bool {
    told.round == 0 && !is_right(told)
}

fn unsure_and_right(told: &Told) -> bool {
    told.round == 0 && is_right(told) && told.outcome.confidence == Some(Confidence::Unsure)
}

/// What was asked, and at the right what was said and what is right.
fn line(told: &Told, view: &View, width: usize, theme: &Theme) -> Row {
    let key = told.outcome.grade.key.first().map(|label| label.plain()).unwrap_or_default();
    let said = match &told.outcome.answer {
        Answer::Typed(typed) => format!("you {}", cut(typed, 14)),
        Answer::Pointed { line, .. } => format!("you line {line}"),
        Answer::Chosen(_) | Answer::Arranged(_) | Answer::Paired(_) | Answer::Recalled(_) | Answer::GaveUp => {
            String::new()
        }
    };
    let fact = match (said.is_empty(), told.outcome.grade.key.len()) {
        (_, 0 | 2..) => String::new(),
        (true, _) => format!("it is {}", cut(&key, 26)),
        (false, _) => format!("{said} · it is {}", cut(&key, 16)),
    };
    let prompt = view.course.question(&told.asking.question).map(|question| plain::line(&question.prompt));
    let room = width.saturating_sub(columns(&fact) + 2);
    Row::text(cut(&prompt.unwrap_or_default(), room), theme.text(Role::Text)).right(fact, theme.text(Role::Muted))
}

fn confidence(told: &[Told], theme: &Theme) -> Option<Row> {
    let count = |confidence| {
        let said: Vec<_> = told.iter().filter(|told| told.outcome.confidence == Some(confidence)).collect();
        (said.iter().filter(|told| is_right(told)).count(), said.len())
    };
    let (sure, unsure) = (count(Confidence::Sure), count(Confidence::Unsure));
    let mut parts = Vec::new();
    if sure.1 > 0 {
        parts.push(format!("sure  {} of {} right", sure.0, sure.1));
    }
    if unsure.1 > 0 {
        parts.push(format!("unsure  {} of {} right", unsure.0, unsure.1));
    }
    (!parts.is_empty()).then(|| {
        Row::text("Confidence      ", theme.text(Role::Muted)).with(parts.join("     "), theme.text(Role::Text))
    })
}

impl Screen for Summary {
    type Action = Action;

    fn head(&self, view: &View) -> Head {
        let mut trail = title(&self.plan.about, view.course);
        trail.push("Summary".into());
        let minutes = (self.took_ms / 60_000).max(1);
        Head { trail, right: format!("{minutes} min"), progress: Some(1.0), verdict: None }
    }

    fn keys(&self, view: &View) -> Vec<Binding<Action>> {
        let mut table = Vec::new();
        let next_lesson = self.next_lesson(view).is_some();
        if self.cursor.is_some() {
            table.push(Binding::new([keys::ENTER], "Enter", "look at it", Action::Look).footer(0));
        }
        if next_lesson {
            let next = [Key::char('n'), keys::ENTER];
            let (shown, place) = if self.cursor.is_some() { ("n", 1) } else { ("Enter", 0) };
            table.push(Binding::new(next, shown, "next lesson", Action::NextLesson).footer(place));
            let home = [Key::char('h'), keys::LEFT[0]];
            table.push(Binding::new(home, "h", "home", Action::Home).footer(1));
        } else {
            let (shown, place) = if self.cursor.is_some() { ("h", 1) } else { ("Enter", 0) };
            let home = [keys::ENTER, Key::char('h'), keys::LEFT[0]];
            table.push(Binding::new(home, shown, "home", Action::Home).footer(place));
        }
        if self.told.iter().any(wrong) {
            table.push(Binding::new([Key::char('d')], "d", "practise what went wrong", Action::Again).footer(2));
        }
        if !self.listed.is_empty() {
            table.push(Binding::new(keys::UP, "↑↓", "choose", Action::Move(-1)).group(Group::Read).footer(3));
            table.push(Binding::new(keys::DOWN, "↓ j", "down", Action::Move(1)).group(Group::Read));
            let look = [Key::char('l'), keys::SPACE, keys::RIGHT[0]];
            table.push(Binding::new(look, "l Space", "look at it", Action::Look));
        }
        table.push(Binding::new(keys::PAGE_DOWN, "PgDn", "page down", Action::Page(1)).group(Group::Read));
        table.push(Binding::new(keys::PAGE_UP, "b PgUp", "page up", Action::Page(-1)).group(Group::Read));
        table
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        self.follow = !matches!(action, Action::Page(_));
        match action {
            Action::Home => Next::Home(None),
            Action::NextLesson => match self.next_lesson(&cx.view) {
                Some(id) => {
                    let lesson = Lesson::open(cx, &id);
                    Next::Home(Some(lesson.into()))
                }
                None => Next::Home(None),
            },
            Action::Again => {
                let missed: Vec<_> = self.told.iter().filter(|told| wrong(told)).collect();
                let mut questions: Vec<_> = missed.iter().map(|told| told.asking.question.clone()).collect();
                questions.dedup();
                Next::Replace(Quiz::start(cx, Plan { about: About::Mistakes, questions }).into())
            }
            Action::Page(by) => {
                let page = usize::from(cx.view.body().height).saturating_sub(2).max(1) as isize;
                self.scroll = self.scroll.saturating_add_signed(page * by as isize);
                Next::Stay
            }
            Action::Move(by) => {
                let last = self.listed.len().saturating_sub(1);
                self.cursor = Some(match self.cursor {
                    Some(cursor) => cursor.saturating_add_signed(by as isize).min(last),
                    None => 0,
                });
                Next::Stay
            }
            Action::Look => self.look_at(cx, self.cursor.unwrap_or(0)),
        }
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        if let Input::Wheel(by) = input {
            self.follow = false;
            self.scroll = self.scroll.saturating_add_signed(by as isize * 3);
        }
        let Input::Pressed(mouse) = input else { return Next::Stay };
        let body = cx.view.column(cx.view.body());
        let row = usize::from(mouse.row.saturating_sub(body.y)) + self.scroll;
        match self.rows.get(row).and_then(|row| row.target) {
            Some(Hit::Item(place)) if mouse.row >= body.y && mouse.row < body.bottom() => {
                if self.cursor == Some(place) {
                    return self.look_at(cx, place);
                }
                self.cursor = Some(place);
                Next::Stay
            }
            _ => Next::Stay,
        }
    }

    fn settle(&mut self, view: &View) {
        let column = view.column(view.body());
        self.rows = self.lay(view, usize::from(column.width));
        let height = usize::from(column.height);
        self.scroll = self.scroll.min(self.rows.len().saturating_sub(height));
        let row = self.rows.iter().position(|row| row.selected).filter(|_| self.follow);
        if let Some(row) = row {
            // The heading above the first one stays in sight.
            self.scroll = self.scroll.min(row.saturating_sub(1)).max((row + 1).saturating_sub(height));
        }
    }

    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        draw_rows(&self.rows, self.scroll, view.theme, view.column(body), buf)
    }
}
