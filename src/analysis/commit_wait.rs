//! How long a write waits for a copy on another site to answer.

use super::derived::Derived;
use super::view::View;
use crate::design::model::data::ReplicationMode;
use crate::design::model::names::SiteName;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Said;

/// What every write to a database waits for, where it needs another site.
#[derive(Debug, Clone)]
pub struct CommitWait<'a> {
    /// The database.
    pub component: &'a str,
    /// The site its primary stands on while nothing has failed: that of its first member.
    pub primary: String,
    /// The links whose round trip decides, by name.
    pub over: Vec<&'a str>,
    /// The least time, in seconds: the network alone.
    pub least_s: Derived<f64>,
}

impl CommitWait<'_> {
    /// In words: "a write to `db` waits 6 ms or more".
    pub fn said(&self) -> Said {
        said!(
            "a write to `{name}` waits {time} or more",
            "une écriture vers `{name}` attend au moins {time}",
            name = self.component,
            time = seconds(self.least_s.value)
        )
    }
}

/// The wait of each database that replicates synchronously and whose nearest copies stand on another site.
///
/// A write is acknowledged once `synchronous_members` copies (one where it is not said) have answered; at
/// best these are the nearest, so the least wait is the round trip to the last of them. Copies on the
/// primary's own site answer in no time by this account, and links that are not drawn have none.
pub fn commit_waits<'a>(view: &View<'a>) -> Vec<CommitWait<'a>> {
    view.design.components.keys().filter_map(|name| commit_wait(view, name)).collect()
}

fn commit_wait<'a>(view: &View<'a>, name: &'a str) -> Option<CommitWait<'a>> {
    let replication = view.design.components.get(name)?.replication.as_ref()?;
    if replication.mode != ReplicationMode::Synchronous {
        return None;
    }
    let sites: Vec<&str> = view
        .instances_of(name)
        .into_iter()
        .filter_map(|instance| view.machines.get(instance.machine?)?.site.as_deref())
        .collect();
    let (primary, copies) = sites.split_first()?;
    let wanted = replication.synchronous_members.unwrap_or(1) as usize;
    // To each copy the quickest link that joins the two sites.
    let mut trips: Vec<(f64, Option<&'a str>)> = copies
        .iter()
        .filter_map(|site| if site == primary { Some((0.0, None)) } else { quickest(view, primary, site) })
        .collect();
    trips.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (least, Some(over)) = trips.get(wanted.checked_sub(1)?).copied()? else { return None };
    let facts = ["mode", "members", "synchronous_members"]
        .map(|key| view.path(&format!("components.{name}.replication.{key}")));
    let formula = said!(
        "copies that have to answer: {wanted}; the round trip over `{over}` from `{primary}`",
        "copies qui doivent répondre : {wanted} ; l’aller-retour par `{over}` depuis `{primary}`",
        primary = primary
    );
    let least_s = Derived::new(least, formula)
        .from_facts(facts)
        .from_fact(view.path(&format!("components.{name}.runs_on")))
        .from_fact(view.path(&format!("links.{over}.round_trip")));
    Some(CommitWait { component: name, primary: (*primary).to_owned(), over: vec![over], least_s })
}

/// The quickest link between two sites, with its round trip in seconds.
fn quickest<'a>(view: &View<'a>, a: &str, b: &str) -> Option<(f64, Option<&'a str>)> {
    let joins =
        |between: &[SiteName]| between.iter().any(|site| **site == *a) && between.iter().any(|site| **site == *b);
    let links = view.design.links.iter().filter(|(_, link)| joins(&link.between));
    let trips = links.map(|(name, link)| (link.round_trip.value.value(), name.as_str()));
    trips.min_by(|x, y| x.0.total_cmp(&y.0)).map(|(trip, name)| (trip, Some(name)))
}
