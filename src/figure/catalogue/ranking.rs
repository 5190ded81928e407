//! `table: ranking`: who comes first by the weights of a comparison, how surely, and what would
//! change it. The three are one table, so that no ranking is shown without its weights.

use std::collections::BTreeSet;

use super::{Request, comparison};
use crate::analysis::comparison::{Compared, Decided, Flip, Rank, Weighed};
use crate::analysis::decision::{MOST_TRIED, Verdict};
use crate::analysis::rule::{Words, words};
use crate::figure::{Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Who comes first by the weights of a comparison, in which range what nobody answers leaves it, how far each weight can move before another comes first, and which single cell would put another first.",
    "Qui arrive en tête selon les poids d’une comparaison, dans quelle plage le laisse ce à quoi personne ne répond, de combien chaque poids peut bouger avant qu’un autre ne passe devant, et quelle cellule à elle seule en ferait passer un autre devant.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let worked_out = request.runs.compared(request.workspace, request.subject(), request.today)?;
    let compared = &worked_out.0;
    draw(request, compared)
}

/// The ranking of a comparison; also of one that is made up on the spot.
pub(super) fn draw(request: &Request<'_>, compared: &Compared) -> Option<Figure> {
    let decided = compared.decide();
    decided.first().filter(|_| compared.subjects.len() > 1)?;
    let mut rows: Vec<Row> =
        decided.ranks.iter().enumerate().map(|(at, rank)| subject(request, compared, &decided, at, rank)).collect();
    let (idle, turning): (Vec<&Weighed>, Vec<&Weighed>) =
        decided.weights.iter().partition(|one| changes_nothing(&decided, one));
    rows.extend(turning.into_iter().map(|weighed| criterion(request, compared, &decided, weighed)));
    rows.extend((!idle.is_empty()).then(|| rest(request, compared, &idle)));
    let title = said!("Who comes first: {title}", "Qui arrive en tête : {title}", title = compared.title);
    let columns = [
        said!("Subject, then criterion", "Sujet, puis critère"),
        said!("Share won, then weight", "Part gagnée, puis poids"),
        said!("Range", "Plage"),
        said!("What would put another first", "Ce qui en mettrait un autre en tête"),
    ];
    let body = request.table(&columns, rows, &said!("Nothing ranks them.", "Rien ne les classe."));
    let note = note(compared, &decided);
    let mut figure = request.figure("ranking", &title, &sentence(compared, &decided), &note, body);
    if let Some(first) = figure.cartouche.first_mut() {
        *first = (request.say(&said!("comparison", "comparaison")), comparison::called(compared));
    }
    Some(figure)
}

/// A share of the weight as people read it.
pub(super) fn percent(share: f64) -> Said {
    Said::by(|lang| format!("{}\u{a0}%", (share * 100.0).round().show(lang)))
}

/// The title of a subject.
pub(super) fn title(compared: &Compared, name: &str) -> Said {
    let column = compared.subjects.iter().find(|column| column.name == name);
    column.map_or_else(|| Said::same(name), |column| column.title.clone())
}

/// The title of a subject in quotes, because titles are sentences as often as names.
pub(super) fn quoted(compared: &Compared, name: &str) -> Said {
    let title = title(compared, name);
    Said::by(|lang| lang.quote(title.get(lang)))
}

/// Who comes first and how surely, with the least change that would put another first.
pub(super) fn sentence(compared: &Compared, decided: &Decided) -> Said {
    let (Some(first), second) = (decided.ranks.first(), decided.ranks.get(1)) else {
        return said!("Nothing ranks them.", "Rien ne les classe.");
    };
    let (title_first, share) = (quoted(compared, &first.subject), percent(first.score));
    let second_said = second.map_or_else(Said::default, |second| quoted(compared, &second.subject));
    let head = match (decided.verdict, second) {
        (Verdict::Nothing, _) => return said!("Nothing ranks them.", "Rien ne les classe."),
        (Verdict::Narrow, Some(second)) => said!(
            "No clear winner: by the weights {first} ({share}) and {second} ({other}) are less than {margin} apart",
            "Pas de vainqueur net : selon les poids, {first} ({share}) et {second} ({other}) sont à moins de {margin} l’un de l’autre",
            first = title_first,
            share = share,
            second = quoted(compared, &second.subject),
            other = percent(second.score),
            margin = percent(decided.margin)
        ),
        (Verdict::Open, _) => said!(
            "By the weights {first} comes first ({share}, {low} to {high} once what is open is answered), and another may yet",
            "Selon les poids, {first} arrive en tête ({share}, de {low} à {high} selon ce qui reste sans réponse), et un autre le pourrait encore",
            first = title_first,
            share = share,
            low = percent(first.low),
            high = percent(first.high)
        ),
        _ => said!(
            "By the weights {first} comes first ({share}), {second} second",
            "Selon les poids, {first} arrive en tête ({share}), {second} en deuxième",
            first = title_first,
            share = share,
            second = second_said
        ),
    };
    match decided.tightest().filter(|_| decided.verdict != Verdict::Narrow) {
        Some(weighed) => {
            said!("{head}; {change}.", "{head} ; {change}.", head = head, change = turn(compared, weighed))
        }
        None if decided.verdict == Verdict::Narrow => said!("{head}.", "{head}.", head = head),
        None => said!(
            "{head}; no single weight changes that.",
            "{head} ; aucun poids à lui seul n’y change rien.",
            head = head
        ),
    }
}

