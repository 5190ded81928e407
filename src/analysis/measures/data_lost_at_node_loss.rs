//! `data-lost-at-node-loss`

use super::needed::{Needed, bound_to_node, ours};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Known, Measure, Value, Work, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::model::component::{BackupKind, ReplicationMode};
use crate::said;
use crate::source::{Said, Show};

/// How much data goes with a machine.
pub static MEASURE: Measure = Measure {
    id: "data-lost-at-node-loss",
    title: words("Data lost with a node", "Données perdues avec un nœud"),
    explains: words(
        "The worst over the needed components that hold data, when the machine that holds most is lost for good. A strictly synchronous copy elsewhere loses nothing; an asynchronous one loses its lag, which the design has to state; a volume that outlives the node loses nothing; without a copy, what was written since the last backup is gone, or everything.",
        "Le pire des composants nécessaires qui tiennent des données, quand la machine qui en tient le plus est perdue pour de bon. Une copie strictement synchrone ailleurs ne perd rien ; une asynchrone perd son retard, que le design doit dire ; un volume qui survit au nœud ne perd rien ; sans copie, ce qui a été écrit depuis la dernière sauvegarde est perdu, ou tout.",
    ),
    better: Some(Better::Lower),
    unit: "s",
    sources: &[
        "ISO 22300:2021 (recovery point objective)",
        "PostgreSQL documentation, Log-Shipping Standby Servers, Synchronous Replication",
    ],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let holders: Vec<Needed<'_>> = ours(view).into_iter().filter(Needed::holds_data).collect();
    if holders.is_empty() {
        return unanswered(said!(
            "no needed component of ours says that it holds data (`storage`, or a database)",
            "aucun de nos composants nécessaires ne dit qu’il tient des données (`storage`, ou une base)"
        ));
    }
    let losses: Vec<Derived<Value>> = holders.iter().map(|needed| loss(view, needed)).collect();
    let known = |derived: &Derived<Value>| derived.value.comparable();
    let worst = losses.iter().filter_map(known).fold(f64::NEG_INFINITY, f64::max);
    let open: Vec<Said> = losses
        .iter()
        .filter_map(|loss| match &loss.value {
            Value::Unanswered(why) => Some(why.clone()),
            _ => None,
        })
        .collect();
    let formula = parts(&losses.iter().map(|loss| loss.formula.clone()).collect::<Vec<_>>());
    let facts = losses.iter().flat_map(|loss| loss.facts.iter().cloned());
    // Everything is the worst there is, whatever else is open; a smaller loss is not known to be the worst.
    let value = if open.is_empty() || worst.is_infinite() && worst > 0.0 {
        losses
            .iter()
            .find(|loss| known(loss) == Some(worst))
            .map_or_else(|| Value::Unanswered(Said::default()), |loss| loss.value.clone())
    } else {
        Value::Unanswered(parts(&open))
    };
    Derived::new(value, formula).from_facts(facts)
}

fn loss(view: &View<'_>, needed: &Needed<'_>) -> Derived<Value> {
    let Needed { name, component } = *needed;
    let path = |key: &str| view.path(&format!("components.{name}.{key}"));
    let nothing = |formula: Said| Derived::new(Value::number(0.0, said!("0\u{a0}s", "0\u{a0}s")), formula);
    let apart = view.grounds_of(name).len() > 1;
    if let Some(replication) = component.replication.as_ref().filter(|_| apart) {
        let derived = match (replication.mode, replication.strict) {
            (ReplicationMode::Synchronous, Some(true)) => nothing(said!(
                "`{name}`: a write waits for a copy, strictly",
                "`{name}` : une écriture attend une copie, strictement"
            )),
            (ReplicationMode::Synchronous, _) => nothing(said!(
                "`{name}`: a write waits for a copy, unless none is left",
                "`{name}` : une écriture attend une copie, tant qu’il en reste une"
            )),
            (ReplicationMode::Asynchronous, _) => unanswered(said!(
                "`{name}` copies asynchronously, and how far it lags is not stated",
                "`{name}` copie de façon asynchrone, et son retard n’est pas dit"
            )),
        };
        return derived
            .from_fact(path("replication.mode"))
            .from_fact(path("replication.members"))
            .from_fact(path("runs_on"));
    }
    match bound_to_node(view, needed) {
        None => {
            return unanswered(said!(
                "whether the volume of `{name}` outlives its node is not stated (`storage.reach`)",
                "si le volume de `{name}` survit à son nœud n’est pas dit (`storage.reach`)"
            ))
            .from_fact(path("runs_on"));
        }
        Some(false) => {
            return nothing(said!("the volume of `{name}` outlives the node", "le volume de `{name}` survit au nœud"))
                .from_fact(path("storage.reach"));
        }
        Some(true) => {}
    }
    // A log can be replayed only from a base backup.
    let has_base = component.backups.values().any(|backup| backup.kind == BackupKind::Base);
    let newest = component
        .backups
        .iter()
        .filter(|(_, backup)| backup.kind != BackupKind::Log || has_base)
        .min_by(|(_, a), (_, b)| a.every.value().total_cmp(&b.every.value()));
    let at = if component.storage.as_ref().is_some_and(|storage| storage.reach.is_some()) {
        "storage.reach"
    } else {
        "runs_on"
    };
    match newest {
        Some((backup, copy)) => {
            let every = Said::by(|lang| copy.every.show(lang));
            Derived::new(
                Value::number(copy.every.value(), said!("up to {every}", "jusqu’à {every}", every = every)),
                said!(
                    "the volume of `{name}` dies with its node; `{backup}` copies it every {every}",
                    "le volume de `{name}` meurt avec son nœud ; `{backup}` le copie toutes les {every}",
                    every = every
                ),
            )
            .from_fact(path(&format!("backups.{backup}.every")))
        }
        None => Derived::new(
            Value::Known(Known {
                text: said!("everything", "tout"),
                number: Some(f64::INFINITY),
                leaves_out: Vec::new(),
                unit: None,
            }),
            said!(
                "the volume of `{name}` dies with its node, and no backup is described",
                "le volume de `{name}` meurt avec son nœud, et aucune sauvegarde n’est décrite"
            ),
        ),
    }
    .from_fact(path(at))
}
