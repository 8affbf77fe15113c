//! A session of questions: ask, record, tell, go on.

mod hands;

use super::lesson::Lesson;
use super::summary::Summary;
use crate::course::Course;
use crate::question::Question;
use crate::question::answer::Answer;
use crate::question::answer::Verdict;
use crate::study::entry::{About, Confidence, Event, Place, Plan};
use crate::study::history::Given;
use crate::study::moment::Timestamp;
use crate::study::session::Session;
use crate::tui::forms::draft::{Hand, Stance};
use crate::tui::forms::{Ask, Asked, Asking, Focused, Look, Outcome, Room, Stage, feedback};
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::Key;
use crate::tui::row::{Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Screen, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// From this height on options stand apart.
const ROOMY: u16 = 30;
/// Below this width nothing is given away.
const NARROW: u16 = 60;

/// A session of questions on the screen.
#[derive(Debug)]
pub struct Quiz {
    session: Session,
    /// What is asked, or was answered last and is being told.
    asking: Option<Asking>,
    /// Everything told so far, for the summary.
    told: Vec<Told>,
    /// Which answer is looked at again, as a place in `told`; `None` shows what is asked now.
    back: Option<usize>,
    began: Timestamp,
    rows: Vec<Row>,
    scroll: usize,
    eye: Eye,
    /// The row at which the options or the field begin.
    answer_row: usize,
}

/// What is kept on the screen when a question is larger than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Eye {
    /// The bar or the cursor.
    Bar,
    /// What the learner scrolled to.
    Text,
    /// After an answer: the options with their reasons, also where a long program would push them off.
    Answer,
}

/// One answer of a session, for its summary.
#[derive(Clone, Debug)]
pub struct Told {
    /// Which question, how often asked before, and what came of it.
    pub asking: Asking,
    /// How often it had been asked before in this session.
    pub round: u8,
    /// What came of it.
    pub outcome: Outcome,
}

/// What the keys of a session do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Something with the question.
    Ask(Ask),
    /// Goes on after the feedback.
    Next,
    /// Puts the question last.
    Skip,
    /// Shows the answer.
    GiveUp,
    /// Shows the answer before this one.
    Earlier,
    /// Comes back from an earlier answer to what is asked.
    Now,
    /// Marks the question.
    Mark,
    /// Writes down that the question is wrong.
    Report,
    /// Copies its program.
    Copy,
    /// Opens the lesson that teaches this.
    Lesson,
    /// Moves the text by rows.
    Line(i32),
    /// Moves the text by pages.
    Page(i32),
}

impl Quiz {
    /// A new session. Records that it began.
    pub fn start(cx: &mut Context, plan: Plan) -> Quiz {
        let (id, seed) = cx.chance.session(cx.view.now);
        cx.record(Event::Started { session: id, plan: plan.clone(), seed });
        Quiz::with(cx, Session::start(id, plan, seed))
    }

    /// A session that was left in the middle, with what was answered then.
    pub fn resume(cx: &mut Context, session: Session) -> Quiz {
        let given = cx.view.learner.open.as_ref().filter(|open| open.id == session.id).map(|open| &open.answers);
        let told = given.into_iter().flatten().filter_map(|given| told_before(cx.view.course, &session, given));
        let told = told.collect();
        let mut quiz = Quiz::with(cx, session);
        quiz.told = told;
        quiz
    }

    fn with(cx: &mut Context, session: Session) -> Quiz {
        let began = cx.view.now.at;
        let mut quiz = Quiz {
            session,
            asking: None,
            told: Vec::new(),
            back: None,
            began,
            rows: Vec::new(),
            scroll: 0,
            eye: Eye::Text,
            answer_row: 0,
        };
        quiz.ask_next(cx);
        quiz
    }

    fn ask_next(&mut self, cx: &mut Context) {
        self.back = None;
        self.scroll = 0;
        self.eye = Eye::Text;
        self.asking = loop {
            let Some(asked) = self.session.asked() else { break None };
            if let Some(question) = cx.view.course.question(&asked.question) {
                break Some(Asking::new(question, self.session.order(), cx.view.now.at));
            }
            // The course no longer has it: an answer of "right" lets the session go on without it.
            self.session.answered(Verdict::Right);
        };
    }

