//! The fact or setting that decides something, with its address and what it says.

use super::failure::Plan;
use super::trace::{Ground, Setting};
use crate::analysis::constants::{self, CONSTANTS};
use crate::analysis::view::View;
use crate::design::model::Scenario;
use crate::design::value;
use crate::said;
use crate::source::{Lang, Said};

/// Resolves a setting; `None` where nothing is to be pointed at.
pub(super) fn ground(view: &View<'_>, plan: &Plan, scenario: Option<&Scenario>, setting: Setting) -> Option<Ground> {
    let design = view.design;
    match setting {
        Setting::None => None,
        Setting::Component(at, key) => {
            let (name, _) = design.components.get_index(at as usize)?;
            fact(view, &format!("components.{name}"), key)
        }
        Setting::Cluster(at, key) => {
            let (name, _) = design.clusters.get_index(at as usize)?;
            fact(view, &format!("clusters.{name}"), key)
        }
        Setting::Hosts(machine, key) => {
            let machine = view.machines.get(machine as usize)?;
            fact(view, &format!("hosts.{}", machine.group), key)
        }
        Setting::Partition(at, key) => {
            let (name, _) = design.partitions.get_index(at as usize)?;
            fact(view, &format!("partitions.{name}"), key)
        }
        Setting::Constant(at, id) => {
            let (name, cluster) = design.clusters.get_index(at as usize)?;
            let constant = constants::of(view, name, cluster, id)?;
            let meaning = CONSTANTS.iter().find(|constant| constant.id == id)?.meaning.said();
            let path = constant.facts.iter().next()?.clone();
            let source = constant.sources.first().cloned().unwrap_or_default();
            let formula = constant.formula;
            let text = if source.is_empty() {
                said!("{meaning}: {formula}", "{meaning} : {formula}", meaning = meaning, formula = formula)
            } else {
                said!(
                    "{meaning}: {formula}; {source}",
                    "{meaning} : {formula} ; {source}",
                    meaning = meaning,
                    formula = formula,
                    source = source
                )
            };
            Some(Ground { path, text })
        }
        Setting::Planned(nth) => {
            let happening = plan.happenings.get(nth as usize)?;
            if scenario.is_none() || happening.path.is_empty() {
                return None;
            }
            let (verb, object) = (happening.verb, &happening.object);
            Some(Ground { path: happening.path.clone(), text: said!("{verb}: {object}", "{verb}: {object}") })
        }
    }
}

/// A fact of the design, or nothing where it is not stated.
fn fact(view: &View<'_>, within: &str, key: &str) -> Option<Ground> {
    let path = view.path(&format!("{within}.{key}"));
    view.workspace.at(&path)?;
    let shown = |lang: Lang| value::value(view.workspace, &path, lang).ok();
    let text = match (shown(Lang::En), shown(Lang::Fr)) {
        (Some(en), Some(fr)) => {
            let said = Said { en, fr };
            said!("`{key}`: {value}", "`{key}` : {value}", value = said)
        }
        // A block has no one value: its key says which it is.
        _ => said!("`{key}`", "`{key}`"),
    };
    Some(Ground { path, text })
}
