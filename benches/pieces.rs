//! How long the pieces take that a learner waits for. `cargo bench --bench pieces`

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may fail loudly")]

use divan::{Bencher, black_box};
use flaskdojo::builtin;
use flaskdojo::course::Course;
use flaskdojo::course::outline::{Inside, LessonOutline, ModuleOutline, Outline, QuestionOutline, Topic};
use flaskdojo::course::ready::Ready;
use flaskdojo::fault::Faults;
use flaskdojo::prose::{Block, Prose, Span, parse, plain, width};
use flaskdojo::question::shuffle::Shuffle;
use flaskdojo::study::search;
use flaskdojo::study::text::TextIndex;
#[path = "../tests/harness/mod.rs"]
mod harness;

use flaskdojo::tui::message::Size;
use harness::{PLAIN, Player};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::path::Path;
use std::sync::{Arc, LazyLock};

fn main() {
    // The syntaxes are read and compiled once in a process, by the first code that is highlighted.
    LazyLock::force(&LONGEST);
    divan::main();
}

/// The Markdown of the longest lesson of the built-in course.
static LONGEST: LazyLock<String> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let course = builtin::course();
    let modules = course.outline.modules.iter().map(|module| root.join(module.id.as_str()).join("lessons"));
    let files = modules.flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let body = |path| {
        let lesson: serde_yaml::Value = serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        lesson["body"].as_str().unwrap().to_owned()
    };
    let longest = files.map(body).max_by_key(String::len).unwrap();
    parse::blocks(&longest, &mut Faults::default());
    longest
});

/// Frames, without the terminal that shows them.
mod frame {
    use super::*;

    const SIZE: Size = Size { width: 100, height: 30 };

    /// From a decoded course to the first frame of the home screen.
    #[divan::bench]
    fn first(bencher: Bencher) {
        let course = Arc::new(builtin::course());
        let player = || Player::with(course.clone(), Vec::new(), SIZE, PLAIN);
        bencher.bench_local(|| player().buffer());
    }

    /// A page of a lesson, every cell of it new.
    #[divan::bench]
    fn whole_page(bencher: Bencher) {
        let mut player = Player::with(Arc::new(builtin::course()), Vec::new(), SIZE, PLAIN);
        player.keys("Enter");
        let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).unwrap();
        bencher.bench_local(|| {
            terminal.clear().unwrap();
            terminal.draw(|frame| player.app.view(frame)).unwrap();
        });
    }

    /// A key that turns the page of a lesson, and the frame after it.
    #[divan::bench]
    fn turn_a_page(bencher: Bencher) {
        let mut player = Player::with(Arc::new(builtin::course()), Vec::new(), SIZE, PLAIN);
        player.keys("Enter");
        let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).unwrap();
        let mut keys = ["Space", "b"].into_iter().cycle();
        bencher.bench_local(|| {
            player.keys(keys.next().unwrap_or("Space"));
            terminal.draw(|frame| player.app.view(frame)).unwrap();
        });
    }
}

mod start {
    use super::*;

    /// What every start does: decode the outline.
    #[divan::bench]
    fn unpack_the_outline() -> Course {
        builtin::course()
    }

    /// What entering a module costs once: inflate and decode its lessons and questions.
    #[divan::bench(args = 0..builtin::course().outline.modules.len())]
    fn unpack_a_module(bencher: Bencher, index: usize) {
        bencher.with_inputs(builtin::course).bench_refs(|course| {
            black_box(course.module(index));
        });
    }

    #[divan::bench]
    fn unpack_the_glossary(bencher: Bencher) {
        bencher.with_inputs(builtin::course).bench_refs(|course| {
            black_box(course.words());
        });
    }
}

mod lesson {
    use super::*;

    /// Markdown to blocks, the code in it highlighted: at build time, or with `--course`.
    #[divan::bench]
    fn parse_the_longest() -> Prose {
        parse::blocks(black_box(&LONGEST), &mut Faults::default())
    }

    /// All running text of a lesson to lines: what a resize costs at most.
    #[divan::bench(args = [40, 74])]
    fn wrap_the_longest(bencher: Bencher, columns: usize) {
        let prose = parse::blocks(&LONGEST, &mut Faults::default());
        let mut texts = Vec::new();
        running(&prose.0, &mut texts);
        bencher.bench(|| texts.iter().map(|text| width::wrap(text, black_box(columns)).len()).sum::<usize>());
    }

