//! `model/store-without-consensus`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// What decides a failover is a consensus store.
pub static RULE: Rule = Rule {
    code: "model/store-without-consensus",
    summary: words(
        "The store that decides a failover is a consensus store",
        "Le magasin qui décide d’une bascule est un magasin de consensus",
    ),
    why: words(
        "Patroni asks its store who leads. Only what agrees by majority (etcd, Consul, ZooKeeper, the Kubernetes API) may answer: anything else can tell two members yes.",
        "Patroni demande à son magasin qui mène. Seul ce qui s’accorde à la majorité (etcd, Consul, ZooKeeper, l’API Kubernetes) peut répondre : le reste peut dire oui à deux membres.",
    ),
    detects: words(
        "The kind of the component that `replication.store` names.",
        "Le genre du composant que nomme `replication.store`.",
    ),
    exceptions: words(
        "None: a store of another kind is most often a slip of the name. A product that holds its own consensus says `failover: built-in` and names no store.",
        "Aucune : un magasin d’un autre genre est le plus souvent une erreur de nom. Un produit qui porte son propre consensus écrit `failover: built-in` et ne nomme pas de magasin.",
    ),
    remedy: words("name a component of kind `consensus-store`", "nommez un composant de genre `consensus-store`"),
    sources: &["Patroni documentation, Introduction (distributed configuration store)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 3}}
components:
  cache: {kind: cache, runs_on: machines, members: 3}
  db:
    kind: database
    runs_on: machines
    replication: {members: 3, mode: synchronous, failover: patroni, store: cache}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 3}}
components:
  etcd: {kind: consensus-store, runs_on: machines, members: 3}
  db:
    kind: database
    runs_on: machines
    replication: {members: 3, mode: synchronous, failover: patroni, store: etcd}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(store) = component.replication.as_ref().and_then(|replication| replication.store.as_ref()) else {
            continue;
        };
        let path = format!("components.{name}");
        let kind = view.design.components.get(store.0.as_str()).map(|store| store.kind);
        verdicts.push(if kind == Some(ComponentKind::ConsensusStore) {
            Verdict::pass(path)
        } else {
            Verdict::fail(
                &path,
                said!(
                    "the failover of `{name}` is decided by `{store}`, which is no consensus store",
                    "la bascule de `{name}` est décidée par `{store}`, qui n’est pas un magasin de consensus",
                    store = store
                ),
            )
            .at(format!("{path}.replication.store"))
        });
    }
    verdicts
}
