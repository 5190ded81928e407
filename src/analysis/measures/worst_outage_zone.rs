//! `worst-outage-zone`

use super::suffered::longest_outage;
use crate::analysis::measure::{Measure, Work};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::design::model::organisation::Disruption;

/// How long a function is out at worst when one zone fails.
pub static MEASURE: Measure = Measure {
    id: "worst-outage-zone",
    title: words("Worst outage when a zone fails", "Pire coupure quand une zone tombe"),
    explains: words(
        "Every zone is lost in turn, with all machines in it. The longest single outage that any function suffers counts: the time in which less than half of its requests are served. Simulated, with what fails doing so half way between two beats of every loop.",
        "Chaque zone est perdue tour à tour, avec toutes ses machines. La plus longue coupure que subit une fonction compte : le temps où moins de la moitié de ses requêtes est servie. Simulé, ce qui tombe le faisant à mi-chemin entre deux battements de chaque boucle.",
    ),
    better: Some(Better::Lower),
    unit: "s",
    sources: &["Kubernetes documentation, Nodes; Pod Lifecycle"],
    work_out: Work::Simulated(|view| longest_outage(view, Disruption::Zone)),
};
