//! Which criteria count in a ranking, with which weight, and what is said of those that do not.

use super::units::{called as unit_called, units};
use super::work::Worker;
use super::{Column, Row};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{self, Value};
use crate::design::model::comparison::{Better, Criterion};
use crate::said;
use crate::source::{Diagnostic, Said, Severity, State};

impl Worker<'_> {
    /// Stacks beside designs: only what applies to both ranks anything.
    pub(super) fn mixed_kinds(&mut self, columns: &[Column]) {
        let stacks: Vec<&str> =
            columns.iter().filter(|column| column.is_stack).map(|column| column.name.as_str()).collect();
        if stacks.is_empty() || stacks.len() == columns.len() {
            return;
        }
        let diagnostic = self.place(&["subjects"]).map(|span| {
            let message = said!(
                "stacks ({stacks}) stand beside designs: only criteria that apply to both rank them",
                "des stacks ({stacks}) côtoient des conceptions : seuls les critères qui valent pour les deux les départagent",
                stacks = measure::names(&stacks)
            );
            let help = said!(
                "compare stacks with stacks and designs with designs, or give criteria of your own (`name`, `values`)",
                "comparez des stacks entre elles et des conceptions entre elles, ou donnez des critères à vous (`name`, `values`)"
            );
            Diagnostic::error("comparison/mixed-kinds", span, message).severity(Severity::Warning).help(help)
        });
        self.diagnostics.extend(diagnostic.map(|diagnostic| diagnostic.path(format!("{}.subjects", self.name))));
    }

    /// A comparison whose every weight is nothing ranks nobody.
    pub(super) fn no_weight(&mut self, rows: &[Row]) {
        let weighed: Vec<&Row> = rows.iter().filter(|row| row.better.is_some()).collect();
        let Some(first) = weighed.first().filter(|_| weighed.iter().all(|row| row.weight <= 0.0)) else { return };
        let diagnostic = self.place(&["criteria", &first.id, "weight"]).map(|span| {
            let message =
                said!("no criterion has a weight: nothing is ranked", "aucun critère n’a de poids : rien n’est classé");
            let help = said!(
                "give at least one criterion a weight above 0; 1 is the default",
                "donnez à un critère au moins un poids supérieur à 0 ; 1 est le poids par défaut"
            );
            Diagnostic::error("comparison/no-weight", span, message).help(help)
        });
        self.say(diagnostic, &first.id);
    }

    /// A stated weight, if it can be one; a weight of 0 takes a criterion out of the ranking.
    pub(super) fn weight(&mut self, criterion: &Criterion) -> f64 {
        let id = criterion.id();
        let Some(weight) = criterion.weight else { return 1.0 };
        let place = self.place(&["criteria", id, "weight"]);
        if weight > 0.0 && weight.is_finite() {
            return weight;
        }
        let diagnostic = place.map(|span| {
            if weight == 0.0 {
                let message = said!(
                    "weight 0: `{id}` is shown and ranks nothing",
                    "poids 0 : `{id}` est montré et ne classe rien"
                );
                let help = said!(
                    "write `better: none` where neither direction is better, or take it out",
                    "écrivez `better: none` si aucun sens n’est meilleur, ou retirez-le"
                );
                Diagnostic::error("comparison/zero-weight", span, message).severity(Severity::Note).help(help)
            } else {
                let message = said!("a weight is a number from 0 up", "un poids est un nombre positif ou nul");
                let help = said!(
                    "to turn a criterion round write `better: lower` or `better: higher`",
                    "pour retourner un critère, écrivez `better: lower` ou `better: higher`"
                );
                Diagnostic::error("comparison/bad-weight", span, message).help(help)
            }
        });
        self.say(diagnostic, id);
        0.0
    }

    /// Why a row ranks nothing, where it does not; what somebody could do about it is said.
    pub(super) fn left_out(
        &mut self,
        id: &str,
        better: Option<Better>,
        weight: f64,
        values: &mut [Derived<Value>],
    ) -> Option<Said> {
        let apart = values.iter().filter(|cell| matches!(cell.value, Value::NotApplicable(_))).count();
        let silent = values.iter().filter(|cell| matches!(cell.value, Value::Unanswered(_))).count();
        if silent > 0 && silent + apart == values.len() {
            let first = values.iter().find_map(|cell| match &cell.value {
                Value::Unanswered(why) => Some(why.clone()),
                _ => None,
            });
            let mut diagnostic = self.place(&["criteria", id]).map(|span| {
                let message =
                    said!("nothing answers `{id}` for any subject", "rien ne répond à `{id}` pour aucun sujet");
                Diagnostic::error("comparison/unanswered", span, message)
                    .severity(Severity::Warning)
                    .help(first.unwrap_or_default())
            });
            if let Some(diagnostic) = &mut diagnostic {
                diagnostic.state = State::Unanswered;
            }
            // One mistake is said once: what names nothing is answered by nobody either.
            let path = format!("{}.criteria.{id}", self.name);
            if self.diagnostics.iter().all(|other| other.path.as_ref() != Some(&path)) {
                self.say(diagnostic, id);
            }
            return Some(said!("nobody answers it", "personne n’y répond"));
        }
        if better.is_none() {
            return Some(said!("neither direction is better", "aucun sens n’est meilleur"));
        }
        let found = units(values);
        if found.len() > 1 {
            let list: Vec<Said> = found.iter().map(|unit| unit_called(unit)).collect();
            let diagnostic = self.place(&["criteria", id]).map(|span| {
                let message =
                    said!("`{id}` mixes units: {list}", "`{id}` mélange les unités : {list}", list = Said::list(&list));
                let help = said!(
                    "state all of them in one unit; until then they are shown and not ranked",
                    "donnez-les toutes dans une même unité ; d’ici là elles sont montrées et non classées"
                );
                Diagnostic::error("comparison/mixed-units", span, message).severity(Severity::Warning).help(help)
            });
            self.say(diagnostic, id);
            for cell in values {
                if let Value::Known(known) = &mut cell.value {
                    known.number = None;
                }
            }
            return Some(said!("its units are mixed", "ses unités sont mélangées"));
        }
        if apart > 0 {
            return Some(said!("it does not apply to every subject", "il ne s’applique pas à tous les sujets"));
        }
        if values.iter().all(|cell| cell.value.comparable().is_none()) {
            return Some(said!("its values have no order", "ses valeurs n’ont pas d’ordre"));
        }
        (weight <= 0.0).then(|| said!("its weight is 0", "son poids est nul"))
    }
}
