//! Moments as clusters, shells and people write them.

use crate::design::text::When;

/// A moment as it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    /// Seconds, from where `line` begins.
    pub at_s: f64,
    /// How far off it may be, either way: half a last digit would be finer than what tools promise.
    pub precision_s: f64,
    /// On which line of time it stands.
    pub line: Line,
}

/// Lines of time that cannot be laid on each other without knowing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    /// Universal time: a zone was said, and a date.
    Zoned,
    /// Somebody's own clock with a date, no zone said.
    Local,
    /// Universal time without a date.
    OfDayZoned,
    /// Somebody's own clock, neither date nor zone said.
    OfDay,
    /// Since the first table was printed: only ages are known.
    Watch,
    /// Since the moment that the author counts from.
    Offset,
}

const DAY: f64 = 86_400.0;

/// A moment at the start of a text, and what follows it.
pub(super) fn leading(text: &str) -> Option<(Moment, &str)> {
    let text = text.trim_start();
    let (bare, bracket) = match text.strip_prefix('[') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let (moment, rest) = offset(bare).or_else(|| iso(bare)).or_else(|| clock(bare)).or_else(|| date(bare))?;
    let rest = if bracket { rest.trim_start().strip_prefix(']')? } else { rest };
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| (moment, rest.trim_start()))
}

/// `+43.98 s`, `+5m49s`, `+1 min 30 s`.
fn offset(text: &str) -> Option<(Moment, &str)> {
    let (sign, mut rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1.0, rest),
        (_, Some(rest)) => (-1.0, rest),
        _ => return None,
    };
    let (mut at_s, mut precision_s, mut any) = (0.0, 1.0, false);
    while let Some((value, digit, after)) = number(rest.trim_start()) {
        let after = after.trim_start();
        let unit: &str = &after[..after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len())];
        let factor = match unit {
            "ms" => 0.001,
            "s" | "sec" => 1.0,
            "m" | "min" => 60.0,
            "h" => 3600.0,
            "d" => DAY,
            _ => break,
        };
        at_s += value * factor;
        precision_s = digit * factor;
        rest = &after[unit.len()..];
        any = true;
    }
    any.then_some((Moment { at_s: sign * at_s, precision_s, line: Line::Offset }, rest))
}

/// A number, how much its last digit is worth, and what follows it.
fn number(text: &str) -> Option<(f64, f64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end.min(18));
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Some((digits.parse().ok().filter(|_| digits.starts_with(|c: char| c.is_ascii_digit()))?, worth(decimals), rest))
}

/// What the last of some decimals is worth; finer than a microsecond is nobody's clock.
fn worth(decimals: usize) -> f64 {
    [1.0, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6].get(decimals).copied().unwrap_or(1e-6)
}

/// `2026-11-26T12:05:49Z`, `2026-11-26 12:05:49.123 +01:00`.
fn iso(text: &str) -> Option<(Moment, &str)> {
    let day = When::parse(text.get(..10)?).filter(|when| when.day.is_some())?.first_day();
    let rest = text[10..].strip_prefix(['T', 't', ' '])?;
    let (seconds, precision_s, rest) = time_of_day(rest)?;
    let at_s = day as f64 * DAY + seconds;
    Some(match zone(rest) {
        Some((zone_s, rest)) => (Moment { at_s: at_s - zone_s, precision_s, line: Line::Zoned }, rest),
        None => (Moment { at_s, precision_s, line: Line::Local }, rest),
    })
}

/// `11:35:06`, `11:35:49.98`, `10:35:49Z`.
fn clock(text: &str) -> Option<(Moment, &str)> {
    let (at_s, precision_s, rest) = time_of_day(text)?;
    Some(match zone(rest) {
        Some((zone_s, rest)) => (Moment { at_s: at_s - zone_s, precision_s, line: Line::OfDayZoned }, rest),
        None => (Moment { at_s, precision_s, line: Line::OfDay }, rest),
    })
}

/// `12:05:49`, with any number of decimals: seconds since midnight.
fn time_of_day(text: &str) -> Option<(f64, f64, &str)> {
    let two = |at: usize, below: u32| -> Option<f64> {
        let part = text.get(at..at + 2).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse::<u32>().ok().filter(|n| *n < below).map(f64::from)
    };
    let colon = |at: usize| text.as_bytes().get(at) == Some(&b':');
    if !colon(2) || !colon(5) {
        return None;
    }
    // A leap second is written 60.
    let whole = two(0, 24)? * 3600.0 + two(3, 60)? * 60.0 + two(6, 61)?;
    let rest = &text[8..];
    let Some(decimals) = rest.strip_prefix(['.', ',']) else { return Some((whole, 1.0, rest)) };
    let end = decimals.find(|c: char| !c.is_ascii_digit()).unwrap_or(decimals.len());
    let fraction: f64 = format!("0.{}", &decimals[..end.min(12)]).parse().ok()?;
    Some((whole + fraction, worth(end), &decimals[end..]))
}

