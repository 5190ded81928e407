//! The rooms know those before them and never those after: source → design → analysis → figure →
//! report → cli. And only the last one meets the machine it runs on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

/// The rooms in their one direction.
const ROOMS: [&str; 6] = ["source", "design", "analysis", "figure", "report", "cli"];

/// What only `cli` may use: files, the environment, the clock, other programs, the network, a stream.
const OUTSIDE: [&str; 8] =
    ["std::fs", "std::env", "std::process", "std::net", "std::io", "SystemTime", "Instant::now", "include_dir"];

/// A source file's lines without comments, so that a doc link to a later room is allowed.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, line)| (i + 1, line.split("//").next().unwrap_or("")))
}

/// The rooms that a line or a grouped `use crate::{…}` names.
fn named(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let lines: Vec<(usize, &str)> = code(text).collect();
    for (at, (number, line)) in lines.iter().enumerate() {
        for start in ["crate::", "epure::"].iter().flat_map(|word| line.match_indices(word).map(|(i, w)| i + w.len())) {
            let rest = &line[start..];
            if !rest.starts_with('{') {
                found.push((*number, rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()));
                continue;
            }
            // A group: the first word of each part at depth one.
            let mut depth = 0;
            let mut word = Some(String::new());
            let rest = std::iter::once((*number, rest)).chain(lines[at + 1..].iter().copied());
            'group: for (number, line) in rest {
                for c in line.chars() {
                    match c {
                        '{' => {
                            depth += 1;
                            if depth > 1 {
                                found.extend(word.take().filter(|word| !word.is_empty()).map(|word| (number, word)));
                            }
                        }
                        '}' => {
                            depth -= 1;
                            if depth == 0 {
                                found.extend(word.take().filter(|word| !word.is_empty()).map(|word| (number, word)));
                                break 'group;
                            }
                        }
                        ',' if depth == 1 => {
                            found.extend(word.take().filter(|word| !word.is_empty()).map(|word| (number, word)));
                            word = Some(String::new());
                        }
                        ':' if depth == 1 => {
                            found.extend(word.take().filter(|word| !word.is_empty()).map(|word| (number, word)));
                        }
                        c if depth == 1 && (c.is_alphanumeric() || c == '_') => {
                            if let Some(word) = &mut word {
                                word.push(c);
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

#[test]
fn no_room_knows_a_later_one() {
    let mut wrong = Vec::new();
    for (order, room) in ROOMS.iter().enumerate() {
        for (path, file) in support::files(&support::root().join("src").join(room)) {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            for (line, word) in named(&text) {
                if ROOMS[order + 1..].contains(&word.as_str()) {
                    wrong.push(format!("src/{room}/{path}:{line} uses `{word}`"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "a room knows the rooms before it and never those after ({}):\n  {}\n\
         Move what is needed to the earlier room, or hand it over as an argument.",
        ROOMS.join(" → "),
        wrong.join("\n  ")
    );
}

#[test]
fn only_the_commands_meet_the_machine() {
    let mut wrong = Vec::new();
    for room in &ROOMS[..5] {
        for (path, file) in support::files(&support::root().join("src").join(room)) {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            // Tests may read what they like.
            if path.ends_with("tests.rs") {
                continue;
            }
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
            for (line, code) in code(text) {
                for word in OUTSIDE.iter().filter(|word| code.contains(**word)) {
                    wrong.push(format!("src/{room}/{path}:{line} uses `{word}`"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "files, the clock, the environment and streams belong to src/cli, so that the same input gives the same bytes:\n  {}",
        wrong.join("\n  ")
    );
}

#[test]
fn groups_are_understood() {
    let text = "use crate::{\n    figure::{Figure, cli},\n    source, // crate::report\n    said,\n};\nlet x = crate::cli::run;\n";
    let words: Vec<String> = named(text).into_iter().map(|(_, word)| word).collect();
    assert_eq!(words, ["figure", "source", "said", "cli"]);
}
