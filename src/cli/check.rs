//! `epure check`: every mistake and every finding, where it is.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use super::baseline;
use super::each::Each;
use super::files::write_whole;
use super::formats::{FORMATS, Format, Report};
use super::locate::{Opened, date, fail, open_any};
use super::mend;
use super::{Common, Exit, Terminal};
use crate::analysis::findings::Findings;
use crate::analysis::review::{comparisons, positions, review_all, review_all_simulated};
use crate::analysis::runs::Runs;
use crate::analysis::{credential_fix, policy, waiver};
use crate::design::Workspace;
use crate::design::manifests::adopt_in;
use crate::design::text::When;
use crate::report;
use crate::report::coursework;
use crate::said;
use crate::source::{Diagnostic, Lang, Said, Severity, Span, State, nearest};

/// Review a workspace, or whatever Kubernetes and Compose files there are.
#[derive(Debug, Args)]
pub struct Check {
    /// Folders and files: a workspace, Kubernetes YAML or JSON, Compose files, a cluster's dump, told
    /// apart by content; `-` for standard input; the folder you are in where none is said.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day on which ages and expiries are judged, instead of the workspace's own.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<When>,
    /// Check several folders, a line each: what builds, what a lab expects of it, who wrote the same.
    #[arg(long, value_name = "FOLDER", num_args = 1..)]
    each: Vec<PathBuf>,
    /// With `--each`: the folder that was handed out. Its `lab.expects` counts, and its words are nobody's own.
    #[arg(long, value_name = "FOLDER", requires = "each")]
    handout: Option<PathBuf>,
    /// The context in which files of other tools are judged: `cloud`, `automotive`, `finance`, `lab`, or a profile
    /// of `epure.yaml`. A design states its own.
    #[arg(long, value_name = "CONTEXT")]
    context: Option<String>,
    /// How to print what was found.
    #[arg(long, default_value = "human", value_name = "FORMAT", value_parser = formats())]
    format: String,
    /// Also write it into a file, in any format: `--save sarif=epure.sarif`.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = saved)]
    save: Vec<Saved>,
    /// Show every finding in full, in the order of the text, instead of one line for each rule.
    #[arg(long)]
    all: bool,
    /// Also simulate: every scenario's expectations, and every single failure against what is promised.
    #[arg(long)]
    simulate: bool,
    /// The least severity that makes the run fail.
    #[arg(long, default_value = "error", value_name = "SEVERITY", value_parser = ["error", "warning", "note", "never"])]
    fail_on: String,
    /// Fail only on what this file does not hold: an earlier `--write-baseline`, or `--format json`.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what is found now as the baseline of later runs.
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Mend what can be mended safely, show it as a diff, and check again.
    #[arg(long)]
    fix: bool,
    /// Show what `--fix` would do, and write nothing.
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
}

/// The words of `--format`, each with what it is for.
fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| PossibleValue::new(format.word).help(format.about.en)))
}

#[derive(Debug, Clone)]
struct Saved {
    format: &'static Format,
    file: PathBuf,
}

fn saved(text: &str) -> Result<Saved, String> {
    let (word, file) = text.split_once('=').ok_or_else(|| format!("`{text}` is not FORMAT=FILE"))?;
    let format = FORMATS.iter().find(|format| format.word == word).ok_or_else(|| {
        format!("`{word}` is no format: {}", FORMATS.iter().map(|format| format.word).collect::<Vec<_>>().join(", "))
    })?;
    Ok(Saved { format, file: PathBuf::from(file) })
}

