//! `stack/below-kubernetes-support`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::place::{Cluster, Distribution};
use crate::design::text::When;
use crate::said;
use crate::source::{Lang, Severity, Show};

/// Minor versions of Kubernetes 1 with the last day of upstream support (year, month, day), from
/// the project's `eol.yaml` and release pages. An older one has ended, a newer one has not.
const ENDS: [(u32, i32, u32, u32); 8] = [
    (28, 2024, 10, 22),
    (29, 2025, 2, 28),
    (30, 2025, 7, 15),
    (31, 2025, 11, 11),
    (32, 2026, 2, 28),
    (33, 2026, 6, 28),
    (34, 2026, 10, 27),
    (35, 2027, 2, 28),
];

/// What vendors sell beyond the upstream date, at least.
const EXTENDED: i64 = 365;

/// Kubernetes is a version that still gets security fixes.
pub static RULE: Rule = Rule {
    code: "stack/below-kubernetes-support",
    summary: words(
        "Kubernetes is a version that still gets security fixes",
        "Kubernetes est d’une version qui reçoit encore des correctifs",
    ),
    why: words(
        "After its end of support a minor version gets no fix for any vulnerability, and the way to a supported one grows by a step every four months: control planes go up one minor version at a time.",
        "Après sa fin de support, une version mineure ne reçoit plus aucun correctif, et le chemin vers une version supportée s’allonge d’une marche tous les quatre mois : un plan de contrôle monte d’une version mineure à la fois.",
    ),
    detects: words(
        "`kubernetes` of each cluster against the upstream end-of-support dates of 1.28 to 1.35, on the day of the review (`as_of`). Versions newer than the table pass.",
        "`kubernetes` de chaque cluster face aux fins de support amont de 1.28 à 1.35, au jour de la revue (`as_of`). Les versions plus récentes que la table passent.",
    ),
    exceptions: words(
        "EKS, GKE, AKS and OpenShift sell support beyond the upstream date: within a year after it, the question is whether this contract was made. The dates are upstream's; a vendor's own may be some weeks later.",
        "EKS, GKE, AKS et OpenShift vendent un support au-delà de la date amont : durant l’année qui suit, la question est de savoir si ce contrat existe. Les dates sont celles de l’amont ; celles d’un éditeur peuvent être de quelques semaines plus tardives.",
    ),
    remedy: words("upgrade one minor version at a time", "montez d’une version mineure à la fois"),
    sources: &[
        "kubernetes.io, Releases, eol.yaml and the pages of 1.33, 1.34 and 1.35",
        "Kubernetes documentation, Version Skew Policy",
        "PCI DSS v4.0.1, 12.3.4 (technologies are reviewed, vendors' end-of-life plans included)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.30, workers: [nodes]}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes]}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    view.design.clusters.iter().map(|(name, cluster)| judge(view, name, cluster)).collect()
}

fn judge(view: &View<'_>, name: &str, cluster: &Cluster) -> Verdict {
    let path = format!("clusters.{name}");
    let at = format!("{path}.kubernetes");
    let (major, minor) = cluster.kubernetes.value.major_minor();
    let oldest = ENDS[0];
    let known = ENDS.iter().find(|(version, ..)| *version == minor);
    let (_, year, month, day) = match known {
        Some(row) => *row,
        None if (major, minor) < (1, oldest.0) => oldest,
        None => return Verdict::pass(path),
    };
    let end = When { year, month: Some(month), day: Some(day) };
    if major > 1 || view.today <= end {
        return Verdict::pass(path);
    }
    let (version, date) = (cluster.kubernetes.value.show(Lang::En), end.show(Lang::En));
    let sold = cluster.distribution.managed() || cluster.distribution == Distribution::Openshift;
    if sold && known.is_some() && view.today.last_day() - end.last_day() <= EXTENDED {
        let product = cluster.distribution.title();
        let question = said!(
            "does the contract for `{name}` include extended support? Upstream support of Kubernetes {version} ended on {date}",
            "le contrat de `{name}` comprend-il le support étendu ? Le support amont de Kubernetes {version} a pris fin le {date}"
        );
        return Verdict::unanswered(path, question).at(at).help(said!(
            "upgrade, or waive with the date to which {product} supports it",
            "mettez à niveau, ou dérogez jusqu’à la date où {product} le supporte"
        ));
    }
    let (last, ..) = ENDS[ENDS.len() - 1];
    let steps = last.saturating_sub(minor);
    let message = if known.is_some() {
        said!(
            "`{name}` runs Kubernetes {version}, without security fixes since {date}",
            "`{name}` tourne sous Kubernetes {version}, sans correctifs de sécurité depuis le {date}"
        )
    } else {
        said!(
            "`{name}` runs Kubernetes {version}, without security fixes since before {date}",
            "`{name}` tourne sous Kubernetes {version}, sans correctifs de sécurité depuis avant le {date}"
        )
    };
    Verdict::fail(path, message).at(at).help(said!(
        "upgrade, one minor version at a time: {steps} steps to 1.{last}",
        "montez d’une version mineure à la fois : {steps} marches jusqu’à 1.{last}"
    ))
}
