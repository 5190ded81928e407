//! The structural check: one walk of the shapes over the tree, every mistake once, where it is.

use std::collections::BTreeMap;

use super::scalars;
use super::scope::Scope;
use super::shape::{Field, Mapping, Shape, ShapeId, Shapes};
use crate::said;
use crate::source::{Diagnostic, Entry, Kind, Lang, Node, Said, Show, Span, nearest};

/// Checks a tree against the shapes of its kind; diagnostics stand in the order of the text.
pub fn check(root: &Node, shapes: &Shapes, scope: &Scope, name: &str) -> Vec<Diagnostic> {
    let mut walk = Walk { shapes, scope, path: vec![name.to_owned()], found: Vec::new() };
    let here = match root.entries().first() {
        Some(entry) => entry.key_span,
        None => root.span,
    };
    walk.value(root, shapes.root, here);
    let mut found = walk.found;
    found.sort_by_key(|diagnostic| diagnostic.primary.span);
    found
}

struct Walk<'a> {
    shapes: &'a Shapes,
    scope: &'a Scope,
    path: Vec<String>,
    found: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic.path(self.path.join(".")));
    }

    /// Checks a value; `at` is where to point if something is absent in it (its key).
    fn value(&mut self, node: &Node, id: ShapeId, at: Span) {
        let shapes = self.shapes;
        let shape = shapes.get(id);
        match &node.kind {
            Kind::Scalar { .. } if node.is_null() => {
                let diagnostic =
                    Diagnostic::error("schema/empty", at, said!("nothing stands here", "il n’y a rien ici"))
                        .help(said!("say a value, or take the key away", "donnez une valeur, ou retirez la clé"));
                self.say(diagnostic);
            }
            Kind::Scalar { text, quoted } => match &shape.scalar {
                Some(scalar) => {
                    if let Some(diagnostic) = scalars::check(scalar, text, *quoted, node.span) {
                        self.say(diagnostic);
                    } else {
                        self.reference(text, &shape.refers, node.span);
                    }
                }
                None => self.wrong_shape(node, shape),
            },
            Kind::List(items) => match shape.list {
                Some(item) => {
                    self.count(items.len(), shape.count, node.span);
                    for (i, node) in items.iter().enumerate() {
                        self.path.push(node.address(i));
                        let at = node.entries().first().map_or(node.span, |entry| entry.key_span);
                        self.value(node, item, at);
                        self.path.pop();
                    }
                }
                None => self.wrong_shape(node, shape),
            },
            Kind::Map(entries) => match &shape.map {
                Some(mapping) => self.mapping(entries, mapping, at),
                None => self.wrong_shape(node, shape),
            },
        }
    }

    /// Whether a list holds as many values as it may.
    fn count(&mut self, found: usize, (least, most): (Option<usize>, Option<usize>), at: Span) {
        let few = least.filter(|least| found < *least);
        let many = most.filter(|most| found > *most);
        let diagnostic = match (few, many) {
            (Some(_), _) if found == 0 => {
                Diagnostic::error("schema/empty", at, said!("this list is empty", "cette liste est vide"))
            }
            (Some(least), _) => Diagnostic::error(
                "schema/out-of-range",
                at,
                said!("{least} values are needed here, not {found}", "il faut {least} valeurs ici, et non {found}"),
            ),
            (None, Some(most)) => Diagnostic::error(
                "schema/out-of-range",
                at,
                said!("{most} values fit here, not {found}", "{most} valeurs tiennent ici, et non {found}"),
            ),
            (None, None) => return,
        };
        self.say(diagnostic);
    }

    fn mapping(&mut self, entries: &[Entry], mapping: &Mapping, at: Span) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut unknown: Vec<&Entry> = Vec::new();
        let kind = entries.iter().find(|entry| entry.key == "kind").and_then(|entry| entry.value.scalar());
        for entry in entries {
            if let Some(first) = seen.get(entry.key.as_str()) {
                let diagnostic = Diagnostic::error(
                    "schema/duplicate-key",
                    entry.key_span,
                    said!("`{key}` stands here twice", "`{key}` est écrit deux fois", key = entry.key),
                )
                .also(*first, said!("first here", "une première fois ici"))
                .help(said!("keep one of the two", "gardez l’un des deux"));
                self.say(diagnostic);
                continue;
            }
            seen.insert(&entry.key, entry.key_span);
            self.path.push(entry.key.clone());
            match (mapping.fields.get(&entry.key), mapping.named) {
                (Some(field), _) => {
                    self.belongs(entry, field, kind);
                    self.value(&entry.value, field.shape, entry.key_span);
                }
                (None, Some(named)) => {
                    self.name(entry, mapping);
                    self.value(&entry.value, named, entry.key_span);
                }
                (None, None) => unknown.push(entry),
            }
            self.path.pop();
        }
        let missing: Vec<&str> = mapping
            .fields
            .iter()
            .filter(|(key, field)| field.required && !seen.contains_key(key.as_str()))
            .map(|(key, _)| key.as_str())
            .collect();
        self.unknown_and_missing(&unknown, missing, mapping, &seen, kind, at);
        self.exactly_one(mapping, &seen, at);
        if entries.len() < mapping.at_least {
            let diagnostic =
                Diagnostic::error("schema/empty", at, said!("nothing stands in here", "il n’y a rien là-dedans"));
            self.say(diagnostic);
        }
    }

    /// Unknown keys, and required ones that are absent. An unknown key that is nearly a missing one
    /// is that key misspelt: one mistake, one diagnostic.
    fn unknown_and_missing(
        &mut self,
        unknown: &[&Entry],
        mut missing: Vec<&str>,
        mapping: &Mapping,
        seen: &BTreeMap<&str, Span>,
        kind: Option<&str>,
        at: Span,
    ) {
        for entry in unknown {
            if entry.key == "<<" {
                let diagnostic = Diagnostic::error(
                    "schema/merge-key",
                    entry.key_span,
                    said!("`<<` is not read here", "`<<` n’est pas lu ici"),
                )
                .help(said!(
                    "use `extends`, which merges by meaning",
                    "utilisez `extends`, qui fusionne selon le sens"
                ));
                self.say(diagnostic);
                continue;
            }
            let usable = |key: &&String| {
                !seen.contains_key(key.as_str()) && mapping.fields.get(*key).is_some_and(|field| suits(field, kind))
            };
            let near = nearest(&entry.key, missing.iter().copied())
                .or_else(|| nearest(&entry.key, mapping.fields.keys().filter(usable).map(String::as_str)))
                .map(str::to_owned);
            let mut diagnostic = Diagnostic::error(
                "schema/unknown-key",
                entry.key_span,
                said!("`{key}` is not a key that is read here", "`{key}` n’est pas une clé lue ici", key = entry.key),
            );
            if let Some(near) = near {
                missing.retain(|key| *key != near);
                diagnostic = diagnostic
                    .help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"))
                    .fix(entry.key_span, near);
            } else {
                let keys: Vec<String> = mapping.fields.keys().filter(usable).map(|key| format!("`{key}`")).collect();
                let words = listed(&keys);
                diagnostic =
                    diagnostic.help(said!("keys here: {words}", "clés possibles ici : {words}", words = words));
            }
            self.say(diagnostic);
        }
        if !missing.is_empty() {
            let keys = Said::list(&missing.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>());
            let meaning =
                mapping.fields.get(missing[0]).map(|field| field.description.clone()).filter(|_| missing.len() == 1);
            let mut diagnostic = Diagnostic::error(
                "schema/missing-key",
                at,
                said!("{keys} is missing here", "il manque ici {keys}", keys = keys),
            );
            if missing.len() > 1 {
                diagnostic.message.en = format!("{} are missing here", keys.en);
            }
            if let Some(meaning) = meaning.filter(|text| !text.is_empty()) {
                let key = missing[0];
                let first = meaning.lines().next().unwrap_or("").to_owned();
                diagnostic = diagnostic.help(said!("`{key}`: {first}", "ajoutez la clé `{key}`"));
            }
            self.say(diagnostic);
        }
    }

    fn belongs(&mut self, entry: &Entry, field: &Field, kind: Option<&str>) {
        if suits(field, kind) {
            return;
        }
        let (key, kind) = (&entry.key, kind.unwrap_or("?"));
        let kinds = listed(&field.kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>());
        let diagnostic = Diagnostic::error(
            "schema/not-of-this-kind",
            entry.key_span,
            said!("`{key}` says nothing for a `{kind}`", "`{key}` ne dit rien d’un composant `{kind}`"),
        )
        .help(said!("`{key}` belongs to {kinds}", "`{key}` appartient à {kinds}", kinds = kinds));
        self.say(diagnostic);
    }

    fn name(&mut self, entry: &Entry, mapping: &Mapping) {
        if !mapping.key_refers.is_empty() {
            self.reference(&entry.key, &mapping.key_refers, entry.key_span);
        } else if mapping.kebab && !scalars::is_name(&entry.key) {
            let diagnostic = scalars::bad_name(&entry.key, entry.key_span);
            self.say(diagnostic);
        }
    }

    fn exactly_one(&mut self, mapping: &Mapping, seen: &BTreeMap<&str, Span>, at: Span) {
        if mapping.exactly_one.is_empty() {
            return;
        }
        let present: Vec<(&str, Span)> = mapping
            .exactly_one
            .iter()
            .filter_map(|key| seen.get(key.as_str()).map(|span| (key.as_str(), *span)))
            .collect();
        let words = Said::list(&mapping.exactly_one.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>());
        match present.as_slice() {
            [_] => {}
            // A key that is nearly one of them has been said to be that one misspelt.
            [] if seen.keys().any(|key| {
                let near = nearest(key, mapping.exactly_one.iter().map(String::as_str));
                !mapping.fields.contains_key(*key) && near.is_some()
            }) => {}
            [] => {
                let message =
                    said!("one of {words} must stand here", "il faut ici une clé parmi {words}", words = words);
                self.say(Diagnostic::error("schema/exactly-one", at, message));
            }
            [first, rest @ ..] => {
                let message = said!(
                    "only one of {words} may stand here",
                    "une seule clé parmi {words} peut figurer ici",
                    words = words
                );
                let mut diagnostic = Diagnostic::error("schema/exactly-one", rest[0].1, message);
                diagnostic = diagnostic.also(first.1, said!("the other is here", "l’autre est ici"));
                self.say(diagnostic);
            }
        }
    }

    fn reference(&mut self, text: &str, targets: &[String], span: Span) {
        if targets.is_empty() || targets.iter().any(|target| self.scope.open.contains(target)) {
            return;
        }
        let declared: Vec<&str> =
            targets.iter().flat_map(|target| self.scope.declared(target)).map(String::as_str).collect();
        if declared.contains(&text) {
            return;
        }
        let places = Said::list(&targets.iter().map(|target| target_title(target)).collect::<Vec<_>>());
        let mut diagnostic = Diagnostic::error(
            "reference/unknown",
            span,
            said!(
                "`{text}` is declared nowhere among the {places}",
                "`{text}` n’est déclaré nulle part parmi les {places}",
                places = places
            ),
        );
        if let Some(near) = nearest(text, declared.iter().copied()) {
            diagnostic =
                diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(span, near);
        } else if declared.is_empty() {
            diagnostic = diagnostic.help(said!("none is declared yet", "aucun n’est encore déclaré"));
        } else {
            let names = listed(&declared.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>());
            diagnostic = diagnostic.help(said!("declared: {names}", "déclarés : {names}", names = names));
        }
        self.say(diagnostic);
    }

    fn wrong_shape(&mut self, node: &Node, shape: &Shape) {
        let found = match node.kind {
            Kind::Scalar { .. } => said!("a single value", "une valeur simple"),
            Kind::List(_) => said!("a list", "une liste"),
            Kind::Map(_) => said!("a mapping", "un dictionnaire"),
        };
        let mut expected = Vec::new();
        if let Some(scalar) = &shape.scalar {
            expected.push(scalars::expected(scalar));
        }
        if shape.list.is_some() {
            expected.push(said!("a list (`[…]`)", "une liste (`[…]`)"));
        }
        if shape.map.is_some() {
            expected.push(said!("a mapping (`key: value`)", "un dictionnaire (`clé: valeur`)"));
        }
        let expected = Said::by(|lang| {
            let or = if lang == Lang::En { " or " } else { " ou " };
            expected.iter().map(|said| said.show(lang)).collect::<Vec<_>>().join(or)
        });
        // A whole block would be underlined over many lines; its first key is enough to find it.
        let span = node.entries().first().map_or(node.span, |entry| entry.key_span);
        let span = node.items().first().map_or(span, |_| Span { end: node.span.start + 1, ..node.span });
        let diagnostic = Diagnostic::error(
            "schema/wrong-shape",
            span,
            said!(
                "{found} stands where {expected} is read",
                "{found} là où {expected} est attendu",
                found = found,
                expected = expected
            ),
        );
        self.say(diagnostic);
    }
}

