//! `table: summary`: a design on one page, for somebody who decides and reads nothing else.

use super::brief::{TOLD, findings, page, rest_on};
use super::{Request, title_of};
use crate::analysis::expectations::lasting;
use crate::analysis::measure::{Subject, Value, counted, find, word};
use crate::analysis::rule::{Words, words};
use crate::analysis::simulation::Worst;
use crate::analysis::standing::everything;
use crate::analysis::view::View;
use crate::design::model::organisation::DecisionStatus;
use crate::figure::Figure;
use crate::said;
use crate::source::{Said, Severity, State};

pub(super) const EXPLAINS: Words = words(
    "A design on one page: whether to go ahead, why, what it costs, what could go wrong, what is not known, what would change our mind.",
    "Une conception en une page : y aller ou non, pourquoi, ce que cela coûte, ce qui pourrait mal tourner, ce qu’on ne sait pas, ce qui nous ferait changer d’avis.",
);

/// The measures that say why.
const WHY: [&str; 5] =
    ["objectives-covered", "survives-node-loss", "survives-zone-loss", "recovery-shown", "availability-bound"];
/// Those that say what it costs.
const COSTS: [&str; 4] = ["monthly-price", "nodes", "operating-systems-to-patch", "third-parties-needed"];

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    if view.design.functions.is_empty() {
        return None;
    }
    let measured = |ids: &[&str]| -> Vec<Said> { ids.iter().filter_map(|id| told(&view, id)).collect() };
    let why: Vec<&str> = WHY.into_iter().filter(|id| *id != EXERCISED || exercised(&view)).collect();
    let recommendation = recommendation(&view);
    let answers = [
        (said!("Recommendation", "Recommandation"), vec![recommendation.clone()]),
        (said!("Why", "Pourquoi"), measured(&why)),
        (said!("What it costs", "Ce que cela coûte"), measured(&COSTS)),
        (said!("What could go wrong", "Ce qui pourrait mal tourner"), or(wrong(&view), &NO_RISK)),
        (said!("What is not known", "Ce qu’on ne sait pas"), or(unknown(&view), &NO_QUESTION)),
        (said!("What would change our mind", "Ce qui nous ferait changer d’avis"), or(change(&view), &NO_CHANGE)),
    ];
    let title = said!("In short: {title}", "En bref : {title}", title = title_of(&view));
    let answer = said!("{text}.", "{text}.", text = recommendation);
    let mut figure = page(request, "summary", &title, &answers, &answer);
    let mut facts: std::collections::BTreeSet<String> = everything(&view).iter().cloned().collect();
    facts.extend(
        WHY.iter()
            .chain(&COSTS)
            .filter_map(|id| find(id))
            .flat_map(|measure| measure.of(&Subject::Design(&view)).facts),
    );
    facts.extend(view.review().findings.iter().filter_map(|finding| finding.path.clone()));
    let stacks = view.design.hosts.values().filter_map(|hosts| view.stack(hosts));
    facts.extend(stacks.flat_map(|(stack, declared)| {
        let layers = declared.layers.iter().map(|layer| word(layer.kind));
        layers
            .flat_map(|layer| ["per", "kernel"].map(|key| format!("{stack}.layers.{layer}.{key}")))
            .collect::<Vec<_>>()
    }));
    facts.extend(["functions", "risks", "waivers", "decisions", "exercises", "status"].map(|block| view.path(block)));
    facts.retain(|fact| request.workspace.at(fact).is_some());
    rest_on(&mut figure, facts);
    Some(figure)
}

/// The measure that is a reason to go ahead where it is whole, and a gap in what is known where it is not.
const EXERCISED: &str = "recovery-shown";

/// What stands where no risk does.
const NO_RISK: Words = words(
    "no risk is stated, and the simulation keeps every promise",
    "aucun risque n’est énoncé, et la simulation tient chaque promesse",
);
/// What stands where nothing is open.
const NO_QUESTION: Words =
    words("every question of the review has its answer", "chaque question de la revue a sa réponse");
/// What stands where nothing would.
const NO_CHANGE: Words = words("nothing that is stated", "rien de ce qui est énoncé");

fn or(told: Vec<Said>, otherwise: &Words) -> Vec<Said> {
    if told.is_empty() { vec![otherwise.said()] } else { told }
}

/// Whether an exercise has shown every recovery that is promised.
fn exercised(view: &View<'_>) -> bool {
    find(EXERCISED).is_some_and(|measure| match measure.of(&Subject::Design(view)).value {
        Value::Known(known) => known.number == Some(1.0),
        _ => false,
    })
}

/// What a measure says, in one line; nothing where it says nothing.
fn told(view: &View<'_>, id: &str) -> Option<Said> {
    let measure = find(id)?;
    match measure.of(&Subject::Design(view)).value {
        Value::Known(known) => {
            Some(said!("{title}: {value}", "{title} : {value}", title = measure.title, value = known.text))
        }
        _ => None,
    }
}

