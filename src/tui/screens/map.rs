//! The course map: modules, and inside the open one its lessons.

use super::home::practise;
use super::lesson::Lesson;
use crate::course::outline::{Asked, LessonOutline, ModuleOutline};
use crate::id::{LessonId, ModuleId};
use crate::prose::plain::count;
use crate::prose::width::{columns, cut, wrap};
use crate::study::entry::About;
use crate::study::mastery::{MASTERED_PERCENT, Table};
use crate::study::next::{self, Step};
use crate::tui::chrome;
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The course map.
#[derive(Debug)]
pub struct Map {
    open: Option<ModuleId>,
    cursor: usize,
    items: Vec<Item>,
    rows: Vec<Row>,
    scroll: usize,
}

/// What the bar can stand on.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    Module(ModuleId),
    Lesson(LessonId),
}

/// What the keys of the map do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves the bar.
    Move(i32),
    /// Moves the bar to the first or last entry.
    Edge(i32),
    /// Opens or closes a module, or opens a lesson.
    Open,
    /// Closes the module.
    Close,
    /// Practises the module or the lesson's topic.
    Practise,
}

impl Map {
    /// The map, with the module open that comes next.
    pub fn new(view: &View) -> Map {
        let here = match next::step(view.course, view.learner, view.today()) {
            Step::Read(id) => view.course.lesson_outline(&id).map(|(module, _)| (module.id.clone(), Some(id))),
            Step::Resume(_) | Step::Review(_) | Step::Practise(_) | Step::Done => None,
        };
        let (open, lesson) = match here {
            Some((module, lesson)) => (Some(module), lesson),
            None => (view.course.outline.modules.first().map(|module| module.id.clone()), None),
        };
        let mut map = Map { open, cursor: 0, items: Vec::new(), rows: Vec::new(), scroll: 0 };
        map.list(view);
        let wanted = lesson.map(Item::Lesson).or(map.open.clone().map(Item::Module));
        map.cursor = map.items.iter().position(|item| Some(item) == wanted.as_ref()).unwrap_or(0);
        map
    }

    /// The map with the bar on a module.
    pub fn at(view: &View, module: &ModuleId) -> Map {
        let mut map = Map::new(view);
        map.open = Some(module.clone());
        map.list(view);
        map.cursor = map.items.iter().position(|item| *item == Item::Module(module.clone())).unwrap_or(0);
        map
    }

    fn list(&mut self, view: &View) {
        self.items.clear();
        for module in &view.course.outline.modules {
            self.items.push(Item::Module(module.id.clone()));
            if self.open.as_ref() == Some(&module.id) {
                self.items.extend(module.lessons.iter().map(|lesson| Item::Lesson(lesson.id.clone())));
            }
        }
    }

    fn lay(&self, view: &View, width: usize) -> Vec<Row> {
        let table = Table::of(view.course, view.learner, view.now.today);
        let mut rows = Vec::new();
        for (place, item) in self.items.iter().enumerate() {
            let selected = place == self.cursor;
            match item {
                Item::Module(id) => {
                    let Some(index) = view.course.module_index(id) else { continue };
                    let module = &view.course.outline.modules[index];
                    let is_open = self.open.as_ref() == Some(id);
                    if is_open && place > 0 {
                        rows.push(Row::new());
                    }
                    rows.push(module_row(module, &table, is_open, view, width).select(selected).hit(Hit::Item(place)));
                    if is_open {
                        rows.extend(about(module, view, width));
                    }
                }
                Item::Lesson(id) => {
                    let Some((module, lesson)) = view.course.lesson_outline(id) else { continue };
                    rows.push(lesson_row(module, lesson, &table, view, width).select(selected).hit(Hit::Item(place)));
                    if module.lessons.last().is_some_and(|last| last.id == *id) {
                        rows.push(Row::new());
                    }
                }
            }
        }
        rows
    }
}

