//! A plan by day to the day of an interview, which says honestly when it can't be reached.

use super::learner::Learner;
use super::memory::due;
use super::moment::Day;
use super::today::Today;
use crate::course::Course;
use crate::course::outline::{Asked, LessonOutline};
use crate::id::LessonId;

/// A longer way than this is planned no further, in days.
const DAYS_MAX: usize = 366;
/// After how many days a new question comes again, as far as a plan can know.
const RETURNS: [usize; 3] = [2, 13, 59];

/// What to do until a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Each day, from today to the day before.
    pub days: Vec<Stint>,
    /// How many minutes are missing for all of it.
    pub missing_minutes: u32,
    /// Lessons that find no place.
    pub lessons_left: usize,
    /// New questions that find no place.
    pub questions_left: usize,
}

/// What to do on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Stint {
    /// Which.
    pub day: Day,
    /// Reviews, as far as they can be known.
    pub reviews: u32,
    /// Lessons to read.
    pub lessons: Vec<LessonId>,
    /// Questions never asked before.
    pub new: u32,
    /// How long it takes.
    pub minutes: u32,
}

impl Plan {
    /// Whether all of it can be done.
    pub fn fits(&self) -> bool {
        self.missing_minutes == 0
    }

    /// How many minutes a day it would take instead.
    pub fn minutes_needed(&self, minutes_a_day: u16) -> u32 {
        let days = u32::try_from(self.days.len()).unwrap_or(u32::MAX).max(1);
        u32::from(minutes_a_day) + self.missing_minutes.div_ceil(days)
    }
}

/// Plans the days before `until`: what is due first, then lessons that are not yet read, those of topics that interviews ask
/// most often first, then questions never asked. Modules that the learner showed to know are left out.
pub fn plan(course: &Course, learner: &Learner, today: Today, until: Day) -> Plan {
    let first = today.now.today;
    let length = usize::try_from(until.0.saturating_sub(first.0)).unwrap_or(0).min(DAYS_MAX);
    let seconds = learner.times.median_seconds();
    let minutes = |count: u32| (count * seconds).div_ceil(60);
    let mut falling: Vec<u32> = due::forecast(course, learner, today, length).iter().map(|load| load.falling).collect();
    let mut lessons = unread(course, learner).into_iter().peekable();
    let mut new = unasked(course, learner);
    let (mut waiting, mut days) = (0, Vec::with_capacity(length));
    let learnt = learner.days.get(&first).map_or(0, |work| work.took_ms / 60_000);
    for at in 0..length {
        let day = Day(first.0.saturating_add(i32::try_from(at).unwrap_or(i32::MAX)));
        let mut stint = Stint { day, reviews: 0, lessons: Vec::new(), new: 0, minutes: 0 };
        waiting += falling[at];
        let spent = if at == 0 { u32::try_from(learnt).unwrap_or(u32::MAX) } else { 0 };
        let budget = u32::from(today.aim.minutes_a_day).saturating_sub(spent);
        if due::is_away(learner, day) || budget == 0 {
            days.push(stint);
            continue;
        }
        stint.reviews = waiting.min(budget * 60 / seconds);
        waiting -= stint.reviews;
        stint.minutes = minutes(stint.reviews);
        // A lesson longer than what a day has is read on a day of its own.
        while let Some(lesson) = lessons.peek()
            && (stint.minutes + u32::from(lesson.minutes) <= budget || stint.minutes == 0)
        {
            stint.minutes += u32::from(lesson.minutes);
            stint.lessons.push(lesson.id.clone());
            lessons.next();
        }
        if lessons.peek().is_none() || !stint.lessons.is_empty() {
            stint.new = new.min(budget.saturating_sub(stint.minutes) * 60 / seconds);
            new -= stint.new;
            stint.minutes += minutes(stint.new);
            for after in RETURNS {
                if let Some(later) = falling.get_mut(at + after) {
                    *later += stint.new;
                }
            }
        }
        days.push(stint);
    }
    let left: Vec<&LessonOutline> = lessons.collect();
    let reading: u32 = left.iter().map(|lesson| u32::from(lesson.minutes)).sum();
    Plan {
        days,
        missing_minutes: reading + minutes(waiting + new),
        lessons_left: left.len(),
        questions_left: new as usize,
    }
}

