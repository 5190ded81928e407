//! From files to a workspace: every structural mistake of every file in one run.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::front_matter;
use super::kinds::{self, DocumentKind, LANGUAGE};
use super::manifests::bind::{Binder, Bound};
use super::manifests::{Form, Stray, form, secrets};
use super::model::config::Context;
use super::model::{Comparison, Config, Design, Policy, Scenario, Stack};
use super::profile;
use super::reading::{check::check, merge, scope::Scope};
use super::workspace::{Doc, ReportDoc, Workspace};
use crate::said;
use crate::source::{
    Diagnostic, Document, File, FileId, Lang, Node, Said, Severity, Sources, Span, decode, nearest, read,
};

/// A file as it was found: its path relative to the workspace, with `/`, and its bytes.
#[derive(Debug, Clone)]
pub struct Input {
    /// The path relative to the workspace.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Reads a workspace. What could be read is there even where something else could not.
pub fn load(inputs: &[Input]) -> (Workspace, Vec<Diagnostic>) {
    let mut loader = Loader::default();
    let mut ordered: Vec<&Input> = inputs.iter().collect();
    ordered.sort_by(|a, b| a.path.cmp(&b.path));
    let texts: Vec<(File, Option<usize>)> = ordered.into_par_iter().map(text).collect();
    let files: Vec<Result<FileId, Box<Diagnostic>>> =
        texts.into_iter().map(|(file, broken)| add(&mut loader.sources, file, broken)).collect();
    let sources = &loader.sources;
    // Every file is read for itself; what follows from reading them is told in their order.
    let parse = || files.into_par_iter().map(|file| Parsed::of(sources, file)).collect::<Vec<_>>();
    let ((), parsed) = rayon::join(kinds::prepare, parse);
    for file in parsed {
        loader.file(file);
    }
    loader.finish()
}

/// A file's text, and where it stops being one.
fn text(input: &Input) -> (File, Option<usize>) {
    match std::str::from_utf8(&input.bytes) {
        Ok(text) => (File::new(&input.path, text), None),
        Err(error) => (File::new(&input.path, String::from_utf8_lossy(&input.bytes)), Some(error.valid_up_to())),
    }
}

/// Adds a file to the sources, also where it is no text.
fn add(sources: &mut Sources, file: File, broken: Option<usize>) -> Result<FileId, Box<Diagnostic>> {
    let file = sources.take(file);
    let Some(at) = broken else { return Ok(file) };
    let at = at as u32;
    let span = Span { file, start: at, end: at + 3 };
    let message = said!("this file is not UTF-8 text", "ce fichier n’est pas du texte UTF-8");
    Err(Box::new(
        Diagnostic::error("syntax/utf-8", span, message)
            .label(said!("the first byte that is none", "le premier octet en cause"))
            .help(said!("save it as UTF-8", "enregistrez-le en UTF-8")),
    ))
}

/// A file after it was read and before anything is made of it.
enum Parsed {
    /// It is no text.
    Unreadable(Box<Diagnostic>),
    Markdown(Option<ReportDoc>, Vec<Diagnostic>),
    Yaml(FileId, Vec<Document>, Vec<Diagnostic>),
}

impl Parsed {
    fn of(sources: &Sources, file: Result<FileId, Box<Diagnostic>>) -> Parsed {
        match file {
            Err(problem) => Parsed::Unreadable(problem),
            Ok(file) if sources.file(file).path.ends_with(".md") => {
                let (report, found) = front_matter::read(sources, file);
                Parsed::Markdown(report, found)
            }
            Ok(file) => {
                let (documents, found) = read(sources, file);
                Parsed::Yaml(file, documents, found)
            }
        }
    }
}

/// A YAML document before it is typed.
struct Raw {
    kind: &'static DocumentKind,
    name: String,
    name_span: Span,
    file: FileId,
    root: Node,
}

#[derive(Default)]
struct Loader {
    sources: Sources,
    config: Option<(FileId, Node)>,
    raws: Vec<Raw>,
    reports: Vec<ReportDoc>,
    documents: usize,
    diagnostics: Vec<Diagnostic>,
    /// Documents of other tools that are read as what they are.
    strays: Vec<Stray>,
    /// What is said of documents that are nobody's we know, if this is a workspace of épure's.
    nobodys: Vec<Diagnostic>,
    /// A document of unknown kind or name could not be read, so any name may be missing because of it.
    unknown_missing: bool,
}

impl Loader {
    fn file(&mut self, parsed: Parsed) {
        match parsed {
            Parsed::Unreadable(problem) => {
                self.unknown_missing = true;
                self.documents += 1;
                self.diagnostics.push(*problem);
            }
            Parsed::Markdown(report, mut found) => {
                self.diagnostics.append(&mut found);
                self.documents += usize::from(report.is_some());
                self.reports.extend(report);
            }
            Parsed::Yaml(file, documents, found) => self.yaml(file, documents, found),
        }
    }

