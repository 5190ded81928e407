//! `secrets/weak-encryption`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::secrets::at_rest;
use crate::analysis::view::{Home, View};
use crate::design::model::place::{Cluster, SecretsProvider};
use crate::said;
use crate::source::Severity;

/// Keys lie elsewhere than what they encrypt.
pub static RULE: Rule = Rule {
    code: "secrets/weak-encryption",
    summary: words(
        "Keys lie elsewhere than the Secrets they encrypt",
        "Les clés sont ailleurs que les Secrets qu’elles chiffrent",
    ),
    why: words(
        "A key in a file of the API server goes wherever that machine's disk and backups go, so whoever takes the datastore takes the key with it. A key service can refuse, record and replace.",
        "Une clé dans un fichier de l’API server suit le disque et les sauvegardes de la machine : qui emporte le datastore emporte la clé. Un service de clés peut refuser, journaliser et renouveler.",
    ),
    detects: words(
        "The provider and `keys_in` of clusters that encrypt: a local key fails, `kms-v1` fails as deprecated, `kms-v2` of our own control plane has to name its `keys_in`, and that must not run in the cluster which needs it to start.",
        "Le fournisseur et `keys_in` des clusters qui chiffrent : une clé locale échoue, `kms-v1` échoue car déprécié, `kms-v2` d’un plan de contrôle à nous doit nommer son `keys_in`, qui ne doit pas tourner dans le cluster qui en a besoin pour démarrer.",
    ),
    exceptions: words(
        "A local key is much better than none, and keeps what leaks through etcd backups alone: hence a note outside finance. Managed clusters keep keys in their provider's service without saying so.",
        "Une clé locale vaut bien mieux que rien, et protège ce qui fuit par les seules sauvegardes d’etcd : une simple note hors finance. Les clusters managés gardent les clés dans le service du fournisseur sans qu’on le dise.",
    ),
    remedy: words(
        "use `kms-v2` with a key service outside the cluster",
        "utilisez `kms-v2` avec un service de clés hors du cluster",
    ),
    sources: &[
        "Kubernetes documentation, Encrypting confidential data at rest, table of providers (aescbc not recommended, kms v1 deprecated since 1.28)",
        "PCI DSS v4.0.1, 3.6.1.2 and 3.7.1 (key storage), for card data",
    ],
    severity: Severity::Note,
    failing: r"
kind: design
name: shop
context: finance
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], encryption_at_rest: {secrets: aescbc}}}
",
    passing: r"
kind: design
name: shop
context: finance
hosts: {nodes: {count: 3}, vaults: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], encryption_at_rest: {secrets: kms-v2, keys_in: vault}}}
components: {vault: {kind: secret-store, runs_on: vaults}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let clusters =
        view.design.clusters.iter().filter(|(name, cluster)| at_rest(view, name, cluster).value.is_encrypted());
    clusters.filter_map(|(name, cluster)| judge(view, name, cluster)).collect()
}

fn judge(view: &View<'_>, name: &str, cluster: &Cluster) -> Option<Verdict> {
    let path = format!("clusters.{name}");
    // What a distribution does by itself is its own affair: the other rule says that it does.
    let said = cluster.encryption_at_rest.as_ref()?;
    let at = format!("{path}.encryption_at_rest");
    let word = said.secrets.word();
    let verdict = match (said.secrets, said.keys_in.as_ref()) {
        (SecretsProvider::KmsV1, _) => Verdict::fail(
            &path,
            said!(
                "`{name}` encrypts with kms-v1, deprecated since Kubernetes 1.28",
                "`{name}` chiffre avec kms-v1, déprécié depuis Kubernetes 1.28"
            ),
        )
        .at(format!("{at}.secrets")),
        (SecretsProvider::KmsV2, Some(keys)) => {
            match view.design.components.get(&keys.0).map(|component| view.home(component)) {
                Some(Home::Cluster(home, _)) if home == name => Verdict::fail(
                    &path,
                    said!(
                        "`{keys}` keeps the keys of `{name}` and runs in it: neither starts without the other",
                        "`{keys}` garde les clés de `{name}` et y tourne : aucun ne démarre sans l’autre"
                    ),
                )
                .at(format!("{at}.keys_in"))
                .also(format!("components.{keys}.runs_on"), said!("it runs here", "il tourne ici")),
                _ => Verdict::pass(path),
            }
        }
        (SecretsProvider::KmsV2, None) if cluster.distribution.managed() => Verdict::pass(path),
        (SecretsProvider::KmsV2, None) => Verdict::unanswered(
            &path,
            said!(
                "which component keeps the keys with which `{name}` encrypts its Secrets?",
                "quel composant garde les clés avec lesquelles `{name}` chiffre ses Secrets ?"
            ),
        )
        .at(format!("{at}.secrets"))
        .help(said!("name it in `keys_in`", "nommez-le dans `keys_in`")),
        _ => Verdict::fail(
            &path,
            said!(
                "`{name}` encrypts with {word}: its key is a file beside the API server",
                "`{name}` chiffre avec {word} : sa clé est un fichier à côté de l’API server"
            ),
        )
        .at(format!("{at}.secrets")),
    };
    Some(verdict)
}
