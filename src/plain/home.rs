//! The menu, and the ways from it.

use super::Guide;
use super::talk::End;
use crate::id::{ModuleId, QuestionId};
use crate::prose::plain::count;
use crate::study::entry::About;
use crate::study::mastery::Table;
use crate::study::memory::due;
use crate::study::next::{self, Step};

/// How many questions are listed at most, when they are read aloud.
const LISTED: usize = 20;

impl Guide<'_> {
    pub(super) fn greet(&mut self) -> Result<(), End> {
        let outline = &self.course.outline;
        self.talk.say(format!("flaskdojo. {}. Flask {}.", outline.title, outline.flask))?;
        self.talk.say("Type ? for help at any prompt, b to go back, q to quit. What you do is saved at once.")
    }

    /// Shows the menu and does what is chosen.
    pub(super) fn home(&mut self) -> Result<(), End> {
        let step = next::step(self.course, &self.learner, self.today());
        let choices = [
            self.name(&step),
            "Lessons".into(),
            "Practise".into(),
            "Search".into(),
            "Your progress".into(),
            "Words of the course".into(),
            "Quit".into(),
        ];
        match self.talk.choose("What to do:", &choices)? {
            Some(0) => self.go(step),
            Some(1) => self.lessons(),
            Some(2) => self.practise(),
            Some(3) => self.search(),
            Some(4) => self.standing(),
            Some(5) => self.words(),
            Some(_) => Err(End::Quit),
            None => self.talk.say("This is the menu already. q quits."),
        }
    }

    fn name(&self, step: &Step) -> String {
        match step {
            Step::Resume(session) => {
                let (settled, total) = session.progress();
                format!("Go on with your questions: {settled} of {total} are done")
            }
            Step::Review(due) => {
                let seconds = *due * self.learner.times.median_seconds() as usize;
                let minutes = count(seconds.div_ceil(60), "minute");
                format!("Review: {} due, about {minutes}", count(*due, "question"))
            }
            Step::Read(id) => {
                let begun = if self.learner.lessons.contains_key(id) { "Read on" } else { "Read" };
                let lesson = self.course.lesson_outline(id).map(|(_, lesson)| lesson);
                let (title, minutes) = lesson.map_or(("", 0), |lesson| (&lesson.title, usize::from(lesson.minutes)));
                format!("{begun}: {title}, about {}", count(minutes, "minute"))
            }
            Step::Practise(topic) => {
                let title = self.course.topic(topic).map_or("", |(_, topic)| &topic.title);
                format!("Practise what you know least: {title}")
            }
            Step::Done => "Practise: you have read and known everything once".to_owned(),
        }
    }

    fn go(&mut self, step: Step) -> Result<(), End> {
        match step {
            Step::Resume(session) => self.session(session),
            Step::Read(id) => self.lesson(&id),
            Step::Review(_) => self.drill(About::Review),
            Step::Practise(topic) => self.drill(About::Topic(topic)),
            Step::Done => self.drill(About::Mixed),
        }
    }

    fn lessons(&mut self) -> Result<(), End> {
        let course = self.course;
        let Some(module) = self.choose_module("Lessons of which module:")? else { return Ok(()) };
        let Some(module) = course.module_index(&module).map(|index| &course.outline.modules[index]) else {
            return Ok(());
        };
        let lessons = module.lessons.iter().map(|lesson| {
            let state = match self.learner.lessons.get(&lesson.id) {
                Some(reading) if reading.read => ", read",
                Some(_) => ", begun",
                None => "",
            };
            format!("{}, {}{state}", lesson.title, count(usize::from(lesson.minutes), "minute"))
        });
        let lessons: Vec<String> = lessons.collect();
        if lessons.is_empty() {
            return self.talk.say("This module has no lessons yet.");
        }
        match self.talk.choose("Which lesson:", &lessons)? {
            Some(place) => self.lesson(&module.lessons[place].id),
            None => Ok(()),
        }
    }

    fn practise(&mut self) -> Result<(), End> {
        let mistakes = self.learner.mistakes().len();
        let due = due::reviews(self.course, &self.learner, self.today()).all.len();
        let mut choices = vec![
            ("What you have read, mixed".to_owned(), Some(About::Mixed)),
            ("One module or topic".to_owned(), None),
        ];
        if mistakes > 0 {
            let what = format!("What was not right last time, {}", count(mistakes, "question"));
            choices.push((what, Some(About::Mistakes)));
        }
        if due > 0 {
            choices.push((format!("What is due again, {}", count(due, "question")), Some(About::Review)));
        }
        let (names, abouts): (Vec<String>, Vec<Option<About>>) = choices.into_iter().unzip();
        match self.talk.choose("Practise what:", &names)?.map(|place| abouts[place].clone()) {
            Some(Some(About::Mistakes)) => self.mistakes(),
            Some(Some(about)) => self.drill(about),
            Some(None) => self.practise_part(),
            None => Ok(()),
        }
    }

    /// What went wrong last time: all of it, or one question.
    fn mistakes(&mut self) -> Result<(), End> {
        let course = self.course;
        let missed: Vec<QuestionId> = self.learner.mistakes().into_iter().map(|(id, _)| id.clone()).collect();
        let missed: Vec<_> = missed.iter().filter_map(|id| Some((id, course.question_outline(id)?.1))).collect();
        let all = format!("All of it, {}", count(missed.len(), "question"));
        let each = missed.iter().take(LISTED).map(|(_, question)| question.prompt.clone());
        let choices: Vec<String> = std::iter::once(all).chain(each).collect();
        match self.talk.choose("What was not right last time:", &choices)? {
            Some(0) => self.drill(About::Mistakes),
            Some(place) => self.drill(About::Single(missed[place - 1].0.clone())),
            None => Ok(()),
        }
    }

    fn practise_part(&mut self) -> Result<(), End> {
        let course = self.course;
        let Some(id) = self.choose_module("Which module:")? else { return Ok(()) };
        let Some(module) = course.module_index(&id).map(|index| &course.outline.modules[index]) else { return Ok(()) };
        let mut choices = vec!["All of it".to_owned()];
        let table = Table::of(course, &self.learner, self.now().today);
        for topic in &module.topics {
            let known = table.topic(&topic.id);
            choices.push(format!("{}, {} of {} questions known", topic.title, known.known, known.total));
        }
        match self.talk.choose("Which topic:", &choices)? {
            Some(0) => self.drill(About::Module(id)),
            Some(place) => self.drill(About::Topic(module.topics[place - 1].id.clone())),
            None => Ok(()),
        }
    }

    fn choose_module(&mut self, title: &str) -> Result<Option<ModuleId>, End> {
        let modules = &self.course.outline.modules;
        let table = Table::of(self.course, &self.learner, self.now().today);
        let names = modules.iter().map(|module| {
            let known = table.module(&module.id);
            format!("{:02} {}, {} of {} questions known", module.number, module.title, known.known, known.total)
        });
        let names: Vec<String> = names.collect();
        Ok(self.talk.choose(title, &names)?.map(|place| modules[place].id.clone()))
    }
}
