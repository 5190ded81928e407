//! `finance/no-exit-plan`

use std::collections::BTreeSet;

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::design::model::organisation::Criticality;
use crate::design::model::place::{Substitutable, ThirdParty};
use crate::said;
use crate::source::{Lang, Said, Severity, Show};

/// Older than this, a plan was written for another service.
const REVIEW: i64 = 2 * 366;

/// A third party under a critical function can be left.
pub static RULE: Rule = Rule {
    code: "finance/no-exit-plan",
    summary: words(
        "A third party under a critical function can be left",
        "On peut quitter un tiers dont dépend une fonction critique",
    ),
    why: words(
        "A provider that cannot be left sets the price, the conditions and the date. Supervisors ask for the way out before the way in is signed.",
        "Un prestataire qu’on ne peut quitter fixe le prix, les conditions et la date. Les superviseurs demandent la sortie avant que l’entrée soit signée.",
    ),
    detects: words(
        "Each third party that supports a critical or important function, by `supports` or because something such a function needs runs on it: `exit` with its plan and time, `tested` within two years, `substitutable`, `countries`; and whether `supports` names every such function.",
        "Chaque tiers qui soutient une fonction critique ou importante, par `supports` ou parce qu’une dépendance d’une telle fonction y tourne : `exit` avec plan et durée, `tested` dans les deux ans, `substitutable`, `countries` ; et si `supports` nomme chacune de ces fonctions.",
    ),
    exceptions: words(
        "DORA says that plans are tested and reviewed periodically and fixes no number: two years are this rule's. A plan nobody can replace the provider with (`substitutable: no`) is not a failure by itself; it has to be among the risks.",
        "DORA dit que les plans sont testés et revus périodiquement sans fixer de nombre : deux ans sont le choix de cette règle. Un prestataire que nul ne remplace (`substitutable: no`) n’est pas en soi un échec ; il doit figurer parmi les risques.",
    ),
    remedy: words(
        "write the plan, try it, and state `exit: {plan, takes, tested}` and `substitutable`",
        "écrivez le plan, essayez-le, et déclarez `exit: {plan, takes, tested}` et `substitutable`",
    ),
    sources: &[
        "DORA (EU) 2022/2554, art. 28(8) (exit strategies and plans, tested and reviewed)",
        "DORA, art. 28(3) (register of information) and art. 29(1) (substitutability, concentration)",
        "DORA, art. 30(2)(b) (locations of services and data)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: finance
functions: {pay: {uses: [web], criticality: critical-or-important}}
third_parties: {cloud: {provides: [machines], countries: [FR], supports: [pay], substitutable: with-effort}}
components: {web: {kind: service, runs_on: cloud}}
",
    passing: r"
kind: design
name: shop
context: finance
functions: {pay: {uses: [web], criticality: critical-or-important}}
third_parties:
  cloud: {provides: [machines], countries: [FR], supports: [pay], exit: {plan: exit.md, takes: 6 months, tested: 2026-03-01}, substitutable: with-effort}
components: {web: {kind: service, runs_on: cloud}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let critical: Vec<&str> = view
        .design
        .functions
        .iter()
        .filter(|(_, function)| function.criticality == Some(Criticality::CriticalOrImportant))
        .map(|(name, _)| name.as_str())
        .collect();
    view.design.third_parties.iter().flat_map(|(name, party)| judge(view, name, party, &critical)).collect()
}

fn judge(view: &View<'_>, name: &str, party: &ThirdParty, critical: &[&str]) -> Vec<Verdict> {
    let path = format!("third_parties.{name}");
    let stated: BTreeSet<&str> = party
        .supports
        .iter()
        .map(|function| function.0.as_str())
        .filter(|function| critical.contains(function))
        .collect();
    let runs_here = |component: &str| {
        view.design
            .components
            .get(component)
            .is_some_and(|component| matches!(view.home(component), Home::ThirdParty(home, _) if home == name))
    };
    let needed: Vec<(&str, &str)> = critical
        .iter()
        .filter_map(|function| {
            Some((
                *function,
                view.needed_by(function)
                    .into_iter()
                    .find(|component| runs_here(component))
                    .and_then(|component| view.design.components.get_key_value(component))
                    .map(|(component, _)| component.as_str())?,
            ))
        })
        .collect();
    if stated.is_empty() && needed.is_empty() {
        return Vec::new();
    }
    let mut verdicts = Vec::new();
    for (function, component) in needed.iter().filter(|(function, _)| !stated.contains(function)) {
        verdicts.push(
            Verdict::fail(&path, said!("`{function}` needs `{component}`, which runs on `{name}`; the register does not say that `{name}` supports it", "`{function}` a besoin de `{component}`, qui tourne chez `{name}` ; le registre ne dit pas que `{name}` la soutient"))
                .also(format!("components.{component}.runs_on"), said!("it runs there", "il tourne là"))
                .help(said!("add `{function}` to `supports` of `{name}`", "ajoutez `{function}` à `supports` de `{name}`")),
        );
    }
    let functions = Said::list(
        &critical
            .iter()
            .filter(|function| stated.contains(*function) || needed.iter().any(|(other, _)| other == *function))
            .map(|function| format!("`{function}`"))
            .collect::<Vec<_>>(),
    );
    match &party.exit {
        None => verdicts.push(Verdict::fail(
            &path,
            said!(
                "nothing says how `{name}` is left, which {functions} rest on",
                "rien ne dit comment quitter `{name}`, dont dépendent {functions}",
                functions = functions
            ),
        )),
        Some(exit) => match exit.tested {
            None => verdicts.push(
                Verdict::unanswered(
                    &path,
                    said!(
                        "when was the exit from `{name}` last tried? Evidence is missing",
                        "quand la sortie de `{name}` a-t-elle été essayée ? La preuve manque"
                    ),
                )
                .at(format!("{path}.exit.plan"))
                .help(said!("state `exit.tested`", "déclarez `exit.tested`")),
            ),
            Some(date) if view.today.last_day() - date.last_day() > REVIEW => {
                let on = date.show(Lang::En);
                verdicts.push(
                    Verdict::fail(
                        &path,
                        said!(
                            "the exit from `{name}` was last tried on {on}, more than two years ago",
                            "la sortie de `{name}` a été essayée le {on}, il y a plus de deux ans"
                        ),
                    )
                    .at(format!("{path}.exit.tested")),
                );
            }
            Some(_) => {}
        },
    }
    if party.substitutable.is_none() {
        verdicts.push(
            Verdict::unanswered(
                &path,
                said!(
                    "could another third party take over from `{name}`?",
                    "un autre tiers pourrait-il remplacer `{name}` ?"
                ),
            )
            .help(said!("state `substitutable`", "déclarez `substitutable`")),
        );
    }
    let in_risks = || {
        view.design.risks.iter().any(|(risk, declared)| {
            risk.contains(name)
                || declared.through.iter().any(|address| address.ends_with(name))
                || declared.title.show(Lang::En).contains(name)
        })
    };
    if party.substitutable == Some(Substitutable::No) && !in_risks() {
        verdicts.push(
            Verdict::fail(
                &path,
                said!(
                    "nobody else offers what `{name}` provides, and no risk says so",
                    "personne d’autre n’offre ce que fournit `{name}`, et aucun risque ne le dit"
                ),
            )
            .at(format!("{path}.substitutable"))
            .help(said!(
                "declare the risk with `through: [third_parties.{name}]`",
                "déclarez le risque avec `through: [third_parties.{name}]`"
            )),
        );
    }
    if party.countries.is_empty() {
        verdicts.push(
            Verdict::unanswered(
                &path,
                said!(
                    "from which countries does `{name}` provide its service?",
                    "depuis quels pays `{name}` fournit-il son service ?"
                ),
            )
            .help(said!("list `countries`", "énumérez `countries`")),
        );
    }
    if verdicts.is_empty() { vec![Verdict::pass(path)] } else { verdicts }
}
