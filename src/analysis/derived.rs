//! A value that was worked out, with what it was worked out from.

use std::collections::BTreeSet;

use crate::source::Said;

/// A value with its derivation.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived<T> {
    /// The value.
    pub value: T,
    /// The formula with its numbers: `3 × 380 MiB + 50 × 4.1 MB`.
    pub formula: Said,
    /// The addresses of the facts that went into it.
    pub facts: BTreeSet<String>,
    /// Where those facts come from, for those that say so.
    pub sources: Vec<Said>,
}

impl<T> Derived<T> {
    /// A value with its formula.
    pub fn new(value: T, formula: Said) -> Derived<T> {
        Derived { value, formula, facts: BTreeSet::new(), sources: Vec::new() }
    }

    /// The same with the address of a fact that went into it.
    pub fn from_fact(mut self, path: impl Into<String>) -> Derived<T> {
        self.facts.insert(path.into());
        self
    }

    /// The same with several.
    pub fn from_facts(mut self, paths: impl IntoIterator<Item = String>) -> Derived<T> {
        self.facts.extend(paths);
        self
    }

    /// The same with the evidence of a fact, if it has any and it is not there yet.
    pub fn sourced(mut self, evidence: Said) -> Derived<T> {
        if !evidence.is_empty() && !self.sources.contains(&evidence) {
            self.sources.push(evidence);
        }
        self
    }

    /// The same derivation of another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Derived<U> {
        Derived { value: change(self.value), formula: self.formula, facts: self.facts, sources: self.sources }
    }
}
