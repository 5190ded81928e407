//! `secrets/keys-beside-data`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// The keys are elsewhere than what they lock.
pub static RULE: Rule = Rule {
    code: "secrets/keys-beside-data",
    summary: words(
        "Encryption keys are kept in a secret store, outside the cluster they protect",
        "Les clés de chiffrement sont dans un coffre, hors du cluster qu’elles protègent",
    ),
    why: words(
        "A key beside the data is copied with the data. And a key service inside the cluster that it unlocks cannot start when that cluster is cold: neither comes up first.",
        "Une clé à côté des données est copiée avec elles. Et un service de clés dans le cluster qu’il déverrouille ne démarre pas quand ce cluster est froid : aucun des deux ne se lève le premier.",
    ),
    detects: words(
        "`keys_in` of `encryption_at_rest`: the component has `kind: secret-store` and does not run on that cluster.",
        "`keys_in` d’`encryption_at_rest` : le composant est `kind: secret-store` et ne tourne pas sur ce cluster.",
    ),
    exceptions: words(
        "A provider’s key service that the design does not draw needs no `keys_in`.",
        "Le service de clés d’un fournisseur que la conception ne dessine pas n’a pas besoin de `keys_in`.",
    ),
    remedy: words(
        "name a secret store that stands outside the cluster",
        "nommez un coffre à secrets situé hors du cluster",
    ),
    sources: &[
        "Kubernetes documentation, Using a KMS provider for data encryption",
        "NIST SP 800-57 part 1 rev. 5, 6.2.2 (key storage)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], encryption_at_rest: {secrets: kms-v2, keys_in: vault}}}
components: {vault: {kind: secret-store, runs_on: main}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}, vaults: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], encryption_at_rest: {secrets: kms-v2, keys_in: vault}}}
components: {vault: {kind: secret-store, runs_on: vaults, members: 3}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, cluster) in &view.design.clusters {
        let Some(keeper) = cluster.encryption_at_rest.as_ref().and_then(|rest| rest.keys_in.as_ref()) else { continue };
        let Some(component) = view.design.components.get(&keeper.0) else { continue };
        let path = format!("clusters.{name}");
        let at = format!("{path}.encryption_at_rest.keys_in");
        let inside = matches!(view.home(component), Home::Cluster(home, _) if home == name);
        verdicts.push(if inside {
            Verdict::fail(
                &path,
                said!(
                    "the keys of `{name}` are in `{keeper}`, which runs on `{name}` itself",
                    "les clés de `{name}` sont dans `{keeper}`, qui tourne sur `{name}` même"
                ),
            )
            .at(at)
            .also(format!("components.{keeper}.runs_on"), said!("it runs here", "il tourne ici"))
        } else if component.kind != ComponentKind::SecretStore {
            Verdict::fail(
                &path,
                said!(
                    "the keys of `{name}` are in `{keeper}`, which is no secret store",
                    "les clés de `{name}` sont dans `{keeper}`, qui n’est pas un coffre à secrets"
                ),
            )
            .at(at)
            .also(format!("components.{keeper}.kind"), said!("what it is", "ce que c’est"))
        } else {
            Verdict::pass(path)
        });
    }
    verdicts
}
