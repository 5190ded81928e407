//! `availability-bound`

use crate::analysis::availability::{chains, percent};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, names, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::said;
use crate::source::Said;

/// What the promises of the parts allow at most.
pub static MEASURE: Measure = Measure {
    id: "availability-bound",
    title: words("Availability that the parts allow", "Disponibilité que permettent les éléments"),
    explains: words(
        "The share of time in which a function can work at most: what is promised for the parts it stops without, multiplied; of instances on machines that fail apart, enough have to be left (k of n). The function that is allowed least counts. A part for which nobody promises anything is named: then it is a bound from above, and no forecast.",
        "La part du temps où une fonction peut marcher, au mieux : ce qui est promis pour les éléments sans lesquels elle s’arrête, multiplié ; parmi des instances sur des machines qui tombent séparément, il doit en rester assez (k sur n). La fonction la moins bien lotie compte. Un élément pour lequel personne ne promet rien est nommé : c’est alors un majorant, non une prévision.",
    ),
    better: Some(Better::Higher),
    unit: "share",
    sources: &[
        "Beyer et al., Site Reliability Engineering, 2016, ch. 3",
        "IEC 61078:2016 (reliability block diagrams)",
    ],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let mut least: Option<f64> = None;
    let mut said = Vec::new();
    let mut derived = Derived::new((), Said::default());
    for chain in chains(view) {
        let Some(bound) = chain.bound else { continue };
        least = Some(least.map_or(bound.value, |least| least.min(bound.value)));
        let silent = chain.parts.iter().filter(|part| part.works.is_none()).map(|part| part.component);
        let silent: Vec<&str> = silent.collect();
        let function = chain.function;
        let mut line = said!("`{function}`: {formula}", "`{function}` : {formula}", formula = bound.formula);
        if !silent.is_empty() {
            let who = names(&silent);
            line = said!(
                "{line}, nothing promised for {who}",
                "{line}, rien de promis pour {who}",
                line = line,
                who = who
            );
        }
        said.push(line);
        derived = derived.from_facts(bound.facts);
        for source in bound.sources {
            derived = derived.sourced(source);
        }
    }
    let Some(least) = least else {
        return unanswered(said!(
            "nothing is promised for any part (`sla` of hosts and components)",
            "rien n’est promis pour aucun élément (`sla` des hôtes et des composants)"
        ));
    };
    derived.formula = parts(&said);
    derived.map(|()| Value::number(least, percent(least)))
}
