//! `automotive/start-chain-over-budget`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::vehicle::sum;
use crate::analysis::view::{Home, View};
use crate::design::model::component::{Component, Signal, StartChain};
use crate::design::model::stack::LayerKind;
use crate::design::quantity::{Duration, seconds};
use crate::said;
use crate::source::{Said, Severity};

/// What must be there in time starts in time.
pub static RULE: Rule = Rule {
    code: "automotive/start-chain-over-budget",
    summary: words("The steps of a start fit into its budget", "Les étapes d’un démarrage tiennent dans son budget"),
    why: words(
        "A rear view that comes after the car has moved is no rear view. The budget is the sum of parts that different suppliers own, and each of them takes a little more every year.",
        "Une image de recul qui arrive après le départ de la voiture n’en est pas une. Le budget est la somme de parts de fournisseurs différents, et chacun en prend un peu plus chaque année.",
    ),
    detects: words(
        "`start_chain` of a component: the sum of `steps` against `within`; and each step named `firmware`, `hypervisor`, `os` or `app` against the boot time that the host's stack, the partition or the component states.",
        "`start_chain` d’un composant : la somme des `steps` face à `within` ; et chaque étape nommée `firmware`, `hypervisor`, `os` ou `app` face au temps de démarrage que déclarent la stack de l’hôte, la partition ou le composant.",
    ),
    exceptions: words(
        "Steps are taken to follow each other. Where some run in parallel, write them as one step. The two seconds of FMVSS 111 count from reverse gear, not from ignition: a computer that is already up needs the last steps only.",
        "Les étapes sont supposées se suivre. Si certaines sont parallèles, écrivez-les en une seule. Les deux secondes de FMVSS 111 se comptent depuis la marche arrière, non depuis le contact : un calculateur déjà démarré n’a besoin que des dernières étapes.",
    ),
    remedy: words(
        "shorten the longest step, or start the component before the rest of its system",
        "raccourcissez l’étape la plus longue, ou démarrez le composant avant le reste de son système",
    ),
    sources: &[
        "49 CFR 571.111 (FMVSS 111), S5.5.3 (image within 2.0 s of the backing event)",
        "UN R158 (devices for means of rear visibility)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: car
context: automotive
components:
  view: {kind: service, start_chain: {within: 2 s, counted_from: reverse-selected, steps: {os: 1500 ms, app: 600 ms}}}
",
    passing: r"
kind: design
name: car
context: automotive
components:
  view: {kind: service, start_chain: {within: 2 s, counted_from: reverse-selected, steps: {os: 1200 ms, app: 600 ms}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let chains = view
        .design
        .components
        .iter()
        .filter_map(|(name, component)| Some((name, component, component.start_chain.as_ref()?)));
    chains.flat_map(|(name, component, chain)| judge(view, name, component, chain)).collect()
}

fn judge(view: &View<'_>, name: &str, component: &Component, chain: &StartChain) -> Vec<Verdict> {
    let path = format!("components.{name}");
    let at = format!("{path}.start_chain");
    let mut verdicts = Vec::new();
    let total = sum(chain.steps.values().map(|step| &step.value));
    if total > chain.within.value.value() {
        let from = match chain.counted_from {
            Signal::Ignition => said!("ignition", "contact mis"),
            Signal::ReverseSelected => said!("reverse gear", "marche arrière"),
            Signal::PowerOn => said!("power", "mise sous tension"),
        };
        let message = said!(
            "`{name}` is there {total} after {from}, {over} late: {within} are allowed",
            "`{name}` est là {total} après : {from}, soit {over} de trop pour {within} permises",
            over = seconds(total - chain.within.value.value()),
            total = seconds(total),
            within = chain.within,
            from = from
        );
        let mut verdict = Verdict::fail(&path, message).at(format!("{at}.within"));
        if let Some((step, time)) =
            chain.steps.iter().max_by(|(_, a), (_, b)| a.value.value().total_cmp(&b.value.value()))
        {
            verdict = verdict.also(
                format!("{at}.steps.{step}"),
                said!("the longest step: {time}", "la plus longue étape : {time}", time = time),
            );
        }
        verdicts.push(verdict);
    }
    for (step, time) in &chain.steps {
        let Some((stated, who, also)) = stated(view, name, component, step) else { continue };
        // A step may be longer than the fact, for it may hold more than that; it cannot be shorter.
        if time.value.value() < stated.value() {
            let mut verdict = Verdict::fail(
                &path,
                said!(
                    "step `{step}` of `{name}` takes {time}, and {who} says {stated}",
                    "l’étape `{step}` de `{name}` prend {time}, et {who} dit {stated}",
                    time = time,
                    stated = stated,
                    who = who
                ),
            )
            .at(format!("{at}.steps.{step}"));
            if let Some(also) = also {
                verdict = verdict.also(also, said!("stated here", "déclaré ici"));
            }
            verdicts.push(verdict.help(said!("correct the one that is wrong", "corrigez celui qui est faux")));
        }
    }
    if verdicts.is_empty() { vec![Verdict::pass(path)] } else { verdicts }
}

/// What another part of the workspace says about a step: the time, who says so, and where in the design.
fn stated<'a>(
    view: &View<'a>,
    name: &str,
    component: &'a Component,
    step: &str,
) -> Option<(&'a Duration, Said, Option<String>)> {
    let partition = match view.home(component) {
        Home::Partition(name, partition) => Some((name, partition)),
        _ => None,
    };
    let host = match view.home(component) {
        Home::Hosts(_, hosts) => Some(hosts),
        _ => partition.and_then(|(_, partition)| view.design.hosts.get(&partition.runs_on.0)),
    };
    let layer = |kinds: &[LayerKind]| {
        let (stack, declared) = view.stack(host?)?;
        let boot = declared.layers.iter().find(|layer| kinds.contains(&layer.kind))?.boot.as_ref()?;
        Some((&boot.value, said!("stack `{stack}`", "la stack `{stack}`"), None))
    };
    match step {
        "firmware" => layer(&[LayerKind::Firmware]),
        "hypervisor" => layer(&[LayerKind::Hypervisor]),
        "os" => partition
            .and_then(|(name, partition)| {
                Some((
                    &partition.starts_in.as_ref()?.value,
                    said!("partition `{name}`", "la partition `{name}`"),
                    Some(format!("partitions.{name}.starts_in")),
                ))
            })
            .or_else(|| layer(&[LayerKind::GuestOs, LayerKind::HostOs])),
        "app" => component.starts_in.as_ref().map(|starts| {
            (&starts.value, said!("its `starts_in`", "son `starts_in`"), Some(format!("components.{name}.starts_in")))
        }),
        _ => None,
    }
}
