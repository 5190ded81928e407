//! `rpo-kept`

use super::suffered::kept;
use crate::analysis::measure::{Measure, Work};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;

/// How many promised data losses the simulation keeps.
pub static MEASURE: Measure = Measure {
    id: "rpo-kept",
    title: words("Data losses kept (RPO)", "Pertes de données tenues (RPO)"),
    explains: words(
        "Of the recovery point objectives that functions state for a disruption which can be simulated, the share that holds when every single thing of that kind is lost in turn.",
        "Parmi les pertes de données maximales énoncées pour une perturbation qui se simule, la part qui tient quand chaque chose de cette sorte est perdue tour à tour.",
    ),
    better: Some(Better::Higher),
    unit: "share",
    sources: &["ISO 22300:2021", "ISO 22301:2019, 8.2.2"],
    work_out: Work::Simulated(|view| kept(view, true)),
};
