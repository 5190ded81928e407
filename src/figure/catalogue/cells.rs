//! Cells that several tables write the same way: a stated fact, how long ago, a team, a level.

use super::{Request, not_said, yes_no};
use crate::analysis::measure::counted;
use crate::analysis::rule::words;
use crate::design::model::component::{Restart, Rollback};
use crate::design::model::names::TeamName;
use crate::design::model::place::Asil;
use crate::design::text::{Fact, When};
use crate::figure::{Body, Cell, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

impl Request<'_> {
    /// A cell with a value, or one that says that the design does not.
    pub(super) fn stated<T: Show>(&self, value: Option<&T>, path: String) -> Cell {
        value.map_or_else(|| self.unanswered(), |value| Cell::new(value.show(self.lang))).facts([path])
    }

    /// A cell with a value, or an empty one where nobody would ask.
    pub(super) fn optional<T: Show>(&self, value: Option<&T>, path: String) -> Cell {
        value.map_or_else(Cell::default, |value| Cell::new(value.show(self.lang)).facts([path]))
    }

    /// A cell with a fact and its evidence, or an empty one where nobody would ask.
    pub(super) fn fact<T: Show>(&self, fact: Option<&Fact<T>>, path: String) -> Cell {
        let cell = self.optional(fact, path);
        match fact.map(Fact::evidence) {
            Some(evidence) if !evidence.is_empty() => Cell { sources: vec![self.say(&evidence)], ..cell },
            _ => cell,
        }
    }

    /// A cell with a team, or one that says that the design does not name any.
    pub(super) fn team(&self, name: Option<&TeamName>, path: String) -> Cell {
        let Some(name) = name else { return self.unanswered().facts([path]) };
        let title = self.workspace.config.teams.get(name.0.as_str());
        let title = title.map_or_else(|| name.0.clone(), |title| title.show(self.lang));
        Cell::new(title).facts([path, format!("epure.teams.{name}")])
    }

    /// A cell that answers with yes or no. Where it is worth asking, a "no" is worth a look, and
    /// silence is shown.
    pub(super) fn whether(&self, value: Option<bool>, worth: bool, path: String) -> Cell {
        match value {
            Some(yes) => {
                let mark = if worth && !yes { Mark::Warn } else { Mark::None };
                self.cell(&yes_no(yes)).marked(mark).facts([path])
            }
            None if worth => self.unanswered().facts([path]),
            None => Cell::default(),
        }
    }

    /// What stands where somebody would ask and the design does not say.
    pub(super) fn unanswered(&self) -> Cell {
        self.cell(&not_said()).marked(Mark::Unanswered)
    }

    /// A table without the columns in which no row says anything.
    pub(super) fn compact(&self, columns: &[Said], mut rows: Vec<Row>, empty: &Said) -> Body {
        let told = |i: usize| i == 0 || rows.iter().any(|row| row.cells.get(i).is_some_and(|cell| !is_empty(cell)));
        let kept: Vec<bool> = (0..columns.len()).map(told).collect();
        for row in &mut rows {
            let mut keep = kept.iter();
            row.cells.retain(|_| keep.next().copied().unwrap_or(true));
        }
        let columns: Vec<Said> =
            columns.iter().zip(&kept).filter(|(_, keep)| **keep).map(|(title, _)| title.clone()).collect();
        self.table(&columns, rows, empty)
    }

    /// A cell's small line: its parts one after the other, without those that say nothing.
    pub(super) fn small(&self, parts: &[Said]) -> String {
        let said: Vec<String> = parts.iter().map(|part| self.say(part)).filter(|part| !part.is_empty()).collect();
        said.join(" · ")
    }
}

fn is_empty(cell: &Cell) -> bool {
    cell.value.is_empty() && cell.derivation.is_empty() && cell.sources.is_empty() && cell.mark == Mark::None
}

/// The fact that ages and expiries are judged by.
pub(super) fn as_of() -> [String; 1] {
    ["epure.as_of".to_owned()]
}

/// How many days a date lies back; negative where it is still to come.
pub(super) fn days_since(today: When, when: When) -> i64 {
    today.last_day() - when.last_day()
}

/// How long ago a date was: "49 days ago", "8 months ago".
pub(super) fn ago(today: When, when: When) -> Said {
    match days_since(today, when) {
        0 => said!("today", "aujourd’hui"),
        days if days < 0 => said!("in {time}", "dans {time}", time = about(-days)),
        days => said!("{time} ago", "il y a {time}", time = about(days)),
    }
}

/// A number of days as people say it: days, then months, then years.
pub(super) fn about(days: i64) -> Said {
    let round = |per: f64| (days as f64 / per).round() as u32;
    match days {
        ..60 => counted(days.max(0) as u32, words("day", "jour"), words("days", "jours")),
        60..730 => counted(round(365.25 / 12.0), words("month", "mois"), words("months", "mois")),
        _ => counted(round(365.25), words("year", "an"), words("years", "ans")),
    }
}

/// An integrity level as people write it.
pub(super) fn asil(level: Asil) -> Said {
    Said::same(if level == Asil::QM { "QM".to_owned() } else { format!("ASIL\u{a0}{}", level.word()) })
}

/// How a bad version is taken back.
pub(super) fn rollback(how: Rollback) -> Said {
    match how {
        Rollback::Automatic => said!("by itself", "automatique"),
        Rollback::Manual => said!("by a person", "par une personne"),
    }
}

/// Whether something is started again after it ended.
pub(super) fn restart(when: Restart) -> Said {
    match when {
        Restart::Always => said!("always started again", "toujours relancée"),
        Restart::OnFailure => said!("started again after a failure", "relancée après un échec"),
        Restart::Never => said!("never started again", "jamais relancée"),
    }
}
