//! `backup-age`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Known, Measure, Value, Work, not_applicable, parts};
use crate::analysis::rule::words;
use crate::analysis::rules::data_copies::{databases, freshest};
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::quantity::Duration;
use crate::said;
use crate::source::{Said, Show};

/// How old the newest copy that can be restored may be.
pub static MEASURE: Measure = Measure {
    id: "backup-age",
    title: words("Age of the newest copy that can be restored", "Âge de la copie restaurable la plus récente"),
    explains: words(
        "At worst, how far back the newest restorable copy of a database lies: the interval of the most frequent archived log that a base backup or snapshot can start, else of the most frequent whole copy. The worst database counts; one without any backup has none.",
        "Au pire, de quand date la copie restaurable la plus récente d’une base : l’intervalle du journal archivé le plus fréquent qu’une base ou un snapshot permet de rejouer, sinon celui de la copie entière la plus fréquente. La pire base compte ; une base sans sauvegarde n’en a aucune.",
    ),
    better: Some(Better::Lower),
    unit: "s",
    sources: &["PostgreSQL documentation, Continuous Archiving and Point-in-Time Recovery"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let mut worst: Option<(f64, Said)> = None;
    let mut said = Vec::new();
    let mut derived = Derived::new((), Said::default());
    for (name, component) in databases(view) {
        let path = |key: &str| view.path(&format!("components.{name}.{key}"));
        let (age, text) = match freshest(component.backups.iter()) {
            Some((backup, every)) => {
                said.push(said!(
                    "`{name}`: `{backup}` every {every}",
                    "`{name}` : `{backup}`, intervalle {every}",
                    every = every
                ));
                derived = derived.from_fact(path(&format!("backups.{backup}.every")));
                (every.value(), Said::by(|lang| Duration::of(every.value()).show(lang)))
            }
            None => {
                said.push(said!("`{name}` has no backup", "`{name}` n’a pas de sauvegarde"));
                derived = derived.from_fact(path("kind"));
                (f64::INFINITY, said!("none", "aucune"))
            }
        };
        if worst.as_ref().is_none_or(|(so_far, _)| age > *so_far) {
            worst = Some((age, text));
        }
    }
    let Some((age, text)) = worst else {
        return not_applicable(said!("no database is described", "aucune base n’est décrite"));
    };
    derived.formula = parts(&said);
    derived.map(|()| Value::Known(Known { text, number: Some(age), leaves_out: Vec::new(), unit: None }))
}
