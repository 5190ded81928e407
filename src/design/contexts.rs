//! The contexts of épure's own, as the profiles that they are: `templates/contexts`, one file each, in
//! the form in which a workspace writes its own.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::model::config::{Ask, Context, Position, Profile};
use crate::source::{Sources, decode, read};

/// The profile of a context as it is written.
pub fn text(context: Context) -> &'static str {
    match context {
        Context::Cloud => include_str!("../../templates/contexts/cloud.yaml"),
        Context::Automotive => include_str!("../../templates/contexts/automotive.yaml"),
        Context::Finance => include_str!("../../templates/contexts/finance.yaml"),
        Context::Lab => include_str!("../../templates/contexts/lab.yaml"),
    }
}

/// What a context holds of a rule, itself or by what it extends; what neither says is the rule's own.
pub fn position(context: Context, rule: &str) -> Position {
    static ALL: OnceLock<BTreeMap<Context, BTreeMap<String, Position>>> = OnceLock::new();
    let all = ALL.get_or_init(|| Context::ALL.into_iter().map(|context| (context, positions(context))).collect());
    all.get(&context).and_then(|rules| rules.get(rule)).cloned().unwrap_or_default()
}

impl Position {
    /// A position laid over one further down: what it says holds, and of the rest what that one says.
    /// Who says how much a rule matters has it judged, whatever is left out below.
    pub(super) fn over(self, further: &Position) -> Position {
        let asked = further.ask.filter(|ask| *ask != Ask::Never || self.severity.is_none());
        Position {
            ask: self.ask.or(asked),
            at_least: self.at_least.or(further.at_least),
            severity: self.severity.or(further.severity),
        }
    }
}

/// The profile of a context, or why it is none: a mistake of épure's, which the tests would find.
fn profile(context: Context) -> Result<Profile, String> {
    let mut sources = Sources::default();
    let file = sources.add(format!("{}.yaml", context.word()), text(context));
    let (documents, diagnostics) = read(&sources, file);
    if let Some(diagnostic) = diagnostics.first() {
        return Err(diagnostic.code.clone());
    }
    let root = documents.into_iter().find_map(|document| document.root).ok_or("no document")?;
    decode::<Profile>(&root).map_err(|error| error.message)
}

/// Every position of a context, those of what it extends below its own.
fn positions(context: Context) -> BTreeMap<String, Position> {
    let Ok(profile) = profile(context) else { return BTreeMap::new() };
    // One that extended itself would be no context; each of the others is extended once at the most.
    let base = profile.extends.and_then(|name| Context::of(&name.0)).filter(|base| *base != context);
    let mut all = base.map(positions).unwrap_or_default();
    for (rule, own) in profile.rules {
        let further = all.remove(&rule).unwrap_or_default();
        all.insert(rule, own.over(&further));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Ask, Context, Position, profile};
    use crate::design::model::config::SeverityWord;

    #[test]
    fn who_says_how_much_a_rule_matters_has_it_judged() {
        let never = Position { ask: Some(Ask::Never), at_least: Some(3), ..Position::default() };
        let own = Position { severity: Some(SeverityWord::Warning), ..Position::default() };
        let both = own.over(&never);
        assert_eq!((both.ask, both.at_least, both.severity.is_some()), (None, Some(3), true));
        assert_eq!(Position::default().over(&never).ask, Some(Ask::Never));
    }

    #[test]
    fn every_context_is_a_profile() {
        for context in Context::ALL {
            let read = profile(context);
            assert!(read.as_ref().is_ok_and(|profile| !profile.rules.is_empty()), "{context:?}: {read:?}");
            assert_eq!(read.is_ok_and(|profile| profile.extends.is_none()), context == Context::Cloud);
        }
    }
}
