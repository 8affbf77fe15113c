//! A lesson's text as rows, with the places where it stops.

use crate::course::lesson::Lesson as Text;
use crate::id::{LessonId, QuestionId};
use crate::prose::{Block, plain};
use crate::question::answer::Verdict;
use crate::study::entry::Mark;
use crate::study::learner::Learner;
use crate::study::seed::Seed;
use crate::tui::forms::{Asking, Focused, Look, Room, feedback};
use crate::tui::link;
use crate::tui::message::Size;
use crate::tui::preferences::Audience;
use crate::tui::row::{Hit, Row};
use crate::tui::screen::{View, WIDE};
use crate::tui::screens::outline::Heading;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::prose::{self, Setting, separate};
use ratatui::layout::Rect;
use std::collections::BTreeMap;
use std::ops::Range;

/// A lesson laid out.
#[derive(Debug, Default)]
pub struct Laid {
    /// What it was laid out for.
    pub made_for: Option<LaidFor>,
    /// All its rows.
    pub rows: Vec<Row>,
    /// Where keys can go.
    pub stops: Vec<Stop>,
    /// Its headings.
    pub headings: Vec<Heading>,
}

/// What a layout depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaidFor {
    /// The window.
    pub size: Size,
    /// The look.
    pub theme: Theme,
    /// The widest that running text may be.
    pub measure: u16,
    /// Who looks at it.
    pub audience: Audience,
    /// How often something changed.
    pub changes: u64,
}

/// A place where keys can go.
#[derive(Clone, Debug)]
pub struct Stop {
    /// The block.
    pub block: u16,
    /// Its rows.
    pub rows: Range<usize>,
    /// Whether it asks something.
    pub is_check: bool,
    /// For a stepped picture: how many frames it has.
    pub frames: Option<usize>,
}

impl Laid {
    /// The first row of a block, or the row where it would stand.
    pub fn first_row(&self, block: u16) -> usize {
        self.rows.iter().position(|row| row.block >= block).unwrap_or(0)
    }

    /// The number of the section that a block belongs to; 0 is what stands before the first heading.
    pub fn section_of(&self, block: u16) -> usize {
        self.headings.iter().filter(|heading| heading.level == 2 && heading.block <= block).count()
    }
}

/// Whether there is a rail beside the text. A class sees the text alone.
pub fn has_rail(view: &View) -> bool {
    view.size.width >= WIDE && view.preferences.audience == Audience::One
}

/// Where the text stands: beside the rail in a wide window, in its middle before a class.
pub fn text_area(view: &View) -> Rect {
    let body = view.body();
    if !has_rail(view) && view.size.width >= WIDE {
        view.column(body)
    } else if has_rail(view) {
        let x = super::rail::WIDTH + 6;
        Rect { x, width: (view.size.width - x - 2).min(view.widest()), ..body }
    } else {
        Rect { width: body.width.min(view.widest()), ..body }
    }
}

/// Which headings are marked.
pub fn marked(lesson: &LessonId, headings: &[Heading], learner: &Learner) -> Vec<bool> {
    let is_marked = |heading: &Heading| {
        learner.marks.contains(&Mark::Section { lesson: lesson.clone(), section: heading.title.clone() })
    };
    headings.iter().map(is_marked).collect()
}

/// Puts every question of the text in place, once.
pub fn ask_checks(checks: &mut BTreeMap<u16, Asking>, text: &Text, view: &View) {
    for (index, block) in text.body.0.iter().enumerate() {
        let Block::Check(id) = block else { continue };
        let index = index as u16;
        if checks.contains_key(&index) {
            continue;
        }
        let id = QuestionId::from(id.as_str());
        if let Some(question) = view.course.question(&id) {
            // The order of options changes from day to day, not while somebody reads.
            let order = Seed(view.now.today.0 as u64).order(&id, 0);
            let mut asking = Asking::new(question, order, view.now.at);
            asking.blur();
            checks.insert(index, asking);
        }
    }
}

/// What became of a lesson's questions and pictures.
pub struct Making<'a> {
    /// The questions, by block.
    pub checks: &'a BTreeMap<u16, Asking>,
    /// Which frame each picture shows, by block.
    pub frames: &'a BTreeMap<u16, usize>,
    /// Which stop has the keys.
    pub focus: Option<usize>,
}

