//! What if a fact were otherwise: a variant that is made up on the spot, as a document like any other.
//!
//! The variant extends its base and states what differs, so that it is read, merged and checked by
//! what reads, merges and checks everything else. Only what a document cannot know is checked here:
//! that a name leads to something that is there, instead of declaring something new.

use super::kinds;
use super::load::Input;
use super::workspace::Workspace;
use crate::said;
use crate::source::{Kind, Node, Said, nearest};

/// A fact as it is to be: `components.quote-app.replicas=1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The path within the design.
    pub path: String,
    /// The value, as a document would write it.
    pub value: String,
}

impl Setting {
    /// Reads `path=value`.
    ///
    /// # Errors
    /// What is missing.
    pub fn parse(text: &str) -> Result<Setting, Said> {
        match text.split_once('=') {
            Some((path, value)) if !path.trim().is_empty() && !value.trim().is_empty() && !value.contains('\n') => {
                Ok(Setting { path: path.trim().to_owned(), value: value.trim().to_owned() })
            }
            _ => Err(said!(
                "`{text}` sets nothing; write a path and a value, as in `components.quote-app.replicas=1`",
                "`{text}` ne fixe rien ; écrivez un chemin et une valeur, comme `components.quote-app.replicas=1`"
            )),
        }
    }
}

/// A design with some facts otherwise: the document that says so, and its name.
///
/// # Errors
/// Every path that leads nowhere, with what was probably meant.
pub fn variant(workspace: &Workspace, base: &str, settings: &[Setting]) -> Result<(Input, String), Vec<Said>> {
    let Some(doc) = workspace.designs.get(base) else {
        return Err(vec![said!("`{base}` is no design", "`{base}` n’est pas une conception")]);
    };
    let wrong: Vec<Said> = settings.iter().filter_map(|setting| leads(&doc.root, base, &setting.path).err()).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut name = format!("{base}-what-if");
    while workspace.designs.contains_key(&name) {
        name.push('x');
    }
    let shown: Vec<String> = settings.iter().map(|setting| format!("{}={}", setting.path, setting.value)).collect();
    let base_title = doc.value.title.as_ref().map_or_else(|| Said::same(base), |title| title.said());
    let title = |text: &str| serde_json::Value::from(format!("{text}, {}", shown.join(", "))).to_string();
    let mut text = format!(
        "kind: design\nname: {name}\nextends: {base}\ntitle: {{en: {}, fr: {}}}\n",
        title(&base_title.en),
        title(&base_title.fr)
    );
    let mut tree = Tree::default();
    for setting in settings {
        tree.put(&setting.path.split('.').collect::<Vec<_>>(), &setting.value);
    }
    tree.write(0, &mut text);
    let path = shown.iter().map(|setting| format!("--set {setting}")).collect::<Vec<_>>().join(" ");
    Ok((Input { path, bytes: text.into_bytes() }, name))
}

/// Whether a path leads to a place where a value may stand, and to nothing new.
fn leads(root: &Node, base: &str, path: &str) -> Result<(), Said> {
    let Some(shapes) = kinds::kind("design").map(|kind| &kind.shapes) else { return Ok(()) };
    let mut shape = shapes.get(shapes.root);
    let mut node = Some(root);
    let mut so_far = base.to_owned();
    for step in path.split('.') {
        let nowhere = |near: Option<&str>, known: Vec<&str>| {
            let fixed = near.map(|near| {
                path.split('.').map(|other| if other == step { near } else { other }).collect::<Vec<_>>().join(".")
            });
            let hint = fixed.map_or_else(
                || {
                    let list = known.join(", ");
                    said!("there are: {list}", "il y a : {list}")
                },
                |fixed| said!("did you mean `{fixed}`?", "vouliez-vous dire `{fixed}` ?"),
            );
            Err(said!(
                "`{path}` leads nowhere: `{so_far}` has no `{step}`; {hint}",
                "`{path}` ne mène nulle part : `{so_far}` n’a pas de `{step}` ; {hint}",
                so_far = so_far,
                hint = hint
            ))
        };
        let Some(map) = &shape.map else {
            let (what, instead) = if shape.list.is_some() {
                (said!("a list, and set whole", "une liste, et se fixe entière"), said!("`[a, b]`", "`[a, b]`"))
            } else {
                (said!("a single value", "une valeur simple"), said!("a value", "une valeur"))
            };
            return Err(said!(
                "`{path}` leads nowhere: `{so_far}` is {what}; give it {instead}",
                "`{path}` ne mène nulle part : `{so_far}` est {what} ; donnez-lui {instead}",
                so_far = so_far,
                what = what,
                instead = instead
            ));
        };
        let next = match (map.fields.get(step), map.named) {
            (Some(field), _) => field.shape,
            (None, Some(named)) => {
                let known: Vec<&str> =
                    node.map(Node::entries).unwrap_or_default().iter().map(|entry| entry.key.as_str()).collect();
                if !known.contains(&step) {
                    return nowhere(nearest(step, known.iter().copied()), known);
                }
                named
            }
            (None, None) => {
                let known: Vec<&str> = map.fields.keys().map(String::as_str).collect();
                return nowhere(nearest(step, known.iter().copied()), known);
            }
        };
        shape = shapes.get(next);
        node = node.and_then(|node| node.get(step));
        so_far = format!("{so_far}.{step}");
    }
    match (node.map(|node| &node.kind), &shape.scalar, shape.list) {
        (Some(Kind::Map(_)), None, None) => Err(said!(
            "`{so_far}` is a block, not a value; go on to one of its keys",
            "`{so_far}` est un bloc, pas une valeur ; poursuivez vers l’une de ses clés",
            so_far = so_far
        )),
        _ => Ok(()),
    }
}

