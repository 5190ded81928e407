//! What the promises of the parts allow: the share of time in which a function can work at most.
//!
//! Closed forms, as in any textbook on reliability: parts that all have to work are multiplied (in
//! series); of instances on n machines that fail apart, enough have to be left (k of n). Parts are
//! taken to fail independently of each other, which flatters: a zone, a network or a bad release
//! takes several at once. So the result is a bound from above, and no forecast.

use std::collections::BTreeMap;

use super::derived::Derived;
use super::failure_domains::survives;
use super::view::{Home, View};
use crate::design::model::component::{Component, Failover};
use crate::design::quantity::Share;
use crate::design::text::Fact;
use crate::said;
use crate::source::Said;

/// Seconds in a year of 365.25 days.
pub const YEAR_S: f64 = 365.25 * 86_400.0;

/// A component in series, with what is promised for it.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// The component.
    pub component: &'a str,
    /// The share of time in which it works; nothing where nobody promises anything for it.
    pub works: Option<Derived<f64>>,
}

/// A function with its parts.
#[derive(Debug, Clone)]
pub struct Chain<'a> {
    /// The function.
    pub function: &'a str,
    /// What it stops without.
    pub parts: Vec<Part<'a>>,
    /// All parts that something is promised for, in series.
    pub bound: Option<Derived<f64>>,
}

/// Every function, in the order of the design.
pub fn chains<'a>(view: &'a View<'a>) -> Vec<Chain<'a>> {
    view.design.functions.keys().map(|function| chain(view, function)).collect()
}

/// One function's parts, and what they allow together.
pub fn chain<'a>(view: &'a View<'a>, function: &'a str) -> Chain<'a> {
    let needed = view.needed_by(function);
    let components = view.design.components.iter().filter(|(name, _)| needed.contains(name.as_str()));
    let parts: Vec<Part<'_>> = components
        .filter(|(_, component)| component.runs_on.is_some())
        .map(|(name, component)| Part { component: name, works: works(view, name, component) })
        .collect();
    let known: Vec<&Derived<f64>> = parts.iter().filter_map(|part| part.works.as_ref()).collect();
    let bound = (!known.is_empty()).then(|| {
        let value = known.iter().map(|part| part.value).product();
        let terms: Vec<Said> = known.iter().map(|part| percent(part.value)).collect();
        let facts = known.iter().flat_map(|part| part.facts.iter().cloned());
        Derived::new(value, Said::join(&terms, " × ")).from_facts(facts)
    });
    Chain { function, parts, bound }
}

/// The share of time in which enough of a component is left.
fn works(view: &View<'_>, name: &str, component: &Component) -> Option<Derived<f64>> {
    if let Some(promised) = &component.sla {
        let path = view.path(&format!("components.{name}.sla"));
        return Some(
            Derived::new(promised.value.value(), said!("its provider’s promise", "promesse de son fournisseur"))
                .from_fact(path)
                .sourced(promised.evidence()),
        );
    }
    if matches!(view.home(component), Home::ThirdParty(..) | Home::Nowhere) {
        return None;
    }
    // Instances by the machine that fails on its own, with what is promised for that machine.
    let mut grounds: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
    let (mut facts, mut evidence, mut one) = (Vec::new(), Said::default(), None);
    for instance in view.instances_of(name) {
        let machine = instance.machine?;
        let (group, promised) = promise(view, machine)?;
        facts.push(view.path(&format!("hosts.{group}.sla")));
        evidence = promised.evidence();
        one = Some(promised.value.clone());
        grounds.entry(view.ground(machine)).or_insert((0, promised.value.value())).0 += 1;
    }
    let one = one?;
    let all: usize = grounds.values().map(|(count, _)| count).sum();
    // Writes that must wait for copies stop with the last copy.
    let strict = component.replication.as_ref().filter(|replication| replication.strict == Some(true));
    let copies = strict.map_or(1, |replication| match replication.failover {
        // Patroni asks for as many copies as there are standbys left, and for one at least.
        Some(Failover::Patroni) => 2,
        _ => 1 + replication.synchronous_members.unwrap_or(1) as usize,
    });
    let enough = |left: usize| survives(component, all, left) && carries(view, name, component, left);
    let least = (copies.min(all)..=all).find(|left| enough(*left));
    let least = least.unwrap_or(all);
    // How likely each number of instances is to be left, machine after machine.
    let mut left: Vec<f64> = vec![0.0; all + 1];
    if let Some(first) = left.first_mut() {
        *first = 1.0;
    }
    for (count, share) in grounds.values() {
        let mut next = vec![0.0; all + 1];
        for (n, likely) in left.iter().enumerate() {
            if let Some(down) = next.get_mut(n) {
                *down += likely * (1.0 - share);
            }
            if let Some(up) = next.get_mut(n + count) {
                *up += likely * share;
            }
        }
        left = next;
    }
    let value = left.iter().skip(least).sum::<f64>().min(1.0);
    let formula = said!(
        "{least} of {all} on {n} machines of {one} each",
        "{least} sur {all}, {n} machines à {one} chacune",
        least = least,
        all = all,
        n = grounds.len(),
        one = one
    );
    let path = |key: &str| view.path(&format!("components.{name}.{key}"));
    facts.extend(
        ["replicas", "members", "replication.members", "replication.strict", "serves_up_to", "runs_on", "spread"]
            .map(path),
    );
    facts.retain(|fact| view.workspace.at(fact).is_some());
    Some(Derived::new(value, formula).from_facts(facts).sourced(evidence))
}

