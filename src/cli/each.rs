//! `epure check --each`: several folders, a line each. What an instructor asks of forty submissions.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::check::{fails, judge, stands_alone};
use super::locate::{Opened, open_at};
use super::{Common, Exit, Terminal, build, new};
use crate::analysis::review::comparisons;
use crate::analysis::runs::Runs;
use crate::design::load;
use crate::design::model::lab::Lab;
use crate::design::text::When;
use crate::report;
use crate::report::coursework::coursework;
use crate::said;
use crate::source::{Diagnostic, Lang, Severity, Show, State};

/// Two narratives of which the shorter shares this much with the other are one.
const COPY: f64 = 0.6;
/// Words in a row that two people hardly write alike.
const ROW: usize = 4;
/// With fewer rows than this a narrative is too short to be anybody's.
const LEAST: usize = 12;

/// Which folders.
pub struct Each<'a> {
    /// The folders.
    pub folders: &'a [PathBuf],
    /// What was handed out.
    pub handout: Option<&'a Path>,
    /// The day, where it is not each folder's own.
    pub as_of: Option<When>,
}

/// A folder's line.
#[derive(Debug, Default, Serialize)]
struct Line {
    folder: String,
    builds: bool,
    errors: usize,
    warnings: usize,
    notes: usize,
    unanswered: usize,
    expected: usize,
    answered: usize,
    predicted: usize,
    predicted_within: usize,
    observed: usize,
    observed_within: usize,
    words: usize,
    /// Of the author's own words; the same where they are, and empty where there are none.
    fingerprint: String,
    /// The folder whose narrative is most like this one's, where that is no chance.
    copy_of: String,
    /// The share of the shorter narrative that both have, in percent.
    alike: u32,
    missing: Vec<String>,
    /// Why nothing could be said.
    note: String,
    #[serde(skip)]
    rows: BTreeSet<u64>,
    #[serde(skip)]
    fails: bool,
}

impl Each<'_> {
    pub(super) fn run(
        &self,
        format: &str,
        simulate: bool,
        fail_on: &str,
        common: &Common,
        terminal: &mut Terminal<'_>,
    ) -> io::Result<Exit> {
        let lang = common.lang.unwrap_or(Lang::En);
        let mut handed = handed_out_with_this_program();
        let mut lab = None;
        if let Some(folder) = self.handout {
            let opened = match open_at(&workspace_in(folder), None, self.as_of, common, terminal)? {
                Ok(opened) => opened,
                Err(exit) => return Ok(exit),
            };
            handed.extend(coursework(&opened.workspace, opened.today, &Runs::fixed()).lines);
            lab = opened.workspace.config.lab;
        }
        let mut lines = Vec::new();
        // A file beside the folders, such as a list of names, is no submission.
        for folder in self.folders.iter().filter(|folder| !folder.is_file()) {
            lines.push(self.line(folder, lab.as_ref(), &handed, (simulate, fail_on), common)?);
        }
        compare(&mut lines);
        match format {
            "csv" => write!(terminal.out, "{}", csv(&lines))?,
            "json" => writeln!(terminal.out, "{:#}", serde_json::json!({"version": 1, "folders": lines}))?,
            _ => write!(terminal.out, "{}", plain(&lines, lang))?,
        }
        Ok(if lines.iter().any(|line| line.fails) { Exit::Findings } else { Exit::Good })
    }

    fn line(
        &self,
        folder: &Path,
        lab: Option<&Lab>,
        handed: &BTreeSet<String>,
        (simulate, fail_on): (bool, &str),
        common: &Common,
    ) -> io::Result<Line> {
        let shown =
            folder.file_name().map_or_else(|| folder.display().to_string(), |name| name.to_string_lossy().into());
        let mut line = Line { folder: shown, ..Line::default() };
        // What one folder lacks is a word on its line, and no end of the run.
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut quiet = Terminal { out: &mut out, err: &mut err, colour_out: false, colour_err: false };
        let mut opened = match open_at(&workspace_in(folder), None, self.as_of, common, &mut quiet)? {
            Ok(opened) => opened,
            Err(_) => {
                let said = String::from_utf8_lossy(&err);
                let said = said.lines().next().unwrap_or("");
                line.note = said.split_once(": ").map_or(said, |(_, rest)| rest).to_owned();
                line.fails = fail_on != "never";
                line.expected = lab.map_or(0, expected);
                return Ok(line);
            }
        };
        if let Some(lab) = lab {
            opened.workspace.config.lab = Some(lab.clone());
            opened.workspace.config_root = None;
        }
        let work = coursework(&opened.workspace, opened.today, &Runs::spread());
        let builds = build::errors(&broken(&opened)) == 0;
        let (found, _) = judge(&mut opened, None, simulate);
        let count = |state: State, severity: Option<Severity>| {
            found
                .iter()
                .filter(|it| it.state == state && severity.is_none_or(|severity| it.severity == severity))
                .count()
        };
        line.errors = count(State::Fail, Some(Severity::Error));
        line.warnings = count(State::Fail, Some(Severity::Warning));
        line.notes = count(State::Fail, Some(Severity::Note));
        line.unanswered = count(State::Unanswered, None);
        line.builds = builds;
        line.fails = fail_on != "never" && !builds || fails(&found, fail_on);
        (line.expected, line.answered) = (work.expected, work.answered);
        (line.predicted, line.predicted_within) = (work.predicted.of, work.predicted.within);
        (line.observed, line.observed_within) = (work.observed.of, work.observed.within);
        line.missing = work.missing;
        let own: Vec<&str> = work.lines.iter().map(String::as_str).filter(|line| !handed.contains(*line)).collect();
        let words: Vec<&str> = own.iter().flat_map(|line| line.split(' ')).collect();
        line.words = words.len();
        if !words.is_empty() {
            line.fingerprint = fingerprint(&words);
        }
        line.rows = words.windows(ROW).map(hash).collect();
        Ok(line)
    }
}