    fn yaml(&mut self, file: FileId, documents: Vec<Document>, mut found: Vec<Diagnostic>) {
        self.unknown_missing |= documents.iter().any(|document| document.broken);
        self.documents += documents.len().max(1);
        let mut roots: Vec<Node> = documents.into_iter().filter_map(|document| document.root).collect();
        templates(&self.sources, file, &mut roots, &mut found);
        if roots.is_empty() && found.is_empty() {
            let span = Span { file, start: 0, end: 0 };
            self.nobodys.push(
                Diagnostic::error(
                    "document/empty",
                    span,
                    said!("this file holds no document", "ce fichier ne contient aucun document"),
                )
                .help(said!(
                    "write a document that starts with `kind:`, or remove the file",
                    "écrivez un document qui commence par `kind:`, ou supprimez le fichier"
                )),
            );
        }
        self.diagnostics.append(&mut found);
        let is_config = self.sources.file(file).path == "epure.yaml";
        for root in roots {
            if is_config && self.config.is_none() {
                self.config = Some((file, root));
            } else {
                self.document(file, root);
            }
        }
    }

    fn document(&mut self, file: FileId, root: Node) {
        if let Some(form) = form::form(&root) {
            self.strays.push(Stray { file, form, root });
            return;
        }
        // JSON that is no manifest is some other program's, beside the one that a binding names.
        if self.sources.file(file).path.ends_with(".json") && root.get("kind").is_none() {
            return;
        }
        let start = root.entries().first().map_or(root.span, |entry| entry.key_span);
        let Some(kind_node) = root.get("kind") else {
            self.nobodys.push(foreign(&root, start));
            return;
        };
        let word = kind_node.scalar().unwrap_or("");
        let Some(kind) = kinds::kind(word).filter(|_| kinds::WORDS.contains(&word) && word != "report") else {
            let near = nearest(word, kinds::WORDS[..5].iter().copied());
            let diagnostic = {
                let words = kinds::WORDS[..5].iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
                let diagnostic = Diagnostic::error(
                    "document/unknown-kind",
                    kind_node.span,
                    said!("`{word}` is not a kind of document", "`{word}` n’est pas un type de document"),
                );
                match near {
                    Some(near) => diagnostic
                        .help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"))
                        .fix(kind_node.span, near),
                    None => diagnostic.help(said!("kinds: {words}", "types : {words}")),
                }
            };
            if near.is_some() {
                self.unknown_missing = true;
                self.diagnostics.push(diagnostic);
            } else {
                self.nobodys.push(diagnostic);
            }
            return;
        };
        let name = root.get("name").and_then(Node::scalar).unwrap_or("").to_owned();
        let name_span = root.get("name").map_or(start, |node| node.span);
        if let Some(first) =
            self.raws.iter().find(|raw| raw.kind.word == kind.word && raw.name == name && !name.is_empty())
        {
            self.diagnostics.push(
                Diagnostic::error(
                    "document/duplicate-name",
                    name_span,
                    said!(
                        "another {word} is already called `{name}`",
                        "un autre document `{word}` s’appelle déjà `{name}`"
                    ),
                )
                .also(first.name_span, said!("the other one", "l’autre"))
                .help(said!(
                    "a name is unique among the documents of its kind",
                    "un nom est unique parmi les documents de son type"
                )),
            );
            return;
        }
        self.raws.push(Raw { kind, name, name_span, file, root });
    }