/// A zone at the start of a text as seconds east of Greenwich, and what follows it.
fn zone(text: &str) -> Option<(f64, &str)> {
    let bare = text.trim_start_matches(' ');
    if let Some(rest) = bare.strip_prefix(['Z', 'z']) {
        return ends(rest).then_some((0.0, rest));
    }
    if let Some(east) = bare.chars().next().filter(|c| matches!(c, '+' | '-')) {
        let digits: String = bare[1..].chars().take(6).filter(|c| *c != ':').take(4).collect();
        let hours: f64 = digits.get(..2)?.parse::<u32>().ok().filter(|n| *n <= 14)?.into();
        let minutes: f64 = digits.get(2..).filter(|m| m.len() == 2)?.parse::<u32>().ok().filter(|n| *n < 60)?.into();
        let long = if bare.as_bytes().get(3) == Some(&b':') { 6 } else { 5 };
        let sign = if east == '-' { -1.0 } else { 1.0 };
        return Some((sign * (hours * 3600.0 + minutes * 60.0), bare.get(long..)?));
    }
    // Names that mean one thing; `CST` and `IST` mean several, and count as no zone.
    const NAMED: [(&str, f64); 10] = [
        ("UTC", 0.0),
        ("GMT", 0.0),
        ("WEST", 1.0),
        ("CEST", 2.0),
        ("CET", 1.0),
        ("EEST", 3.0),
        ("EST", -5.0),
        ("EDT", -4.0),
        ("PST", -8.0),
        ("PDT", -7.0),
    ];
    let (name, hours) = NAMED.iter().find(|(name, _)| bare.strip_prefix(name).is_some_and(ends))?;
    Some((hours * 3600.0, &bare[name.len()..]))
}

/// Whether a word ended before this.
fn ends(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric())
}

/// How months begin in what `date` prints, in English and in French.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb", "fév", "fev"],
    &["mar"],
    &["apr", "avr"],
    &["may", "mai"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "aoû", "aou"],
    &["sep"],
    &["oct"],
    &["nov"],
    &["dec", "déc"],
];

/// A word at the start of a text, and what follows it.
fn word(text: &str) -> Option<(&str, &str)> {
    let bare = text.trim_start_matches(' ');
    let end = bare.find(' ').unwrap_or(bare.len());
    (1..=12).contains(&end).then(|| bare.split_at(end))
}

/// What `date` prints (`Thu Nov 26 12:09:30 UTC 2026`, `jeu. 26 nov. 2026 12:09:30 CET`) and what
/// `ts` does (`Nov 26 12:09:30`).
fn date(text: &str) -> Option<(Moment, &str)> {
    let month_of = |word: &str| {
        let lower = word.to_lowercase();
        MONTHS.iter().position(|begins| begins.iter().any(|begin| lower.starts_with(begin)))
    };
    let day_of = |word: &str| word.parse::<u32>().ok().filter(|day| (1..=31).contains(day));
    let read = |text| {
        let (first, rest) = word(text)?;
        let (second, rest) = word(rest)?;
        match (month_of(first), day_of(second)) {
            (Some(month), Some(day)) => Some((month, day, rest)),
            _ => Some((month_of(second)?, day_of(first)?, rest)),
        }
    };
    // The day of the week comes first, or is not said; `mar. 3 mars` begins like a month and is none.
    let after_week_day = word(text).filter(|(first, _)| first.chars().all(|c| c.is_alphabetic() || ".,".contains(c)));
    let dated = after_week_day.and_then(|(_, rest)| read(rest)).or_else(|| read(text))?;
    let (month, day, mut rest) = dated;
    let year_at = |text: &str| -> Option<i32> {
        let text = text.trim_start_matches(' ');
        let digits = text.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
        digits.parse().ok().filter(|_| ends(&text[4..]))
    };
    let mut year = year_at(rest);
    if year.is_some() {
        rest = &rest.trim_start_matches(' ')[4..];
    }
    let (mut seconds, precision_s, mut after) = time_of_day(rest.trim_start_matches([' ', ',']))?;
    if let Some((half @ ("AM" | "PM"), rest)) = word(after) {
        seconds = seconds % (DAY / 2.0) + if half == "PM" { DAY / 2.0 } else { 0.0 };
        after = rest;
    }
    let (zone_s, mut after) = zone(after).map_or((None, after), |(zone_s, after)| (Some(zone_s), after));
    if let (None, Some(last)) = (year, year_at(after)) {
        year = Some(last);
        after = &after.trim_start_matches(' ')[4..];
    }
    // Without a year only differences count, and any year does.
    let when = When::parse(&format!("{:04}-{:02}-{day:02}", year.unwrap_or(2000), month + 1))?;
    let at_s = when.first_day() as f64 * DAY + seconds;
    Some(match zone_s {
        Some(zone_s) => (Moment { at_s: at_s - zone_s, precision_s, line: Line::Zoned }, after),
        None => (Moment { at_s, precision_s, line: Line::Local }, after),
    })
}

/// An age as `kubectl` writes it, in seconds, with how much its last unit is worth: `47s`, `5m2s`, `3d4h`.
pub(super) fn age(text: &str) -> Option<(f64, f64)> {
    let (mut total, mut precision, mut rest) = (0.0, None, text);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=6).contains(end))?;
        let value: f64 = rest[..end].parse().ok()?;
        let factor = match rest[end..].chars().next()? {
            's' => 1.0,
            'm' => 60.0,
            'h' => 3600.0,
            'd' => DAY,
            'y' => 365.0 * DAY,
            _ => return None,
        };
        if precision.is_some_and(|last| factor >= last) {
            return None;
        }
        total += value * factor;
        precision = Some(factor);
        rest = &rest[end + 1..];
    }
    // Up to ten minutes `5m` stands for `5m0s`.
    let precision = precision?;
    let precision = if precision == 60.0 && total < 600.0 { 1.0 } else { precision };
    Some((total, precision))
}