fn module_row(module: &ModuleOutline, table: &Table, is_open: bool, view: &View, width: usize) -> Row {
    let theme = view.theme;
    let known = table.module(&module.id);
    let read = module.lessons.iter().filter(|lesson| view.learner.has_read(&lesson.id)).count();
    let state = if known.percent() >= MASTERED_PERCENT {
        "mastered".to_owned()
    } else if read == 0 && known.tried == 0 {
        "not begun".to_owned()
    } else {
        format!("{read} of {} read", module.lessons.len())
    };
    let sign = if is_open { "▾ " } else { "▸ " };
    let name = width.saturating_sub(42).clamp(18, 30);
    let mut row = Row::text(sign, theme.text(Role::Muted))
        .with(format!("{:02}  ", module.number), theme.text(Role::Muted))
        .with(format!("{:<name$}", cut(&module.title, name)), theme.bold(Role::Text));
    if width >= 60 {
        row.push("  ", theme.text(Role::Text));
        row.pieces.extend(chrome::bar(known.share(), 10, theme).pieces);
    }
    row.push(format!("  {:>3} %", known.percent()), theme.text(Role::Text));
    if width >= 50 { row.right(state, theme.text(Role::Muted)) } else { row }
}

/// What an open module is about, below its row.
fn about(module: &ModuleOutline, view: &View, width: usize) -> Vec<Row> {
    let theme = view.theme;
    let muted = theme.text(Role::Muted);
    let summary = [crate::prose::Span::plain(module.summary.clone())];
    let mut rows: Vec<Row> = wrap(&summary, width.saturating_sub(6).min(68))
        .iter()
        .map(|line| {
            Row::text("      ", muted).with(line.iter().map(|span| span.text.as_str()).collect::<String>(), muted)
        })
        .collect();
    let needs: Vec<String> = module
        .needs
        .iter()
        .filter_map(|id| view.course.module_index(id))
        .map(|index| format!("{:02}", view.course.outline.modules[index].number))
        .collect();
    if !needs.is_empty() {
        rows.push(Row::text(format!("      after {}", needs.join(", ")), muted));
    }
    rows
}

fn lesson_row(module: &ModuleOutline, lesson: &LessonOutline, table: &Table, view: &View, width: usize) -> Row {
    let theme = view.theme;
    let (text, muted) = (theme.text(Role::Text), theme.text(Role::Muted));
    let place = module.lessons.iter().position(|other| other.id == lesson.id).unwrap_or(0) + 1;
    let sign = if view.learner.has_read(&lesson.id) { "✓" } else { " " };
    let known = table.topic(&lesson.topic);
    let asked = match module.topics.iter().find(|topic| topic.id == lesson.topic).map(|topic| topic.asked) {
        Some(Asked::NearlyAlways) => "nearly always asked · ",
        Some(Asked::Often) => "often asked · ",
        Some(Asked::Rarely) | None => "",
    };
    let minutes = format!("{} min", lesson.minutes);
    let known = format!("{} of {} known · ", known.known, known.total);
    // The title comes first: facts that would cut it are left out.
    let facts = [format!("{asked}{known}{minutes}"), format!("{known}{minutes}"), minutes];
    let room = |fact: &String| width.saturating_sub(columns(fact) + 12);
    let fits = |fact: &&String| columns(&lesson.title) <= room(fact);
    let fact = facts.iter().find(fits).unwrap_or(&facts[2]);
    Row::text(format!("    {sign} "), theme.bold(Role::Correct))
        .with(format!("{place}  "), muted)
        .with(cut(&lesson.title, room(fact)), text)
        .right(fact.clone(), muted)
}

impl Screen for Map {
    type Action = Action;

