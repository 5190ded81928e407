//! Policies: the workspace's own rules, judged like any other, and their tests.

use std::collections::BTreeSet;

use super::expression::{Answer, Condition, Facts, facts_of, given};
use super::rule::{self, Outcome, Verdict};
use super::view::View;
use super::waiver;
use crate::design::model::Policy;
use crate::design::model::config::SeverityWord;
use crate::design::model::policy::{Expected, Over};
use crate::design::{Doc, Workspace};
use crate::said;
use crate::source::{Diagnostic, Node, Said, Severity, Sources};

/// What is wrong with the policies themselves: conditions that cannot be read, tests that fail.
pub fn problems(workspace: &Workspace) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for doc in workspace.policies.values() {
        match Compiled::new(doc, &workspace.sources) {
            Ok(compiled) => found.extend(compiled.tests(&workspace.sources)),
            Err(mistakes) => found.extend(mistakes),
        }
    }
    found
}

/// Judges a design by every policy that can be read: its code, how many entries keep it, and what is
/// said of the others. `met` are the waivers of the design that accept something.
pub(super) fn judge<'a>(view: &View<'a>, met: &mut BTreeSet<&'a str>) -> Vec<(String, usize, Vec<Diagnostic>)> {
    let mut judged = Vec::new();
    for doc in view.workspace.policies.values() {
        let Ok(compiled) = Compiled::new(doc, &view.workspace.sources) else { continue };
        let code = format!("policy/{}", doc.name);
        let block = compiled.over.block();
        let names: Vec<String> = view
            .workspace
            .at(&view.path(block))
            .map(|node| node.entries().iter().map(|entry| entry.key.clone()).collect())
            .unwrap_or_default();
        let (mut passed, mut findings) = (0, Vec::new());
        for name in names {
            let path = format!("{block}.{name}");
            let facts = facts_of(view, compiled.over, &name);
            let verdict = match compiled.ask(&facts) {
                Ok(ended) => compiled.verdict(&path, &name, ended, &facts),
                // What cannot be worked out is a mistake of the policy, said once.
                Err(mistake) => {
                    findings.push(*mistake);
                    break;
                }
            };
            let Some(verdict) = verdict else { continue };
            match verdict.outcome {
                Outcome::Pass => passed += 1,
                Outcome::Fail(_) => met.extend(waiver::of(view, &code, &path).map(|(name, _)| name)),
                Outcome::Unanswered(_) => {}
            }
            let why = doc.value.why.as_ref().map(|why| why.said());
            findings.extend(rule::finding(&code, why, &verdict, view, compiled.severity()));
        }
        judged.push((code, passed, findings));
    }
    judged
}

/// A policy whose conditions could be read.
struct Compiled<'a> {
    policy: &'a Policy,
    root: &'a Node,
    over: Over,
    when: Option<Condition>,
    require: Condition,
}

/// How a policy ended for one thing.
struct Ended {
    expected: Expected,
    /// The fact that was missing.
    missing: Option<String>,
}

