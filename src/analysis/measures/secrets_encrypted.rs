//! `secrets-encrypted`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, not_applicable, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::secrets::{AtRest, at_rest};
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::said;
use crate::source::Said;

/// Whether a copy of the datastore tells secrets.
pub static MEASURE: Measure = Measure {
    id: "secrets-encrypted",
    title: words("Secrets encrypted at rest", "Secrets chiffrés au repos"),
    explains: words(
        "The weakest of the clusters: stored as they are, the disk encrypted (whoever reads the datastore reads them), or encrypted by the API server before they are stored (a copy of the datastore tells nothing).",
        "Le plus faible des clusters : stockés en clair, disque chiffré (qui lit le magasin les lit), ou chiffrés par le serveur d’API avant d’être stockés (une copie du magasin ne dit rien).",
    ),
    better: Some(Better::Higher),
    unit: "rank",
    sources: &["Kubernetes documentation, Encrypting Confidential Data at Rest"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let mut weakest: Option<(f64, Said)> = None;
    let mut formula = Vec::new();
    let mut derived = Derived::new((), Said::default());
    for (name, cluster) in &view.design.clusters {
        let rest = at_rest(view, name, cluster);
        derived = derived.from_facts(rest.facts);
        let strength = match rest.value {
            AtRest::Unsaid => {
                return unanswered(said!(
                    "`{name}` does not say what it encrypts (`encryption_at_rest`)",
                    "`{name}` ne dit pas ce qu’il chiffre (`encryption_at_rest`)"
                ))
                .from_facts(derived.facts);
            }
            AtRest::Plain => 0.0,
            AtRest::Disk => 1.0,
            AtRest::Api(_) | AtRest::ByDefault(_) => 2.0,
        };
        formula.push(said!("`{name}`: {how}", "`{name}` : {how}", how = rest.formula));
        if weakest.as_ref().is_none_or(|(least, _)| strength < *least) {
            weakest = Some((strength, rest.value.title()));
        }
    }
    let Some((strength, text)) = weakest else {
        return not_applicable(said!("no cluster that stores Secrets", "aucun cluster qui stocke des Secrets"));
    };
    derived.formula = parts(&formula);
    derived.map(|()| Value::number(strength, text))
}