    /// What is on the screen: what is asked, or an earlier answer.
    fn on_screen(&self) -> Option<&Asking> {
        match self.back {
            Some(place) => self.told.get(place).map(|told| &told.asking),
            None => self.asking.as_ref(),
        }
    }

    fn question<'a>(&self, course: &'a Course) -> Option<&'a Question> {
        course.question(&self.on_screen()?.question)
    }

    fn submit(&mut self, cx: &mut Context, answer: Answer, confidence: Option<Confidence>) {
        let round = self.session.asked().map_or(0, |asked| asked.round);
        let place = Place::Session { id: self.session.id, round };
        if let Some(asking) = &mut self.asking {
            asking.submit(cx, place, answer, confidence);
        }
    }

    /// Does what came of a key or a click on the question.
    fn asked(&mut self, cx: &mut Context, asked: Asked) {
        self.eye = Eye::Bar;
        match asked {
            Asked::Nothing => {}
            Asked::Say(text) => cx.say(text),
            Asked::Submit(answer, confidence) => self.submit(cx, answer, confidence),
        }
    }

    fn go_on(&mut self, cx: &mut Context) -> Next {
        self.ask_next(cx);
        if self.asking.is_some() {
            return Next::Stay;
        }
        cx.record(Event::Finished { session: self.session.id });
        if self.session.plan.about_single() {
            return Next::Pop;
        }
        let took_ms = cx.view.now.at.since_ms(self.began);
        Next::Replace(Summary::new(self.session.plan.clone(), std::mem::take(&mut self.told), took_ms).into())
    }

    fn open_lesson(&self, cx: &mut Context) -> Next {
        let Some(topic) = self.question(cx.view.course).map(|question| question.topic.clone()) else {
            return Next::Stay;
        };
        let lesson =
            cx.view.course.outline.lessons().find(|lesson| lesson.topic == topic).map(|lesson| lesson.id.clone());
        match lesson {
            Some(id) => Next::Push(Lesson::open(cx, &id).into()),
            None => {
                cx.say("No lesson teaches this yet.");
                Next::Stay
            }
        }
    }

    fn scroll_by(&mut self, view: &View, by: isize) {
        let height = usize::from(view.body().height);
        let last = self.rows.len().saturating_sub(height);
        self.scroll = self.scroll.saturating_add_signed(by).min(last);
        self.eye = Eye::Text;
    }

    /// Keeps the row with the bar or the cursor on the screen.
    fn follow(&mut self, view: &View) {
        let height = usize::from(view.body().height);
        let last = self.rows.len().saturating_sub(height);
        let told = self.on_screen().is_some_and(|asking| asking.told().is_some());
        let bar = self.rows.iter().rposition(|row| row.selected || row.cursor.is_some());
        if told && self.eye == Eye::Answer && !view.is_low() {
            self.scroll = if self.rows.len() > height { self.answer_row.min(last) } else { 0 };
            return;
        }
        let Some(row) = bar.filter(|_| !told && self.eye == Eye::Bar) else {
            self.scroll = self.scroll.min(last);
            return;
        };
        if row >= self.scroll + height {
            self.scroll = row + 1 - height;
        } else if row < self.scroll {
            self.scroll = row;
        }
        self.scroll = self.scroll.min(last);
    }
}

/// An answer of an earlier sitting, as the summary wants it.
fn told_before(course: &Course, session: &Session, given: &Given) -> Option<Told> {
    let question = course.question(&given.question)?;
    let order = session.seed.order(&question.id, given.round);
    let asking = Asking::new(question, order, Timestamp::default());
    let grade = question.kind.grade(&given.answer, order);
    let outcome = Outcome { answer: given.answer.clone(), grade, confidence: given.confidence };
    Some(Told { asking, round: given.round, outcome })
}

