//! Which files of the workspace its reports name as evidence.

use std::collections::BTreeSet;

use super::{Narrative, Piece};
use crate::design::Workspace;
use crate::design::model::Observation;
use crate::source::{decode, read_text};

/// The paths that fences name in `observed:`, as they are written there.
pub fn evidence(workspace: &Workspace) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for report in &workspace.reports {
        let text = &workspace.sources.file(report.file).text;
        if !text.contains("observed") {
            continue;
        }
        for piece in Narrative::read(report.file, text, report.body).pieces {
            let Piece::Fence(fence) = piece else { continue };
            let body = workspace.sources.text(fence.body);
            let (documents, _) = read_text(body, report.file, fence.body.start as usize);
            let asked = documents.iter().filter_map(|document| document.root.as_ref()?.get("observed"));
            // What is wrong with the fence is said where its figure is made.
            paths.extend(asked.filter_map(|node| decode::<Observation>(node).ok()?.path().map(str::to_owned)));
        }
    }
    paths
}
