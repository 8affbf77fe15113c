//! Progress, in sentences.

use super::Guide;
use super::talk::End;
use crate::prose::plain::count;
use crate::study::learner::Work;
use crate::study::mastery;
use crate::study::moment::Day;
use crate::study::next;
use jiff::civil::Weekday;

impl Guide<'_> {
    pub(super) fn standing(&mut self) -> Result<(), End> {
        let lines = self.sentences();
        self.talk.say("")?;
        self.talk.say_all(&lines)
    }

    fn sentences(&self) -> Vec<String> {
        let learner = &self.learner;
        let outline = &self.course.outline;
        let total = outline.lessons().count();
        let read = outline.lessons().filter(|lesson| learner.has_read(&lesson.id)).count();
        let mut lines = vec![format!("Lessons read: {read} of {total}.")];
        if learner.answers == 0 {
            lines.push("Questions answered: none yet.".to_owned());
            return lines;
        }
        let percent = u64::from(learner.right) * 100 / u64::from(learner.answers);
        lines.push(format!("Questions answered: {}, {percent} percent of them right.", learner.answers));
        lines.extend(self.days());
        let certain = [("sure", learner.calibration[0]), ("unsure", learner.calibration[1])];
        for (name, (right, all)) in certain.into_iter().filter(|(_, (_, all))| *all > 0) {
            lines.push(format!("When you were {name}: {right} of {all} right."));
        }
        let table = mastery::Table::of(self.course, learner, self.now().today);
        for module in &outline.modules {
            let known = table.module(&module.id);
            let title = format!("{:02} {}", module.number, module.title);
            let (known, total, percent) = (known.known, known.total, known.percent());
            let mastered = if percent >= mastery::MASTERED_PERCENT { ", mastered" } else { "" };
            lines.push(format!("Module {title}: {known} of {total} questions known, {percent} percent{mastered}."));
        }
        if let Some((topic, known)) = next::weakest_topics(&table).first() {
            lines.push(format!("Least known: {}, {} percent.", topic.title, known.percent()));
        }
        lines
    }

    /// Today, the days of this week, the run of days.
    fn days(&self) -> Vec<String> {
        let today = self.now().today;
        let work = |day: Day| self.learner.days.get(&day).copied().unwrap_or_default();
        let Work { answers, right, lessons, took_ms } = work(today);
        let minutes = usize::try_from(took_ms / 60_000).unwrap_or(usize::MAX);
        let (answers, lessons) = (count(answers as usize, "answer"), count(lessons as usize, "lesson"));
        let mut lines = vec![format!("Today: {answers}, {right} right, {lessons} read, {}.", count(minutes, "minute"))];
        let week =
            (today.monday().0..=today.0).map(Day).map(|day| format!("{} {}", name(day.weekday()), work(day).answers));
        lines.push(format!("Answers this week: {}.", week.collect::<Vec<_>>().join(", ")));
        let (now, longest) = self.learner.runs(today);
        lines.push(format!("Days in a row: {now}; the longest run was {longest}."));
        lines
    }
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