/// Settings as nested keys, in the order in which they are given.
#[derive(Default)]
struct Tree {
    entries: Vec<(String, Branch)>,
}

enum Branch {
    Value(String),
    Inner(Tree),
}

impl Tree {
    fn put(&mut self, path: &[&str], value: &str) {
        let Some((first, rest)) = path.split_first() else { return };
        if rest.is_empty() {
            // What is said last holds.
            self.entries.retain(|(key, _)| key != first);
            self.entries.push(((*first).to_owned(), Branch::Value(value.to_owned())));
            return;
        }
        if let Some((_, Branch::Inner(inner))) = self.entries.iter_mut().find(|(key, _)| key == first) {
            return inner.put(rest, value);
        }
        let mut inner = Tree::default();
        inner.put(rest, value);
        self.entries.push(((*first).to_owned(), Branch::Inner(inner)));
    }

    fn write(&self, depth: usize, out: &mut String) {
        for (key, branch) in &self.entries {
            out.push_str(&format!("{}{key}:", "  ".repeat(depth)));
            match branch {
                Branch::Value(value) => out.push_str(&format!(" {value}\n")),
                Branch::Inner(inner) => {
                    out.push('\n');
                    inner.write(depth + 1, out);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::load;

    const DESIGN: &str = "kind: design\nname: shop\ncontext: cloud\nhosts: {m: {count: 2, in: [a]}}\nsites: {a: {kind: region}}\ncomponents:\n  web: {kind: service, runs_on: m, members: 2}\n";

    fn shop(sets: &[&str]) -> Result<(Input, String), Vec<Said>> {
        let (workspace, _) = load(&[Input { path: "d.yaml".into(), bytes: DESIGN.into() }]);
        let settings: Vec<Setting> = sets.iter().map(|text| Setting::parse(text).unwrap()).collect();
        variant(&workspace, "shop", &settings)
    }

    #[test]
    fn a_variant_is_a_document_like_any_other() {
        let (input, name) = shop(&["components.web.members=1", "hosts.m.count=3"]).unwrap();
        let base = Input { path: "d.yaml".into(), bytes: DESIGN.into() };
        let (workspace, diagnostics) = load(&[base, input]);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let design = &workspace.designs[&name].value;
        assert_eq!((design.components["web"].members, design.hosts["m"].count), (Some(1), 3));
    }

    #[test]
    fn what_leads_nowhere_is_said_with_what_was_meant() {
        let said = |set: &str| shop(&[set]).unwrap_err().remove(0).en;
        assert!(said("components.wbe.members=1").contains("did you mean `components.web.members`?"));
        assert!(said("components.web.membres=1").contains("did you mean `components.web.members`?"));
        assert!(said("hosts.m.in.0=a").contains("a list, and set whole"));
        assert!(said("components.web=1").contains("is a block"));
        assert!(said("components.web.members.of=1").contains("a single value"));
        assert!(Setting::parse("components.web.members").is_err() && Setting::parse("a=").is_err());
    }
}
