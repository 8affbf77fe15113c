//! Home: what to do now, and Enter does it.

use super::lesson::Lesson;
use super::map::Map;
use super::mistakes::Mistakes;
use super::progress::Progress;
use super::quiz::{Quiz, title};
use crate::id::LessonId;
use crate::prose::plain;
use crate::prose::width::{columns, cut, wrap};
use crate::question::answer::Verdict;
use crate::study::entry::{About, Confidence};
use crate::study::learner::Learner;
use crate::study::memory::due;
use crate::study::moment::Day;
use crate::study::next::{self, Step};
use crate::study::{mastery, pick};
use crate::tui::chrome;
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use jiff::civil::Weekday;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The home screen.
#[derive(Debug, Default)]
pub struct Home {
    cursor: usize,
    items: Vec<Item>,
    rows: Vec<Row>,
    scroll: usize,
    /// How many reviews wait.
    due: usize,
}

/// Something that can be begun from home.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    Now(Step),
    Read(LessonId),
    Practise,
    Mistakes,
    Map,
    Progress,
}

/// What the keys of home do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves the bar.
    Move(i32),
    /// Begins what is under the bar.
    Begin,
    /// Answers what is due again.
    Review,
    /// Practises what was met so far.
    Practise,
    /// Lists what went wrong.
    Mistakes,
    /// Opens the course map.
    Map,
    /// Opens progress.
    Progress,
    /// Says how to leave.
    Stay,
}

impl Home {
    fn begin(&mut self, cx: &mut Context, item: Item) -> Next {
        match item {
            Item::Now(step) => go_on(cx, step),
            Item::Read(lesson) => go_on(cx, Step::Read(lesson)),
            Item::Practise => practise(cx, About::Mixed),
            Item::Mistakes => Next::Push(Mistakes::default().into()),
            Item::Map => Next::Push(Map::new(&cx.view).into()),
            Item::Progress => Next::Push(Progress::default().into()),
        }
    }

    fn lay(&self, view: &View, width: usize) -> Vec<Row> {
        if is_new(view.learner) { self.first_start(view, width) } else { self.returning(view, width) }
    }

    fn first_start(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let text = theme.text(Role::Text);
        let title = Row::text(view.course.outline.title.clone() + ".", theme.bold(Role::Text));
        let mut rows = if view.is_low() { vec![title] } else { vec![Row::new(), title, Row::new()] };
        // Said only of a course that was recorded there, all of it.
        let proven = match view.course.outline.ran_on.as_str() {
            "" => String::new(),
            flask => format!("Every statement here was run on Flask {flask}. "),
        };
        let welcome = format!(
            "Read a short lesson and answer what it asks. A question that went wrong comes back. {proven}\
             All you do stays on this computer; stop whenever you like."
        );
        let welcome = [crate::prose::Span::plain(welcome)];
        let lines = if view.is_low() { Vec::new() } else { wrap(&welcome, width.min(72)) };
        for line in lines {
            rows.push(Row::text(line.iter().map(|span| span.text.as_str()).collect::<String>(), text));
        }
        rows.extend(if view.is_low() { vec![Row::new()] } else { vec![Row::new(), Row::new()] });
        for (place, item) in self.items.iter().enumerate() {
            let (name, what, fact) = match item {
                Item::Now(Step::Read(id)) | Item::Read(id) => match view.course.lesson_outline(id) {
                    Some((_, lesson)) => ("Start the first lesson", lesson.title.clone(), minutes(lesson.minutes)),
                    None => ("Start the first lesson", String::new(), String::new()),
                },
                Item::Now(Step::Resume(session)) => {
                    let (met, total) = (session.met(true), session.progress().1);
                    ("Go on with the questions", format!("{met} of {total} asked"), String::new())
                }
                Item::Now(Step::Review(_) | Step::Practise(_) | Step::Done) | Item::Practise => {
                    ("Try some questions", "see what you know already".into(), "5 min".into())
                }
                Item::Map => ("Look around", "the course map, nothing to lose".into(), String::new()),
                Item::Mistakes | Item::Progress => continue,
            };
            let room = width.saturating_sub(columns(name).max(24) + columns(&fact) + 2);
            let mut row = Row::text(format!("{name:<24}"), text);
            if room > 12 {
                row.push(cut(&what, room), theme.text(Role::Muted));
                row = row.right(fact, theme.text(Role::Muted));
            }
            rows.push(row.select(place == self.cursor).hit(Hit::Item(place)));
        }
        rows
    }

