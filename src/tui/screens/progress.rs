//! Progress to look at: days, mastery, how well one knows what one knows.

use crate::prose::plain::count;
use crate::prose::width::{columns, cut};
use crate::study::entry::About;
use crate::study::learner::Learner;
use crate::study::moment::Day;
use crate::study::{mastery, next};
use crate::tui::chrome;
use crate::tui::keys::{self, Binding, Group};
use crate::tui::row::{Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Screen, View, WIDE};
use crate::tui::screens::home::{go_on, practise};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The widest a chart is drawn.
const CHART: usize = 74;
/// From this height on a wide window shows all charts at once.
const TALL: u16 = 34;

/// Progress.
#[derive(Debug, Default)]
pub struct Progress {
    page: usize,
    scroll: usize,
}

/// What the keys of progress do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Turns the page.
    Page(i32),
    /// Moves by rows.
    Line(i32),
    /// Goes on with learning.
    GoOn,
    /// Practises what went wrong.
    Mistakes,
}

/// The pages, by title.
const PAGES: [&str; 3] = ["Days", "Mastery", "Confidence"];

impl Progress {
    fn all_at_once(view: &View) -> bool {
        view.size.width >= WIDE && view.size.height >= TALL
    }
}

fn page(number: usize, view: &View, width: usize) -> Vec<Row> {
    let width = width.min(CHART);
    match number {
        0 => days(view, width),
        1 => masteries(view, width),
        _ => confidence(view, width),
    }
}

fn heading(text: &str, fact: String, view: &View) -> Row {
    Row::text(text, view.theme.bold(Role::Text)).right(fact, view.theme.text(Role::Muted))
}

/// The heat map: a column a week, a row a day of the week, and what it sums up to.
fn days(view: &View, width: usize) -> Vec<Row> {
    let theme = view.theme;
    let (text, muted) = (theme.text(Role::Text), theme.text(Role::Muted));
    let learner = view.learner;
    let weeks = ((width.saturating_sub(5)) / 2).clamp(4, 30);
    let first = Day(view.now.today.monday().0 - 7 * (weeks as i32 - 1));
    let worked = |day: &Day| learner.days.get(day).is_some_and(|work| work.answers + work.lessons > 0);
    let span = view.now.today.0 - first.0 + 1;
    let learned = (0..span).filter(|offset| worked(&Day(first.0 + offset))).count();
    let mut rows = vec![heading("Days you learned", format!("{learned} of the last {span}"), view)];
    rows.push(Row::text(months(first, weeks), muted));
    for weekday in 0..7 {
        let day = Day(first.0 + weekday);
        let mut row = Row::text(format!("{:<5}", day.date().strftime("%a").to_string()), muted);
        for week in 0..weeks as i32 {
            let day = Day(first.0 + 7 * week + weekday);
            if day > view.now.today {
                row.push("  ", muted);
                continue;
            }
            let work = learner.days.get(&day).copied().unwrap_or_default();
            let (sign, role) = heat(work.answers + 3 * work.lessons);
            row.push(sign.repeat(2), theme.text(role));
        }
        rows.push(row);
    }
    rows.push(Row::text("     less · ░ ▒ ▓ █ more", muted));
    rows.push(Row::new());
    let fact = |word: &str, value: String| Row::text(format!("{word:<14}"), muted).with(value, text);
    let today = learner.days.get(&view.now.today).copied().unwrap_or_default();
    rows.push(fact("Today", format!("{}, {}", count(today.answers as usize, "answer"), time(today.took_ms))));
    let total: u64 = learner.days.values().map(|work| work.took_ms).sum();
    rows.push(fact("Time", format!("{} in all", time(total))));
    rows.push(fact("Answers", share_of(learner.right, learner.answers)));
    let read = view.course.outline.lessons().filter(|lesson| learner.has_read(&lesson.id)).count();
    rows.push(fact("Lessons", format!("{read} of {} read", view.course.outline.lessons().count())));
    let (now, longest) = learner.runs(view.now.today);
    rows.push(fact("Longest run", format!("{} · now {now}", count(longest as usize, "day"))));
    if learner.answers == 0 {
        rows.extend([Row::new(), Row::text("Answer a question to see this fill.", muted)]);
    }
    rows
}