/// What a session is about, in words.
pub fn title(about: &About, course: &Course) -> Vec<String> {
    let module = |number: u8, title: &str| format!("{number:02} {title}");
    match about {
        About::Lesson(id) => match course.lesson_outline(id) {
            Some((_, lesson)) => vec!["Practise".into(), lesson.title.clone()],
            None => vec!["Practise".into()],
        },
        About::Topic(id) => match course.topic(id) {
            Some((_, topic)) => vec!["Practise".into(), topic.title.clone()],
            None => vec!["Practise".into()],
        },
        About::Module(id) => match course.module_index(id).map(|index| &course.outline.modules[index]) {
            Some(found) => vec!["Practise".into(), module(found.number, &found.title)],
            None => vec!["Practise".into()],
        },
        About::Mixed => vec!["Practise".into(), "A bit of everything".into()],
        About::Mistakes => vec!["Practise".into(), "What went wrong".into()],
        About::Single(_) => vec!["One question".into()],
        About::Review => vec!["Review".into()],
        About::Choice(_) => vec!["Drill".into(), "What you chose".into()],
        About::Exam(_) => vec!["Exam".into()],
        About::Interview(_) => vec!["Interview".into()],
        About::Placement => vec!["Find my level".into()],
    }
}

impl Screen for Quiz {
    type Action = Action;

    fn head(&self, view: &View) -> Head {
        let (settled, total) = self.session.progress();
        let outcome = self.on_screen().and_then(Asking::told);
        let right = self.told.iter().filter(|told| told.outcome.grade.verdict == Verdict::Right).count();
        let place =
            self.session.met(self.asking.as_ref().is_some_and(|asking| asking.told().is_some())).clamp(1, total.max(1));
        let mut facts = format!("{place} of {total}");
        if !self.told.is_empty() {
            facts.push_str(&format!(" · {right} right"));
        }
        if self.back.is_some() {
            facts = format!("earlier answer · {facts}");
        }
        if self.session.asked().is_some_and(|asked| asked.round > 0) && outcome.is_none() {
            facts.push_str(" · asked again");
        }
        Head {
            trail: title(&self.session.plan.about, view.course),
            right: facts,
            progress: Some(settled as f64 / total.max(1) as f64),
            verdict: outcome.map(|outcome| feedback::verdict(outcome, view.theme)),
        }
    }

