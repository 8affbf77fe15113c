//! Finding things by a few letters of a few words, in any order.

use crate::course::Course;
use crate::fault::nearest;
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Its id; of a word of the glossary, the word.
    pub id: String,
    /// The id of its topic; empty where it has none.
    pub topic: String,
    /// What it is called; of a question, what it asks.
    pub title: String,
    /// How well it fits: more is better.
    pub score: u32,
    /// Which characters of the title were looked for, in order.
    pub matched: Vec<usize>,
}

/// What can be found, in the order in which equals are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitKind {
    /// A lesson, by its title and its headings.
    Lesson,
    /// A topic.
    Topic,
    /// A word of the glossary, in any of its spellings.
    Word,
    /// A question, by what it asks.
    Question,
    /// Something to do, which the caller knows of.
    Command,
}

impl HitKind {
    /// The word for it, as in `flaskdojo search --json`.
    pub fn name(self) -> &'static str {
        match self {
            HitKind::Lesson => "lesson",
            HitKind::Topic => "topic",
            HitKind::Word => "word",
            HitKind::Question => "question",
            HitKind::Command => "command",
        }
    }
}

/// Something to do that can be found beside the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command<'a> {
    /// What the caller knows it by.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Other words for it.
    pub also: &'a str,
}

/// What fits a query best, at most `limit`. Its words may stand in any order, and all of them must be found: as they are,
/// or, where a word stands nowhere, with letters left out. A query that begins with `>` finds commands only, one with `#` topics only. An empty query finds everything.
pub fn search(course: &Course, commands: &[Command], query: &str, limit: usize) -> Vec<Hit> {
    let (only, query) = match query.trim_start().split_at_checked(1) {
        Some((">", rest)) => (Some(HitKind::Command), rest),
        Some(("#", rest)) => (Some(HitKind::Topic), rest),
        _ => (None, query),
    };
    let mut finder = Finder::new(query);
    let mut found: Vec<(u32, Item)>;
    loop {
        let items = items(course, commands).filter(|item| only.is_none_or(|only| only == item.kind));
        found = items.filter_map(|item| Some((finder.score(&item)?, item))).collect();
        if !finder.loosen() {
            break;
        }
    }
    // The sort is stable, so that equals stay in the order of the course.
    found.sort_by_key(|(score, item)| (Reverse(*score), item.kind));
    found.truncate(limit);
    found.into_iter().map(|(score, item)| finder.hit(score, &item)).collect()
}

/// For a query that finds nothing: the same query with each word that occurs nowhere replaced by the nearest that does.
/// `None` where none is near, or where that finds nothing either.
pub fn near(course: &Course, commands: &[Command], query: &str) -> Option<String> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for item in items(course, commands) {
        for text in std::iter::once(item.title).chain(item.parts.iter()) {
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| word.chars().count() > 2);
            known.extend(words.map(str::to_lowercase));
        }
    }
    let words = query.split_whitespace().map(|word| {
        let found = !search(course, commands, word, 1).is_empty();
        if found { Some(word) } else { nearest(word, known.iter().map(String::as_str)) }
    });
    let query = words.collect::<Option<Vec<_>>>()?.join(" ");
    (!query.is_empty() && !search(course, commands, &query, 1).is_empty()).then_some(query)
}

/// Something that can be found.
struct Item<'a> {
    kind: HitKind,
    id: &'a str,
    topic: &'a str,
    title: &'a str,
    parts: Parts<'a>,
    /// The title of its topic: it helps, but is not enough.
    about: &'a str,
}

/// Other texts by which an item is found.
#[derive(Clone, Copy)]
enum Parts<'a> {
    Many(&'a [String]),
    One(&'a str),
    None,
}

impl<'a> Parts<'a> {
    fn iter(self) -> impl Iterator<Item = &'a str> {
        let (many, one) = match self {
            Parts::Many(many) => (many, None),
            Parts::One(one) => (&[][..], Some(one)),
            Parts::None => (&[][..], None),
        };
        many.iter().map(String::as_str).chain(one)
    }
}

