//! The reader over hundreds of real manifests, where they are at hand beside the package: it never
//! panics, and every file gives a tree or a diagnostic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use epure::source::{Sources, read};

#[test]
fn real_manifests_give_a_tree_or_a_diagnostic() {
    let folder = support::root().join("../shared/data/manifests");
    if !folder.is_dir() {
        println!("there is no ../shared/data/manifests here: nothing was read");
        return;
    }
    let (mut files, mut documents, mut broken) = (0, 0, 0);
    for (path, file) in support::files(&folder) {
        if !path.ends_with(".yaml") && !path.ends_with(".yml") {
            continue;
        }
        let Ok(text) = String::from_utf8(std::fs::read(&file).unwrap()) else { continue };
        let blank = text
            .lines()
            .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#') || line.starts_with("---"));
        let mut sources = Sources::default();
        let id = sources.add(path.clone(), text);
        let (trees, problems) = read(&sources, id);
        let roots = trees.iter().filter(|tree| tree.root.is_some()).count();
        assert!(roots > 0 || !problems.is_empty() || blank, "{path}: neither a tree nor a diagnostic");
        for problem in &problems {
            let end = sources.file(id).text.len();
            assert!(problem.primary.span.range().end <= end, "{path}: a place outside the file");
        }
        files += 1;
        documents += roots;
        broken += usize::from(!problems.is_empty());
    }
    println!("{files} files, {documents} documents, {broken} files with a syntax error");
    assert!(files > 500, "only {files} files");
}
