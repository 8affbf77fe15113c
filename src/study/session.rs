//! A session of questions as a state machine that replays exactly: the same plan, seed and verdicts give the same
//! questions in the same order.

use super::entry::{Plan, SessionId};
use super::seed::Seed;
use crate::id::QuestionId;
use crate::question::answer::Verdict;
use crate::question::shuffle::Shuffle;
use std::collections::VecDeque;

/// How many other questions come before a missed one returns, when there are that many.
const RETURNS_AFTER: usize = 3;
/// How often a question is asked in one session at most.
pub const ROUNDS_MAX: u8 = 3;

/// A session of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its name.
    pub id: SessionId,
    /// What it asks.
    pub plan: Plan,
    /// Where its draws come from.
    pub seed: Seed,
    queue: VecDeque<Asked>,
    done: Vec<Done>,
}

/// A question that is being asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which.
    pub question: QuestionId,
    /// How often it was asked before in this session.
    pub round: u8,
}

/// A question that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was asked.
    pub asked: Asked,
    /// How it went.
    pub verdict: Verdict,
}

impl Session {
    /// A new session.
    pub fn start(id: SessionId, plan: Plan, seed: Seed) -> Session {
        let queue = plan.questions.iter().map(|question| Asked { question: question.clone(), round: 0 }).collect();
        Session { id, plan, seed, queue, done: Vec::new() }
    }

    /// A session as it was after these answers, each with the question that it was given to. What was left out meanwhile
    /// stands behind what was asked, as it did then.
    pub fn resume<'a>(
        id: SessionId,
        plan: Plan,
        seed: Seed,
        answers: impl IntoIterator<Item = (&'a QuestionId, Verdict)>,
    ) -> Session {
        let mut session = Session::start(id, plan, seed);
        for (question, verdict) in answers {
            let Some(place) = session.queue.iter().position(|asked| asked.question == *question) else { continue };
            session.queue.rotate_left(place);
            session.answered(verdict);
        }
        session
    }

    /// What is asked now; `None` when the session is over.
    pub fn asked(&self) -> Option<&Asked> {
        self.queue.front()
    }

    /// The order of the options of what is asked now.
    pub fn order(&self) -> Shuffle {
        self.asked().map_or(Shuffle(0), |asked| self.seed.order(&asked.question, asked.round))
    }

    /// Takes the verdict on what is asked now and goes on. What was not right returns, up to [`ROUNDS_MAX`] times.
    pub fn answered(&mut self, verdict: Verdict) {
        let Some(asked) = self.queue.pop_front() else { return };
        if self.returns(&asked, verdict) {
            let again = Asked { question: asked.question.clone(), round: asked.round + 1 };
            self.queue.insert(RETURNS_AFTER.min(self.queue.len()), again);
        }
        self.done.push(Done { asked, verdict });
    }

    /// Leaves out what is asked now: it comes last, in the same round.
    pub fn skip(&mut self) {
        if let Some(asked) = self.queue.pop_front() {
            self.queue.push_back(asked);
        }
    }

    /// Takes back the last answer: its question is asked again, in the same round. What was left out meanwhile stands behind
    /// what was asked.
    pub fn undo(&mut self) -> Option<QuestionId> {
        let last = self.done.pop()?.asked.question;
        let answers = self.done.iter().map(|done| (&done.asked.question, done.verdict));
        *self = Session::resume(self.id, self.plan.clone(), self.seed, answers);
        if let Some(place) = self.queue.iter().position(|asked| asked.question == last) {
            self.queue.rotate_left(place);
        }
        Some(last)
    }

    /// Everything answered so far, in order.
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// How many questions of the plan are settled (right, or asked as often as they will be), and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.plan.questions.len() - self.open_questions(), self.plan.questions.len())
    }

    /// How many different questions were met so far; with what is asked now, unless only the last answer is being told.
    pub fn met(&self, telling: bool) -> usize {
        let told = self.done.iter().map(|done| &done.asked.question);
        let now = self.asked().filter(|_| !telling).map(|asked| &asked.question);
        told.chain(now).collect::<std::collections::HashSet<_>>().len()
    }

    /// Whether the last answer brings its question back later.
    pub fn last_returns(&self) -> bool {
        self.done.last().is_some_and(|done| self.returns(&done.asked, done.verdict))
    }

    /// Whether a question comes again after this verdict. One that the learner looked up is asked once.
    fn returns(&self, asked: &Asked, verdict: Verdict) -> bool {
        verdict != Verdict::Right && asked.round + 1 < ROUNDS_MAX && !self.plan.about_single()
    }

    fn open_questions(&self) -> usize {
        self.queue.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::entry::About;

    fn session(questions: &[&str]) -> Session {
        let questions = questions.iter().map(|id| QuestionId::from(*id)).collect();
        Session::start(SessionId(1), Plan { about: About::Mixed, questions }, Seed(7))
    }

    fn asked(session: &Session) -> &str {
        session.asked().map_or("", |asked| asked.question.as_str())
    }

    #[test]
    fn a_missed_question_returns_after_three_others() {
        let mut session = session(&["a", "b", "c", "d", "e"]);
        session.answered(Verdict::Wrong);
        let mut order = Vec::new();
        while session.asked().is_some() {
            order.push(asked(&session).to_owned());
            session.answered(Verdict::Right);
        }
        assert_eq!(order, ["b", "c", "d", "a", "e"]);
        assert_eq!(session.progress(), (5, 5));
    }

    #[test]
    fn a_question_is_asked_three_times_at_most() {
        let mut session = session(&["a"]);
        for _ in 0..3 {
            assert_eq!(asked(&session), "a");
            session.answered(Verdict::Wrong);
        }
        assert_eq!(session.asked(), None);
    }

    #[test]
    fn it_returns_with_its_options_in_an_order_of_its_own() {
        let seed = Seed(7);
        assert_ne!(seed.order(&"a".into(), 0), seed.order(&"a".into(), 1));
        assert_ne!(seed.order(&"a".into(), 0), seed.order(&"b".into(), 0));
    }

    #[test]
    fn an_answer_taken_back_is_asked_again() {
        let mut session = session(&["a", "b", "c"]);
        session.answered(Verdict::Right);
        let before = session.clone();
        session.answered(Verdict::Wrong);
        assert_eq!(session.undo(), Some("b".into()));
        assert_eq!(session, before);
        assert_eq!((session.undo(), session.undo()), (Some("a".into()), None));
        assert_eq!(asked(&session), "a");
    }

    #[test]
    fn a_resumed_session_is_the_session() {
        let mut session = session(&["a", "b", "c"]);
        session.answered(Verdict::Wrong);
        session.skip();
        session.answered(Verdict::Right);
        let answers: Vec<_> = session.done().iter().map(|done| (done.asked.question.clone(), done.verdict)).collect();
        let answers = answers.iter().map(|(question, verdict)| (question, *verdict));
        let again = Session::resume(session.id, session.plan.clone(), session.seed, answers);
        assert_eq!(again, session);
    }
}
