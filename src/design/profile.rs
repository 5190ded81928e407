//! Contexts of the workspace's own: which of épure's each comes down to, and what it holds of a rule.

use super::model::config::{Config, Context, Position};
use super::model::design::Design;
use crate::said;
use crate::source::{DecodeError, Diagnostic, Kind, Node, Said, decode};

/// How many profiles may extend each other: more than that is a circle.
const MAX_CHAIN: usize = 32;

impl Config {
    /// The context of épure's that a context of the workspace comes down to.
    pub fn base(&self, context: &str) -> Option<Context> {
        let mut at = context;
        for _ in 0..MAX_CHAIN {
            match self.profiles.get(at) {
                Some(profile) => at = &profile.extends.as_ref()?.0,
                None => return Context::of(at),
            }
        }
        None
    }

    /// The position on a rule in a context: the workspace's own, else that of the context, else that of
    /// what the context extends.
    pub fn position(&self, context: &str, rule: &str) -> Position {
        let mut position = self.rules.get(rule).cloned().unwrap_or_default();
        let mut at = context;
        for _ in 0..MAX_CHAIN {
            let Some(profile) = self.profiles.get(at) else { break };
            if let Some(own) = profile.rules.get(rule) {
                position = position.over(own);
            }
            let Some(next) = &profile.extends else { break };
            at = &next.0;
        }
        position
    }

    /// The words that may stand for a context.
    pub fn contexts(&self) -> Vec<String> {
        let own = self.profiles.keys().cloned();
        Context::ALL.iter().map(|context| context.word().to_owned()).chain(own).collect()
    }
}

/// A design from its tree; a context of the workspace's own is read as the one that it comes down to.
///
/// # Errors
/// What the tree says that a design cannot.
pub fn design(root: &Node, config: &Config) -> Result<Design, DecodeError> {
    let Some(own) = root.get("context").and_then(Node::scalar).filter(|word| Context::of(word).is_none()) else {
        return decode::<Design>(root);
    };
    // A profile that comes down to nothing is a mistake that was said where the profile stands.
    let base = config.base(own).unwrap_or(Context::Cloud);
    let mut root = root.clone();
    say_context(&mut root, base.word());
    decode::<Design>(&root)
}

/// Puts another word in the place of a design's context.
pub fn say_context(root: &mut Node, word: &str) {
    let Kind::Map(entries) = &mut root.kind else { return };
    for entry in entries.iter_mut().filter(|entry| entry.key == "context") {
        entry.value.kind = Kind::Scalar { text: word.to_owned(), quoted: false };
    }
}

/// Profiles that take a name of épure's own, and those that extend each other in a circle.
pub fn problems(root: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut circle = Vec::new();
    let profiles = root.get("profiles").map(Node::entries).unwrap_or_default();
    let base = |name: &str| profiles.iter().find(|entry| entry.key == name)?.value.get("extends")?.scalar();
    for entry in profiles {
        let name = &entry.key;
        if Context::of(name).is_some() {
            found.push(
                Diagnostic::error(
                    "document/duplicate-name",
                    entry.key_span,
                    said!("`{name}` is a context of épure's own", "`{name}` est un contexte propre à épure"),
                )
                .help(said!("give the profile a name of its own", "donnez au profil un nom à lui")),
            );
            continue;
        }
        let mut at = name.as_str();
        let mut ends = false;
        for _ in 0..MAX_CHAIN {
            match base(at) {
                Some(next) => at = next,
                None => ends = true,
            }
        }
        if !ends {
            circle.push((name.clone(), entry.value.get("extends").map_or(entry.key_span, |node| node.span)));
        }
    }
    if let Some((_, first)) = circle.first() {
        let names = Said::list(&circle.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>());
        let mut diagnostic = Diagnostic::error(
            "reference/circle",
            *first,
            said!("{names} extend each other in a circle", "{names} se prolongent en cercle", names = names),
        );
        if circle.len() == 1 {
            diagnostic.message = said!("{names} extends itself", "{names} se prolonge lui-même", names = names);
        }
        for (name, span) in circle.iter().skip(1) {
            diagnostic =
                diagnostic.also(*span, said!("`{name}` extends another of them", "`{name}` en prolonge un autre"));
        }
        found.push(diagnostic);
    }
    found
}
