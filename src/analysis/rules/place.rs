//! Which address to underline.

use crate::analysis::view::View;

/// The first address that the design really has; the last one where it has none of them.
pub fn first_stated(view: &View<'_>, addresses: &[String]) -> String {
    let stated = addresses.iter().find(|address| view.workspace.at(&view.path(address)).is_some());
    stated.or(addresses.last()).cloned().unwrap_or_default()
}