    fn returning(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let heading = |text: &str| Row::text(text, theme.bold(Role::Muted));
        let mut rows = vec![heading("Now")];
        for (place, item) in self.items.iter().enumerate() {
            let selected = place == self.cursor;
            match item {
                Item::Now(step) => {
                    for row in now(step, view, width) {
                        rows.push(row.select(selected).hit(Hit::Item(place)));
                    }
                    rows.extend([Row::new(), heading("Today")]);
                }
                other => rows.push(self.line(other, view).select(selected).hit(Hit::Item(place))),
            }
        }
        rows.extend([Row::new(), heading("This week")]);
        rows.push(week(view, width));
        rows.extend([Row::new(), heading("Course")]);
        rows.extend(course(view, width));
        if let Some((id, _)) = view
            .learner
            .mistakes()
            .into_iter()
            .find(|(_, history)| history.confidence == Some(Confidence::Sure) && history.last == Verdict::Wrong)
            && let Some((_, question)) = view.course.question_outline(id)
        {
            let said = "You were sure, and wrong: ";
            let prompt = cut(&question.prompt, width.saturating_sub(columns(said)));
            rows.push(Row::new());
            rows.push(Row::text(said, theme.text(Role::Warning)).with(prompt, theme.text(Role::Text)));
        }
        rows
    }

    fn line(&self, item: &Item, view: &View) -> Row {
        let theme = view.theme;
        let (key, text, fact) = match item {
            Item::Practise => ("d", "Practise a bit of everything".to_owned(), "about 5 min".to_owned()),
            Item::Mistakes => {
                let missed = view.learner.mistakes().len();
                ("w", crate::prose::plain::count(missed, "question") + " went wrong last time", "look again".to_owned())
            }
            Item::Read(id) => {
                let lesson = view.course.lesson_outline(id).map(|(_, lesson)| lesson);
                let title = lesson.map_or("", |lesson| lesson.title.as_str());
                let time = lesson.map_or(String::new(), |lesson| minutes(lesson.minutes));
                (" ", format!("Read: {title}"), time)
            }
            Item::Map => ("c", "Course map".to_owned(), String::new()),
            Item::Progress => ("s", "Your progress".to_owned(), String::new()),
            Item::Now(_) => ("", String::new(), String::new()),
        };
        Row::text(format!("{key}  "), theme.bold(Role::Accent))
            .with(text, theme.text(Role::Text))
            .right(fact, theme.text(Role::Muted))
    }
}

/// Does what comes next.
pub fn go_on(cx: &mut Context, step: Step) -> Next {
    match step {
        Step::Resume(session) => Next::Push(Quiz::resume(cx, session).into()),
        Step::Read(lesson) => Next::Push(Lesson::open(cx, &lesson).into()),
        Step::Review(_) => practise(cx, About::Review),
        Step::Practise(topic) => practise(cx, About::Topic(topic)),
        Step::Done => practise(cx, About::Mixed),
    }
}

/// Begins a session about something, or says that there is nothing to ask.
pub fn practise(cx: &mut Context, about: About) -> Next {
    let (_, seed) = cx.chance.session(cx.view.now);
    match pick::plan(cx.view.course, cx.view.learner, about, seed, cx.view.today()) {
        Some(plan) => Next::Push(Quiz::start(cx, plan).into()),
        None => {
            cx.say("Nothing to ask here.");
            Next::Stay
        }
    }
}

fn is_new(learner: &Learner) -> bool {
    learner.answers == 0 && learner.lessons.is_empty()
}

fn minutes(minutes: u16) -> String {
    format!("{minutes} min")
}

