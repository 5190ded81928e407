//! `finance/segmentation-not-tested`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::organisation::{ExerciseKind, Segment};
use crate::design::text::When;
use crate::said;
use crate::source::{Lang, Severity, Show};

/// Twelve months.
const YEAR: i64 = 366;

/// Borders around card data are tried every year.
pub static RULE: Rule = Rule {
    code: "finance/segmentation-not-tested",
    summary: words(
        "The borders of what is in scope are tried every year",
        "Les frontières du périmètre sont éprouvées chaque année",
    ),
    why: words(
        "Segmentation keeps the rest of the bank out of the scope of an audit only as long as it holds, and a rule that was opened for one evening is found by trying, not by reading.",
        "La segmentation ne tient le reste de la banque hors du périmètre d’audit que tant qu’elle tient, et une règle ouverte pour un soir se trouve en essayant, pas en lisant.",
    ),
    detects: words(
        "`tested` of each segment with `scope`, and exercises of kind `segmentation-test` of it: the latest must be less than twelve months old on the day of the review. Neither said is a question; a date without an exercise that has evidence is one too.",
        "`tested` de chaque segment à `scope`, et les exercices `segmentation-test` qui le visent : le dernier doit avoir moins de douze mois au jour de la revue. Ni l’un ni l’autre : une question ; une date sans exercice qui ait une preuve aussi.",
    ),
    exceptions: words(
        "Service providers test every six months (11.4.6), and everybody after each change of the segmentation. The design does not say which of the two you are: twelve months are the border here.",
        "Les prestataires de services testent tous les six mois (11.4.6), et tout le monde après chaque changement de segmentation. Le design ne dit pas lequel des deux vous êtes : la limite est ici de douze mois.",
    ),
    remedy: words(
        "try the borders, keep the record, and state both",
        "éprouvez les frontières, gardez le compte rendu, et déclarez les deux",
    ),
    sources: &["PCI DSS v4.0.1, 11.4.5 (every twelve months) and 11.4.6 (service providers, every six)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: finance
segments: {cards: {trust: restricted, scope: [pci], default: deny, tested: 2025-06-01}}
",
    passing: r"
kind: design
name: shop
context: finance
segments: {cards: {trust: restricted, scope: [pci], default: deny, tested: 2026-06-01}}
exercises: {borders: {kind: segmentation-test, of: [cards], date: 2026-06-01, evidence: tests.md}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    view.design
        .segments
        .iter()
        .filter(|(_, segment)| !segment.scope.is_empty())
        .map(|(name, segment)| judge(view, name, segment))
        .collect()
}

fn judge(view: &View<'_>, name: &str, segment: &Segment) -> Verdict {
    let path = format!("segments.{name}");
    let tests = view.design.exercises.iter().filter(|(_, exercise)| {
        exercise.kind == ExerciseKind::SegmentationTest && exercise.of.iter().any(|of| **of == *name)
    });
    let latest_test = tests.max_by_key(|(_, exercise)| exercise.date.last_day());
    let stated = segment.tested.map(|date| (date, format!("{path}.tested")));
    let exercised = latest_test.map(|(exercise, declared)| (declared.date, format!("exercises.{exercise}.date")));
    let latest: Option<(When, String)> = stated.into_iter().chain(exercised).max_by_key(|(date, _)| date.last_day());
    let Some((date, at)) = latest else {
        return Verdict::unanswered(
            &path,
            said!(
                "when were the borders of `{name}` last tried?",
                "quand les frontières de `{name}` ont-elles été éprouvées pour la dernière fois ?"
            ),
        )
        .at(format!("{path}.scope"));
    };
    let age = view.today.last_day() - date.last_day();
    if age > YEAR {
        let on = date.show(Lang::En);
        let months = age * 12 / 365;
        return Verdict::fail(
            &path,
            said!(
                "the borders of `{name}` were last tried on {on}, {months} months ago; twelve are the limit",
                "les frontières de `{name}` ont été éprouvées le {on}, il y a {months} mois ; la limite est douze"
            ),
        )
        .at(at)
        .also(format!("{path}.scope"), said!("in this scope", "dans ce périmètre"));
    }
    if latest_test.is_none_or(|(_, exercise)| exercise.evidence.is_none()) {
        return Verdict::unanswered(
            &path,
            said!("where is the record of the test of `{name}`?", "où est le compte rendu du test de `{name}` ?"),
        )
        .at(at)
        .help(said!(
            "declare the exercise: `{{kind: segmentation-test, of: [{name}], evidence: …}}`",
            "déclarez l’exercice : `{{kind: segmentation-test, of: [{name}], evidence: …}}`"
        ));
    }
    Verdict::pass(path)
}