/// Lays the whole lesson out. `addresses` are those that its text links.
pub fn lay(text: &Text, made: &Making, addresses: &[String], key: LaidFor, view: &View) -> Laid {
    let Making { checks, frames, focus } = *made;
    let area = text_area(view);
    let setting = Setting { links: addresses, ..view.setting(usize::from(area.width), &text.ran_on) };
    let mut laid = Laid { made_for: Some(key), ..Laid::default() };
    for (index, block) in text.body.0.iter().enumerate() {
        let number = index as u16;
        let end = laid.rows.len();
        separate(&mut laid.rows, block);
        // What parts two blocks belongs to the first one: the place at the top of the screen is never lost.
        for row in &mut laid.rows[end..] {
            row.block = number.saturating_sub(1);
        }
        let start = laid.rows.len();
        let has_focus = focus == Some(laid.stops.len());
        let mut rows = match block {
            Block::Check(_) => match checks.get(&number) {
                Some(asking) => check(asking, number, has_focus, &setting, view),
                None => Vec::new(),
            },
            Block::Steps(pictures) => {
                let at = frames.get(&number).copied().unwrap_or(0);
                let mut rows = prose::steps(pictures, at, &setting);
                for row in &mut rows {
                    row.target = Some(Hit::Steps(number));
                }
                if let Some(caption) = rows.first_mut() {
                    caption.selected = has_focus;
                }
                rows
            }
            other => prose::block(other, &setting),
        };
        for row in &mut rows {
            row.block = number;
        }
        let end = start + rows.len();
        match block {
            Block::Check(_) if end > start => {
                laid.stops.push(Stop { block: number, rows: start..end, is_check: true, frames: None });
            }
            Block::Steps(pictures) if end > start => {
                let frames = Some(pictures.len());
                laid.stops.push(Stop { block: number, rows: start..end, is_check: false, frames });
            }
            Block::Heading { level, text } => {
                let title = text.iter().map(|span| span.text.as_str()).collect();
                laid.headings.push(Heading { level: *level, title, block: number, row: start });
            }
            _ => {}
        }
        laid.rows.extend(rows);
    }
    let last = text.body.0.len().saturating_sub(1) as u16;
    laid.rows.extend(ending(text, checks, addresses, view).into_iter().map(|row| Row { block: last, ..row }));
    laid
}

/// A question in the middle of the text.
fn check(asking: &Asking, block: u16, has_focus: bool, setting: &Setting, view: &View) -> Vec<Row> {
    let theme = setting.theme;
    let Some(question) = view.course.question(&asking.question) else { return Vec::new() };
    let look =
        Look { setting: *setting, block, focus: if has_focus { Focused::Yes } else { Focused::No }, room: Room::Close };
    let mut label = Row::text("CHECK", theme.bold(Role::Accent));
    let personal = view.preferences.audience == Audience::One;
    if let Some(history) = view.learner.questions.get(&question.id).filter(|_| asking.is_open() && personal) {
        let word = match history.last {
            Verdict::Right => "right last time",
            Verdict::Partly => "partly right last time",
            Verdict::Wrong => "wrong last time",
        };
        label = label.right(word, theme.text(Role::Muted));
    }
    let mut rows = vec![label];
    if let Some(outcome) = asking.told() {
        rows.push(feedback::verdict(outcome, theme));
    }
    rows.extend(asking.rows(question, &look));
    if let Some(outcome) = asking.told() {
        let explanation = prose::blocks(&question.explanation.0, setting);
        rows.extend(feedback::about_whole(outcome, setting));
        rows.push(Row::new());
        rows.extend(explanation);
    }
    rows
}

/// What stands below the text: what to read on, and that this is the end.
fn ending(text: &Text, checks: &BTreeMap<u16, Asking>, addresses: &[String], view: &View) -> Vec<Row> {
    let theme = view.theme;
    let muted = theme.text(Role::Muted);
    let mut rows = vec![Row::new(), Row::new()];
    rows.push(Row::text("The end of this lesson", theme.bold(Role::Text)));
    rows.push(Row::new());
    let open = checks.values().filter(|asking| asking.is_open()).count();
    if open > 0 {
        let open = plain::count(open, "question");
        rows.push(Row::text("Still open ", muted).with(format!("{open} of this text; Shift-Tab goes back"), muted));
    }
    if !text.flask.is_empty() {
        rows.push(Row::text("Holds for  ", muted).with(format!("Flask {}", text.flask), muted));
    }
    for (number, source) in text.sources.iter().enumerate() {
        if let Some((name, address)) = crate::course::source::address(source) {
            let place = addresses.iter().position(|known| *known == address);
            let style = place.map_or(muted, |place| link::mark(muted, place));
            rows.push(Row::text(if number == 0 { "Read on    " } else { "           " }, muted).with(name, style));
        }
    }
    if let Some(next) = view.course.lesson_after(&text.id) {
        rows.push(Row::text("Next       ", muted).with(next.title.clone(), muted));
    }
    rows
}