/// The nearest weight of one criterion with which another comes first.
pub(super) fn turn(compared: &Compared, weighed: &Weighed) -> Said {
    let up = weighed.above.as_ref().map(|who| (who, weighed.to, weighed.to / weighed.weight));
    let down = weighed.below.as_ref().map(|who| {
        let factor = if weighed.from > 0.0 { weighed.weight / weighed.from } else { f64::INFINITY };
        (who, weighed.from, factor)
    });
    let nearest = match (up, down) {
        (Some(up), Some(down)) => Some(if up.2 <= down.2 { (up.0, up.1, true) } else { (down.0, down.1, false) }),
        (Some(up), None) => Some((up.0, up.1, true)),
        (None, Some(down)) => Some((down.0, down.1, false)),
        (None, None) => None,
    };
    let Some((who, at, over)) = nearest else { return Said::default() };
    let (who, criterion, weight) = (quoted(compared, who), weighed.title.clone(), weighed.weight);
    if over {
        said!(
            "{who} would come first if “{criterion}” weighed over {at} instead of {weight}",
            "{who} passerait devant si « {criterion} » pesait plus de {at} au lieu de {weight}",
            who = who,
            criterion = criterion,
            at = at,
            weight = weight
        )
    } else {
        said!(
            "{who} would come first if “{criterion}” weighed under {at} instead of {weight}",
            "{who} passerait devant si « {criterion} » pesait moins de {at} au lieu de {weight}",
            who = who,
            criterion = criterion,
            at = at,
            weight = weight
        )
    }
}

/// What one cell would have to be for another to come first.
pub(super) fn flipped(compared: &Compared, flip: &Flip) -> Said {
    let cell = compared.cell(&flip.criterion, &flip.reaches);
    let value = cell.map_or_else(Said::default, |cell| cell.value.value.text().clone());
    let (subject, winner) = (quoted(compared, &flip.subject), quoted(compared, &flip.winner));
    let than = match (flip.better, flip.passes) {
        (true, true) => said!("better than {value}", "meilleur que {value}", value = value),
        (true, false) => said!("as good as {value}", "aussi bon que {value}", value = value),
        (false, true) => said!("worse than {value}", "pire que {value}", value = value),
        (false, false) => said!("no better than {value}", "pas meilleur que {value}", value = value),
    };
    said!(
        "{winner}, were {subject} {than}",
        "{winner}, si {subject} était {than}",
        winner = winner,
        subject = subject,
        than = than
    )
}

fn subject(request: &Request<'_>, compared: &Compared, decided: &Decided, at: usize, rank: &Rank) -> Row {
    let place = at + 1;
    let range = if rank.high - rank.low > 1e-9 {
        said!("{low} to {high}", "de {low} à {high}", low = percent(rank.low), high = percent(rank.high))
    } else {
        Said::default()
    };
    let by: Vec<Said> =
        decided.dominated.iter().filter(|(_, who)| *who == rank.subject).map(|(by, _)| title(compared, by)).collect();
    let mut words = Vec::new();
    if !by.is_empty() {
        words.push(said!(
            "nowhere better than {by} and somewhere worse",
            "nulle part meilleur que {by}, et parfois pire",
            by = Said::list(&by)
        ));
    }
    if !rank.open.is_empty() {
        let open: Vec<Said> = rank.open.iter().filter_map(|id| compared.row(id)).map(|row| row.title.clone()).collect();
        words.push(said!("open: {open}", "ouvert : {open}", open = Said::join(&open, ", ")));
    }
    let mark = match decided.verdict {
        Verdict::Clear | Verdict::Open if at == 0 => Mark::Best,
        _ => Mark::None,
    };
    let name = said!("{place}. {title}", "{place}. {title}", title = rank.title);
    let cells = vec![
        request.cell(&name),
        request.cell(&percent(rank.score)).marked(mark),
        request.cell(&range).marked(if rank.open.is_empty() { Mark::None } else { Mark::Unanswered }),
        request.cell(&Said::join(&words, "; ")),
    ];
    let facts = behind(request, compared);
    Row::of(cells.into_iter().map(|cell| cell.facts(facts.iter().cloned())).collect())
}