/// The workspace of a submission: the folder itself, or the one folder in it that is one, as archives
/// unpack. What lies around it is the instructor's and does not count.
fn workspace_in(folder: &Path) -> PathBuf {
    let is_one = |folder: &Path| folder.join("epure.yaml").is_file();
    if is_one(folder) {
        return folder.to_path_buf();
    }
    let inner = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    };
    let mut below = inner(folder);
    below.extend(below.clone().iter().flat_map(|folder| inner(folder)));
    let mut found = below.into_iter().filter(|folder| is_one(folder));
    match (found.next(), found.next()) {
        (Some(only), None) => only,
        _ => folder.to_path_buf(),
    }
}

/// What keeps a workspace from being built.
fn broken(opened: &Opened) -> Vec<Diagnostic> {
    let mut found = opened.diagnostics.clone();
    let whole = found.is_empty();
    let runs = Runs::fixed();
    if whole {
        found.extend(comparisons(&opened.workspace, opened.today, &runs));
    }
    let narrated = report::problems(&opened.workspace, opened.today, &runs).into_iter();
    found.extend(narrated.filter(|problem| whole || stands_alone(&problem.code)));
    found
}

fn expected(lab: &Lab) -> usize {
    let expects = &lab.expects;
    expects.sections.len()
        + expects.figures.len()
        + expects.predicted.len()
        + expects.observed.len()
        + expects.rules.len()
}

/// The lines of the handouts that `epure new` writes.
fn handed_out_with_this_program() -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for lang in [Lang::En, Lang::Fr] {
        let (workspace, _) = load(&new::inputs("lab-res507", lang));
        lines.extend(coursework(&workspace, When::from_days(0), &Runs::fixed()).lines);
    }
    lines
}

/// A number that stands for these words, on every machine and in every version (FNV-1a, 64 bits).
fn fingerprint(words: &[&str]) -> String {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([b' ']));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

fn hash<T: Hash + ?Sized>(words: &T) -> u64 {
    let mut hash = DefaultHasher::new();
    words.hash(&mut hash);
    hash.finish()
}

/// Finds for each narrative the one that is most like it.
fn compare(lines: &mut [Line]) {
    let alike = |a: &Line, b: &Line| {
        let least = a.rows.len().min(b.rows.len());
        if least < LEAST { 0.0 } else { a.rows.intersection(&b.rows).count() as f64 / least as f64 }
    };
    for i in 0..lines.len() {
        let others = (0..lines.len()).filter(|j| *j != i).map(|j| (j, alike(&lines[i], &lines[j])));
        let nearest = others.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((j, share)) = nearest.filter(|(_, share)| *share >= COPY) {
            lines[i].copy_of = lines[j].folder.clone();
            lines[i].alike = (share * 100.0).round() as u32;
        }
    }
}

