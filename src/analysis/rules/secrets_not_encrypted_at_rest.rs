//! `secrets/not-encrypted-at-rest`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::secrets::{AtRest, at_rest, datastore};
use crate::analysis::view::View;
use crate::design::model::place::Distribution;
use crate::said;
use crate::source::{Said, Severity};

/// Secrets are encrypted before they are stored.
pub static RULE: Rule = Rule {
    code: "secrets/not-encrypted-at-rest",
    summary: words("Secrets are encrypted before they are stored", "Les Secrets sont chiffrés avant d’être stockés"),
    why: words(
        "Base64 is the form of a Secret in the API, not a protection: without an encryption provider the datastore holds the value's plain bytes, and so does each of its backups.",
        "Le base64 est la forme d’un Secret dans l’API, pas une protection : sans fournisseur de chiffrement, le datastore contient la valeur en clair, et chacune de ses sauvegardes aussi.",
    ),
    detects: words(
        "`encryption_at_rest` of each cluster: no provider fails, and so does `level: disk`, which a dump of the datastore or whoever reads the mounted disk passes by. Where nothing is said, EKS from 1.28 and RKE2 encrypt by default and pass; elsewhere it is a question.",
        "`encryption_at_rest` de chaque cluster : l’absence de fournisseur échoue, et aussi `level: disk`, que contournent une copie du datastore ou la lecture du disque monté. Si rien n’est dit, EKS à partir de 1.28 et RKE2 chiffrent par défaut et passent ; ailleurs c’est une question.",
    ),
    exceptions: words(
        "Providers say that disk encryption is enough, and against a stolen disk it is. The position here: backups and dumps of the datastore travel further than disks. Where no Secret is kept in the cluster at all (a CSI driver that mounts from a vault), waive it with that reason.",
        "Des fournisseurs disent que le chiffrement du disque suffit, et contre un disque volé c’est vrai. La position prise ici : les sauvegardes et copies du datastore voyagent plus loin que les disques. Si le cluster ne garde aucun Secret (pilote CSI qui monte depuis un coffre), dérogez avec cette raison.",
    ),
    remedy: words(
        "encrypt at the API server: `encryption_at_rest: {secrets: kms-v2, level: api, keys_in: …}`, then rewrite the Secrets that are already stored",
        "chiffrez dans l’API server : `encryption_at_rest: {secrets: kms-v2, level: api, keys_in: …}`, puis réécrivez les Secrets déjà stockés",
    ),
    sources: &[
        "Kubernetes documentation, Encrypting confidential data at rest",
        "Amazon EKS documentation, Default envelope encryption for all Kubernetes API data (1.28 and later)",
        "RKE2 documentation, Secrets encryption",
        "k3s documentation, Secrets encryption (off unless --secrets-encryption)",
        "CIS Kubernetes Benchmark, section 1.2 (--encryption-provider-config)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], encryption_at_rest: {secrets: none}}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters:
  main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], encryption_at_rest: {secrets: kms-v2, level: api, keys_in: vault}}
components: {vault: {kind: secret-store}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    view.design.clusters.iter().map(|(name, cluster)| judge(view, name, cluster)).collect()
}

fn judge(view: &View<'_>, name: &str, cluster: &crate::design::model::place::Cluster) -> Verdict {
    let path = format!("clusters.{name}");
    let stated = format!("{path}.encryption_at_rest");
    let store = datastore(cluster);
    let mut verdict = match at_rest(view, name, cluster).value {
        AtRest::Api(_) | AtRest::ByDefault(_) => return Verdict::pass(path),
        AtRest::Plain => Verdict::fail(
            &path,
            said!(
                "`{name}` keeps its Secrets as plain bytes in {store}; base64 is only their form in the API",
                "`{name}` garde ses Secrets en clair dans {store} ; le base64 n’est que leur forme dans l’API",
                store = store
            ),
        )
        .at(format!("{stated}.secrets")),
        AtRest::Disk => Verdict::fail(
            &path,
            said!(
                "`{name}` encrypts only the disk under {store}: a dump or a backup of it shows every Secret",
                "`{name}` ne chiffre que le disque sous {store} : une copie ou une sauvegarde en montre tous les Secrets",
                store = store
            ),
        )
        .at(format!("{stated}.level")),
        AtRest::Unsaid => Verdict::unanswered(&path, question(name, cluster.distribution)).at(format!("{path}.distribution")),
    };
    for (at, _) in cluster.holds.iter().enumerate().take(3) {
        let secret = &cluster.holds[at];
        verdict =
            verdict.also(format!("{path}.holds.{secret}"), said!("`{secret}` lies there", "`{secret}` s’y trouve"));
    }
    if cluster.distribution == Distribution::K3s && cluster.encryption_at_rest.is_some() {
        verdict = verdict.help(said!(
            "start k3s with `--secrets-encryption`, run `k3s secrets-encrypt reencrypt`, and write `encryption_at_rest: {{secrets: aescbc}}`",
            "démarrez k3s avec `--secrets-encryption`, lancez `k3s secrets-encrypt reencrypt`, et écrivez `encryption_at_rest: {{secrets: aescbc}}`"
        ));
    }
    verdict
}

fn question(name: &str, distribution: Distribution) -> Said {
    let product = distribution.title();
    match distribution {
        Distribution::Gke | Distribution::Aks => said!(
            "does `{name}` encrypt Secrets before they are stored? {product} encrypts the disk by itself, the Secrets only if asked to",
            "`{name}` chiffre-t-il les Secrets avant de les stocker ? {product} chiffre le disque de lui-même, les Secrets seulement si on le lui demande"
        ),
        _ => said!(
            "does `{name}` encrypt Secrets before they are stored? {product} does not unless it is told to",
            "`{name}` chiffre-t-il les Secrets avant de les stocker ? {product} ne le fait que si on le lui demande"
        ),
    }
}
