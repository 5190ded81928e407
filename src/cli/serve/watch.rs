//! Whether anything in a folder changed, found by looking.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::cli::output;

/// A file as it looks from outside: when it was changed, and its length.
type Look = (Option<SystemTime>, u64);

/// The deepest folder that is looked into.
const MAX_DEPTH: usize = 32;
/// A file that was written this shortly before it was read may have been written again since, with
/// the same time stamp.
const YOUNG: Duration = Duration::from_millis(40);

/// A folder that is looked at.
pub struct Watch {
    root: PathBuf,
    last: Option<BTreeMap<PathBuf, Look>>,
    young: bool,
}

impl Watch {
    /// Of a folder, all of which is new.
    pub fn new(root: PathBuf) -> Watch {
        Watch { root, last: None, young: false }
    }

    /// Whether something changed since it was last asked. What changes while it is being read is
    /// seen by the next look, which is taken before the reading.
    pub fn changed(&mut self) -> bool {
        let mut now = self.look();
        let mut changed = self.last.as_ref() != Some(&now);
        if changed {
            // An editor that writes in several steps is waited for, though not for ever.
            for _ in 0..10 {
                std::thread::sleep(Duration::from_millis(20));
                let next = self.look();
                let settled = next == now;
                now = next;
                if settled {
                    break;
                }
            }
        } else if self.young {
            changed = true;
        }
        let limit = SystemTime::now().checked_sub(YOUNG);
        self.young = changed && now.values().any(|(at, _)| *at > limit);
        self.last = Some(now);
        changed
    }

    fn look(&self) -> BTreeMap<PathBuf, Look> {
        let mut found = BTreeMap::new();
        walk(&self.root, 0, &mut found);
        found
    }
}

fn walk(folder: &Path, depth: usize, found: &mut BTreeMap<PathBuf, Look>) {
    // A folder that is gone, or cannot be read now, holds nothing now.
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        let Ok(meta) = fs::metadata(&path) else { continue };
        if !meta.is_dir() {
            found.insert(path, (meta.modified().ok(), meta.len()));
        } else if depth < MAX_DEPTH && !path.join(output::MANIFEST).is_file() {
            walk(&path, depth + 1, found);
        }
    }
}
