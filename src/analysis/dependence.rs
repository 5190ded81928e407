//! Who needs whom: from what a function uses along hard connections.

use std::collections::BTreeSet;

use super::view::View;
use crate::design::model::component::Needs;

impl View<'_> {
    /// The components without which a function stops: those it uses, and what those need hard.
    pub fn needed_by(&self, function: &str) -> BTreeSet<&str> {
        let mut needed: BTreeSet<&str> = BTreeSet::new();
        let Some(function) = self.design.functions.get(function) else { return needed };
        let mut open: Vec<&str> = function.uses.iter().map(|name| name.0.as_str()).collect();
        while let Some(name) = open.pop() {
            if needed.insert(name) {
                let further = self.design.connections.values().filter(|connection| {
                    *connection.from == *name && connection.needs == Some(Needs::Hard)
                });
                open.extend(further.map(|connection| connection.to.0.as_str()));
            }
        }
        needed
    }

    /// Whether some function stops without a component.
    pub fn is_needed(&self, component: &str) -> bool {
        self.design.functions.keys().any(|function| self.needed_by(function).contains(component))
    }
}