    fn finish(mut self) -> (Workspace, Vec<Diagnostic>) {
        let mut workspace = Workspace { documents: self.documents, ..Workspace::default() };
        let own = self.config.is_some() || !self.raws.is_empty() || !self.reports.is_empty();
        if own || (self.strays.is_empty() && self.diagnostics.is_empty()) {
            self.unknown_missing |= self.nobodys.iter().any(|diagnostic| diagnostic.code != "document/empty");
            self.diagnostics.append(&mut self.nobodys);
        }
        self.drop_chart_templates();
        for stray in &self.strays {
            for span in secrets::places(stray) {
                self.sources.hide(span);
            }
        }
        workspace.strays = std::mem::take(&mut self.strays);
        let mut scope = Scope::default();
        for word in kinds::WORDS {
            scope.declare(word, self.raws.iter().filter(|raw| raw.kind.word == word).map(|raw| raw.name.clone()));
        }
        if self.unknown_missing {
            scope.open = kinds::WORDS.iter().map(|word| (*word).to_owned()).collect();
        }
        self.configure(&mut workspace, &mut scope);
        workspace.bound = self.bind(&workspace.strays);
        self.resolve_variants();
        let mut checked: BTreeMap<(u32, u32, String), ()> = BTreeMap::new();
        let config = &workspace.config;
        let read = |raw: &Raw| {
            let own = (raw.kind.word == "design").then(|| scope.of_design(&raw.root));
            let name = if raw.name.is_empty() { raw.kind.word } else { &raw.name };
            let mut found = check(&raw.root, &raw.kind.shapes, own.as_ref().unwrap_or(&scope), name);
            point_at_without(&mut found, raw);
            let typed = found.is_empty().then(|| Typed::read(raw, config));
            (found, typed)
        };
        let read: Vec<_> = self.raws.par_iter().map(read).collect();
        for (raw, (mut found, typed)) in self.raws.into_iter().zip(read) {
            // A variant repeats its base's mistakes: the same file, place and code are said once.
            found.retain(|diagnostic| {
                let span = diagnostic.primary.span;
                checked.insert((span.file.0, span.start, diagnostic.code.clone()), ()).is_none()
            });
            self.diagnostics.append(&mut found);
            match typed {
                Some(Ok(typed)) => place(raw, typed, &mut workspace),
                Some(Err(diagnostic)) => self.diagnostics.push(*diagnostic),
                None => {}
            }
        }
        workspace.reports = self.reports;
        workspace.sources = self.sources;
        let mut diagnostics = self.diagnostics;
        diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span);
        (workspace, diagnostics)
    }

    /// Puts what manifests say into the designs that name them, before variants are made of these: a
    /// variant states what it changes, whatever its base runs from.
    fn bind(&mut self, strays: &[Stray]) -> BTreeMap<String, Vec<Bound>> {
        let mut binder = Binder::new(strays);
        let mut bound = BTreeMap::new();
        for raw in self.raws.iter_mut().filter(|raw| raw.kind.word == "design") {
            let (found, mut said) = binder.bind(&mut raw.root, &mut self.sources);
            self.diagnostics.append(&mut said);
            if !found.is_empty() {
                bound.insert(raw.name.clone(), found);
            }
        }
        bound
    }

    /// What stands below a chart's `templates` is made into objects by Helm, and is nothing before.
    fn drop_chart_templates(&mut self) {
        let below: Vec<String> = self
            .strays
            .iter()
            .filter(|stray| stray.form == Form::Chart)
            .map(|stray| {
                let path = &self.sources.file(stray.file).path;
                path.rsplit_once('/')
                    .map_or_else(|| "templates/".to_owned(), |(folder, _)| format!("{folder}/templates/"))
            })
            .collect();
        if below.is_empty() {
            return;
        }
        let sources = &self.sources;
        let inside = |file: FileId| below.iter().any(|start| sources.file(file).path.starts_with(start.as_str()));
        self.strays.retain(|stray| !inside(stray.file));
        self.diagnostics.retain(|diagnostic| !inside(diagnostic.primary.span.file));
    }

