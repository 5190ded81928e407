//! `worst-outage-software`

use super::suffered::longest_outage;
use crate::analysis::measure::{Measure, Work};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::design::model::organisation::Disruption;

/// How long a function is out at worst when one process fails.
pub static MEASURE: Measure = Measure {
    id: "worst-outage-software",
    title: words("Worst outage when a process fails", "Pire coupure quand un processus tombe"),
    explains: words(
        "Every pod, member and process is lost in turn. The longest single outage that any function suffers counts: the time in which less than half of its requests are served. Simulated, with what fails doing so half way between two beats of every loop.",
        "Chaque pod, membre et processus est perdu tour à tour. La plus longue coupure que subit une fonction compte : le temps où moins de la moitié de ses requêtes est servie. Simulé, ce qui tombe le faisant à mi-chemin entre deux battements de chaque boucle.",
    ),
    better: Some(Better::Lower),
    unit: "s",
    sources: &["Kubernetes documentation, Nodes; Pod Lifecycle"],
    work_out: Work::Simulated(|view| longest_outage(view, Disruption::Software)),
};