fn suits(field: &Field, kind: Option<&str>) -> bool {
    field.kinds.is_empty() || kind.is_none_or(|kind| field.kinds.iter().any(|other| other == kind))
}

/// A list for a help line, cut where it would drown the reader.
fn listed(words: &[String]) -> Said {
    const SHOWN: usize = 16;
    let shown = words.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    match words.len().saturating_sub(SHOWN) {
        0 => Said::same(shown),
        more => {
            let other = Said::counted(more, ["more"; 2], ["autre", "autres"]);
            said!("{shown} and {more} {other}", "{shown} et {more} {other}", shown = shown, more = more, other = other)
        }
    }
}

/// What the names of a target are called.
fn target_title(target: &str) -> Said {
    match target {
        "functions" => said!("functions", "fonctions"),
        "sites" => said!("sites", "sites"),
        "zones" => said!("zones", "zones"),
        "segments" => said!("segments", "segments"),
        "third_parties" => said!("third parties", "prestataires"),
        "hosts" => said!("host groups", "groupes d’hôtes"),
        "partitions" => said!("partitions", "partitions"),
        "clusters" => said!("clusters", "clusters"),
        "contexts" => said!("contexts", "contextes"),
        "components" => said!("components", "composants"),
        "connections" => said!("connections", "connexions"),
        "namespaces" => said!("namespaces", "espaces de noms"),
        "secrets" => said!("secrets", "secrets"),
        "teams" => said!("teams of `epure.yaml`", "équipes d’`epure.yaml`"),
        "stack" => said!("stacks", "stacks"),
        "design" => said!("designs", "conceptions"),
        "comparison" => said!("comparisons", "comparaisons"),
        "scenario" => said!("scenarios", "scénarios"),
        other => Said::same(format!("`{other}`")),
    }
}
