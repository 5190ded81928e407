//! `findings-errors`

use super::findings::of_severity;
use crate::analysis::measure::{Measure, Work};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::source::Severity;

/// What fails in the review as one of its errors.
pub static MEASURE: Measure = Measure {
    id: "findings-errors",
    title: words("Findings: errors", "Constats : erreurs"),
    explains: words(
        "How many checks of the review fail with the severity error in the design’s context; what a waiver accepts is not counted.",
        "Combien de contrôles de la revue échouent avec la gravité « erreur » dans le contexte de la conception ; ce qu’une dérogation accepte n’est pas compté.",
    ),
    better: Some(Better::Lower),
    unit: "findings",
    sources: &[],
    work_out: Work::Design(|view| of_severity(view, Severity::Error)),
};
