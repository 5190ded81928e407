//! A lab's submission held against what the lab expects: what is answered, what was predicted and
//! observed, and which words are the author's own.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::narrative::options;
use super::{Narrative, Piece};
use crate::analysis::observation::How;
use crate::analysis::review::judge;
use crate::analysis::rule::Outcome;
use crate::analysis::rules::RULES;
use crate::analysis::runs::Runs;
use crate::analysis::{steps, waiver};
use crate::design::Workspace;
use crate::design::model::lab::{Expects, Section};
use crate::design::model::report::Fence;
use crate::design::text::When;
use crate::figure::catalogue;
use crate::said;
use crate::source::{Diagnostic, Node, Said, Severity, Span, State, decode, nearest, read_text};

/// How a submission stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coursework {
    /// One finding for each thing that is expected and missing.
    pub findings: Vec<Diagnostic>,
    /// How many things are expected.
    pub expected: usize,
    /// How many of them are there.
    pub answered: usize,
    /// What is missing, as the lab names it.
    pub missing: Vec<String>,
    /// How many predictions were made, and how many of them hold.
    pub predicted: Share,
    /// How many things were observed that are also simulated, and how many lie within that.
    pub observed: Share,
    /// The words of the author's own, line by line, in lower case.
    pub lines: Vec<String>,
}

/// A number of things, and how many of them are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many there are.
    pub of: usize,
    /// How many of them are right.
    pub within: usize,
}

/// A prediction holds from half the earliest to twice the latest moment that is simulated: who
/// understood the mechanism is no further off.
const FACTOR: f64 = 2.0;

/// What a workspace's own `lab.expects` finds missing; a workspace without one is not even read.
pub fn missing(workspace: &Workspace, today: When, runs: &Runs) -> Vec<Diagnostic> {
    if workspace.config.lab.is_none() { Vec::new() } else { coursework(workspace, today, runs).findings }
}

/// Holds a workspace against its own `lab.expects`; nothing is expected where it has none.
pub fn coursework(workspace: &Workspace, today: When, runs: &Runs) -> Coursework {
    let reports = Reports::read(workspace);
    let mut work = Coursework { lines: reports.lines.clone(), ..Coursework::default() };
    for fence in &reports.fences {
        work.hold(workspace, today, runs, fence);
    }
    let Some(lab) = &workspace.config.lab else { return work };
    let root = workspace.config_root.as_ref().and_then(|root| root.get("lab")?.get("expects"));
    work.sections(&reports, &lab.expects, root);
    work.fences(workspace, &reports, &lab.expects, root);
    work.rules(workspace, today, &lab.expects, root);
    work
}

impl Coursework {
    /// Counts what a fence predicted and observed.
    fn hold(&mut self, workspace: &Workspace, today: When, runs: &Runs, fence: &Fence) {
        let Some(name) = &fence.timeline else { return };
        let Some(scenario) = workspace.scenarios.get(name.as_str()).map(|doc| &doc.value) else { return };
        if !fence.predicted.is_empty()
            && let Some(view) = runs.view(workspace, &scenario.design, today)
            && let Some(simulation) = runs.scenario(workspace, name, today)
        {
            let named = steps::steps(&view, scenario, &simulation);
            for (id, time) in &fence.predicted {
                let step = named.iter().find(|step| step.id == id.as_str());
                let holds = step.is_some_and(|step| {
                    let least = step.at_s.min.or(step.at_s.fixed).unwrap_or(0.0);
                    let most = step.at_s.max.or(step.at_s.fixed).unwrap_or(f64::INFINITY);
                    (least / FACTOR..=most * FACTOR).contains(&time.value())
                });
                self.predicted.add(holds);
            }
        }
        for difference in catalogue::held(workspace, today, fence, name, runs).unwrap_or_default() {
            match difference.how {
                How::Within => self.observed.add(true),
                How::Earlier(_) | How::Later(_) => self.observed.add(false),
                How::NotSimulated | How::NotObserved => {}
            }
        }
    }

    /// Counts something that is expected; where it is missing there is a finding.
    fn expect(&mut self, met: bool, wanted: &Wanted<'_>, message: Said, help: Said) {
        let Wanted { code, what, place } = wanted;
        self.expected += 1;
        self.answered += usize::from(met);
        if !met {
            self.missing.push((*what).to_owned());
        }
        if let (false, Some(place)) = (met, *place) {
            let finding = Diagnostic::error(*code, place, message).severity(Severity::Warning).help(help);
            self.findings.push(Diagnostic { state: State::Unanswered, ..finding });
        }
    }

