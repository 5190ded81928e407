//! Reading a workspace's folder, and writing outputs whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::design::Input;
use crate::design::manifests::gather::join;
use crate::source::{Node, Sources, read};

/// What reading a folder met.
#[derive(Debug)]
pub struct Folder {
    /// The files, by their path relative to the folder.
    pub inputs: Vec<Input>,
    /// The paths of all other files, relative to the folder.
    pub others: std::collections::BTreeSet<String>,
    /// Files or folders that could not be read, with the system's reason.
    pub unreadable: Vec<(PathBuf, io::Error)>,
}

/// The deepest folder that is looked into, so that a loop of links ends.
pub const MAX_DEPTH: usize = 32;

/// Reads every `.yaml`, `.yml` and `.md` file under a folder, and the `.json` files that a design binds
/// components to. Hidden folders, `skip` and links that lead out of the folder are passed over.
pub fn read_folder(root: &Path, skip: Option<&Path>) -> Folder {
    let mut folder = Folder { inputs: Vec::new(), others: Default::default(), unreadable: Vec::new() };
    let inside = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let skip = skip.and_then(|skip| skip.canonicalize().ok());
    let mut found = Vec::new();
    walk(root, &inside, skip.as_deref(), "", 0, &mut folder, &mut found);
    let read: Vec<_> = found.into_par_iter().map(|(path, relative)| (fs::read(&path), path, relative)).collect();
    for (bytes, path, relative) in read {
        match bytes {
            Ok(bytes) => folder.inputs.push(Input { path: relative, bytes }),
            Err(error) => folder.unreadable.push((path, error)),
        }
    }
    let bound = bound_paths(&folder.inputs);
    let named: Vec<String> = folder.others.iter().filter(|path| is_bound(&bound, path)).cloned().collect();
    for relative in named {
        let path = root.join(&relative);
        match fs::read(&path) {
            Ok(bytes) if !is_meant(&bound, &relative, &bytes) => continue,
            Ok(bytes) => folder.inputs.push(Input { path: relative.clone(), bytes }),
            Err(error) => folder.unreadable.push((path, error)),
        }
        folder.others.remove(&relative);
    }
    folder.inputs.sort_by(|a, b| a.path.cmp(&b.path));
    folder
}

/// What `from:` names under `manifests:` of designs: only there is JSON any of a workspace's business, which
/// holds much of it that is somebody else's. An empty path is the whole folder.
pub fn bound_paths(inputs: &[Input]) -> Vec<String> {
    let yaml = inputs.iter().filter(|input| !input.path.ends_with(".md"));
    let texts = yaml.filter_map(|input| std::str::from_utf8(&input.bytes).ok());
    let mut paths = Vec::new();
    for text in texts.filter(|text| text.contains("manifests:")) {
        let mut sources = Sources::default();
        let file = sources.add("", text);
        for root in read(&sources, file).0.into_iter().filter_map(|document| document.root) {
            let bindings = root.get("manifests").map(Node::entries).unwrap_or_default();
            let from = bindings.iter().filter_map(|binding| binding.value.get("from")?.scalar());
            paths.extend(from.map(|path| join("", path)));
        }
    }
    paths
}

/// Whether a path is a JSON file that some binding names, or that stands below a folder that one names.
pub fn is_bound(bound: &[String], path: &str) -> bool {
    let below = |from: &String| {
        from.is_empty() || path == from || path.strip_prefix(from.as_str()).is_some_and(|rest| rest.starts_with('/'))
    };
    path.ends_with(".json") && bound.iter().any(below)
}

/// Whether a JSON file is read for its binding: below a folder may lie many that are nobody's manifests.
pub fn is_meant(bound: &[String], path: &str, bytes: &[u8]) -> bool {
    bound.iter().any(|from| from == path)
        || std::str::from_utf8(bytes).is_ok_and(|text| text.contains("\"apiVersion\""))
}

/// Looks through a folder and puts what is to be read into `found`, with its relative path.
fn walk(
    dir: &Path,
    inside: &Path,
    skip: Option<&Path>,
    prefix: &str,
    depth: usize,
    folder: &mut Folder,
    found: &mut Vec<(PathBuf, String)>,
) {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => return folder.unreadable.push((dir.to_path_buf(), error)),
    };
    let mut entries: Vec<fs::DirEntry> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') {
            continue;
        }
        let relative = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        // The folder's list says what most entries are; only a link has to be followed.
        let kind = entry.file_type().ok();
        let is_link = kind.is_some_and(|kind| kind.is_symlink());
        if is_link && !path.canonicalize().is_ok_and(|target| target.starts_with(inside)) {
            continue;
        }
        if if is_link { path.is_dir() } else { kind.is_some_and(|kind| kind.is_dir()) } {
            let skipped = skip.is_some_and(|skip| path.canonicalize().is_ok_and(|path| path == skip));
            // What an earlier build wrote is no input, wherever it was written.
            let written = path.join(super::output::MANIFEST).is_file();
            // A folder with an `epure.yaml` of its own is another workspace.
            let another = path.join("epure.yaml").is_file();
            if depth < MAX_DEPTH && !is_link && !skipped && !written && !another {
                walk(&path, inside, skip, &relative, depth + 1, folder, found);
            }
        } else if matches!(path.extension().and_then(|ext| ext.to_str()), Some("yaml" | "yml" | "md")) {
            found.push((path, relative));
        } else {
            folder.others.insert(relative);
        }
    }
}

/// Whether a file may be something that other tools run from, by the end of its name.
pub fn is_manifest(path: &Path) -> bool {
    let end = path.extension().and_then(|ext| ext.to_str()).map(str::to_ascii_lowercase);
    matches!(end.as_deref(), Some("yaml" | "yml" | "json"))
}

/// Writes a file so that a reader sees the old or the new one, never half of it. What already
/// holds the same bytes is not touched.
///
/// # Errors
/// What the system said.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let part = path.with_file_name(format!(".{name}.part"));
    if let Err(error) = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path)) {
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_manifests_are_bound_to_is_read_as_json() {
        let text = "kind: design\nname: shop\nmanifests:\n  api: {from: ./k8s/}\n  web: {from: dump.json}\n\
                    connections:\n  ask: {from: web, to: api}\n";
        let bound = bound_paths(&[Input { path: "shop.yaml".into(), bytes: text.into() }]);
        assert_eq!(bound, ["k8s", "dump.json"]);
        let read = |path: &str, bytes: &str| is_bound(&bound, path) && is_meant(&bound, path, bytes.as_bytes());
        assert!(read("dump.json", "{"));
        assert!(read("k8s/api.json", "{\"apiVersion\": \"v1\"}"));
        assert!(!read("k8s/tsconfig.json", "{ // none }"));
        assert!(!read("web/package.json", "{\"apiVersion\": \"v1\"}"));
    }
}