fn items<'a>(course: &'a Course, commands: &'a [Command<'a>]) -> impl Iterator<Item = Item<'a>> {
    let lessons_and_questions = course.outline.modules.iter().enumerate().flat_map(|(m, module)| {
        let about =
            |topic: &str| module.topics.iter().find(|each| each.id.as_str() == topic).map_or("", |each| &each.title);
        let lessons = module.lessons.iter().zip(course.insides(m)).map(move |(lesson, inside)| Item {
            kind: HitKind::Lesson,
            id: lesson.id.as_str(),
            topic: lesson.topic.as_str(),
            title: &lesson.title,
            parts: Parts::Many(&inside.sections),
            about: about(lesson.topic.as_str()),
        });
        let questions = course.questions(m).iter().map(move |question| Item {
            kind: HitKind::Question,
            id: question.id.as_str(),
            topic: question.topic.as_str(),
            title: &question.prompt,
            parts: Parts::None,
            about: about(question.topic.as_str()),
        });
        let topics = module.topics.iter().map(|topic| Item {
            kind: HitKind::Topic,
            id: topic.id.as_str(),
            topic: topic.id.as_str(),
            title: &topic.title,
            parts: Parts::None,
            about: &module.title,
        });
        topics.chain(lessons).chain(questions)
    });
    let words = course.words().iter().map(|word| Item {
        kind: HitKind::Word,
        id: &word.term,
        topic: "",
        title: &word.term,
        parts: Parts::Many(&word.also),
        about: "",
    });
    let commands = commands.iter().map(|command| Item {
        kind: HitKind::Command,
        id: command.id,
        topic: "",
        title: command.title,
        parts: Parts::One(command.also),
        about: "",
    });
    lessons_and_questions.chain(words).chain(commands)
}

/// A query, taken apart.
struct Finder {
    words: Vec<Sought>,
    matcher: Matcher,
    /// The characters of a text that is not plain ASCII.
    chars: Vec<char>,
}

impl Finder {
    fn new(query: &str) -> Finder {
        let words = query.split_whitespace().map(|word| Sought::new(word, AtomKind::Substring)).collect();
        Finder { words, matcher: Matcher::new(Config::DEFAULT), chars: Vec::new() }
    }

    /// Looks from now on with letters left out for the words that were found nowhere. Whether there were such words.
    fn loosen(&mut self) -> bool {
        let mut loosened = false;
        for word in self.words.iter_mut().filter(|word| !word.seen && word.atom.kind == AtomKind::Substring) {
            *word = Sought::new(&word.text, AtomKind::Fuzzy);
            loosened = true;
        }
        loosened
    }

    /// How well an item fits; `None` where a word is missing.
    fn score(&mut self, item: &Item) -> Option<u32> {
        let Finder { words, matcher, chars } = self;
        let (mut total, mut in_titles) = (0, 0);
        let mut own = words.is_empty();
        for word in words {
            let title = word.score(item.title, matcher, chars);
            let parts = item.parts.iter().filter_map(|text| word.score(text, matcher, chars)).max();
            own |= title.is_some() || parts.is_some();
            in_titles += title.map_or(0, |_| word.length);
            let best = title.max(parts.map(|score| score * 3 / 4));
            total += best.or_else(|| word.score_about(item.about, matcher, chars))?;
            word.seen = true;
        }
        // Of two titles with the same words in them, the shorter one is more about them.
        let whole = u32::try_from(item.title.len()).unwrap_or(u32::MAX).max(1);
        own.then_some(total + (in_titles.saturating_mul(LETTER) / whole).min(LETTER))
    }

    fn hit(&mut self, score: u32, item: &Item) -> Hit {
        let mut matched = Vec::new();
        for word in &self.words {
            word.places(item.title, &mut self.matcher, &mut self.chars, &mut matched);
        }
        matched.sort_unstable();
        matched.dedup();
        let (id, topic, title) = (item.id.to_owned(), item.topic.to_owned(), item.title.to_owned());
        Hit { kind: item.kind, id, topic, title, score, matched }
    }
}

/// What the matcher counts for each letter. A gap costs at least 3; the beginnings of words and neighbours earn more.
const LETTER: u32 = 16;
/// How much farther than its length a word may be spread where letters are left out: enough for `cfg` in "config" and
/// `msgs` in "messages", and for a slip in a longer word, but not for "sessoin" in "session isn't".
fn reach(letters: usize) -> usize {
    if letters < 5 { 6 } else { 3 }
}

/// One word of a query.
struct Sought {
    text: String,
    atom: Atom,
    length: u32,
    /// Whether it was found in any item that has the words before it.
    seen: bool,
}

impl Sought {
    fn new(text: &str, kind: AtomKind) -> Sought {
        let atom = Atom::new(text, CaseMatching::Ignore, Normalization::Smart, kind, false);
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Sought { text: text.to_owned(), atom, length, seen: false }
    }