/// The columns of the CSV, which are a promise to spreadsheets: more may come at the end.
const COLUMNS: [&str; 18] = [
    "folder",
    "builds",
    "errors",
    "warnings",
    "notes",
    "unanswered",
    "expected",
    "answered",
    "predicted",
    "predicted_within",
    "observed",
    "observed_within",
    "words",
    "fingerprint",
    "copy_of",
    "alike_percent",
    "missing",
    "note",
];

fn csv(lines: &[Line]) -> String {
    let mut out = format!("{}\r\n", COLUMNS.join(","));
    for line in lines {
        let cells: [String; 18] = [
            quoted(&line.folder),
            if line.builds { "yes" } else { "no" }.to_owned(),
            line.errors.to_string(),
            line.warnings.to_string(),
            line.notes.to_string(),
            line.unanswered.to_string(),
            line.expected.to_string(),
            line.answered.to_string(),
            line.predicted.to_string(),
            line.predicted_within.to_string(),
            line.observed.to_string(),
            line.observed_within.to_string(),
            line.words.to_string(),
            quoted(&line.fingerprint),
            quoted(&line.copy_of),
            if line.copy_of.is_empty() { String::new() } else { line.alike.to_string() },
            quoted(&line.missing.join("; ")),
            quoted(&line.note),
        ];
        let _ = write!(out, "{}\r\n", cells.join(","));
    }
    out
}

/// A text as a cell: quoted where it must be, and never a formula, whatever a folder is called.
fn quoted(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', ';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The lines as a table for people.
fn plain(lines: &[Line], lang: Lang) -> String {
    let yes = said!("yes", "oui").show(lang);
    let no = said!("no", "non").show(lang);
    let head = [
        said!("folder", "dossier"),
        said!("builds", "construit"),
        said!("errors", "erreurs"),
        said!("warnings", "avertiss."),
        said!("answered", "répondu"),
        said!("predicted", "prédit"),
        said!("observed", "observé"),
        said!("like", "semblable"),
    ];
    let share = |within: usize, of: usize| if of == 0 { "–".to_owned() } else { format!("{within}/{of}") };
    let mut rows: Vec<Vec<String>> = vec![head.iter().map(|text| text.show(lang)).collect()];
    for line in lines {
        let like =
            if line.copy_of.is_empty() { line.note.clone() } else { format!("{} ({} %)", line.copy_of, line.alike) };
        rows.push(vec![
            line.folder.clone(),
            if line.builds { yes.clone() } else { no.clone() },
            line.errors.to_string(),
            line.warnings.to_string(),
            share(line.answered, line.expected),
            share(line.predicted_within, line.predicted),
            share(line.observed_within, line.observed),
            like,
        ]);
    }
    let width = |i: usize| rows.iter().map(|row| row[i].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        let _ = writeln!(out, "{}", cells.join("  ").trim_end());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_name_is_never_a_formula() {
        assert_eq!(quoted("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(quoted("dupont, marie"), "\"dupont, marie\"");
        assert_eq!(quoted("dupont"), "dupont");
    }

    #[test]
    fn narratives_are_told_apart_by_their_rows_of_words() {
        let line = |folder: &str, text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            Line { folder: folder.into(), rows: words.windows(ROW).map(hash).collect(), ..Line::default() }
        };
        let one = "the replica set holds the count that was asked for and makes a new pod as soon as one carries a date of deletion";
        let copied = format!("well {one} indeed");
        let other = "a controller compares what exists to what was wished and nobody waits until the first has ended before the next is begun";
        let mut lines = [line("a", one), line("b", other), line("c", &copied), line("d", "too short")];
        compare(&mut lines);
        let found: Vec<(&str, u32)> = lines.iter().map(|line| (line.copy_of.as_str(), line.alike)).collect();
        assert_eq!(found, [("c", 100), ("", 0), ("a", 100), ("", 0)]);
    }
}