    fn configure(&mut self, workspace: &mut Workspace, scope: &mut Scope) {
        scope.declare("contexts", Context::ALL.iter().map(|context| context.word().to_owned()));
        let Some((file, root)) = &self.config else {
            scope.open.push("teams".to_owned());
            return;
        };
        let keys = |block: &str| -> Vec<String> {
            root.get(block).map(Node::entries).unwrap_or_default().iter().map(|entry| entry.key.clone()).collect()
        };
        scope.declare("contexts", keys("profiles"));
        let Some(kind) = kinds::kind("epure") else { return };
        scope.declare("teams", keys("teams"));
        if let Some(version) = root.get("epure")
            && let Some(number) = version.scalar().and_then(|text| text.parse::<u32>().ok())
            && number > LANGUAGE
        {
            self.diagnostics.push(
                Diagnostic::error(
                    "document/newer-language",
                    version.span,
                    said!("this workspace is written in language {number}; this program reads language {LANGUAGE}",
                          "cet espace de travail est écrit dans la version {number} du langage ; ce programme lit la version {LANGUAGE}"),
                )
                .help(said!("use a newer épure", "utilisez une version plus récente d’épure")),
            );
            scope.open.push("teams".to_owned());
            return;
        }
        let mut found = check(root, &kind.shapes, scope, "epure");
        if found.is_empty() {
            match decode::<Config>(root) {
                Ok(config) => workspace.config = config,
                Err(error) => found.push(internal(error.span.unwrap_or(root.span), &error.message)),
            }
        }
        found.extend(profile::problems(root));
        let _ = file;
        workspace.config_root = Some(root.clone());
        workspace.roots.insert("epure".to_owned(), root.clone());
        self.diagnostics.append(&mut found);
    }

    /// Merges every variant over its base, bases first, however they are ordered in the files.
    fn resolve_variants(&mut self) {
        let mut pending: Vec<usize> =
            (0..self.raws.len()).filter(|i| self.raws[*i].root.get("extends").is_some()).collect();
        loop {
            let ready = pending.iter().position(|i| {
                let base = self.base_of(*i);
                base.is_none_or(|base| !pending.contains(&base))
            });
            let Some(at) = ready else { break };
            let variant = pending.remove(at);
            let Some(base) = self.base_of(variant) else {
                self.unknown_base(variant);
                continue;
            };
            let (merged, mut found) =
                merge::merge(&self.raws[base].root, &self.raws[variant].root, &self.raws[variant].kind.shapes);
            self.diagnostics.append(&mut found);
            self.raws[variant].root = merged;
        }
        // What is left waits for itself.
        if let Some(first) = pending.first().copied() {
            let places: Vec<(String, Span)> = pending
                .iter()
                .filter_map(|i| Some((self.raws[*i].name.clone(), self.raws[*i].root.get("extends")?.span)))
                .collect();
            let names = Said::list(&places.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>());
            let mut diagnostic = Diagnostic::error(
                "reference/circle",
                places[0].1,
                said!("{names} extend each other in a circle", "{names} se prolongent en cercle", names = names),
            );
            if places.len() == 1 {
                diagnostic.message = said!("{names} extends itself", "{names} se prolonge lui-même", names = names);
            }
            for (name, span) in places.iter().skip(1) {
                diagnostic =
                    diagnostic.also(*span, said!("`{name}` extends another of them", "`{name}` en prolonge un autre"));
            }
            self.diagnostics.push(diagnostic);
            let _ = first;
            let mut drop = pending;
            drop.sort_unstable();
            for i in drop.into_iter().rev() {
                self.raws.remove(i);
            }
        }
        self.raws.retain(|raw| raw.name != "\u{0}");
    }