    fn score(&self, text: &str, matcher: &mut Matcher, chars: &mut Vec<char>) -> Option<u32> {
        if self.atom.kind == AtomKind::Substring {
            if text.is_ascii() && self.text.is_ascii() && !may_hold(self.text.as_bytes(), text.as_bytes()) {
                return None;
            }
            return self.atom.score(Utf32Str::new(text, chars), matcher).map(u32::from);
        }
        let scores = self.windows(text).filter_map(|(start, end)| {
            let score = u32::from(self.atom.score(Utf32Str::new(&text[start..end], chars), matcher)?);
            // Letters that are too scattered are chance.
            (score >= self.length.saturating_mul(LETTER)).then_some(score)
        });
        scores.max()
    }

    /// The same for the title of an item's topic. It is a help for words that are spelt out.
    fn score_about(&self, text: &str, matcher: &mut Matcher, chars: &mut Vec<char>) -> Option<u32> {
        let whole = self.atom.kind == AtomKind::Substring;
        whole.then(|| self.score(text, matcher, chars)).flatten().map(|score| score / 2)
    }

    /// Adds which characters of the text are those of the word.
    fn places(&self, text: &str, matcher: &mut Matcher, chars: &mut Vec<char>, places: &mut Vec<usize>) {
        let mut best: Option<(u32, usize, Vec<u32>)> = None;
        for (start, end) in self.windows(text) {
            let mut found = Vec::new();
            let score = self.atom.indices(Utf32Str::new(&text[start..end], chars), matcher, &mut found).map(u32::from);
            let Some(score) = score.filter(|score| *score >= self.length.saturating_mul(LETTER)) else { continue };
            if best.as_ref().is_none_or(|(most, _, _)| score > *most) {
                best = Some((score, text[..start].chars().count(), found));
            }
        }
        if let Some((_, before, found)) = best {
            places.extend(found.into_iter().map(|place| before + place as usize));
        }
    }

    /// The parts of a text to look at. With letters left out, a word is looked for where a word begins as it does, and not
    /// much farther than it is long: that is quick, and what lies farther apart is chance.
    fn windows<'s>(&'s self, text: &'s str) -> impl Iterator<Item = (usize, usize)> + use<'s> {
        let whole = self.atom.kind == AtomKind::Substring || !self.text.is_ascii();
        let word = self.text.as_bytes();
        let bytes = text.as_bytes();
        let starts_here = move |at: usize| {
            bytes[at].eq_ignore_ascii_case(&word[0]) && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
        };
        let last = match whole {
            true => 1,
            false if begins(word[0], bytes) => bytes.len(),
            false => 0,
        };
        let starts = (0..last).filter(move |at| whole || starts_here(*at));
        starts.filter_map(move |start| {
            let mut end = if whole { text.len() } else { text.len().min(start + word.len() + reach(word.len())) };
            while !text.is_char_boundary(end) {
                end += 1;
            }
            (whole || follow(word, &bytes[start..end])).then_some((start, end))
        })
    }
}

/// Whether a word may stand in a text: its first two letters do, side by side. The matcher finds out as well, but takes
/// ten times as long for it; without a way out of the loop, many letters are compared at once.
fn may_hold(word: &[u8], text: &[u8]) -> bool {
    let [first, second, ..] = word else { return true };
    let (first, second) = (first.to_ascii_lowercase(), second.to_ascii_lowercase());
    let pairs = text.iter().zip(text.iter().skip(1));
    pairs.fold(false, |found, (x, y)| found | ((x.to_ascii_lowercase() == first) & (y.to_ascii_lowercase() == second)))
}

/// Whether any word of a text begins with a letter, checked in the same way.
fn begins(first: u8, text: &[u8]) -> bool {
    let first = first.to_ascii_lowercase();
    let start = text.first().is_some_and(|byte| byte.to_ascii_lowercase() == first);
    let pairs = text.iter().zip(text.iter().skip(1));
    pairs.fold(start, |found, (x, y)| found | (!x.is_ascii_alphanumeric() & (y.to_ascii_lowercase() == first)))
}

