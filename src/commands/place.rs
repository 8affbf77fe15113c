//! What a learner names on the command line: a lesson to read, something to practise.

use crate::cli::Wanted;
use crate::course::Course;
use crate::course::outline::LessonOutline;
use crate::fault::nearest;
use crate::id::{LessonId, ModuleId, QuestionId, TopicId};
use crate::question::Kind;
use crate::study::entry::{About, Choice, Only};
use crate::study::learner::Learner;

/// A name that nothing in the course has.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this course has no {sorts} called “{name}”{}", self.hint())]
pub struct Unknown {
    /// What was named.
    pub name: String,
    /// What could have been meant, in words.
    pub sorts: &'static str,
    /// A name that is much like it.
    pub nearest: Option<String>,
}

impl Unknown {
    fn hint(&self) -> String {
        match &self.nearest {
            Some(nearest) => format!("; did you mean “{nearest}”?"),
            None => format!("; “flaskdojo search {}” may find it", self.name),
        }
    }
}

/// The lesson to read: the one named, the first unread one of a topic or module, or without a name the next one.
/// `None` when there is nothing left to read.
pub fn lesson(course: &Course, learner: &Learner, what: Option<&str>) -> Result<Option<LessonId>, Unknown> {
    let Some(name) = what else {
        let left = learner.last_lesson.as_ref().and_then(|id| Some(course.lesson_outline(id)?.1));
        let mut candidates = left.into_iter().chain(course.outline.lessons());
        return Ok(candidates.find(|lesson| !learner.has_read(&lesson.id)).map(|lesson| lesson.id.clone()));
    };
    if let Some((_, lesson)) = course.lesson_outline(&LessonId::from(name)) {
        return Ok(Some(lesson.id.clone()));
    }
    let candidates: Vec<&LessonOutline> = if let Some((module, topic)) = course.topic(&TopicId::from(name)) {
        module.lessons.iter().filter(|lesson| lesson.topic == topic.id).collect()
    } else if let Some(index) = course.module_index(&ModuleId::from(name)) {
        course.outline.modules[index].lessons.iter().collect()
    } else {
        Vec::new()
    };
    let unread = candidates.iter().find(|lesson| !learner.has_read(&lesson.id)).or(candidates.first());
    match unread {
        Some(lesson) => Ok(Some(lesson.id.clone())),
        None => Err(unknown(course, name, "lesson, topic or module", |course| {
            course.outline.lessons().map(|lesson| lesson.id.as_str()).collect()
        })),
    }
}

/// What to practise: a topic, a module, what a lesson taught, one question, or without a name all that was read.
pub fn about(course: &Course, what: Option<&str>) -> Result<About, Unknown> {
    let Some(name) = what else { return Ok(About::Mixed) };
    if let Some((_, topic)) = course.topic(&TopicId::from(name)) {
        return Ok(About::Topic(topic.id.clone()));
    }
    if let Some(index) = course.module_index(&ModuleId::from(name)) {
        return Ok(About::Module(course.outline.modules[index].id.clone()));
    }
    if let Some((_, lesson)) = course.lesson_outline(&LessonId::from(name)) {
        return Ok(About::Lesson(lesson.id.clone()));
    }
    if let Some((_, question)) = course.question_outline(&QuestionId::from(name)) {
        return Ok(About::Single(question.id.clone()));
    }
    Err(unknown(course, name, "topic or module", |_| Vec::new()))
}

/// A module, by its name.
pub fn module(course: &Course, name: &str) -> Result<ModuleId, Unknown> {
    let found = course.module_index(&ModuleId::from(name));
    let index = found.ok_or_else(|| unknown(course, name, "module", |_| Vec::new()))?;
    Ok(course.outline.modules[index].id.clone())
}

/// What to drill: a name as in [`about`], and what else is wanted of the questions.
pub fn drill(course: &Course, what: Option<&str>, wanted: &Wanted) -> Result<About, Unknown> {
    let only = match (wanted.mistakes, wanted.sure_and_wrong, wanted.asked) {
        (true, _, _) => Some(Only::Mistakes),
        (_, true, _) => Some(Only::SureWrong),
        (_, _, true) => Some(Only::Asked),
        (false, false, false) => None,
    };
    let mut choice = Choice { level: wanted.level, only, ..Choice::default() };
    if let Some(name) = &wanted.topic {
        let found = course.topic(&TopicId::from(name.as_str()));
        let (_, topic) = found.ok_or_else(|| unknown(course, name, "topic", |_| Vec::new()))?;
        choice.topic = Some(topic.id.clone());
    }
    if let Some(name) = &wanted.module {
        choice.module = Some(module(course, name)?);
    }
    if let Some(name) = &wanted.kind {
        if !Kind::NAMES.contains(&name.as_str()) {
            let nearest = nearest(name, Kind::NAMES.iter().copied()).map(str::to_owned);
            return Err(Unknown { name: name.clone(), sorts: "kind of question", nearest });
        }
        choice.kind = Some(name.as_str().into());
    }
    if choice == Choice::default() {
        return about(course, what);
    }
    match what.map(|_| about(course, what)).transpose()? {
        None if choice == (Choice { only: Some(Only::Mistakes), ..Choice::default() }) => return Ok(About::Mistakes),
        Some(About::Topic(topic)) => choice.topic = Some(topic),
        Some(About::Module(module)) => choice.module = Some(module),
        Some(About::Lesson(lesson)) => {
            choice.topic = course.lesson_outline(&lesson).map(|(_, lesson)| lesson.topic.clone());
        }
        // One question is the narrowest choice there is.
        Some(about @ About::Single(_)) => return Ok(about),
        None
        | Some(
            About::Mixed
            | About::Mistakes
            | About::Review
            | About::Choice(_)
            | About::Exam(_)
            | About::Placement
            | About::Interview(_),
        ) => {}
    }
    Ok(About::Choice(choice))
}