    fn base_of(&self, variant: usize) -> Option<usize> {
        let raw = &self.raws[variant];
        let base = raw.root.get("extends")?.scalar()?;
        self.raws.iter().position(|other| other.kind.word == raw.kind.word && other.name == base)
    }

    /// A variant without its base cannot be checked: one line, not a second list.
    fn unknown_base(&mut self, variant: usize) {
        let raw = &mut self.raws[variant];
        let base = raw.root.get("extends").and_then(Node::scalar).unwrap_or("").to_owned();
        let span = raw.root.get("extends").map_or(raw.name_span, |node| node.span);
        raw.name = "\u{0}".to_owned();
        if self.unknown_missing {
            return;
        }
        let word = self.raws[variant].kind.word;
        let names: Vec<&str> =
            self.raws.iter().filter(|raw| raw.kind.word == word).map(|raw| raw.name.as_str()).collect();
        let mut diagnostic = Diagnostic::error(
            "reference/unknown",
            span,
            said!("no {word} is called `{base}`", "aucun document `{word}` ne s’appelle `{base}`"),
        );
        if let Some(near) = nearest(&base, names.iter().copied()) {
            diagnostic =
                diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(span, near);
        }
        self.diagnostics.push(diagnostic);
    }
}

/// A name that a variant took away and its base still uses is reported where it was taken away.
fn point_at_without(found: &mut [Diagnostic], raw: &Raw) {
    for diagnostic in found.iter_mut().filter(|diagnostic| diagnostic.code == "reference/unknown") {
        let Some(without) = raw.root.get("without") else { continue };
        let name = diagnostic.message.en.split('`').nth(1).unwrap_or("").to_owned();
        let taken = without
            .items()
            .iter()
            .find(|item| item.scalar().is_some_and(|path| path.rsplit('.').next() == Some(&name)));
        if let Some(taken) = taken {
            let reference = diagnostic.primary.span;
            *diagnostic = Diagnostic::error(
                "reference/taken-away",
                taken.span,
                said!("`{name}` is taken away here and still used", "`{name}` est retiré ici et encore utilisé"),
            )
            .also(reference, said!("used here", "utilisé ici"))
            .help(said!(
                "take away what uses it too, or give it another",
                "retirez aussi ce qui l’utilise, ou remplacez-le"
            ));
        }
    }
}

/// A document's value.
enum Typed {
    Stack(Stack),
    Design(Box<Design>),
    Comparison(Comparison),
    Policy(Policy),
    Scenario(Scenario),
}

impl Typed {
    /// Decodes a document in which the check found nothing.
    fn read(raw: &Raw, config: &Config) -> Result<Typed, Box<Diagnostic>> {
        let typed = match raw.kind.word {
            "stack" => decode(&raw.root).map(Typed::Stack),
            "design" => profile::design(&raw.root, config).map(|design| Typed::Design(Box::new(design))),
            "comparison" => decode(&raw.root).map(Typed::Comparison),
            "policy" => decode(&raw.root).map(Typed::Policy),
            _ => decode(&raw.root).map(Typed::Scenario),
        };
        typed.map_err(|error| Box::new(internal(error.span.unwrap_or(raw.root.span), &error.message)))
    }
}

/// Puts a document among those of its kind.
fn place(raw: Raw, typed: Typed, workspace: &mut Workspace) {
    let Raw { kind, name, file, root, .. } = raw;
    // Designs come first in an address; a name used by two kinds means the earlier one.
    let order = |word: &str| kinds::WORDS.iter().position(|other| *other == word);
    let taken = workspace.roots.get(&name).and_then(|root| root.get("kind")).and_then(Node::scalar).map(str::to_owned);
    if taken.is_none_or(|taken| taken != "design" && order(kind.word) < order(&taken)) {
        workspace.roots.insert(name.clone(), root.clone());
    }
    let (key, doc) = (name.clone(), Doc { name, file, root, value: () });
    match typed {
        Typed::Stack(value) => drop(workspace.stacks.insert(key, doc.with(value))),
        Typed::Design(value) => drop(workspace.designs.insert(key, doc.with(*value))),
        Typed::Comparison(value) => drop(workspace.comparisons.insert(key, doc.with(value))),
        Typed::Policy(value) => drop(workspace.policies.insert(key, doc.with(value))),
        Typed::Scenario(value) => drop(workspace.scenarios.insert(key, doc.with(value))),
    }
}

