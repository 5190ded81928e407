//! Waivers: which finding is accepted by which, and the findings about waivers themselves.

use super::view::View;
use crate::design::model::organisation::Waiver;

/// The waiver of a design that names a rule and a target; the target is the finding's address or
/// something around it.
pub fn of<'a>(view: &View<'a>, rule: &str, path: &str) -> Option<(&'a str, &'a Waiver)> {
    let design = view.design;
    design
        .waivers
        .iter()
        .find(|(_, waiver)| waiver.rule == rule && covers(&waiver.target, path))
        .map(|(name, waiver)| (name.as_str(), waiver))
}

/// Whether a waiver's target is an address or something around it.
pub fn covers(target: &str, path: &str) -> bool {
    path == target || path.strip_prefix(target).is_some_and(|rest| rest.starts_with('.'))
}