    fn head(&self, view: &View) -> Head {
        let known = Table::of(view.course, view.learner, view.now.today).all();
        let modules = &view.course.outline.modules;
        let lessons = view.course.outline.lessons().count();
        Head {
            trail: vec!["Course map".into()],
            right: format!(
                "{} % known · {}, {}",
                known.percent(),
                count(modules.len(), "module"),
                count(lessons, "lesson")
            ),
            progress: Some(known.share()),
            verdict: None,
        }
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        let here = self.items.get(self.cursor);
        let label = match here {
            Some(Item::Module(id)) if self.open.as_ref() == Some(id) => "close",
            Some(Item::Module(_)) => "show lessons",
            Some(Item::Lesson(_)) | None => "read",
        };
        let open = keys::RIGHT.into_iter().chain([keys::SPACE]);
        vec![
            Binding::new([keys::ENTER], "Enter", label, Action::Open).footer(0),
            Binding::new(keys::UP, "↑↓", "move", Action::Move(-1)).group(Group::Read).footer(1),
            Binding::new(keys::DOWN, "↓ j", "down", Action::Move(1)).group(Group::Read),
            Binding::new(open, "→ l", label, Action::Open).group(Group::Read),
            Binding::new(keys::LEFT, "← h", "close the module", Action::Close).group(Group::Read),
            Binding::new(keys::TOP, "g g Home", "first", Action::Edge(-1)).group(Group::Read),
            Binding::new(keys::BOTTOM, "G End", "last", Action::Edge(1)).group(Group::Read),
            Binding::new([Key::char('d')], "d", "practise this", Action::Practise).footer(2),
        ]
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        let last = self.items.len().saturating_sub(1);
        match action {
            Action::Move(by) => self.cursor = self.cursor.saturating_add_signed(by as isize).min(last),
            Action::Edge(side) => self.cursor = if side < 0 { 0 } else { last },
            Action::Open => match self.items.get(self.cursor).cloned() {
                Some(Item::Module(id)) => {
                    self.open = if self.open.as_ref() == Some(&id) { None } else { Some(id.clone()) };
                    self.list(&cx.view);
                    self.cursor = self.items.iter().position(|item| *item == Item::Module(id.clone())).unwrap_or(0);
                }
                Some(Item::Lesson(id)) => return Next::Push(Lesson::open(cx, &id).into()),
                None => {}
            },
            Action::Close => {
                let Some(id) = self.open.take() else { return Next::Pop };
                self.list(&cx.view);
                self.cursor = self.items.iter().position(|item| *item == Item::Module(id.clone())).unwrap_or(0);
            }
            Action::Practise => {
                let about = match self.items.get(self.cursor) {
                    Some(Item::Module(id)) => About::Module(id.clone()),
                    Some(Item::Lesson(id)) => match cx.view.course.lesson_outline(id) {
                        Some((_, lesson)) => About::Topic(lesson.topic.clone()),
                        None => return Next::Stay,
                    },
                    None => return Next::Stay,
                };
                return practise(cx, about);
            }
        }
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Wheel(by) => self.act(cx, Action::Move(by)),
            Input::Pressed(mouse) => {
                let body = cx.view.column(cx.view.body());
                if mouse.row < body.y || mouse.row >= body.bottom() {
                    return Next::Stay;
                }
                let row = usize::from(mouse.row - body.y) + self.scroll;
                match self.rows.get(row).and_then(|row| row.target) {
                    Some(Hit::Item(place)) => {
                        self.cursor = place;
                        self.act(cx, Action::Open)
                    }
                    _ => Next::Stay,
                }
            }
            _ => Next::Stay,
        }
    }

    fn settle(&mut self, view: &View) {
        self.list(view);
        self.cursor = self.cursor.min(self.items.len().saturating_sub(1));
        let column = view.column(view.body());
        self.rows = self.lay(view, usize::from(column.width));
        let height = usize::from(column.height);
        let row = self.rows.iter().position(|row| row.selected).unwrap_or(0);
        if row < self.scroll {
            self.scroll = row;
        } else if row + 1 > self.scroll + height {
            self.scroll = row + 1 - height;
        }
        self.scroll = self.scroll.min(self.rows.len().saturating_sub(height));
    }

    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        draw_rows(&self.rows, self.scroll, view.theme, view.column(body), buf)
    }
}