fn recommendation(view: &View<'_>) -> Said {
    let count = |severity: Severity| {
        let failing =
            |finding: &&crate::source::Diagnostic| finding.state == State::Fail && finding.severity == severity;
        view.review().findings.iter().filter(failing).count() as u32
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let missed = missed(view).len();
    let broken = if missed > 0 {
        said!(
            "; the simulation misses {n} of {all} promised recoveries",
            " ; la simulation manque {n} des {all} reprises promises",
            n = missed,
            all = view.campaign().worst.len()
        )
    } else {
        Said::default()
    };
    if errors > 0 {
        let errors = counted(errors, words("error", "erreur"), words("errors", "erreurs"));
        said!(
            "Not as it stands: first mend {errors} of the review{broken}",
            "Pas en l’état : corrigez d’abord {errors} de la revue{broken}",
            errors = errors,
            broken = broken
        )
    } else if warnings > 0 {
        let warnings = counted(warnings, words("warning", "avertissement"), words("warnings", "avertissements"));
        said!(
            "Go ahead, after mending {warnings} of the review or accepting in writing{broken}",
            "Allez-y, après correction ou acceptation écrite de {warnings} de la revue{broken}",
            warnings = warnings,
            broken = broken
        )
    } else {
        said!(
            "Go ahead: the review finds nothing grave{broken}",
            "Allez-y : la revue ne trouve rien de grave{broken}",
            broken = broken
        )
    }
}

fn wrong(view: &View<'_>) -> Vec<Said> {
    let mut told = findings(view);
    told.extend(missed(view).into_iter().take(TOLD).map(|worst| {
        if worst.reached_s.is_none() {
            return said!(
                "when {failure}, `{function}` does not come back alone, and no exercise shows that it comes back within {rto}",
                "quand {failure}, `{function}` ne revient pas seule, et aucun exercice ne montre son retour en {rto}",
                failure = worst.failure.said(),
                function = worst.function,
                rto = lasting(Some(worst.rto_s))
            );
        }
        said!(
            "when {failure}, `{function}` is out for {reached}, and is promised back after {rto}",
            "quand {failure}, `{function}` est coupée {reached}, et promise de retour en {rto}",
            failure = worst.failure.said(),
            function = worst.function,
            reached = lasting(worst.reached_s),
            rto = lasting(Some(worst.rto_s))
        )
    }));
    told
}

/// Promises that the simulation breaks and that no exercise has shown to be kept all the same: what
/// people repair is shown by exercises.
fn missed<'v>(view: &'v View<'_>) -> Vec<&'v Worst> {
    let shown = |worst: &Worst| {
        view.design.exercises.values().any(|exercise| {
            exercise.disruption == Some(worst.disruption)
                && exercise.took.as_ref().is_some_and(|took| took.value() <= worst.rto_s)
                && exercise
                    .of
                    .iter()
                    .any(|target| *target.0 == *worst.function || view.needed_by(&worst.function).contains(&*target.0))
        })
    };
    view.campaign().worst.iter().filter(|worst| !worst.meets && (worst.reached_s.is_some() || !shown(worst))).collect()
}

fn unknown(view: &View<'_>) -> Vec<Said> {
    let open: Vec<_> = view.review().findings.iter().filter(|finding| finding.state == State::Unanswered).collect();
    let mut told: Vec<Said> = open.iter().take(TOLD).map(|finding| finding.message.clone()).collect();
    let more = open.len().saturating_sub(told.len());
    if more > 0 {
        let other = Said::counted(more, ["more question", "more questions"], ["autre question", "autres questions"]);
        told.push(said!("and {n} {other}", "et {n} {other}", n = more, other = other));
    }
    if !exercised(view) {
        told.extend(self::told(view, EXERCISED));
    }
    // What is asked above and cannot be answered is not known either.
    told.extend(WHY.iter().chain(&COSTS).filter_map(|id| {
        let measure = find(id)?;
        match measure.of(&Subject::Design(view)).value {
            Value::Unanswered(why) => {
                Some(said!("{title}: {why}", "{title} : {why}", title = measure.title, why = why))
            }
            _ => None,
        }
    }));
    told
}

fn change(view: &View<'_>) -> Vec<Said> {
    let mut told: Vec<Said> = Vec::new();
    // What is accepted for a time comes back when the time is over.
    let mut waivers: Vec<_> = view.design.waivers.values().filter(|waiver| view.today <= waiver.until).collect();
    waivers.sort_by_key(|waiver| waiver.until.last_day());
    told.extend(waivers.iter().take(TOLD).map(|waiver| {
        said!(
            "from {date} `{rule}` counts again, accepted until then because {reason}",
            "dès le {date}, `{rule}` compte de nouveau, accepté jusque-là : {reason}",
            date = waiver.until,
            rule = waiver.rule,
            reason = waiver.reason.said()
        )
    }));
    let open = view.design.decisions.values().filter(|decision| decision.status == DecisionStatus::Proposed);
    told.extend(open.map(|decision| {
        said!("still to be decided: {title}", "reste à décider : {title}", title = decision.title.said())
    }));
    let mendings = view.campaign().failures.iter().filter_map(|lost| Some((&lost.failure, lost.mending.as_ref()?)));
    let mut known: Vec<&Said> = Vec::new();
    for (failure, mending) in mendings {
        if !known.contains(&&mending.change) && known.len() < 2 {
            known.push(&mending.change);
            told.push(said!(
                "when {failure}, somebody must bring `{component}` back; it would come back alone with {change}",
                "quand {failure}, quelqu’un doit rétablir `{component}` ; le retour serait automatique avec {change}",
                failure = failure.said(),
                component = mending.component,
                change = mending.change
            ));
        }
    }
    told
}
