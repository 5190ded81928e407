//! Reading the files of evidence that reports name.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path};

use crate::analysis::observation::{MAX_BYTES, decode, masked};
use crate::design::{Evidence, Workspace};
use crate::report::evidence;

/// Reads every file that a report of the workspace names as evidence. Among the sources stands only
/// what may be shown of it: a cluster's objects hold credentials.
pub fn read_evidence(workspace: &mut Workspace, root: &Path) {
    for path in evidence(workspace) {
        let found = match read(root, &path) {
            Ok(text) => {
                let file = workspace.sources.add(&path, masked(&text));
                Evidence::Read { file, text }
            }
            Err(why) => why,
        };
        workspace.evidence.insert(path, found);
    }
}

fn read(root: &Path, path: &str) -> Result<String, Evidence> {
    let relative = Path::new(path);
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside || path.is_empty() {
        return Err(Evidence::Outside);
    }
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Evidence::Missing,
        _ => Evidence::Unreadable(error.to_string()),
    };
    let file = root.join(relative).canonicalize().map_err(unreadable)?;
    let root = root.canonicalize().map_err(unreadable)?;
    if !file.starts_with(root) {
        return Err(Evidence::Outside);
    }
    // A pipe or a device would never end; a folder is no evidence.
    if !fs::metadata(&file).map_err(unreadable)?.is_file() {
        return Err(Evidence::Missing);
    }
    let mut bytes = Vec::new();
    // One byte more than is read tells that there is more, even of a file that grows meanwhile.
    let open = fs::File::open(&file).map_err(unreadable)?;
    open.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MAX_BYTES {
        return Err(Evidence::TooLarge);
    }
    decode(&bytes).ok_or(Evidence::NotText)
}
