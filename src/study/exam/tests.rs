use super::*;
use crate::course::outline::Asked;
use crate::study::sample;

const ONE: &[sample::Question] =
    &[("a", 1, "single"), ("b", 1, "single"), ("c", 2, "single"), ("d", 2, "single"), ("card", 1, "flash")];
const TWO: &[sample::Question] = &[("e", 1, "single"), ("f", 2, "single"), ("g", 3, "single"), ("h", 4, "single")];

fn course() -> Course {
    sample::course(&[("01-one", &[("one", Asked::Rarely, ONE)]), ("02-two", &[("two", Asked::Rarely, TWO)])])
}

fn rules(questions: u16) -> Rules {
    Rules { questions, ..Rules::default() }
}

#[test]
fn a_seed_gives_everybody_the_same_paper_and_each_part_its_share() {
    let course = course();
    let mut papers = std::collections::BTreeSet::new();
    for seed in 0..40 {
        let plan = paper(&course, &rules(4), Seed(seed)).unwrap();
        assert_eq!(paper(&course, &rules(4), Seed(seed)), Some(plan.clone()));
        let modules = plan.questions.iter().map(|id| course.place(id).unwrap().module);
        let first = modules.filter(|module| *module == 0).count();
        assert!((1..=3).contains(&first), "{plan:?}");
        papers.insert(plan.questions.clone());
    }
    assert!(papers.len() > 20);
    assert_eq!(paper(&course, &rules(99), Seed(1)).unwrap().questions.len(), 8, "a card cannot be examined");
    let of_two = Rules { module: Some("02-two".into()), ..rules(99) };
    assert_eq!(paper(&course, &of_two, Seed(1)).unwrap().questions.len(), 4);
    assert_eq!(paper(&course, &Rules { module: Some("09-none".into()), ..rules(9) }, Seed(1)), None);
}

#[test]
fn answers_may_change_and_an_exam_that_was_left_goes_on() {
    let course = course();
    let plan = paper(&course, &rules(3), Seed(5)).unwrap();
    let mut exam = Exam::start(SessionId(1), plan.clone(), Seed(5), rules(3), Timestamp(1000));
    let write = |exam: &mut Exam, text: &str| exam.write(Answer::Typed(text.into()), 5).unwrap();
    write(&mut exam, "first");
    let event = write(&mut exam, "second");
    assert!(matches!(event, Event::Drafted { answer: Answer::Typed(text), .. } if text == "second"));
    exam.turn_to(2);
    exam.turn_to(99);
    exam.flag();
    assert_eq!((exam.at, exam.answered(), exam.sheets[0].took_ms, exam.sheets[2].flagged), (2, 1, 10, true));
    let session = crate::study::history::OpenSession { id: exam.id, plan, seed: exam.seed, answers: Vec::new() };
    let drafts = [(exam.sheets[0].question.clone(), Answer::Typed("second".into()))].into();
    let again = Exam::resume(&OpenExam { session, rules: rules(3), began: Timestamp(1000), drafts });
    assert_eq!((again.at, again.answered(), again.began), (1, 1, exam.began));
}

#[test]
fn time_runs_out_also_while_the_program_is_closed() {
    let plan = paper(&course(), &rules(3), Seed(5)).unwrap();
    let rules = Rules { minutes: 1, ..rules(3) };
    let exam = Exam::start(SessionId(1), plan, Seed(5), rules, Timestamp(1000));
    assert_eq!([1000, 31_000, 61_000, i64::MAX].map(|at| exam.left_ms(Timestamp(at))), [60_000, 30_000, 0, 0]);
    assert_eq!(exam.left_ms(Timestamp(0)), 60_000);
}
