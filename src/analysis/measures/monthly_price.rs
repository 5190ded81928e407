//! `monthly-price`

use std::collections::BTreeMap;

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, names, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::quantity::Price;
use crate::said;
use crate::source::{Lang, Said, Show};

/// What the machines cost a month.
pub static MEASURE: Measure = Measure {
    id: "monthly-price",
    title: words("Price of the machines a month", "Prix des machines par mois"),
    explains: words(
        "The price of each machine times how many there are, over a month of 730.5 hours. Currencies are kept apart. Groups without a price are named; what third parties charge for their services is not in it.",
        "Le prix de chaque machine fois leur nombre, sur un mois de 730,5 heures. Les monnaies restent séparées. Les groupes sans prix sont nommés ; ce que des tiers facturent pour leurs services n’y est pas.",
    ),
    better: Some(Better::Lower),
    unit: "currency/month",
    sources: &[],
    work_out: Work::Design(work_out),
};

/// A twelfth of a year of 365.25 days.
const HOURS: f64 = 730.5;

fn work_out(view: &View<'_>) -> Derived<Value> {
    let mut totals: BTreeMap<String, f64> = BTreeMap::new();
    let mut terms: BTreeMap<String, Vec<Said>> = BTreeMap::new();
    let mut silent = Vec::new();
    let mut derived = Derived::new((), Said::default());
    for (name, hosts) in &view.design.hosts {
        let Some(price) = &hosts.price else {
            // Virtual machines on machines of ours are paid for below.
            if hosts.runs_on.is_none() {
                silent.push(name.as_str());
            }
            continue;
        };
        let currency = currency(&price.value);
        *totals.entry(currency.clone()).or_default() += f64::from(hosts.count) * price.value.value() * HOURS;
        let term = said!("{n} × {price}", "{n} × {price}", n = hosts.count, price = price.value);
        terms.entry(currency).or_default().push(term);
        derived = derived
            .from_fact(view.path(&format!("hosts.{name}.price")))
            .from_fact(view.path(&format!("hosts.{name}.count")))
            .sourced(price.evidence());
    }
    let Some((unit, first)) = totals.first_key_value().map(|(unit, total)| (unit.clone(), *total)) else {
        return unanswered(said!(
            "no host group states its price (`price`)",
            "aucun groupe d’hôtes ne dit son prix (`price`)"
        ));
    };
    let sums: Vec<Said> = totals
        .iter()
        .map(|(currency, total)| {
            said!("{n} {currency}", "{n} {currency}", n = total.round() as i64, currency = currency)
        })
        .collect();
    let mut said: Vec<Said> = terms
        .values()
        .map(|terms| {
            let sum = Said::join(terms, " + ");
            if terms.len() > 1 {
                said!("({sum}) × {hours} h", "({sum}) × {hours} h", sum = sum, hours = HOURS)
            } else {
                said!("{sum} × {hours} h", "{sum} × {hours} h", sum = sum, hours = HOURS)
            }
        })
        .collect();
    let text = Said::join(&sums, " + ");
    let mut value = if totals.len() == 1 {
        Value::number(first, text).in_unit(format!("{unit}/month"))
    } else {
        Value::words(text)
    };
    if !silent.is_empty() {
        let silent = names(&silent);
        said.push(said!("no price: {silent}", "sans prix : {silent}", silent = silent));
        value = value.without(vec![silent]);
    }
    derived.formula = parts(&said);
    derived.map(|()| value)
}

/// The currency that a price is written in.
fn currency(price: &Price) -> String {
    let shown = price.show(Lang::En);
    let unit = shown.rsplit('\u{a0}').next().unwrap_or(&shown);
    unit.split('/').next().unwrap_or(unit).to_owned()
}