fn internal(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(
        "internal/decode",
        span,
        said!("épure passed this value and then could not read it ({message}): a mistake of épure, please report it",
              "épure a accepté cette valeur puis n’a pas su la lire ({message}) : une erreur d’épure, merci de la signaler"),
    )
    .severity(Severity::Error)
}

/// Says of a file that a template engine has yet to go over that it is one, where it breaks.
fn templates(sources: &Sources, file: FileId, roots: &mut Vec<Node>, found: &mut Vec<Diagnostic>) {
    let text = &sources.file(file).text;
    let mark = ["{{", "{%", "<%"].into_iter().find(|mark| text.contains(mark));
    let Some(mark) = mark else { return };
    let said = |span: Span| {
        Diagnostic::error(
            "manifest/template",
            span,
            said!(
                "this is a template, not YAML yet: it breaks here",
                "ceci est un modèle, pas encore du YAML : il casse ici"
            ),
        )
        .severity(Severity::Warning)
        .label(said!("filled in by a template engine", "à remplir par un moteur de modèles"))
        .help(said!(
            "fill it in first, and pipe what comes out: `helm template DIR | epure check -`",
            "remplissez-le d’abord, et passez-en le résultat : `helm template DIR | epure check -`"
        ))
    };
    for diagnostic in found
        .iter_mut()
        .filter(|diagnostic| diagnostic.code.starts_with("syntax/") && diagnostic.code != "syntax/too-large")
    {
        let at = diagnostic.primary.span;
        // The last mark at or before the place where reading broke, on its line where there is one there.
        let line = text[..at.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let end = text[line..].find('\n').map_or(text.len(), |end| line + end);
        let start = text[line..end].find(mark).map(|at| line + at).or_else(|| text[..line].rfind(mark));
        if let Some(start) = start {
            let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
            *diagnostic = said(Span { file, start: start as u32, end: end as u32 });
        }
    }
    roots.retain(|root| {
        let open = unfilled(root, sources);
        found.extend(open.map(said));
        open.is_none()
    });
}

/// Where `{{name}}` stands unquoted: to YAML a mapping whose key is a mapping.
fn unfilled(node: &Node, sources: &Sources) -> Option<Span> {
    for entry in node.entries() {
        if entry.key == "?" && sources.text(entry.key_span).starts_with('{') {
            return Some(node.span);
        }
        if let Some(span) = unfilled(&entry.value, sources) {
            return Some(span);
        }
    }
    node.items().iter().find_map(|item| unfilled(item, sources))
}

/// A YAML file of another tool, told by what it looks like.
fn foreign(root: &Node, span: Span) -> Diagnostic {
    let has = |key: &str| root.get(key).is_some();
    let whose = if has("jobs") || has("stages") {
        said!("a pipeline's file", "un fichier de pipeline")
    } else {
        let message = said!("this document has no `kind`", "ce document n’a pas de `kind`");
        return Diagnostic::error("document/no-kind", span, message).help(said!(
            "start it with `kind: design`, `stack`, `comparison`, `scenario` or `policy`",
            "commencez-le par `kind: design`, `stack`, `comparison`, `scenario` ou `policy`"
        ));
    };
    Diagnostic::error(
        "document/foreign",
        span,
        said!("this is {whose}, not a document of épure", "c’est {whose}, pas un document d’épure", whose = whose),
    )
    .help(said!("keep it outside the workspace's folder", "gardez-le hors du dossier de l’espace de travail"))
}

/// The default language of messages: the workspace's first.
pub fn first_language(workspace: &Workspace) -> Lang {
    workspace.languages().first().copied().unwrap_or(Lang::En)
}
