//! Which nodes a pod may go to, room aside: its spread and its volume.

use crate::analysis::view::{Machine, View};
use crate::design::model::component::{Component, Reach, SpreadMode};

/// Whether a volume lets its pod, which stood on `from`, go to a node.
///
/// A volume whose reach is not said is taken as one that follows: the rule on persistence asks.
pub(super) fn volume_allows(view: &View<'_>, component: &Component, from: Option<usize>, to: usize) -> bool {
    let Some(from) = from else { return true };
    match component.storage.as_ref().and_then(|storage| storage.reach) {
        Some(Reach::Node) => from == to,
        Some(Reach::Zone) => view.machines[from].zone == view.machines[to].zone,
        Some(Reach::Region) => view.machines[from].site == view.machines[to].site,
        None => true,
    }
}

/// Whether a component's required spread lets one more pod onto a node; `own` are the nodes of its
/// other pods, `nodes` every node of the cluster, lost ones included.
///
/// `required` is `whenUnsatisfiable: DoNotSchedule` with `maxSkew: 1`; over nodes it is never two on
/// one. Lost zones still count, with no pod in them: taints are ignored by default
/// (`nodeTaintsPolicy: Ignore`), and a Node object outlives its machine.
pub(super) fn spread_allows(view: &View<'_>, component: &Component, own: &[usize], nodes: &[usize], to: usize) -> bool {
    let Some(spread) = &component.spread else { return true };
    let required = |mode: Option<SpreadMode>| mode == Some(SpreadMode::Required);
    let even = |what: fn(&Machine) -> Option<&str>| {
        let count = |node: usize| {
            own.iter().filter(|other| what(&view.machines[**other]) == what(&view.machines[node])).count()
        };
        let least = nodes.iter().map(|node| count(*node)).min().unwrap_or(0);
        count(to) <= least
    };
    (!required(spread.node) || !own.contains(&to))
        && (!required(spread.zone) || even(|machine| machine.zone.as_deref()))
        && (!required(spread.site) || even(|machine| machine.site.as_deref()))
}