/// The names of the months above the weeks in which they begin.
fn months(first: Day, weeks: usize) -> String {
    let mut line = " ".repeat(5);
    let mut last = None;
    for week in 0..weeks {
        let date = Day(first.0 + 7 * week as i32 + 6).date();
        let column = 5 + 2 * week;
        if last != Some(date.month()) && columns(&line) <= column && (last.is_some() || date.day() <= 7) {
            line = format!("{line:<column$}{}", date.strftime("%b"));
        }
        last = Some(date.month());
    }
    line
}

fn heat(amount: u32) -> (&'static str, Role) {
    match amount {
        0 => ("·", Role::Rule),
        1..=4 => ("░", Role::Accent),
        5..=9 => ("▒", Role::Accent),
        10..=19 => ("▓", Role::Accent),
        20.. => ("█", Role::Accent),
    }
}

fn time(ms: u64) -> String {
    match ms / 60_000 {
        0 if ms > 0 => "under a minute".into(),
        minutes @ 0..60 => format!("{minutes} min"),
        minutes => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

fn share_of(right: u32, all: u32) -> String {
    (right * 100).checked_div(all).map_or("none yet".into(), |percent| format!("{all}, {percent} % right"))
}

/// A bar for each module, and below it one for each of its topics.
fn masteries(view: &View, width: usize) -> Vec<Row> {
    let theme = view.theme;
    let (text, muted) = (theme.text(Role::Text), theme.text(Role::Muted));
    let mut rows = vec![heading("Mastery", "right last time, of all questions".into(), view)];
    let name = (width / 2).clamp(14, 34);
    let bar = width.saturating_sub(name + 20).clamp(4, 16);
    let table = mastery::Table::of(view.course, view.learner, view.now.today);
    for module in &view.course.outline.modules {
        let known = table.module(&module.id);
        rows.push(Row::new());
        let title = cut(&format!("{:02} {}", module.number, module.title), name);
        rows.push(line(title, name, known, bar, theme.bold(Role::Text), view));
        for topic in &module.topics {
            let known = table.topic(&topic.id);
            let title = cut(&format!("   {}", topic.title), name);
            rows.push(line(title, name, known, bar, if known.tried > 0 { text } else { muted }, view));
        }
    }
    rows
}

fn line(
    title: String,
    name: usize,
    known: mastery::Mastery,
    bar: usize,
    style: ratatui::style::Style,
    view: &View,
) -> Row {
    let pad = " ".repeat(name.saturating_sub(columns(&title)) + 1);
    let mut row = Row::text(title + &pad, style);
    row.pieces.extend(chrome::bar(known.share(), bar, view.theme).pieces);
    row.push(format!(" {:>3} %", known.percent()), style);
    row.right(format!("{} of {}", known.known, known.total), view.theme.text(Role::Muted))
}

/// How often "sure" was right and "unsure" was wrong.
fn confidence(view: &View, width: usize) -> Vec<Row> {
    let theme = view.theme;
    let (text, muted) = (theme.text(Role::Text), theme.text(Role::Muted));
    let mut rows = vec![heading("How well you know what you know", String::new(), view), Row::new()];
    let [sure, unsure] = view.learner.calibration;
    let bar = (width / 3).clamp(6, 24);
    for (word, (right, all)) in [("said sure", sure), ("said unsure", unsure)] {
        let share = if all == 0 { 0.0 } else { f64::from(right) / f64::from(all) };
        let mut row = Row::text(format!("{word:<13}"), muted);
        row.pieces.extend(chrome::bar(share, bar, theme).pieces);
        let percent = (right * 100).checked_div(all);
        row.push(percent.map_or("  no answers yet".into(), |percent| format!(" {percent:>3} % right")), text);
        rows.push(if all == 0 { row } else { row.right(count(all as usize, "answer"), muted) });
    }
    rows.push(Row::new());
    for sentence in judgement(view.learner) {
        let words = [crate::prose::Span::plain(sentence)];
        for part in crate::prose::width::wrap(&words, width) {
            rows.push(Row::text(part.iter().map(|span| span.text.as_str()).collect::<String>(), text));
        }
    }
    rows
}

/// What the figures say, in words. Under ten answers they say nothing.
fn judgement(learner: &Learner) -> Vec<String> {
    const ENOUGH: u32 = 10;
    let [(sure_right, sure), _] = learner.calibration;
    if sure < ENOUGH {
        return vec![format!(
            "Answer with s (sure) or u (unsure). After {} with s you see here whether your feeling can be trusted.",
            count(ENOUGH as usize, "answer")
        )];
    }
    let percent = sure_right * 100 / sure;
    let verdict = match percent {
        90.. => "Sure should mean right nine times in ten: you can trust it.",
        75..90 => "Sure should mean right nine times in ten: you are a little too sure.",
        _ => "Sure should mean right nine times in ten: you are often surer than you should be.",
    };
    let missed = sure - sure_right;
    let mut sentences = vec![verdict.to_owned()];
    if missed > 0 {
        sentences.push(format!(
            "Sure, and wrong: {}. Look at those first; w asks them again.",
            count(missed as usize, "answer")
        ));
    }
    sentences
}

impl Screen for Progress {
    type Action = Action;

    fn head(&self, view: &View) -> Head {
        let date = view.now.today.date().strftime("%-d %b").to_string();
        if Progress::all_at_once(view) {
            return Head { trail: vec!["Progress".into()], right: date, ..Head::default() };
        }
        let trail = vec!["Progress".into(), PAGES[self.page].into()];
        Head { trail, right: format!("{} of {}", self.page + 1, PAGES.len()), ..Head::default() }
    }

    fn keys(&self, view: &View) -> Vec<Binding<Action>> {
        let mut table = vec![Binding::new([keys::ENTER], "Enter", "go on learning", Action::GoOn).footer(0)];
        if !Progress::all_at_once(view) {
            let next = keys::RIGHT.into_iter().chain([keys::TAB, keys::SPACE]);
            table.push(Binding::new(keys::LEFT, "←→", "page", Action::Page(-1)).group(Group::Read).footer(1));
            table.push(Binding::new(next, "→ Tab", "next page", Action::Page(1)).group(Group::Read));
            table.push(Binding::new([keys::BACK_TAB], "Shift-Tab", "page before", Action::Page(-1)).group(Group::Read));
        }
        table.push(Binding::new(keys::UP, "↑ k", "line up", Action::Line(-1)).group(Group::Read));
        table.push(Binding::new(keys::DOWN, "↓ j", "line down", Action::Line(1)).group(Group::Read));
        if !view.learner.mistakes().is_empty() {
            let key = crate::tui::message::Key::char('w');
            table.push(Binding::new([key], "w", "practise mistakes", Action::Mistakes).footer(2));
        }
        table
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        match action {
            Action::Page(by) => {
                self.page = (self.page as i32 + by).rem_euclid(PAGES.len() as i32) as usize;
                self.scroll = 0;
            }
            Action::Line(by) => self.scroll = self.scroll.saturating_add_signed(by as isize),
            Action::GoOn => {
                let step = next::step(cx.view.course, cx.view.learner, cx.view.today());
                return match go_on(cx, step) {
                    Next::Push(screen) => Next::Home(Some(screen)),
                    other => other,
                };
            }
            Action::Mistakes => return practise(cx, About::Mistakes),
        }
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Wheel(by) => self.act(cx, Action::Line(by)),
            _ => Next::Stay,
        }
    }

    fn settle(&mut self, view: &View) {
        let body = view.body();
        let rows = if Progress::all_at_once(view) {
            page(1, view, usize::from(sides(body).1.width)).len()
        } else {
            page(self.page, view, usize::from(view.column(body).width)).len()
        };
        self.scroll = self.scroll.min(rows.saturating_sub(usize::from(body.height)));
    }

    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        if !Progress::all_at_once(view) {
            let column = view.column(body);
            return draw_rows(&page(self.page, view, usize::from(column.width)), self.scroll, view.theme, column, buf);
        }
        let (left, right) = sides(body);
        let mut first = page(0, view, usize::from(left.width));
        first.extend([Row::new(), Row::new()]);
        first.extend(page(2, view, usize::from(left.width)));
        draw_rows(&first, 0, view.theme, left, buf);
        draw_rows(&page(1, view, usize::from(right.width)), self.scroll, view.theme, right, buf)
    }
}

/// The two columns of a wide window; the right one scrolls.
fn sides(body: Rect) -> (Rect, Rect) {
    const GAP: u16 = 6;
    let half = body.width.saturating_sub(GAP) / 2;
    let right = Rect { x: body.x + half + GAP, width: body.width.saturating_sub(half + GAP), ..body };
    (Rect { width: half, ..body }, right)
}