/// What is promised for a machine: its own group's promise, else that of the machine below it.
fn promise<'a>(view: &View<'a>, machine: usize) -> Option<(&'a str, &'a Fact<Share>)> {
    let mut at = machine;
    for _ in 0..view.machines.len() {
        let found = view.machines.get(at)?;
        let (group, hosts) = view.design.hosts.get_key_value(&found.group)?;
        if let Some(promised) = &hosts.sla {
            return Some((group, promised));
        }
        at = found.below?;
    }
    None
}

/// Whether so many instances serve the peak of the functions that need it; yes where nothing says.
fn carries(view: &View<'_>, name: &str, component: &Component, left: usize) -> bool {
    let Some(one) = &component.serves_up_to else { return true };
    let functions = view.design.functions.iter().filter(|(function, _)| view.needed_by(function).contains(name));
    let peak: f64 = functions.filter_map(|(_, function)| Some(function.peak_load.as_ref()?.value())).sum();
    left as f64 * one.value.value() >= peak
}

/// A share of time with as many nines as tell it apart from all of it, six at most: beyond that no
/// promise of a machine means anything.
pub fn percent(share: f64) -> Said {
    let lost = (1.0 - share).max(0.0);
    if lost > 0.0 && lost < 1e-6 {
        return said!("over 99.9999 %", "plus de 99,9999 %");
    }
    let digits = if lost <= 0.0 { 0 } else { (-(lost * 100.0).log10()).ceil().clamp(0.0, 4.0) as usize + 1 };
    // Rounded down: a promise must not be made to look better than it is.
    let scale = 10_f64.powi(digits as i32);
    let value = (share * 100.0 * scale + 1e-6).floor() / scale;
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text.as_str() };
    Said { en: format!("{text}\u{a0}%"), fr: format!("{}\u{a0}%", text.replace('.', ",")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::text::When;
    use crate::design::{Input, load};
    use crate::source::{Lang, Show};

    const DESIGN: &str = r"
kind: design
name: d
context: cloud
functions: {sell: {uses: [door, web, votes], peak_load: 100/s}}
third_parties: {provider: {provides: [doors]}}
sites: {west: {kind: region, zones: [a, b, c]}}
hosts: {machines: {count: 3, in: [a, b, c], sla: 90 %}}
components:
  door: {kind: load-balancer, runs_on: provider, sla: 99 %}
  web: {kind: service, runs_on: machines, members: 3, serves_up_to: 50/s}
  votes: {kind: consensus-store, runs_on: machines, members: 3}
";

    #[test]
    fn parts_in_series_and_k_of_n_as_by_hand() {
        let (workspace, problems) = load(&[Input { path: "d.yaml".into(), bytes: DESIGN.into() }]);
        assert!(problems.is_empty());
        let today = When { year: 2026, month: Some(11), day: Some(22) };
        let view = View::of(&workspace, "d", today).unwrap();
        let chain = chain(&view, "sell");
        // Two of three machines at 0.9: 0.9³ + 3 × 0.9² × 0.1 = 0.972, for the load and for the votes.
        let works: Vec<f64> = chain.parts.iter().map(|part| part.works.as_ref().unwrap().value).collect();
        assert!(
            (works[0] - 0.99).abs() < 1e-12 && (works[1] - 0.972).abs() < 1e-12 && (works[2] - 0.972).abs() < 1e-12
        );
        assert!((chain.bound.unwrap().value - 0.99 * 0.972 * 0.972).abs() < 1e-12);
    }

    #[test]
    fn nines_are_not_rounded_up() {
        assert_eq!(percent(0.99999).show(Lang::En), "99.999\u{a0}%");
        assert_eq!(percent(0.9985).show(Lang::En), "99.85\u{a0}%");
        assert_eq!(percent(1.0).show(Lang::En), "100\u{a0}%");
    }
}
