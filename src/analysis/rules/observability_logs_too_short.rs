//! `observability/logs-too-short`

use crate::analysis::exposure::in_scope;
use crate::analysis::oversight::{logs_of, of_kind};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::{Component, ComponentKind};
use crate::said;
use crate::source::Severity;

const DAY: f64 = 86_400.0;
/// PCI DSS 10.5.1 says twelve months.
const TWELVE_MONTHS: f64 = 365.0 * DAY;
/// What an incident needs that is noticed after a holiday.
const LEAST: f64 = 7.0 * DAY;

/// Logs are kept long enough to be asked.
pub static RULE: Rule = Rule {
    code: "observability/logs-too-short",
    summary: words(
        "Logs are kept long enough to be asked",
        "Les journaux sont gardés assez longtemps pour être interrogés",
    ),
    why: words(
        "Intrusions are found weeks or months after they began: a log that is gone by then, or that the intruder could rewrite, answers nothing.",
        "Une intrusion se découvre des semaines ou des mois après son début : un journal déjà effacé, ou que l’intrus a pu réécrire, ne répond plus.",
    ),
    detects: words(
        "`keep` and `immutable` of each logging component that logs end in. Where it takes logs from a PCI scope, twelve months of both are asked for; elsewhere seven days of `keep`. Unsaid is a question.",
        "`keep` et `immutable` de chaque composant où finissent des journaux. S’il reçoit des journaux d’un périmètre PCI, douze mois des deux sont demandés ; ailleurs sept jours de `keep`. Non précisé, c’est une question.",
    ),
    exceptions: words(
        "How long is enough without a regulation is disputed and costs money: 30 and 90 days are common, and personal data in logs argue for less. Seven days are taken as the least that still covers a holiday. A vehicle's trace memory is bounded by its flash.",
        "Sans règlement, la bonne durée se discute et coûte : 30 et 90 jours sont courants, et les données personnelles plaident pour moins. Sept jours sont le minimum qui couvre encore des congés. La mémoire de trace d’un véhicule est bornée par sa flash.",
    ),
    remedy: words(
        "state `keep`, and `immutable` where an auditor will ask",
        "déclarez `keep`, et `immutable` là où un auditeur demandera",
    ),
    sources: &[
        "PCI DSS v4.0.1, 10.5.1 (twelve months, three of them at hand) and 10.3.2 (protected from modification)",
        "RTS (EU) 2024/1774 under DORA, art. 12(2)",
    ],
    severity: Severity::Note,
    failing: r"
kind: design
name: shop
context: finance
segments: {cards: {trust: restricted, scope: [pci], default: deny}}
components: {pay: {kind: service, segment: cards}, siem: {kind: logging, keep: 90 days, immutable: 90 days}}
connections: {ship: {from: pay, to: siem, protocol: syslog-tls, port: 6514, authenticated: true}}
",
    passing: r"
kind: design
name: shop
context: finance
segments: {cards: {trust: restricted, scope: [pci], default: deny}}
components: {pay: {kind: service, segment: cards}, siem: {kind: logging, keep: 400 days, immutable: 400 days}}
connections: {ship: {from: pay, to: siem, protocol: syslog-tls, port: 6514, authenticated: true}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let stores = of_kind(view, ComponentKind::Logging).into_iter().filter(|(_, logger)| logger.sends_to.is_none());
    stores.map(|(name, store)| judge(view, name, store)).collect()
}

fn judge(view: &View<'_>, name: &str, store: &Component) -> Verdict {
    let path = format!("components.{name}");
    let from_scope = view.design.components.iter().find(|(source, component)| {
        in_scope(view, component) && logs_of(view, source).iter().any(|(other, _)| *other == name)
    });
    let least = if from_scope.is_some() { TWELVE_MONTHS } else { LEAST };
    let Some(keep) = &store.keep else {
        return Verdict::unanswered(
            path,
            said!("how long does `{name}` keep logs?", "combien de temps `{name}` garde-t-il les journaux ?"),
        );
    };
    if keep.value() < least {
        let verdict = if let Some((source, _)) = from_scope {
            Verdict::fail(
                &path,
                said!("`{name}` keeps logs for {keep}, and twelve months are asked of those of `{source}` (PCI DSS 10.5.1)", "`{name}` garde les journaux {keep}, et douze mois sont exigés pour ceux de `{source}` (PCI DSS 10.5.1)", keep = keep),
            )
            .also(format!("components.{source}"), said!("in the scope of PCI DSS", "dans le périmètre PCI DSS"))
        } else {
            Verdict::fail(
                &path,
                said!("`{name}` keeps logs for {keep} only", "`{name}` ne garde les journaux que {keep}", keep = keep),
            )
        };
        return verdict.at(format!("{path}.keep"));
    }
    if from_scope.is_none() {
        return Verdict::pass(path);
    }
    match &store.immutable {
        Some(period) if period.value() >= least => Verdict::pass(path),
        Some(period) => Verdict::fail(
            &path,
            said!(
                "the logs in `{name}` can be changed after {period}, before their twelve months are over",
                "les journaux de `{name}` peuvent être modifiés après {period}, avant la fin de leurs douze mois",
                period = period
            ),
        )
        .at(format!("{path}.immutable")),
        None => Verdict::unanswered(
            &path,
            said!(
                "for how long can nobody change the logs in `{name}`?",
                "combien de temps personne ne peut-il modifier les journaux de `{name}` ?"
            ),
        )
        .at(format!("{path}.keep"))
        .help(said!("state `immutable`", "déclarez `immutable`")),
    }
}