/// `more` gives further names that could have been meant.
fn unknown(
    course: &Course,
    name: &str,
    sorts: &'static str,
    more: impl for<'a> Fn(&'a Course) -> Vec<&'a str>,
) -> Unknown {
    // What may have been typed, and the name that is meant by it.
    let mut names: Vec<(&str, &str)> = Vec::new();
    for module in &course.outline.modules {
        let id = module.id.as_str();
        names.extend(module.topics.iter().map(|topic| (topic.id.as_str(), topic.id.as_str())));
        names.push((id, id));
        // Of a folder such as `07-sessions`, people remember the word.
        names.extend(id.split_once('-').map(|(_, word)| (word, id)));
    }
    names.extend(more(course).into_iter().map(|id| (id, id)));
    let typed = nearest(name, names.iter().map(|(typed, _)| *typed));
    let meant = names.iter().find(|(spelt, _)| Some(*spelt) == typed).map(|(_, meant)| (*meant).to_owned());
    Unknown { name: name.to_owned(), sorts, nearest: meant }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::outline::{ModuleOutline, Outline, Topic};
    use crate::course::ready::Ready;
    use crate::study::learner::Reading;

    fn course() -> Course {
        let lesson = |id: &str| LessonOutline {
            id: id.into(),
            was: vec![format!("old.{id}").as_str().into()],
            topic: "cookies".into(),
            title: String::new(),
            minutes: 1,
        };
        let module = ModuleOutline {
            id: "07-sessions".into(),
            number: 7,
            title: String::new(),
            summary: String::new(),
            needs: Vec::new(),
            topics: vec![Topic {
                id: "cookies".into(),
                title: String::new(),
                asked: Default::default(),
                questions: 0,
                levels: [0; 4],
            }],
            lessons: vec![lesson("sessions.one"), lesson("sessions.two")],
            prompts: Vec::new(),
            labs: Vec::new(),
            xrays: Vec::new(),
            clinic: 0,
        };
        Ready::default().course(Outline { modules: vec![module], ..Outline::default() })
    }

    fn reader(read: &[&str], last: Option<&str>) -> Learner {
        let mut learner = Learner::default();
        learner.last_lesson = last.map(LessonId::from);
        for id in read {
            learner.lessons.insert((*id).into(), Reading { read: true, ..Reading::default() });
        }
        learner
    }

    #[test]
    fn a_lesson_is_found_by_its_name_its_topic_or_its_module() {
        let course = course();
        let find = |what| lesson(&course, &reader(&["sessions.one"], None), what).unwrap().unwrap().to_string();
        assert_eq!(find(Some("sessions.one")), "sessions.one");
        assert_eq!(find(Some("old.sessions.one")), "sessions.one");
        assert_eq!(find(Some("cookies")), "sessions.two");
        assert_eq!(find(Some("07-sessions")), "sessions.two");
        assert_eq!(find(None), "sessions.two");
    }

    #[test]
    fn the_next_lesson_is_the_one_that_was_left() {
        let course = course();
        let next = |read: &[&str], last| lesson(&course, &reader(read, last), None).unwrap();
        assert_eq!(next(&[], Some("sessions.two")), Some("sessions.two".into()));
        assert_eq!(next(&["sessions.two"], Some("sessions.two")), Some("sessions.one".into()));
        assert_eq!(next(&["sessions.one", "sessions.two"], Some("sessions.two")), None);
    }

    #[test]
    fn what_to_practise_is_found_by_its_name() {
        let course = course();
        assert_eq!(about(&course, None), Ok(About::Mixed));
        assert_eq!(about(&course, Some("cookies")), Ok(About::Topic("cookies".into())));
        assert_eq!(about(&course, Some("07-sessions")), Ok(About::Module("07-sessions".into())));
        assert_eq!(about(&course, Some("sessions.two")), Ok(About::Lesson("sessions.two".into())));
    }

    #[test]
    fn what_is_wanted_narrows_what_is_named() {
        let course = course();
        let find = |what, wanted: Wanted| drill(&course, what, &wanted);
        let hard = Wanted { level: Some(4), asked: true, ..Wanted::default() };
        let expected = Choice { level: Some(4), only: Some(Only::Asked), ..Choice::default() };
        assert_eq!(find(None, hard.clone()), Ok(About::Choice(expected.clone())));
        let of_topic = Choice { topic: Some("cookies".into()), ..expected };
        assert_eq!(find(Some("cookies"), hard), Ok(About::Choice(of_topic)));
        let mistakes = Wanted { mistakes: true, ..Wanted::default() };
        assert_eq!(find(None, mistakes), Ok(About::Mistakes));
        assert_eq!(find(Some("cookies"), Wanted::default()), Ok(About::Topic("cookies".into())));
        let kind = Wanted { kind: Some("singel".into()), ..Wanted::default() };
        assert!(find(None, kind).unwrap_err().to_string().ends_with("did you mean “single”?"));
    }

    #[test]
    fn a_slip_is_told_with_what_was_probably_meant() {
        let course = course();
        let text = |error: Unknown| error.to_string();
        let reading = |name| text(lesson(&course, &reader(&[], None), Some(name)).unwrap_err());
        assert!(reading("sessions.tow").ends_with("called “sessions.tow”; did you mean “sessions.two”?"));
        assert!(reading("coookies").ends_with("did you mean “cookies”?"));
        assert!(reading("session").ends_with("did you mean “07-sessions”?"));
        let practising = text(about(&course, Some("websockets")).unwrap_err());
        let expected = "this course has no topic or module called “websockets”; \
                        “flaskdojo search websockets” may find it";
        assert_eq!(practising, expected);
    }
}