    fn keys(&self, view: &View) -> Vec<Binding<Action>> {
        let mut table = Vec::new();
        let Some(asking) = self.on_screen() else { return table };
        let hints = self.question(view.course).map_or(0, |question| question.hints.len());
        let more = usize::from(asking.hints) < hints;
        table.extend(asking.keys(more).into_iter().map(|binding| binding.map(Action::Ask)));
        if asking.typing() {
            return table;
        }
        match &asking.stage {
            Stage::Open => {
                table.push(Binding::new([Key::char('S')], "S", "skip, asked later", Action::Skip).footer(8));
                if asking.stance() == Stance::Says {
                    table.push(Binding::new([Key::char('l')], "l", "lesson", Action::Lesson).footer(2));
                } else {
                    table.push(Binding::new([Key::char('D')], "D", "I don’t know", Action::GiveUp).footer(7));
                }
                if self.has_earlier() {
                    let back = Binding::new(keys::LEFT, "← h", "the answer before", Action::Earlier);
                    table.push(back.group(Group::Read));
                }
            }
            Stage::Recording(..) => return table,
            Stage::Told(_) => {
                if self.has_earlier() {
                    let back = Binding::new(keys::LEFT, "← h", "the answer before", Action::Earlier);
                    table.push(back.group(Group::Read));
                }
                let label = match (self.session.asked(), self.session.plan.about_single()) {
                    (Some(_), _) => "next",
                    (None, true) => "back",
                    (None, false) => "summary",
                };
                table.push(match self.back {
                    Some(_) => Binding::new([keys::ENTER, keys::ESC], "Enter", "back to now", Action::Now).footer(0),
                    None => Binding::new([keys::ENTER], "Enter", label, Action::Next).footer(0),
                });
                let lesson = [Key::char('l'), keys::RIGHT[0]];
                table.push(Binding::new(lesson, "l", "lesson", Action::Lesson).footer(2));
                let read = |binding: Binding<Action>| binding.group(Group::Read);
                table.push(read(Binding::new(keys::DOWN, "↓ j", "line down", Action::Line(1))));
                table.push(read(Binding::new(keys::UP, "↑ k", "line up", Action::Line(-1))));
                let space = Binding::new([keys::SPACE], "Space", "more", Action::Page(1));
                let more = self.rows.len() > self.scroll + usize::from(view.body().height);
                table.push(read(if more { space.footer(1) } else { space }));
            }
        }
        let told = asking.told().is_some();
        let place = |binding: Binding<Action>, at: u8| if told { binding.footer(at) } else { binding };
        table.push(place(Binding::new([Key::char('m')], "m", "mark", Action::Mark), 3));
        table.push(place(Binding::new([Key::char('!')], "!", "report a mistake", Action::Report), 4));
        table.push(Binding::new([Key::char('y')], "y", "copy the program", Action::Copy));
        let read = |binding: Binding<Action>| binding.group(Group::Read);
        table.push(read(Binding::new(keys::PAGE_DOWN, "PgDn", "page down", Action::Page(1))));
        table.push(read(Binding::new(keys::PAGE_UP, "b PgUp", "page up", Action::Page(-1))));
        table
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        let page = usize::from(cx.view.body().height).saturating_sub(2).max(1) as isize;
        match action {
            Action::Ask(ask) => {
                // At the first and the last thing to choose the arrows move the text.
                if let (Ask::Hand(Hand::Move(by)), Some(asking)) = (ask, &self.asking)
                    && asking.is_at_edge(by)
                {
                    self.scroll_by(&cx.view, isize::from(by));
                    return Next::Stay;
                }
                let asked = self.asking.as_mut().map_or(Asked::Nothing, |asking| asking.act(ask));
                self.asked(cx, asked);
            }
            Action::Next => return self.go_on(cx),
            Action::Skip => {
                self.session.skip();
                self.ask_next(cx);
            }
            Action::Earlier => self.look_back(),
            Action::Now => {
                let told = self.asking.as_ref().is_some_and(|asking| asking.told().is_some());
                (self.back, self.scroll) = (None, 0);
                self.eye = if told { Eye::Answer } else { Eye::Bar };
            }
            Action::Mark => self.mark(cx),
            Action::Report => self.report(cx),
            Action::Copy => self.copy(cx),
            Action::GiveUp => self.submit(cx, Answer::GaveUp, None),
            Action::Lesson => return self.open_lesson(cx),
            Action::Line(by) => self.scroll_by(&cx.view, by as isize),
            Action::Page(by) => self.scroll_by(&cx.view, page * by as isize),
        }
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        self.take(cx, input);
        Next::Stay
    }

    fn typing(&self) -> bool {
        self.back.is_none() && self.asking.as_ref().is_some_and(Asking::typing)
    }

    fn settle(&mut self, view: &View) {
        let (Some(asking), Some(question)) = (self.on_screen(), self.question(view.course)) else { return };
        let column = view.column(view.body());
        let look = Look {
            setting: view.setting(usize::from(column.width), ""),
            block: 0,
            focus: Focused::Yes,
            room: match (view.size.height >= ROOMY, view.size.width < NARROW || view.is_low()) {
                (_, true) => Room::Close,
                (true, false) => Room::Roomy,
                (false, false) => Room::Tight,
            },
        };
        let mut rows = Vec::new();
        if let (true, Some(outcome)) = (view.is_low(), asking.told()) {
            rows.push(feedback::verdict(outcome, view.theme));
        }
        let answer_row = asking.head(question, &look).len();
        rows.extend(asking.rows(question, &look));
        if let Some(outcome) = asking.told() {
            rows.extend(feedback::rows(question, outcome, view.course, &look));
        }
        self.rows = rows;
        self.answer_row = answer_row;
        self.follow(view);
    }

    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        draw_rows(&self.rows, self.scroll, view.theme, view.column(body), buf)
    }
}
