//! Files stay small and say what they are about.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

/// The longest a source file may be.
const LONGEST: usize = 800;
/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 7] = ["utils", "util", "helpers", "helper", "common", "misc", "shared"];

fn sources() -> Vec<(String, String)> {
    support::files(&support::root().join("src"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(path, file)| (path, std::fs::read_to_string(file).unwrap_or_default()))
        .collect()
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter_map(|(path, text)| Some((path, text.lines().count())).filter(|(_, lines)| *lines > LONGEST))
        .map(|(path, lines)| format!("src/{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "no file over {LONGEST} lines; split by what it is about:\n  {}", long.join("\n  "));
}

#[test]
fn no_module_is_a_drawer() {
    let drawers: Vec<String> = sources()
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path.trim_end_matches(".rs").split('/').any(|part| EMPTY_NAMES.contains(&part)))
        .collect();
    assert!(drawers.is_empty(), "a module is named after what it holds: {drawers:?}");
}

#[test]
fn nothing_is_unsafe() {
    for (path, text) in sources() {
        for (i, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            let named = ["unsafe {", "unsafe fn", "unsafe impl", "unsafe trait", "unsafe extern"];
            assert!(!named.iter().any(|word| code.contains(word)), "src/{path}:{}: no unsafe code", i + 1);
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.ends_with("tests.rs")) {
        assert!(text.starts_with("//!"), "src/{path} starts with no `//!` line");
    }
}