/// Whether all letters of a word come in a text, in their order. This too is only quicker than the matcher.
fn follow(word: &[u8], text: &[u8]) -> bool {
    let mut left = word.iter();
    let mut next = left.next();
    for byte in text {
        match next {
            Some(letter) if letter.eq_ignore_ascii_case(byte) => next = left.next(),
            Some(_) => {}
            None => return true,
        }
    }
    next.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::outline::{Inside, LessonOutline, ModuleOutline, Outline, QuestionOutline, Topic, Word};
    use crate::course::ready::Ready;

    fn course() -> Course {
        let topic = |id: &str, title: &str| Topic {
            id: id.into(),
            title: title.into(),
            asked: Default::default(),
            questions: 1,
            levels: [0; 4],
        };
        let lesson = |id: &str, topic: &str, title: &str| LessonOutline {
            id: id.into(),
            was: Vec::new(),
            topic: topic.into(),
            title: title.into(),
            minutes: 5,
        };
        let inside = |section: &str| Inside { sections: vec![section.into()], ..Inside::default() };
        let question = |id: &str, topic: &str, prompt: &str| QuestionOutline {
            id: id.into(),
            was: Vec::new(),
            topic: topic.into(),
            level: 1,
            kind: "single".into(),
            prompt: prompt.into(),
        };
        let module = ModuleOutline {
            id: "07-sessions".into(),
            number: 7,
            title: "Cookies and sessions".into(),
            summary: String::new(),
            needs: Vec::new(),
            topics: vec![topic("session", "The session"), topic("flashing", "Flashing")],
            lessons: vec![
                lesson("s.signed", "session", "The session is signed, not secret"),
                lesson("f.once", "flashing", "Messages that are shown once"),
            ],
            prompts: Vec::new(),
            labs: Vec::new(),
            xrays: Vec::new(),
            clinic: 0,
        };
        let questions = vec![
            question("s.reader", "session", "Who can read a signed session cookie?"),
            question("f.twice", "flashing", "Signed or not, who shows a message twice if the session isn't there?"),
        ];
        let insides = vec![inside("Who can read it"), inside("Categories")];
        let also = vec!["session cookie".to_owned()];
        let words = vec![Word { term: "signed session".into(), also, text: Default::default(), see: Vec::new() }];
        let parts = Ready { questions: vec![questions], insides: vec![insides], words, ..Ready::default() };
        parts.course(Outline { modules: vec![module], ..Outline::default() })
    }

    const QUIT: Command = Command { id: "quit", title: "Quit", also: "leave exit" };

    fn ids(query: &str) -> Vec<String> {
        search(&course(), &[QUIT], query, 9).into_iter().map(|hit| hit.id).collect()
    }

    #[test]
    fn words_are_found_in_any_order_in_titles_and_headings() {
        assert_eq!(ids("signed session"), ids("SESSION signed"));
        assert_eq!(ids("secret"), ["s.signed"]);
        assert_eq!(ids("categories"), ["f.once"]);
        assert_eq!(ids("leave"), ["quit"]);
        assert_eq!(ids("secret categories"), [""; 0]);
    }

    #[test]
    fn a_topic_helps_but_is_not_enough() {
        assert_eq!(ids("flashing"), ["flashing"]);
        assert_eq!(ids("flashing twice"), ["f.twice"]);
    }

    #[test]
    fn lessons_come_before_questions_that_fit_as_well() {
        let hits = search(&course(), &[], "read", 9);
        assert_eq!(hits.iter().map(|hit| hit.kind).collect::<Vec<_>>(), [HitKind::Question, HitKind::Lesson]);
        let hits = search(&course(), &[], "signed", 9);
        let kinds: Vec<_> = hits.iter().map(|hit| hit.kind).collect();
        assert_eq!(kinds, [HitKind::Word, HitKind::Lesson, HitKind::Question, HitKind::Question]);
    }

    #[test]
    fn letters_may_be_missing_where_a_word_stands_nowhere() {
        assert_eq!(ids("sesion"), ids("session"));
        assert_eq!(ids("msgs once"), ["f.once"]);
        assert_eq!(ids("qqq"), [""; 0]);
    }

    #[test]
    fn the_letters_that_were_looked_for_are_told() {
        let hits = search(&course(), &[], "not sign", 1);
        let title: Vec<char> = hits[0].title.chars().collect();
        assert_eq!(hits[0].matched.iter().map(|at| title[*at]).collect::<String>(), "signnot");
    }

    #[test]
    fn a_first_sign_narrows_the_search() {
        assert_eq!(ids(">"), ["quit"]);
        assert_eq!(ids("#ses"), ["session"]);
        assert_eq!(ids("").len(), 8);
    }

    #[test]
    fn a_near_query_is_offered() {
        assert_eq!(near(&course(), &[], "sessoin singed").as_deref(), Some("session signed"));
        assert_eq!(near(&course(), &[], "xyzzy"), None);
    }
}
