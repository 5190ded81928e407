//! `nodes`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, counted, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::said;
use crate::source::Said;

/// How many machines there are.
pub static MEASURE: Measure = Measure {
    id: "nodes",
    title: words("Machines", "Nombre de machines"),
    explains: words(
        "The machines that components run on: the sum of `count` over the host groups on which no other group stands. Machines that only carry virtual machines of ours are said beside it. Neither direction is better: a machine costs and spreads.",
        "Les machines sur lesquelles tournent des composants : la somme des `count` des groupes d’hôtes sur lesquels aucun autre ne repose. Les machines qui ne portent que nos machines virtuelles sont dites à côté. Aucun sens n’est meilleur : une machine coûte et répartit.",
    ),
    better: None,
    unit: "machines",
    sources: &[],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let hosts = &view.design.hosts;
    if hosts.is_empty() {
        return unanswered(said!(
            "no host group is described (`hosts`)",
            "aucun groupe d’hôtes n’est décrit (`hosts`)"
        ));
    }
    let carries = |name: &str| hosts.values().any(|other| other.runs_on.as_deref() == Some(name));
    let (mut total, mut below, mut terms) = (0, 0, Vec::new());
    for (name, group) in hosts {
        if carries(name) {
            below += group.count;
        } else {
            total += group.count;
            terms.push(said!("{name} {n}", "{name} {n}", n = group.count));
        }
    }
    let mut said = vec![Said::join(&terms, " + ")];
    if below > 0 {
        let machines = counted(below, words("machine", "machine"), words("machines", "machines"));
        said.push(said!("on {machines} below", "sur {machines} en dessous", machines = machines));
    }
    let facts = hosts.keys().map(|name| view.path(&format!("hosts.{name}.count")));
    Derived::new(Value::count(total as usize), parts(&said)).from_facts(facts)
}
