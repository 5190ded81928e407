//! Who needs whom: from what a function uses along hard connections.

use std::collections::BTreeSet;

use super::view::View;
use crate::design::model::component::{ComponentKind, Needs};

impl View<'_> {
    /// The components without which a function stops: those it uses, and what those need hard.
    ///
    /// What only passes requests on (a gateway, a balancer, a firewall) carries several functions:
    /// where the function names some of what stands behind it, its load goes there and nowhere else.
    pub fn needed_by(&self, function: &str) -> BTreeSet<&str> {
        let mut needed: BTreeSet<&str> = BTreeSet::new();
        let Some(function) = self.design.functions.get(function) else { return needed };
        let uses = |name: &str| function.uses.iter().any(|used| **used == *name);
        let mut open: Vec<&str> = function.uses.iter().map(|name| name.0.as_str()).collect();
        while let Some(name) = open.pop() {
            if !needed.insert(name) {
                continue;
            }
            let passes_on = self.design.components.get(name).is_some_and(|component| passes_on(component.kind));
            let connections = self.design.connections.values();
            let hard: Vec<&str> = connections
                .filter(|connection| *connection.from == *name && connection.needs == Some(Needs::Hard))
                .map(|connection| connection.to.0.as_str())
                .collect();
            let chosen = passes_on && hard.iter().any(|to| uses(to));
            open.extend(hard.into_iter().filter(|to| !chosen || uses(to)));
        }
        needed
    }

    /// Whether some function stops without a component.
    pub fn is_needed(&self, component: &str) -> bool {
        self.design.functions.keys().any(|function| self.needed_by(function).contains(component))
    }
}

/// Whether something only passes requests on to what stands behind it.
fn passes_on(kind: ComponentKind) -> bool {
    use ComponentKind as K;
    matches!(kind, K::Gateway | K::LoadBalancer | K::Waf | K::Firewall | K::Dns)
}