/// What to do now, in two rows.
fn now(step: &Step, view: &View, width: usize) -> Vec<Row> {
    let theme = view.theme;
    let (text, muted) = (theme.text(Role::Text), theme.text(Role::Muted));
    let (what, fact, below) = match step {
        Step::Resume(session) => {
            let (met, total) = (session.met(true), session.progress().1);
            let about = title(&session.plan.about, view.course).join(": ");
            (about, "go on".to_owned(), format!("{met} of {total} asked"))
        }
        Step::Review(due) => {
            let seconds = *due * view.learner.times.median_seconds() as usize;
            let what = format!("Review {}", plain::count(*due, "question"));
            let why = "Due again today: now they cost little, later much more.".to_owned();
            (what, format!("about {} min", seconds.div_ceil(60)), why)
        }
        Step::Read(id) => lesson(id, view),
        Step::Practise(topic) => {
            let title = view.course.topic(topic).map_or("", |(_, topic)| topic.title.as_str());
            let why = "All lessons are read. This topic is the least known.".to_owned();
            (format!("Practise: {title}"), "about 5 min".to_owned(), why)
        }
        Step::Done => {
            let why = "All is read, and every question was right last time.".to_owned();
            ("Practise a bit of everything".to_owned(), "about 5 min".to_owned(), why)
        }
    };
    let room = width.saturating_sub(columns(&fact) + 2);
    vec![Row::text(cut(&what, room), text).right(fact, muted), Row::text(cut(&below, width), muted)]
}

fn lesson(id: &LessonId, view: &View) -> (String, String, String) {
    let Some((module, lesson)) = view.course.lesson_outline(id) else { return Default::default() };
    let place = module.lessons.iter().position(|other| other.id == *id).unwrap_or(0) + 1;
    let mut below = format!("{:02} {}, {place} of {}", module.number, module.title, module.lessons.len());
    let block = view.learner.lessons.get(id).map_or(0, |reading| reading.block);
    if let (true, Some(inside)) = (block > 0, view.course.inside(id)) {
        let (block, blocks) = (u32::from(block), u32::from(inside.blocks).max(1));
        let left = (u32::from(lesson.minutes) * blocks.saturating_sub(block)).div_ceil(blocks).max(1);
        let passed = inside.starts.iter().filter(|start| u32::from(**start) <= block).count();
        if let Some(section) = passed.checked_sub(1).and_then(|last| inside.sections.get(last)) {
            below.push_str(&format!(" · you stopped at “{section}”"));
        }
        return (lesson.title.clone(), format!("lesson · {left} min left"), below);
    }
    (lesson.title.clone(), format!("lesson · {} min", lesson.minutes), below)
}

fn week(view: &View, width: usize) -> Row {
    let theme = view.theme;
    let monday = view.now.today.monday();
    let mut row = Row::new();
    let (mut answers, mut right) = (0, 0);
    for offset in 0..7 {
        let day = Day(monday.0 + offset);
        let work = view.learner.days.get(&day).copied().unwrap_or_default();
        answers += work.answers;
        right += work.right;
        let count = if work.answers + work.lessons == 0 { "·".to_owned() } else { work.answers.to_string() };
        let role = if day == view.now.today { Role::Text } else { Role::Muted };
        row.push(format!("{} {count:<3} ", short(day.weekday())), theme.text(role));
    }
    let fact = format!("{}, {right} right", plain::count(answers as usize, "answer"));
    if row.width() + columns(&fact) + 2 <= width { row.right(fact, theme.text(Role::Muted)) } else { row }
}

/// Two letters for a day of the week.
pub fn short(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Mo",
        Weekday::Tuesday => "Tu",
        Weekday::Wednesday => "We",
        Weekday::Thursday => "Th",
        Weekday::Friday => "Fr",
        Weekday::Saturday => "Sa",
        Weekday::Sunday => "Su",
    }
}

fn course(view: &View, width: usize) -> Vec<Row> {
    let theme = view.theme;
    let muted = theme.text(Role::Muted);
    let table = mastery::Table::of(view.course, view.learner, view.now.today);
    let known = table.all();
    let modules = &view.course.outline.modules;
    let mastered =
        modules.iter().filter(|module| table.module(&module.id).percent() >= mastery::MASTERED_PERCENT).count();
    let mut bar = chrome::bar(known.share(), 30.min(width / 2), theme);
    bar.push(format!("  {} %   ", known.percent()), theme.text(Role::Text));
    bar.push(format!("{mastered} of {} mastered", plain::count(modules.len(), "module")), muted);
    let mut rows = vec![bar];
    let weakest: Vec<String> = next::weakest_topics(&table)
        .into_iter()
        .filter(|(_, known)| known.percent() < 100 && known.tried > 0)
        .take(2)
        .map(|(topic, known)| format!("{} {} %", topic.title, known.percent()))
        .collect();
    if !weakest.is_empty() {
        rows.push(Row::text(cut(&format!("Weakest: {}", weakest.join(" · ")), width), muted));
    }
    rows
}

