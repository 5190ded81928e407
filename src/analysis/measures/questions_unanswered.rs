//! `questions-unanswered`

use super::findings::tally;
use crate::analysis::measure::{Measure, Work};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::source::State;

/// What the review asks and the design does not say.
pub static MEASURE: Measure = Measure {
    id: "questions-unanswered",
    title: words("Questions unanswered", "Questions sans réponse"),
    explains: words(
        "How many checks of the review end without an answer because the design does not say. Silence is not a pass: each is something that nobody may know.",
        "Combien de contrôles de la revue restent sans réponse parce que la conception ne dit rien. Le silence n’est pas une réussite : chacun est une chose que personne ne sait peut-être.",
    ),
    better: Some(Better::Lower),
    unit: "questions",
    sources: &[],
    work_out: Work::Design(|view| tally(view, |finding| finding.state == State::Unanswered)),
};