impl Check {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        if !self.each.is_empty() {
            let each = Each { folders: &self.each, handout: self.handout.as_deref(), as_of: self.as_of };
            if matches!(self.format.as_str(), "human" | "json" | "csv") {
                return each.run(&self.format, self.simulate, &self.fail_on, common, terminal);
            }
            let message = said!("`--each` prints `human`, `json` or `csv`", "`--each` écrit `human`, `json` ou `csv`");
            fail(terminal, common.lang.unwrap_or(Lang::En), &message)?;
            return Ok(Exit::Unusable);
        }
        let mut opened = match open_any(&self.paths, self.as_of, common, terminal)? {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
        if let Some(word) = &self.context
            && opened.workspace.config.base(word).is_none()
        {
            fail(terminal, opened.lang, &no_context(word, &opened.workspace.config.contexts()))?;
            return Ok(Exit::Unusable);
        }
        let baseline = match self.baseline.as_deref().map(baseline::read).transpose() {
            Ok(baseline) => baseline,
            Err(message) => {
                fail(terminal, opened.lang, &message)?;
                return Ok(Exit::Unusable);
            }
        };
        let (mut found, mut judged) = self.judge(&mut opened);
        if self.fix || self.diff {
            match mend::mend(&found, &opened, self.fix, self.format == "human", terminal)? {
                Ok(true) => {
                    // What was mended is judged anew, so that what is told is what stands there now.
                    opened = match open_any(&self.paths, self.as_of, common, terminal)? {
                        Ok(opened) => opened,
                        Err(exit) => return Ok(exit),
                    };
                    (found, judged) = self.judge(&mut opened);
                }
                Ok(false) => {}
                Err(exit) => return Ok(exit),
            }
        }
        let workspace = &opened.workspace;
        let report = Report {
            findings: Findings::new(&found, &workspace.sources, &judged, baseline.as_ref()),
            sources: &workspace.sources,
            prefix: prefix(&opened.root),
            documents: workspace.documents,
            components: workspace.designs.values().map(|design| design.value.components.len()).sum(),
            lang: opened.lang,
            fail_on: severity(&self.fail_on),
            all: self.all,
            colour: terminal.colour_out,
        };
        let plain = Report { colour: false, ..report };
        for Saved { format, file } in &self.save {
            if !save(file, &(format.write)(&plain), &opened, terminal)? {
                return Ok(Exit::Unusable);
            }
        }
        if let Some(file) = &self.write_baseline
            && !save(file, &baseline::write(&plain.findings, plain.sources), &opened, terminal)?
        {
            return Ok(Exit::Unusable);
        }
        let report = Report { colour: terminal.colour_out, ..plain };
        if let Some(format) = FORMATS.iter().find(|format| format.word == self.format) {
            terminal.out.write_all((format.write)(&report).as_bytes())?;
        }
        let bad = self.write_baseline.is_none() && report.findings.all.iter().any(|finding| report.fails(finding));
        // The system takes all of it back at once; giving it back piece by piece takes a tenth of the time.
        std::mem::forget((opened, found));
        Ok(if bad { Exit::Findings } else { Exit::Good })
    }

    fn judge(&self, opened: &mut Opened) -> (Vec<Diagnostic>, BTreeMap<String, usize>) {
        judge(opened, self.context.as_deref(), self.simulate)
    }
}

/// Everything that is wrong with a workspace, and how many things each rule judged.
pub(super) fn judge(
    opened: &mut Opened,
    context: Option<&str>,
    simulate: bool,
) -> (Vec<Diagnostic>, BTreeMap<String, usize>) {
    let mut found = std::mem::take(&mut opened.diagnostics);
    let broken = !found.is_empty();
    found.extend(adopt_in(&mut opened.workspace, context));
    found.extend(positions(&opened.workspace));
    let (workspace, today) = (&opened.workspace, opened.today);
    // Both threads ask for the reviews of the same designs.
    let runs = Runs::fixed();
    let beside = || {
        let compared = if broken { Vec::new() } else { comparisons(workspace, today, &runs) };
        let narrated = report::problems(workspace, today, &runs).into_iter();
        let narrated = narrated.filter(|problem| !broken || stands_alone(&problem.code));
        let expected = coursework::missing(workspace, today, &runs);
        compared.into_iter().chain(narrated).chain(expected).collect::<Vec<Diagnostic>>()
    };
    // Comparisons and narratives take as long as the designs, and a second thread meanwhile.
    let (others, (reviews, unmet)) = std::thread::scope(|scope| {
        let others = scope.spawn(beside);
        let reviews = if simulate {
            review_all_simulated(workspace, today, &runs)
        } else {
            (review_all(workspace, today, &runs), Vec::new())
        };
        (others.join().unwrap_or_default(), reviews)
    });
    found.extend(others.into_iter().chain(unmet));
    found.extend(policy::problems(&opened.workspace));
    let mut judged: BTreeMap<String, usize> = BTreeMap::new();
    for review in reviews {
        for (code, passed) in review.passed {
            *judged.entry(code).or_default() += passed;
        }
        found.extend(review.findings);
    }
    once(&mut found, &opened.workspace);
    credential_fix::attach(&mut found, &opened.workspace.sources);
    waiver::apply(&mut found, &opened.workspace, simulate, opened.today);
    for diagnostic in &found {
        *judged.entry(diagnostic.code.clone()).or_default() += 1;
    }
    found.sort_by_key(|diagnostic| diagnostic.primary.span);
    (found, judged)
}