impl<'a> Compiled<'a> {
    fn new(doc: &'a Doc<Policy>, sources: &Sources) -> Result<Compiled<'a>, Vec<Diagnostic>> {
        let over = doc.value.over.unwrap_or_default();
        let read = |key: &str| doc.root.get(key).map(|node| Condition::over(over, sources, node)).transpose();
        match (read("when"), read("require")) {
            (Ok(when), Ok(Some(require))) => Ok(Compiled { policy: &doc.value, root: &doc.root, over, when, require }),
            (when, require) => Err(when.err().into_iter().chain(require.err()).flatten().collect()),
        }
    }

    fn severity(&self) -> Severity {
        self.policy.severity.map_or(Severity::Warning, SeverityWord::severity)
    }

    fn ask(&self, facts: &Facts) -> Result<Ended, Box<Diagnostic>> {
        let ended = |expected, missing| Ok(Ended { expected, missing });
        if let Some(when) = &self.when {
            match when.ask(facts)? {
                Answer::Holds => {}
                Answer::Fails => return ended(Expected::NotApplicable, None),
                Answer::Unanswered(name) => return ended(Expected::Unanswered, Some(name)),
            }
        }
        match self.require.ask(facts)? {
            Answer::Holds => ended(Expected::Pass, None),
            Answer::Fails => ended(Expected::Fail, None),
            Answer::Unanswered(name) => ended(Expected::Unanswered, Some(name)),
        }
    }

    fn verdict(&self, path: &str, name: &str, ended: Ended, facts: &Facts) -> Option<Verdict> {
        let message = || {
            let text = self.policy.message.said();
            let filled = |text: String| text.replace("{name}", &format!("`{name}`"));
            Said { en: filled(text.en), fr: filled(text.fr) }
        };
        let mut verdict = match (ended.expected, ended.missing) {
            (Expected::NotApplicable, _) => return None,
            (Expected::Pass, _) => Verdict::pass(path),
            (Expected::Unanswered, Some(fact)) => Verdict::unanswered(
                path,
                said!(
                    "`{name}` does not state `{fact}`, which `{policy}` asks for",
                    "`{name}` ne dit pas `{fact}`, que demande `{policy}`",
                    policy = *self.policy.name
                ),
            ),
            _ => {
                // The fact that is named first is what is underlined, where the entry states it.
                let first = self.require.names.iter().find(|name| facts.addresses.contains_key(*name));
                let own = format!("{path}.");
                let at = first.map(|first| format!("{own}{first}"));
                let verdict = Verdict::fail(path, message());
                match at {
                    Some(at) => verdict.at(at),
                    None => verdict,
                }
            }
        };
        verdict.facts = self.require.names.iter().filter_map(|name| facts.addresses.get(name).cloned()).collect();
        verdict.help = Some(match &self.policy.help {
            Some(help) => help.said(),
            None => said!(
                "`{policy}` asks for `{require}`",
                "`{policy}` demande `{require}`",
                policy = *self.policy.name,
                require = self.policy.require.trim()
            ),
        });
        Some(verdict)
    }

    /// Runs the tests: what each says, and examples that nothing can be.
    fn tests(&self, sources: &Sources) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (name, test) in &self.policy.tests {
            let Some(node) = self.root.at(["tests", name]) else { continue };
            let Some(example) = node.get("given") else { continue };
            let place = node.get("expect").map_or(node.span, |node| node.span);
            let (facts, unknown) = given(self.over, example, "given");
            if !unknown.is_empty() {
                found.extend(unknown.into_iter().map(|entry| {
                    let block = self.over.block();
                    let text = sources.text(entry.value.span);
                    let key = &entry.key;
                    let message = said!(
                        "no entry of `{block}` can have `{key}: {text}`",
                        "aucune entrée de `{block}` ne peut avoir `{key} : {text}`",
                        text = text.lines().next().unwrap_or("")
                    );
                    Diagnostic::error("expression/bad-example", entry.key_span, message)
                }));
                continue;
            }
            let ended = match self.ask(&facts) {
                Ok(ended) => ended,
                Err(mistake) => {
                    found.push(*mistake);
                    continue;
                }
            };
            if ended.expected != test.expect {
                let (expected, got) = (test.expect.word(), ended.expected.word());
                let message = said!(
                    "the test `{name}` expects `{expected}`, and the policy says `{got}`",
                    "le test `{name}` attend `{expected}`, et la politique dit `{got}`"
                );
                let mut diagnostic = Diagnostic::error("expression/test-failed", place, message).help(said!(
                    "correct the condition, or what the test expects",
                    "corrigez la condition, ou ce que le test attend"
                ));
                if let Some(fact) = ended.missing {
                    diagnostic = diagnostic.label(said!("`{fact}` is not given", "`{fact}` n’est pas donné"));
                }
                if let Some(require) = self.root.get("require") {
                    diagnostic = diagnostic.also(require.span, said!("judged by this", "jugé par ceci"));
                }
                found.push(diagnostic);
            }
        }
        found
    }
}
