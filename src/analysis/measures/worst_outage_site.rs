//! `worst-outage-site`

use super::suffered::longest_outage;
use crate::analysis::measure::{Measure, Work};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::design::model::organisation::Disruption;

/// How long a function is out at worst when one site fails.
pub static MEASURE: Measure = Measure {
    id: "worst-outage-site",
    title: words("Worst outage when a site fails", "Pire coupure quand un site tombe"),
    explains: words(
        "Every site is lost in turn, with all machines in it. The longest single outage that any function suffers counts: the time in which less than half of its requests are served. Simulated, with what fails doing so half way between two beats of every loop.",
        "Chaque site est perdu tour à tour, avec toutes ses machines. La plus longue coupure que subit une fonction compte : le temps où moins de la moitié de ses requêtes est servie. Simulé, ce qui tombe le faisant à mi-chemin entre deux battements de chaque boucle.",
    ),
    better: Some(Better::Lower),
    unit: "s",
    sources: &["Kubernetes documentation, Nodes; Pod Lifecycle"],
    work_out: Work::Simulated(|view| longest_outage(view, Disruption::Site)),
};