    fn sections(&mut self, reports: &Reports, expects: &Expects, root: Option<&Node>) {
        for (i, Section { title, words }) in expects.sections.iter().enumerate() {
            let wanted = Wanted { code: "lab/section", what: title, place: item(root, "sections", i) };
            let start = plain(title);
            let found = reports.sections.iter().filter(|(heading, _)| heading.starts_with(&start));
            let most = found.map(|(_, count)| *count).max();
            let help = said!(
                "answer beneath the heading, outside the quotation",
                "répondez sous le titre, hors de la citation"
            );
            match most {
                None => self.expect(
                    false,
                    &wanted,
                    said!("no report has the section “{title}”", "aucun rapport n’a la section « {title} »"),
                    said!("keep the handout's headings as they are", "gardez les titres de l’énoncé tels quels"),
                ),
                Some(0) => self.expect(
                    false,
                    &wanted,
                    said!("the section “{title}” is not answered", "la section « {title} » est sans réponse"),
                    help,
                ),
                Some(count) => self.expect(
                    count >= *words as usize,
                    &wanted,
                    said!(
                        "the section “{title}” has {count} of at least {words} words",
                        "la section « {title} » a {count} mots sur {words} au moins",
                        title = title,
                        count = count,
                        words = *words
                    ),
                    help,
                ),
            }
        }
    }

    fn fences(&mut self, workspace: &Workspace, reports: &Reports, expects: &Expects, root: Option<&Node>) {
        for (i, figure) in expects.figures.iter().enumerate() {
            let place = item(root, "figures", i);
            if let Some(problem) = unknown_figure(workspace, figure, place) {
                self.findings.push(problem);
                continue;
            }
            let there = reports.fences.iter().any(|fence| names(fence).as_deref() == Some(canonical(figure).as_str()));
            self.expect(
                there,
                &Wanted { code: "lab/figure", what: figure, place },
                said!("no report shows the figure `{figure}`", "aucun rapport ne montre la figure `{figure}`"),
                said!(
                    "place it with a fenced block that starts with `{figure}`",
                    "placez-la par un bloc qui commence par `{figure}`"
                ),
            );
        }
        let of = |name: &str, has: fn(&Fence) -> bool| {
            reports.fences.iter().any(|fence| fence.timeline.as_deref() == Some(name) && has(fence))
        };
        for (i, name) in expects.predicted.iter().enumerate() {
            self.expect(
                of(name, |fence| !fence.predicted.is_empty()),
                &Wanted { code: "lab/prediction", what: &format!("predicted: {name}"), place: item(root, "predicted", i) },
                said!("nothing is predicted of `{name}`", "rien n’est prédit de `{name}`"),
                said!(
                    "before you try it, write `predicted: {{ready: 30 s}}` with your own time beneath `timeline: {name}`",
                    "avant d’essayer, écrivez `predicted: {{ready: 30 s}}` avec votre propre durée sous `timeline: {name}`"
                ),
            );
        }
        for (i, name) in expects.observed.iter().enumerate() {
            self.expect(
                of(name, |fence| fence.observed.is_some()),
                &Wanted { code: "lab/observation", what: &format!("observed: {name}"), place: item(root, "observed", i) },
                said!("nothing observed is shown of `{name}`", "rien d’observé n’est montré de `{name}`"),
                said!(
                    "keep what `kubectl get events,pods -o json` prints, and name the file in `observed:` beneath `timeline: {name}`",
                    "gardez ce qu’affiche `kubectl get events,pods -o json` et nommez le fichier dans `observed:` sous `timeline: {name}`"
                ),
            );
        }
    }

    fn rules(&mut self, workspace: &Workspace, today: When, expects: &Expects, root: Option<&Node>) {
        for (i, code) in expects.rules.iter().enumerate() {
            let place = item(root, "rules", i);
            let Some(rule) = RULES.iter().find(|rule| rule.code == code) else {
                let near = nearest(code, RULES.iter().map(|rule| rule.code));
                self.findings.extend(place.map(|place| unknown(place, code, near)));
                continue;
            };
            let (mut passed, mut failed) = (0, 0);
            for name in workspace.designs.keys() {
                let Some(view) = crate::analysis::view::View::of(workspace, name, today) else { continue };
                for verdict in judge(rule, &view) {
                    match verdict.outcome {
                        Outcome::Pass => passed += 1,
                        Outcome::Fail(_) | Outcome::Unanswered(_) => {
                            failed += usize::from(waiver::of(&view, rule.code, &verdict.path).is_none());
                        }
                    }
                }
            }
            let message = if failed > 0 {
                said!("`{code}` does not pass yet", "`{code}` ne passe pas encore")
            } else {
                said!("`{code}` has nothing to judge yet", "`{code}` n’a encore rien à juger")
            };
            let help = said!("`epure explain {code}` says what to do", "`epure explain {code}` dit que faire");
            self.expect(failed == 0 && passed > 0, &Wanted { code: "lab/rule", what: code, place }, message, help);
        }
    }
}

