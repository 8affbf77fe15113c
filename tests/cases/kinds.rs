//! A question, and answers with the verdict and the remark that they must get.

use flaskdojo::content::question;
use flaskdojo::fault::Faults;
use flaskdojo::id::OptionId;
use flaskdojo::prose::plain;
use flaskdojo::question::answer::{Answer, Verdict};
use flaskdojo::question::form::Form;
use flaskdojo::question::shuffle::Shuffle;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    question: serde_yaml::Value,
    form: String,
    key: Vec<String>,
    trials: Vec<String>,
    mutants: Vec<String>,
    answers: Vec<Given>,
}

/// An answer, and what must come of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    answer: Answer,
    verdict: Verdict,
    /// What the remarks about what was picked or typed say, sorted.
    #[serde(default)]
    remarks: Vec<String>,
    /// What is said when it misses by little.
    #[serde(default)]
    near: Option<String>,
    /// The key that is told, where it is another one than usual.
    #[serde(default)]
    key: Option<Vec<String>>,
}

pub fn check(path: &Path, text: String) -> datatest_stable::Result<()> {
    let case: Case = serde_yaml::from_str(&text)?;
    let mut faults = Faults::default();
    let question = question::check(case.question, &mut faults);
    let found = faults.into_found();
    assert!(found.is_empty(), "{}: {found:?}", path.display());
    let question = question.ok_or("no question and no fault")?;
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with(question.kind.name()), "the file is named after its kind");

    let about = |trials: Vec<flaskdojo::question::trial::Trial>| -> Vec<String> {
        trials.into_iter().map(|trial| format!("{}: {:?}", trial.about, trial.expect)).collect()
    };
    assert_eq!(about(question.kind.trials()), case.trials);
    assert_eq!(about(question.kind.mutants()), case.mutants);

    // Whatever the order, the grade is the same, and there is a remark for each option in the form's order.
    for order in (0..5).map(Shuffle) {
        let form = question.kind.form(order);
        assert_eq!(name_of(&form), case.form);
        for given in &case.answers {
            let grade = question.kind.grade(&given.answer, order);
            assert_eq!(grade.verdict, given.verdict, "{:?}", given.answer);
            assert_eq!(question.kind.near(&given.answer), given.near, "{:?}", given.answer);
            let mut key: Vec<String> = grade.key.iter().map(|label| label.plain()).collect();
            if matches!(form, Form::Choose(_)) {
                key.sort();
            }
            assert_eq!(&key, given.key.as_ref().unwrap_or(&case.key), "{:?}", given.answer);
            if let Some(shown) = parts(&form) {
                let told: Vec<Option<&OptionId>> = grade.remarks.iter().map(|remark| remark.option()).collect();
                assert_eq!(told, shown);
            }
            let mut said: Vec<String> = grade
                .remarks
                .iter()
                .filter(|remark| remark.chosen)
                .map(|remark| {
                    format!("{}{}", if remark.is_key { "key: " } else { "" }, plain::lines(&remark.why, 78).join(" "))
                })
                .collect();
            said.sort();
            assert_eq!(said, given.remarks, "{:?}", given.answer);
        }
    }
    Ok(())
}

/// The parts of a form, each of which is remarked on.
fn parts(form: &Form) -> Option<Vec<Option<&OptionId>>> {
    let choices = match form {
        Form::Choose(choose) => &choose.options,
        Form::Arrange(steps) => steps,
        Form::Pair(pair) => &pair.left,
        Form::Type(_) | Form::Point(_) | Form::Recall(_) => return None,
    };
    Some(choices.iter().map(|choice| Some(&choice.id)).collect())
}

fn name_of(form: &Form) -> &'static str {
    match form {
        Form::Choose(choose) => match (choose.many, choose.or_type) {
            (false, false) => "choose one",
            (false, true) => "choose one or type",
            (true, false) => "choose any",
            (true, true) => "choose any or type",
        },
        Form::Type(_) => "type",
        Form::Arrange(_) => "arrange",
        Form::Pair(_) => "pair",
        Form::Point(_) => "point",
        Form::Recall(_) => "recall",
    }
}
