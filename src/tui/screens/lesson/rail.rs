//! What stands beside a lesson in a wide window: the module, the sections, the words.

use super::Lesson;
use crate::prose::width::cut;
use crate::study::entry::Mark;
use crate::tui::row::Row;
use crate::tui::screen::View;
use crate::tui::screens::word;
use crate::tui::theme::Role;

/// How wide the rail is.
pub const WIDTH: u16 = 34;

/// The rail as rows.
pub fn rows(screen: &Lesson, view: &View) -> Vec<Row> {
    let theme = view.theme;
    let (text, muted) = (theme.text(Role::Text), theme.text(Role::Muted));
    let Some((module, lesson)) = view.course.lesson_outline(&screen.id) else { return Vec::new() };
    let room = usize::from(WIDTH);
    let mut rows =
        vec![Row::text(cut(&format!("{:02} {}", module.number, module.title), room), theme.bold(Role::Text))];
    rows.push(Row::new());
    for (number, other) in module.lessons.iter().enumerate() {
        let here = other.id == lesson.id;
        let sign = match (here, view.learner.has_read(&other.id)) {
            (true, _) => "▸",
            (false, true) => "✓",
            (false, false) => " ",
        };
        let style = if here { theme.bold(Role::Text) } else { muted };
        let title = cut(&other.title, room - 6);
        let sign_style = theme.text(if here { Role::Accent } else { Role::Correct });
        rows.push(Row::text(format!("{sign} "), sign_style).with(format!("{}  {title}", number + 1), style));
        if here {
            let sections = view.course.inside(&lesson.id).map_or(&[][..], |inside| &inside.sections);
            for (section, title) in sections.iter().enumerate() {
                let now = section + 1 == screen.section();
                let style = if now { text } else { muted };
                let sign = if now { "▸ " } else { "  " };
                let mark = Mark::Section { lesson: lesson.id.clone(), section: title.clone() };
                let mut row = Row::text(format!("     {sign}{}", cut(title, room - 10)), style);
                if view.learner.marks.contains(&mark) {
                    row = row.right("◆", theme.text(Role::Accent));
                }
                rows.push(row);
            }
        }
    }
    let words = view.course.lesson(&screen.id).map(|lesson| word::terms(&lesson.body)).unwrap_or_default();
    if !words.is_empty() {
        rows.extend([Row::new(), Row::text("Words here", theme.bold(Role::Text)).right("w", muted)]);
        let mut line = String::new();
        for word in words {
            let wide = crate::prose::width::columns(&line) + crate::prose::width::columns(&word) + 2;
            if !line.is_empty() && wide > room - 2 {
                rows.push(Row::text(format!("  {line},"), muted));
                line.clear();
            }
            if !line.is_empty() {
                line.push_str(", ");
            }
            line.push_str(&word);
        }
        rows.push(Row::text(format!("  {}", cut(&line, room - 2)), muted));
    }
    rows
}
