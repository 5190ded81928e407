//! Which functions' load and promises reach a component.

use std::collections::BTreeSet;

use crate::analysis::view::View;
use crate::design::model::component::{ComponentKind, Needs};

/// The components on a function's way: those it uses, and what those need hard.
///
/// What only passes requests on (a gateway, a balancer, a firewall) carries several functions:
/// where the function names some of what stands behind it, its load goes there and nowhere else.
pub fn on_the_way<'v>(view: &'v View<'_>, function: &str) -> BTreeSet<&'v str> {
    let mut way: BTreeSet<&str> = BTreeSet::new();
    let Some(function) = view.design.functions.get(function) else { return way };
    let uses = |name: &str| function.uses.iter().any(|used| **used == *name);
    let mut open: Vec<&str> = function.uses.iter().map(|name| name.0.as_str()).collect();
    while let Some(name) = open.pop() {
        if !way.insert(name) {
            continue;
        }
        let passes_on = view.design.components.get(name).is_some_and(|component| {
            matches!(
                component.kind,
                ComponentKind::Gateway
                    | ComponentKind::LoadBalancer
                    | ComponentKind::Waf
                    | ComponentKind::Firewall
                    | ComponentKind::Dns
            )
        });
        let hard = || {
            view.design
                .connections
                .values()
                .filter(|connection| *connection.from == *name && connection.needs == Some(Needs::Hard))
                .map(|connection| connection.to.0.as_str())
        };
        let chosen = passes_on && hard().any(uses);
        open.extend(hard().filter(|to| !chosen || uses(to)));
    }
    way
}