/// Lessons not yet read, those of topics that interviews ask most often first.
fn unread<'a>(course: &'a Course, learner: &Learner) -> Vec<&'a LessonOutline> {
    let modules = course.outline.modules.iter().filter(|module| !learner.placed.contains(&module.id));
    let mut unread: Vec<(Asked, &LessonOutline)> = Vec::new();
    for module in modules {
        for lesson in module.lessons.iter().filter(|lesson| !learner.has_read(&lesson.id)) {
            let topic = module.topics.iter().find(|topic| topic.id == lesson.topic);
            unread.push((topic.map(|topic| topic.asked).unwrap_or_default(), lesson));
        }
    }
    unread.sort_by_key(|(asked, _)| std::cmp::Reverse(*asked));
    unread.into_iter().map(|(_, lesson)| lesson).collect()
}

/// How many questions were never asked.
fn unasked(course: &Course, learner: &Learner) -> u32 {
    let modules = || course.outline.modules.iter().filter(|module| !learner.placed.contains(&module.id));
    let all: usize = modules().map(|module| module.question_count()).sum();
    let asked = learner.questions.keys().filter_map(|id| course.place(id));
    let asked = asked.filter(|place| !learner.placed.contains(&course.outline.modules[place.module].id)).count();
    u32::try_from(all.saturating_sub(asked)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::answer::Verdict;
    use crate::study::sample;
    use crate::study::today::Aim;

    const QUESTIONS: &[sample::Question] = &[("a", 1, "flash"), ("b", 1, "flash"), ("c", 2, "flash")];

    fn course() -> Course {
        let topics: &[sample::OfTopic] =
            &[("rare", Asked::Rarely, QUESTIONS), ("asked", Asked::NearlyAlways, &[("d", 1, "flash")])];
        sample::course(&[("01-m", topics)])
    }

    fn today(minutes_a_day: u16) -> Today {
        Today { aim: Aim { minutes_a_day, ..Aim::default() }, ..sample::today(0) }
    }

    #[test]
    fn what_is_asked_most_is_read_first_and_all_finds_its_place() {
        let plan = plan(&course(), &Learner::default(), today(6), Day(4));
        let lessons: Vec<Vec<&str>> =
            plan.days.iter().map(|stint| stint.lessons.iter().map(LessonId::as_str).collect()).collect();
        assert_eq!(lessons, [vec!["lesson.asked"], vec!["lesson.rare"], vec![], vec![]]);
        assert_eq!(plan.days.iter().map(|stint| stint.new).sum::<u32>(), 4);
        assert!(plan.days.iter().all(|stint| stint.minutes <= 6));
        assert!(plan.days[2].reviews > 0, "new questions come again");
        assert!(plan.fits());
    }

    #[test]
    fn what_cannot_be_reached_is_said() {
        let plan = plan(&course(), &Learner::default(), today(5), Day(1));
        assert_eq!((plan.days.len(), plan.lessons_left, plan.questions_left), (1, 1, 4));
        assert_eq!((plan.missing_minutes, plan.fits(), plan.minutes_needed(5)), (7, false, 12));
        let never = super::plan(&course(), &Learner::default(), today(5), Day(-3));
        assert_eq!((never.days.len(), never.lessons_left), (0, 2));
    }

    #[test]
    fn what_is_read_known_or_due_counts() {
        let course = course();
        let mut learner = sample::learner(&course, &[(-9, "a", Verdict::Right), (-9, "b", Verdict::Right)]);
        let with = |learner: &Learner| super::plan(&course, learner, today(30), Day(2));
        assert_eq!((with(&learner).days[0].reviews, with(&learner).days[0].new), (1, 2));
        learner.placed.insert("01-m".into());
        let placed = with(&learner);
        assert_eq!((placed.days[0].new, placed.days[0].lessons.len()), (0, 0));
    }
}
