//! Finding things by words.

use super::Guide;
use super::talk::{End, Reply};
use crate::id::{LessonId, QuestionId, TopicId};
use crate::prose::plain::count;
use crate::study::entry::About;
use crate::study::search::{self, Hit, HitKind};

/// More hits than this are no help when they are read aloud.
const HITS: usize = 12;

impl Guide<'_> {
    pub(super) fn search(&mut self) -> Result<(), End> {
        let help =
            "Type parts of words, in any order. Lessons, topics, questions and words of the glossary are searched.";
        match self.talk.ask("Search for (b back): ", help)? {
            Reply::Enter | Reply::Back => Ok(()),
            Reply::Text(words) => self.find(&words),
        }
    }

    fn find(&mut self, words: &str) -> Result<(), End> {
        let mut hits = search::search(self.course, &[], words, HITS);
        if hits.is_empty() {
            let near = search::near(self.course, &[], words);
            let Some(near) = near else { return self.talk.say(format!("Nothing was found for “{words}”.")) };
            self.talk.say(format!("Nothing was found for “{words}”. This is what there is for “{near}”."))?;
            hits = search::search(self.course, &[], &near, HITS);
        }
        let names: Vec<String> = hits.iter().map(|hit| format!("{}: {}", name(hit.kind), hit.title)).collect();
        match self.talk.choose(&format!("{}:", count(hits.len(), "hit")), &names)? {
            Some(place) => self.open(&hits[place]),
            None => Ok(()),
        }
    }

    fn open(&mut self, hit: &Hit) -> Result<(), End> {
        match hit.kind {
            HitKind::Lesson => self.lesson(&LessonId::from(hit.id.as_str())),
            HitKind::Topic => self.drill(About::Topic(TopicId::from(hit.id.as_str()))),
            HitKind::Question => self.drill(About::Single(QuestionId::from(hit.id.as_str()))),
            HitKind::Word => self.word(&hit.id),
            // No commands are searched here.
            HitKind::Command => Ok(()),
        }
    }

    fn word(&mut self, term: &str) -> Result<(), End> {
        let course = self.course;
        let Some(word) = course.word(term) else { return Ok(()) };
        self.talk.say_labelled(&word.term, &word.text)?;
        if !word.also.is_empty() {
            self.talk.say(format!("Also called: {}.", word.also.join(", ")))?;
        }
        if !word.see.is_empty() {
            self.talk.say(format!("See also: {}.", word.see.join(", ")))?;
        }
        Ok(())
    }
}

fn name(kind: HitKind) -> &'static str {
    match kind {
        HitKind::Lesson => "Lesson",
        HitKind::Topic => "Practise",
        HitKind::Word => "Word",
        HitKind::Question => "Question",
        HitKind::Command => "Command",
    }
}