    #[divan::bench]
    fn write_the_longest_plainly(bencher: Bencher) {
        let prose = parse::blocks(&LONGEST, &mut Faults::default());
        bencher.bench(|| plain::lines(black_box(&prose), 78));
    }

    fn running<'a>(blocks: &'a [Block], texts: &mut Vec<&'a [Span]>) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) => texts.push(text),
                Block::List { items, .. } => items.iter().for_each(|item| running(&item.blocks, texts)),
                Block::Quote(body) | Block::Footnote { body, .. } => running(body, texts),
                Block::Callout { title, body, .. } => {
                    texts.push(title);
                    running(body, texts);
                }
                Block::Table { head, rows, .. } => {
                    texts.extend(head.iter().chain(rows.iter().flatten()).map(Vec::as_slice))
                }
                Block::Code(_) | Block::Check(_) | Block::Diagram(_) | Block::Steps(_) | Block::Rule => {}
            }
        }
    }
}

mod find {
    use super::*;

    const QUERIES: [&str; 6] = ["s", "session", "secret key", "what does a view", "sesion", "xyzzy"];

    #[divan::bench(args = QUERIES)]
    fn in_the_course(bencher: Bencher, query: &str) {
        let course = builtin::course();
        course.words();
        bencher.bench(|| search::search(&course, &[], black_box(query), 50));
    }

    /// The same in the texts of all lessons.
    #[divan::bench(args = QUERIES)]
    fn in_the_texts(bencher: Bencher, query: &str) {
        let course = builtin::course();
        course.words();
        let texts = TextIndex::of(&course);
        bencher.bench(|| texts.find(&course, black_box(query), 20));
    }

    /// What the first search waits for, on a thread of its own.
    #[divan::bench]
    fn index_of_the_texts(bencher: Bencher) {
        let course = builtin::course();
        bencher.bench(|| TextIndex::of(&course));
    }

    /// Twenty thousand questions, lessons and topics: far more than any course has.
    #[divan::bench(args = QUERIES)]
    fn among_20_000(bencher: Bencher, query: &str) {
        let course = large();
        bencher.bench(|| search::search(&course, &[], black_box(query), 50));
    }
}

/// A course of 20 000 things, its titles and prompts put together from words of the built-in one.
fn large() -> Course {
    let course = builtin::course();
    let prompts = course.all_questions().flat_map(|question| question.prompt.split_whitespace());
    let mut words: Vec<&str> = prompts.collect();
    let mut order = 0;
    let mut sentence = |length: usize| {
        order += 1;
        let start = (order * 7) % (words.len() - length);
        // Another order each time, and the same one in each run.
        Shuffle(order as u64).arrange(&mut words[start..start + length]);
        words[start..start + length].join(" ")
    };
    let topic = |number: usize| format!("topic-{}", number % 8);
    let modules = (0..20).map(|number| ModuleOutline {
        id: format!("{number:02}-module").as_str().into(),
        number,
        title: sentence(3),
        summary: sentence(9),
        needs: Vec::new(),
        topics: (0..8)
            .map(|at| Topic {
                id: topic(at).as_str().into(),
                title: sentence(2),
                asked: Default::default(),
                questions: 0,
                levels: [0; 4],
            })
            .collect(),
        lessons: (0..12)
            .map(|at| LessonOutline {
                id: format!("lesson-{number}-{at}").as_str().into(),
                was: Vec::new(),
                topic: topic(at).as_str().into(),
                title: sentence(6),
                minutes: 5,
            })
            .collect(),
        prompts: Vec::new(),
        labs: Vec::new(),
        xrays: Vec::new(),
        clinic: 0,
    });
    let outline = Outline { modules: modules.collect(), ..Outline::default() };
    let questions = (0..20).map(|number| {
        let question = |at: usize| QuestionOutline {
            id: format!("question-{number}-{at}").as_str().into(),
            was: Vec::new(),
            topic: topic(at).as_str().into(),
            level: 2,
            kind: "single".into(),
            prompt: sentence(14),
        };
        (0..980).map(question).collect()
    });
    let questions = questions.collect();
    let mut inside = |_| Inside { sections: (0..5).map(|_| sentence(4)).collect(), ..Inside::default() };
    let insides = (0..20).map(|_| (0..12).map(&mut inside).collect()).collect();
    Ready { questions, insides, ..Ready::default() }.course(outline)
}
