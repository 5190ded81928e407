//! Replacing files one by one: everything is written aside first, then renamed into place.
//!
//! Between the first and the last rename some files are new and others old; that is why it is for few
//! files, or for folders that cannot be exchanged (another disk, a mount, Windows). The list of what
//! is ours is true at every moment, so that the next build puts right what a killed one left.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{Change, Failed, put};

/// Where files wait, in the output folder.
const ASIDE: &str = ".epure/part";

pub fn replace(change: &Change<'_>, everything: &str) -> Result<(), Failed> {
    let aside = change.out.join(ASIDE);
    let fresh = change.out.symlink_metadata().is_err();
    let _ = fs::remove_dir_all(&aside);
    let done = staged(change, &aside, everything);
    let _ = fs::remove_dir_all(&aside);
    if done.is_err() && fresh {
        // Only what was made for it goes: folders with nothing in them.
        prune(change.out, change.writes().map(|(path, _)| path).collect());
        let _ = fs::remove_dir(change.out.join(super::ACCOUNTS));
        let _ = fs::remove_dir(change.out);
    }
    done
}

fn staged(change: &Change<'_>, aside: &Path, everything: &str) -> Result<(), Failed> {
    for (path, bytes) in change.writes() {
        put(&aside.join(path), bytes)?;
    }
    // From here on nothing needs room on the disk but names.
    if !change.changed.is_empty() || !change.stale.is_empty() {
        put(&change.out.join(super::MANIFEST), everything.as_bytes())?;
    }
    for (path, _) in change.writes() {
        let file = change.out.join(path);
        let failed = |error| (file.clone(), error);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::rename(aside.join(path), &file).map_err(failed)?;
    }
    for path in &change.stale {
        let file = change.out.join(path);
        fs::remove_file(&file).map_err(|error| (file.clone(), error))?;
    }
    prune(change.out, change.stale.clone());
    Ok(())
}

/// Removes the folders that held these files and now hold nothing.
fn prune(out: &Path, paths: BTreeSet<&str>) {
    for path in paths.into_iter().rev() {
        let mut folder = Path::new(path).parent();
        while let Some(inner) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
            // A folder that still holds something stays, and so does what it lies in.
            if fs::remove_dir(out.join(inner)).is_err() {
                break;
            }
            folder = inner.parent();
        }
    }
}