impl Screen for Home {
    type Action = Action;

    fn head(&self, view: &View) -> Head {
        let date = view.now.today.date();
        let right = if is_new(view.learner) {
            format!("Flask {} · works offline", view.course.outline.flask)
        } else {
            date.strftime("%a %-d %b").to_string()
        };
        Head { trail: vec!["flaskdojo".into()], right, progress: None, verdict: None }
    }

    fn keys(&self, view: &View) -> Vec<Binding<Action>> {
        let label = if is_new(view.learner) { "begin" } else { "go on" };
        let mut table = vec![Binding::new([keys::ENTER], "Enter", label, Action::Begin).footer(0)];
        let mut letter = |key: char, shown: &'static str, label: &'static str, action, footer| {
            table.push(Binding::new([Key::char(key)], shown, label, action).footer(footer));
        };
        if self.due > 0 {
            letter('r', "r", "review", Action::Review, 1);
        }
        letter('d', "d", "practise", Action::Practise, 2);
        if self.items.contains(&Item::Mistakes) {
            letter('w', "w", "mistakes", Action::Mistakes, 3);
        }
        letter('c', "c", "course", Action::Map, 4);
        letter('s', "s", "progress", Action::Progress, 5);
        table.push(Binding::new(keys::UP, "↑ k", "up", Action::Move(-1)).group(Group::Read));
        table.push(Binding::new(keys::DOWN, "↓ j", "down", Action::Move(1)).group(Group::Read));
        table.push(Binding::new([keys::ESC], "Esc", "stays here; q quits", Action::Stay));
        table
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        match action {
            Action::Move(by) => {
                let last = self.items.len().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(by as isize).min(last);
                Next::Stay
            }
            Action::Begin => match self.items.get(self.cursor).cloned() {
                Some(item) => self.begin(cx, item),
                None => Next::Stay,
            },
            Action::Review => practise(cx, About::Review),
            Action::Practise => practise(cx, About::Mixed),
            Action::Mistakes => Next::Push(Mistakes::default().into()),
            Action::Map => Next::Push(Map::new(&cx.view).into()),
            Action::Progress => Next::Push(Progress::default().into()),
            Action::Stay => {
                cx.say("This is home. q quits; all is saved.");
                Next::Stay
            }
        }
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        let Input::Pressed(mouse) = input else { return Next::Stay };
        let body = cx.view.column(cx.view.body());
        let row = usize::from(mouse.row.saturating_sub(body.y)) + self.scroll;
        if mouse.row < body.y || mouse.row >= body.bottom() {
            return Next::Stay;
        }
        match self.rows.get(row).and_then(|row| row.target) {
            Some(Hit::Item(place)) if place == self.cursor => self.act(cx, Action::Begin),
            Some(Hit::Item(place)) => {
                self.cursor = place;
                Next::Stay
            }
            _ => Next::Stay,
        }
    }

    fn settle(&mut self, view: &View) {
        let step = next::step(view.course, view.learner, view.today());
        self.due = due::reviews(view.course, view.learner, view.today()).all.len();
        let reading = matches!(step, Step::Resume(_) | Step::Review(_))
            .then(|| next::lesson(view.course, view.learner))
            .flatten();
        self.items = vec![Item::Now(step)];
        self.items.extend(reading.map(Item::Read));
        self.items.push(Item::Practise);
        if !view.learner.mistakes().is_empty() {
            self.items.push(Item::Mistakes);
        }
        self.items.push(Item::Map);
        if !is_new(view.learner) {
            self.items.push(Item::Progress);
        }
        self.cursor = self.cursor.min(self.items.len() - 1);
        let column = view.column(view.body());
        self.rows = self.lay(view, usize::from(column.width));
        let height = usize::from(column.height);
        let row = self.rows.iter().rposition(|row| row.selected).unwrap_or(0);
        self.scroll = if row >= height { row + 1 - height } else { 0 };
    }

    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        draw_rows(&self.rows, self.scroll, view.theme, view.column(body), buf)
    }
}
