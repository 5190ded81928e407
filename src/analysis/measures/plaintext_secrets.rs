//! `plaintext-secrets`

use crate::analysis::credentials::credentials;
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, parts};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::said;
use crate::source::Said;

/// How many credentials stand in a manifest as they are.
pub static MEASURE: Measure = Measure {
    id: "plaintext-secrets",
    title: words("Credentials in plain text", "Identifiants en clair"),
    explains: words(
        "The environment variables whose name or value is that of a credential and whose value stands in the document itself (`env`) instead of coming from a Secret. The value is never shown.",
        "Les variables d’environnement dont le nom ou la valeur est celui d’un identifiant et dont la valeur figure dans le document même (`env`) au lieu de venir d’un Secret. La valeur n’est jamais montrée.",
    ),
    better: Some(Better::Lower),
    unit: "credentials",
    sources: &["Kubernetes documentation, Good practices for Kubernetes Secrets", "CWE-256"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let found = credentials(view);
    let said: Vec<Said> = found
        .iter()
        .map(|one| {
            let (component, variable) = (one.component, one.variable);
            said!("`{component}`: `{variable}`", "`{component}` : `{variable}`")
        })
        .collect();
    let formula =
        if said.is_empty() { said!("no `env` holds one", "aucun `env` n’en contient") } else { parts(&said) };
    let value = if found.is_empty() { Value::number(0.0, said!("none", "aucun")) } else { Value::count(found.len()) };
    let holders = view.design.components.iter().filter(|(_, component)| !component.env.is_empty());
    Derived::new(value, formula).from_facts(holders.map(|(name, _)| view.path(&format!("components.{name}.env"))))
}