/// Something that is expected: the code of its finding, how the lab names it, where it says so.
struct Wanted<'a> {
    code: &'static str,
    what: &'a str,
    place: Option<Span>,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.of += 1;
        self.within += usize::from(right);
    }
}

/// All reports of a workspace, taken apart.
#[derive(Default)]
struct Reports {
    fences: Vec<Fence>,
    /// Headings as [`plain`] text, and how many words of the author's own stand beneath each.
    sections: Vec<(String, usize)>,
    lines: Vec<String>,
}

impl Reports {
    fn read(workspace: &Workspace) -> Reports {
        let mut reports = Reports::default();
        for report in &workspace.reports {
            let text = &workspace.sources.file(report.file).text;
            for piece in Narrative::read(report.file, text, report.body).pieces {
                let Piece::Fence(fence) = piece else { continue };
                let body = workspace.sources.text(fence.body);
                let (documents, _) = read_text(body, report.file, fence.body.start as usize);
                let roots = documents.iter().filter_map(|document| document.root.as_ref());
                reports.fences.extend(roots.filter_map(|root| decode::<Fence>(root).ok()));
            }
            reports.prose(&text[report.body.min(text.len())..]);
        }
        reports
    }

    /// Counts words beneath headings, of a deeper one for those above it too.
    fn prose(&mut self, text: &str) {
        let mut open: Vec<(u8, usize)> = Vec::new();
        let (mut heading, mut quoted, mut code) = (None::<String>, 0usize, false);
        for event in Parser::new_ext(text, options()) {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let level = level as u8;
                    open.retain(|(other, _)| *other < level);
                    open.push((level, self.sections.len()));
                    heading = Some(String::new());
                }
                Event::End(TagEnd::Heading(_)) => {
                    self.sections.push((plain(&heading.take().unwrap_or_default()), 0));
                }
                Event::Start(Tag::BlockQuote(_)) => quoted += 1,
                Event::End(TagEnd::BlockQuote(_)) => quoted = quoted.saturating_sub(1),
                Event::Start(Tag::CodeBlock(_)) => code = true,
                Event::End(TagEnd::CodeBlock) => code = false,
                Event::Text(text) | Event::Code(text) => match &mut heading {
                    Some(heading) => heading.push_str(&text),
                    None if quoted > 0 || code => {}
                    None => {
                        let line = plain(&text);
                        let words = line.split(' ').filter(|word| !word.is_empty()).count();
                        for (_, section) in &open {
                            if let Some((_, count)) = self.sections.get_mut(*section) {
                                *count += words;
                            }
                        }
                        if words > 0 {
                            self.lines.push(line);
                        }
                    }
                },
                _ => {}
            }
        }
    }
}

/// A text's words in lower case with single spaces, so that punctuation and typography do not count.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A figure as a fence names it: `timeline: delete-a-pod`.
fn names(fence: &Fence) -> Option<String> {
    let keys = [
        ("table", &fence.table),
        ("diagram", &fence.diagram),
        ("chart", &fence.chart),
        ("timeline", &fence.timeline),
        ("findings", &fence.findings),
    ];
    keys.into_iter().find_map(|(key, word)| Some(format!("{key}: {}", word.as_ref()?)))
}

fn canonical(figure: &str) -> String {
    let (key, word) = figure.split_once(':').unwrap_or((figure, ""));
    format!("{}: {}", key.trim(), word.trim())
}

/// What is wrong with a figure that is expected and that nobody could place.
fn unknown_figure(workspace: &Workspace, figure: &str, place: Option<Span>) -> Option<Diagnostic> {
    let wanted = canonical(figure);
    let mut known: BTreeSet<String> = catalogue::FIGURES
        .iter()
        .filter(|entry| !entry.word.is_empty())
        .map(|entry| format!("{}: {}", entry.key, entry.word))
        .collect();
    known.extend(workspace.comparisons.keys().map(|name| format!("table: {name}")));
    known.extend(workspace.scenarios.keys().map(|name| format!("timeline: {name}")));
    known.extend(workspace.designs.keys().map(|name| format!("findings: {name}")));
    if known.contains(&wanted) {
        return None;
    }
    Some(unknown(place?, figure, nearest(&wanted, known.iter().map(String::as_str))))
}

fn unknown(place: Span, word: &str, near: Option<&str>) -> Diagnostic {
    let message =
        said!("nobody can meet this: there is no `{word}`", "personne ne peut y répondre : il n’y a pas de `{word}`");
    let diagnostic = Diagnostic::error("lab/unknown", place, message);
    match near {
        Some(near) => diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(place, near),
        None => diagnostic.help(said!(
            "`epure explain` lists every rule and figure",
            "`epure explain` liste toutes les règles et figures"
        )),
    }
}

/// The place of an item of a list of what is expected.
fn item(root: Option<&Node>, key: &str, i: usize) -> Option<Span> {
    root?.get(key)?.items().get(i).map(|item| item.span)
}
