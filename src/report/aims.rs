//! Where the links and images of narratives lead, and which of them lead nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::links::{scheme, workspace_path};
use super::narrative::options;
use super::sheet::Names;
use super::{Aim, Narrative};
use crate::design::Workspace;
use crate::said;
use crate::source::{Diagnostic, Said, Severity, nearest};

/// The ids that a page's own headings never get.
pub(super) const RESERVED: [&str; 6] = ["content", "contents", "notes", "rail", "search", "stated"];

/// What links of narratives can lead to.
pub(super) struct Aims<'w> {
    workspace: &'w Workspace,
    /// Every file that is known to be there.
    files: BTreeSet<&'w str>,
    /// The reports, by their file.
    reports: BTreeMap<&'w str, usize>,
    /// The anchors of each report, once somebody asks; nothing where they depend on values.
    anchors: Vec<OnceLock<Option<BTreeSet<String>>>>,
}

impl<'w> Aims<'w> {
    /// Everything in a workspace that a link can lead to.
    pub(super) fn of(workspace: &'w Workspace) -> Aims<'w> {
        let mut files: BTreeSet<&str> = workspace.sources.iter().map(|(_, file)| file.path.as_str()).collect();
        files.extend(workspace.others.iter().flatten().map(String::as_str));
        let path = |at: usize| workspace.sources.file(workspace.reports[at].file).path.as_str();
        let reports = (0..workspace.reports.len()).map(|at| (path(at), at)).collect();
        let anchors = workspace.reports.iter().map(|_| OnceLock::new()).collect();
        Aims { workspace, files, reports, anchors }
    }

    /// What leads nowhere from a narrative that stands in a file.
    pub(super) fn broken(&self, file: &str, narrative: &Narrative<'_>) -> Vec<Diagnostic> {
        narrative.aims.iter().filter_map(|aim| self.judge(file, aim)).collect()
    }

    fn judge(&self, file: &str, aim: &Aim) -> Option<Diagnostic> {
        if scheme(&aim.address).is_some() || aim.address.starts_with("//") {
            return None;
        }
        let (path, anchor) = aim.address.split_once('#').unwrap_or((&aim.address, ""));
        if path.is_empty() && !aim.image {
            return self.anchor(file, anchor, aim);
        }
        let address = path;
        let code = if aim.image { "report/broken-image" } else { "report/broken-link" };
        let say = |message: Said, help: Said| {
            Some(Diagnostic::error(code, aim.span, message).severity(Severity::Warning).help(help))
        };
        let Some(path) = workspace_path(file, address) else {
            return say(
                said!("`{address}` leads out of the workspace", "`{address}` mène hors de l’espace de travail"),
                if aim.image {
                    said!(
                        "keep the image in the workspace and write its path",
                        "gardez l’image dans l’espace de travail et écrivez son chemin"
                    )
                } else {
                    said!(
                        "write a path to a file of the workspace, or a web address",
                        "écrivez le chemin d’un fichier de l’espace de travail, ou une adresse web"
                    )
                },
            );
        };
        let document = [".yaml", ".yml", ".md"].iter().any(|ending| path.ends_with(ending));
        // Without a list of the other files nobody knows whether one of them is there.
        if !self.files.contains(path.as_str()) && (document || self.workspace.others.is_some()) {
            let near = nearest(&path, self.files.iter().copied());
            let help = match near {
                Some(near) => said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
                None => said!(
                    "paths are written relative to the report’s own file",
                    "les chemins s’écrivent relativement au fichier du rapport"
                ),
            };
            return say(said!("there is no `{address}`", "`{address}` n’existe pas"), help);
        }
        if anchor.is_empty() { None } else { self.anchor(&path, anchor, aim) }
    }

    /// Whether a report has an anchor.
    fn anchor(&self, file: &str, anchor: &str, aim: &Aim) -> Option<Diagnostic> {
        // Figures are named by what they show.
        if anchor.is_empty() || ["figure-", "sheet-", "note-"].iter().any(|start| anchor.starts_with(start)) {
            return None;
        }
        let at = *self.reports.get(file)?;
        let known = self.anchors.get(at)?.get_or_init(|| self.headings(at)).as_ref()?;
        let wanted = super::links::decoded(anchor).unwrap_or_else(|| anchor.to_owned());
        if known.contains(&wanted) || RESERVED.contains(&wanted.as_str()) {
            return None;
        }
        let help = match nearest(&wanted, known.iter().map(String::as_str)) {
            Some(near) => said!("did you mean `#{near}`?", "vouliez-vous dire `#{near}` ?"),
            None => said!(
                "a heading’s anchor is its text in lower case, with hyphens",
                "l’ancre d’un titre est son texte en minuscules, avec des traits d’union"
            ),
        };
        let message = said!("no heading there is called `#{wanted}`", "aucun titre ne s’y appelle `#{wanted}`");
        Some(Diagnostic::error("report/broken-link", aim.span, message).severity(Severity::Warning).help(help))
    }

    /// The anchors of a report's headings; nothing where a value stands in one.
    fn headings(&self, at: usize) -> Option<BTreeSet<String>> {
        let report = self.workspace.reports.get(at)?;
        let text = self.workspace.sources.file(report.file).text.get(report.body..)?;
        let mut names = Names::reserving(&RESERVED);
        let (mut found, mut heading) = (BTreeSet::new(), None::<String>);
        for event in Parser::new_ext(text, options()) {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    let text = heading.take().unwrap_or_default();
                    if text.contains("{{") {
                        return None;
                    }
                    found.insert(names.unique(&text));
                }
                Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::SoftBreak | Event::HardBreak => {
                    if let Some(heading) = &mut heading {
                        heading.push(' ');
                    }
                }
                _ => {}
            }
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Input, load};

    #[test]
    fn what_leads_nowhere_is_said_at_its_place() {
        let text = "---\nkind: report\ntitle: Lab\nlang: en\n---\n\n[a](#été-1) [b](#nope) [c](other.md#une-fin) [d](other.md#un-fin) \
                    [e](othr.md) [f](../x.md) ![g](a.png) ![h](../../b.png) [i](https://a.example/#x) [j](#figure-x) ![k](b.png)\n\n## Été 1\n";
        let other = "---\nkind: report\ntitle: Other\nlang: en\n---\n\n## Une fin\n";
        let input = |path: &str, text: &str| Input { path: path.into(), bytes: text.into() };
        let (mut workspace, problems) = load(&[input("lab.md", text), input("other.md", other)]);
        assert!(problems.is_empty(), "{problems:?}");
        workspace.others = Some(BTreeSet::from(["a.png".to_owned()]));
        let aims = Aims::of(&workspace);
        let report = &workspace.reports[0];
        let file = workspace.sources.file(report.file);
        let narrative = Narrative::read(report.file, &file.text, report.body);
        let found = aims.broken("lab.md", &narrative);
        let said: Vec<(&str, &str)> =
            found.iter().map(|one| (one.code.as_str(), workspace.sources.text(one.primary.span))).collect();
        let link = "report/broken-link";
        let image = "report/broken-image";
        let expected = [
            (link, "[b](#nope)"),
            (link, "[d](other.md#un-fin)"),
            (link, "[e](othr.md)"),
            (link, "[f](../x.md)"),
            (image, "![h](../../b.png)"),
            (image, "![k](b.png)"),
        ];
        assert_eq!(said, expected);
        assert!(found[1].help.as_ref().unwrap().en.contains("#une-fin"));
    }
}
