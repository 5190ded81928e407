//! `worst-data-lost`

use super::suffered::worst;
use crate::analysis::measure::{Measure, Work};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::said;

/// How much data is lost at worst when any single thing fails.
pub static MEASURE: Measure = Measure {
    id: "worst-data-lost",
    title: words("Data lost in the worst single failure", "Données perdues dans la pire panne simple"),
    explains: words(
        "Every single thing is lost in turn; the most acknowledged writes that any function loses count, as seconds of writing. Simulated.",
        "Chaque chose est perdue tour à tour ; le plus d’écritures confirmées qu’une fonction perd compte, en secondes d’écriture. Simulé.",
    ),
    better: Some(Better::Lower),
    unit: "s",
    sources: &["ISO 22300:2021 (recovery point objective)"],
    work_out: Work::Simulated(|view| {
        worst(view, None, |outcome| outcome.data_lost_s.fixed, &said!("everything", "tout"))
    }),
};