fn criterion(request: &Request<'_>, compared: &Compared, decided: &Decided, weighed: &Weighed) -> Row {
    let weight =
        said!("{weight} ({share})", "{weight} ({share})", weight = weighed.weight, share = percent(weighed.share));
    let range = match (weighed.from > 0.0, weighed.to.is_finite()) {
        (false, false) => said!("any weight", "n’importe quel poids"),
        (true, false) => said!("{from} or more", "{from} ou plus", from = weighed.from),
        (false, true) => said!("up to {to}", "jusqu’à {to}", to = weighed.to),
        (true, true) => said!("{from} to {to}", "de {from} à {to}", from = weighed.from, to = weighed.to),
    };
    let mut words = Vec::new();
    if let Some(below) = &weighed.below {
        words.push(said!("below: {who}", "en dessous : {who}", who = title(compared, below)));
    }
    if let Some(above) = &weighed.above {
        words.push(said!("above: {who}", "au-dessus : {who}", who = title(compared, above)));
    }
    let flips: Vec<&Flip> = decided.flips.iter().filter(|flip| flip.criterion == weighed.criterion).collect();
    words.extend(flips.iter().map(|flip| flipped(compared, flip)));
    let facts = behind(request, compared);
    let cells = [
        request.cell(&weighed.title),
        request.cell(&weight),
        request.cell(&range),
        request.cell(&Said::join(&words, "; ")),
    ];
    Row::of(cells.into_iter().map(|cell| cell.facts(facts.iter().cloned())).collect())
}

/// Everything that a ranking rests on: every cell, and every weight.
pub(super) fn behind(request: &Request<'_>, compared: &Compared) -> BTreeSet<String> {
    let cells = compared.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| cell.value.facts.iter().cloned());
    let keys = compared.rows.iter().flat_map(|row| {
        ["weight", "better", "scale"].map(|key| format!("{}.criteria.{}.{key}", compared.name, row.id))
    });
    let own = keys.chain([format!("{}.margin", compared.name), format!("{}.subjects", compared.name)]);
    cells.chain(own.filter(|path| request.workspace.at(path).is_some())).collect()
}

/// Whether neither its weight nor any of its cells would put another first.
fn changes_nothing(decided: &Decided, weighed: &Weighed) -> bool {
    weighed.below.is_none()
        && weighed.above.is_none()
        && decided.flips.iter().all(|flip| flip.criterion != weighed.criterion)
}

/// The criteria of which nothing would put another first, in one row with their weights.
fn rest(request: &Request<'_>, compared: &Compared, idle: &[&Weighed]) -> Row {
    let weight: f64 = idle.iter().map(|one| one.weight).sum();
    let share: f64 = idle.iter().map(|one| one.share).sum();
    let each: Vec<Said> = idle
        .iter()
        .map(|one| said!("{title} {weight}", "{title} {weight}", title = one.title, weight = one.weight))
        .collect();
    let (en, fr) = (["further criterion", "further criteria"], ["autre critère", "autres critères"]);
    let other = Said::counted(idle.len(), en, fr);
    Row::of(vec![
        request
            .cell(&said!("{n} {other}", "{n} {other}", n = idle.len(), other = other))
            .derived(request.say(&Said::join(&each, ", "))),
        request
            .cell(&said!("{weight} ({share})", "{weight} ({share})", weight = weight, share = percent(share)))
            .facts(behind(request, compared)),
        request.cell(&said!("any weight", "n’importe quel poids")),
        request.cell(&said!("nothing", "rien")),
    ])
}

fn note(compared: &Compared, decided: &Decided) -> Said {
    let mut notes = vec![said!(
        "In each criterion a subject wins of the weight the share of the others than which it is better, half for a tie; a weight is 1 where none is stated. A range is what open answers leave.",
        "Sur chaque critère, un sujet gagne du poids la part des autres qu’il surpasse, la moitié pour une égalité ; un poids vaut 1 quand aucun n’est donné. Une plage est ce que laissent les réponses manquantes."
    )];
    if !decided.left_out.is_empty() {
        let each: Vec<Said> = decided
            .left_out
            .iter()
            .map(|(title, why)| said!("{title} ({why})", "{title} ({why})", title = title, why = why))
            .collect();
        notes.push(said!("Not ranked: {list}.", "Hors classement : {list}.", list = Said::join(&each, ", ")));
    }
    if compared.subjects.len() > MOST_TRIED {
        notes.push(said!(
            "Single cells were not tried: there are more than {n} subjects.",
            "Aucune cellule n’a été essayée seule : il y a plus de {n} sujets.",
            n = MOST_TRIED
        ));
    }
    Said::join(&notes, " ")
}
