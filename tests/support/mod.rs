//! What several tests need: the tree's own files, and a run of the program in memory.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use epure::cli::{Exit, Terminal, run};

/// The folder of the package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under a folder with its path relative to it, in order.
pub fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    fn walk(folder: &Path, prefix: &str, found: &mut Vec<(String, PathBuf)>) {
        let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let relative = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if path.is_dir() {
                walk(&path, &relative, found);
            } else {
                found.push((relative, path));
            }
        }
    }
    let mut found = Vec::new();
    if folder.is_dir() {
        walk(folder, "", &mut found);
    }
    found
}

/// What a run of the program said, and how it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Ran {
    /// Results.
    pub out: String,
    /// Everything else.
    pub err: String,
    /// 0, 1 or 2.
    pub code: i32,
}

/// Runs a command line in this process, without colour.
pub fn epure<S: AsRef<str>>(arguments: &[S]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut terminal = Terminal { out: &mut out, err: &mut err, colour_out: false, colour_err: false };
    let line = std::iter::once("epure").chain(arguments.iter().map(AsRef::as_ref));
    let exit: Exit = run(line, &mut terminal).unwrap();
    Ran { out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap(), code: exit as i32 }
}

/// Runs commands in a folder and compares all they print with `tests/NAME.txt`. Lines that are shortened to
/// fit are none to compare where the folder's own path, of any length, stands in them.
pub fn transcript(name: &str, scratch: &Scratch, lines: &[&[&str]]) {
    let mut text = String::new();
    for line in lines {
        let given: Vec<String> = line
            .iter()
            .map(|word| word.strip_prefix("./").map_or_else(|| (*word).to_owned(), |path| scratch.join(path)))
            .collect();
        let ran = epure(&given);
        text.push_str(&format!("$ epure {}\n{}", line.join(" "), ran.out));
        if !ran.err.is_empty() {
            text.push_str(&format!("--- standard error\n{}", ran.err));
        }
        text.push_str(&format!("--- exit code {}\n\n", ran.code));
    }
    let text = text.replace(&scratch.path(), "WORK");
    let file = root().join(format!("tests/{name}.txt"));
    snapbox::assert_data_eq!(text, snapbox::Data::read_from(&file, None).raw());
}

/// A folder of this test run's own, empty at first and removed in the end.
pub struct Scratch(pub PathBuf);

impl Scratch {
    /// Makes one; the name keeps tests of one process apart.
    pub fn new(name: &str) -> Scratch {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Scratch(folder)
    }

    /// Writes a file into it.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Scratch {
        let file = self.0.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
        self
    }

    /// The folder as an argument.
    pub fn path(&self) -> String {
        self.0.display().to_string()
    }

    /// A path in it as an argument.
    pub fn join(&self, path: &str) -> String {
        self.0.join(path).display().to_string()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
