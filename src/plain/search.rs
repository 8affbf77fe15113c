//! Finding things by words.

use super::Guide;
use super::talk::{End, Reply};
use crate::id::{LessonId, QuestionId, TopicId};
use crate::prose::plain::count;
use crate::study::entry::About;
use crate::study::search::{self, Hit, HitKind};
use crate::study::text::{TextHit, TextIndex};

/// More hits than this are no help when they are read aloud.
const HITS: usize = 12;
/// So many parts of lessons are told all the same.
const PARTS: usize = 4;

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
        let course = self.course;
        let texts = self.texts.get_or_insert_with(|| TextIndex::of(course));
        let mut hits = search::search(course, &[], words, HITS);
        let mut parts = texts.find(course, words, HITS.saturating_sub(hits.len()).max(PARTS));
        if hits.is_empty() && parts.is_empty() {
            let near = search::near(course, &[], words).or_else(|| texts.near(course, words));
            let Some(near) = near else { return self.talk.say(format!("Nothing was found for “{words}”.")) };
            hits = search::search(course, &[], &near, HITS);
            parts = texts.find(course, &near, HITS.saturating_sub(hits.len()).max(PARTS));
            self.talk.say(format!("Nothing was found for “{words}”. This is what there is for “{near}”."))?;
        }
        let titles = hits.iter().map(|hit| format!("{}: {}", name(hit.kind), hit.title));
        let names: Vec<String> = titles.chain(parts.iter().map(|part| self.part(part))).collect();
        match self.talk.choose(&format!("{}:", count(names.len(), "hit")), &names)? {
            Some(place) => match (hits.get(place), place.checked_sub(hits.len()).and_then(|place| parts.get(place))) {
                (Some(hit), _) => self.open(hit),
                (None, Some(part)) => self.lesson(&part.lesson),
                (None, None) => Ok(()),
            },
            None => Ok(()),
        }
    }

    /// A part of a lesson in words.
    fn part(&self, part: &TextHit) -> String {
        let title = self.course.lesson_outline(&part.lesson).map_or("", |(_, lesson)| lesson.title.as_str());
        match part.section.as_str() {
            "" => format!("In the lesson: {title}"),
            section => format!("In the lesson: {title}, part {section}"),
        }
    }

    /// Every word of the course, to hear what one means.
    pub(super) fn words(&mut self) -> Result<(), End> {
        let terms: Vec<String> = self.course.words().iter().map(|word| word.term.clone()).collect();
        if terms.is_empty() {
            return self.talk.say("This course has no words of its own.");
        }
        while let Some(place) = self.talk.choose("Which word:", &terms)? {
            self.word(&terms[place])?;
        }
        Ok(())
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
