//! The kernel that what runs in a place has to live with.

use super::measure::word;
use super::view::{Home, View};
use crate::design::model::Stack;
use crate::design::model::stack::Per;

/// The kernel that is shared there, with its address: of the topmost layer that is not one
/// application's own. `None` where no layer says which kernel it brings.
pub fn shared_kernel<'a>(view: &View<'a>, home: &Home<'a>) -> Option<(&'a str, String)> {
    let of = |group: &str| -> Option<(&'a str, String)> {
        let (name, stack): (&str, &'a Stack) = view.stack(view.design.hosts.get(group)?)?;
        let mut shared = stack.layers.iter().rev().filter(|layer| layer.per != Per::Application);
        let layer = shared.find(|layer| layer.kernel.is_some())?;
        Some((layer.kernel.as_deref()?, format!("{name}.layers.{}.kernel", word(layer.kind))))
    };
    match home {
        Home::Cluster(_, cluster) => cluster.workers.iter().find_map(|group| of(group)),
        Home::Hosts(name, _) => of(name),
        Home::Partition(name, partition) => {
            Some((partition.os.kernel.as_str(), view.path(&format!("partitions.{name}.os.kernel"))))
        }
        Home::ThirdParty(..) | Home::Nowhere => None,
    }
}

/// Whether each application there may bring a kernel of its own: a layer per application has one.
pub fn may_bring_its_own(view: &View<'_>, home: &Home<'_>) -> bool {
    let group = match home {
        Home::Cluster(_, cluster) => cluster.workers.first().map(|group| group.0.as_str()),
        Home::Hosts(name, _) => Some(*name),
        _ => None,
    };
    let stack = group.and_then(|group| view.design.hosts.get(group)).and_then(|hosts| view.stack(hosts));
    stack.is_some_and(|(_, stack)| {
        stack.layers.iter().any(|layer| layer.per == Per::Application && layer.kernel.is_some())
    })
}

/// The facts that decide which layer's kernel is meant: which layers bring one, and for what each is.
pub fn kernel_facts(view: &View<'_>, home: &Home<'_>) -> Vec<String> {
    let group = match home {
        Home::Cluster(_, cluster) => cluster.workers.first().map(|group| group.0.as_str()),
        Home::Hosts(name, _) => Some(*name),
        _ => None,
    };
    let stack = group.and_then(|group| view.design.hosts.get(group)).and_then(|hosts| view.stack(hosts));
    let Some((name, stack)) = stack else { return Vec::new() };
    let layers = stack.layers.iter().filter(|layer| layer.kernel.is_some());
    layers.flat_map(|layer| ["kernel", "per"].map(|key| format!("{name}.layers.{}.{key}", word(layer.kind)))).collect()
}