/// A manifest that a design names is judged with the design and as what it is: what both find at one
/// place is said once, of the design.
fn once(found: &mut Vec<Diagnostic>, workspace: &Workspace) {
    if workspace.bound.is_empty() {
        return;
    }
    let mut met: BTreeSet<(String, Span)> = BTreeSet::new();
    found.retain(|finding| {
        let of = finding.path.as_deref().and_then(|path| path.split('.').next()).unwrap_or("");
        let key = (finding.code.clone(), finding.primary.span);
        let known = met.contains(&key);
        met.insert(key);
        !(known && workspace.units.contains_key(of))
    });
}

fn no_context(word: &str, known: &[String]) -> Said {
    match nearest(word, known.iter().map(String::as_str)) {
        Some(near) => said!(
            "no context is called `{word}`; did you mean `{near}`?",
            "aucun contexte ne s’appelle `{word}` ; vouliez-vous dire `{near}` ?"
        ),
        None => {
            let known = Said::list(&known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>());
            said!(
                "no context is called `{word}`: {known}",
                "aucun contexte ne s’appelle `{word}` : {known}",
                known = known
            )
        }
    }
}

/// Whether what is wrong with a report is so whatever is wrong with the documents: where one of them
/// is broken, a name that leads nowhere in a report may only repeat it.
pub(super) fn stands_alone(code: &str) -> bool {
    !code.starts_with("reference/")
        && !matches!(
            code,
            "report/value" | "report/unknown-figure" | "report/nothing-to-show" | "observed/other-cluster"
        )
}

/// Whether anything that was found is bad enough to fail.
pub(super) fn fails(found: &[Diagnostic], fail_on: &str) -> bool {
    let least = severity(fail_on);
    found.iter().any(|it| it.state == State::Fail && least.is_some_and(|least| it.severity >= least))
}

/// The least severity that is bad enough to fail.
fn severity(fail_on: &str) -> Option<Severity> {
    match fail_on {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "note" => Some(Severity::Note),
        _ => None,
    }
}

/// What leads from the top of the repository that a folder is in to that folder, with a `/` at its end.
fn prefix(root: &Path) -> String {
    let Ok(root) = root.canonicalize() else { return String::new() };
    let top = root.ancestors().find(|folder| folder.join(".git").exists());
    let Some(inside) = top.and_then(|top| root.strip_prefix(top).ok()) else { return String::new() };
    inside.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}

/// Writes one more output whole; `false` once the reason why not has been said.
fn save(file: &Path, text: &str, opened: &Opened, terminal: &mut Terminal<'_>) -> io::Result<bool> {
    if let Err(error) = write_whole(file, text.as_bytes()) {
        let (file, error) = (file.display().to_string(), error.to_string());
        let message = said!("`{file}` cannot be written: {error}", "`{file}` ne peut pas être écrit : {error}");
        fail(terminal, opened.lang, &message)?;
        return Ok(false);
    }
    Ok(true)
}
