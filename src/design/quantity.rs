//! Quantities as people write them.
//!
//! One table says which quantities there are, their units and an example of each; it is the
//! parser, the schema's pattern and the page of the reference at once. A quantity remembers how it
//! was written and prints back that way, in French with French unit symbols and decimal comma.

use std::fmt;
use std::marker::PhantomData;

use crate::said;
use crate::source::{Lang, Said, Show, nearest};

/// A unit of one quantity.
#[derive(Debug)]
pub struct Unit {
    /// How it is written; the first is how the program writes it.
    pub names: &'static [&'static str],
    /// How French writes it (the plural where there is one).
    pub french: &'static str,
    /// How many base units it is.
    pub factor: f64,
}

const fn unit(names: &'static [&'static str], french: &'static str, factor: f64) -> Unit {
    Unit { names, french, factor }
}

/// A quantity: what it measures and how it may be written.
#[derive(Debug)]
pub struct Measure {
    /// The word that marks it in the schema (`x-quantity`).
    pub id: &'static str,
    /// What it is called, for messages: English, French.
    pub title: (&'static str, &'static str),
    /// Its base unit, in which programs receive it.
    pub base: &'static str,
    /// Whether a number without a unit is allowed, and then means base units.
    pub bare: bool,
    /// The units, smallest first.
    pub units: &'static [Unit],
    /// Examples, the first one used in messages.
    pub examples: &'static [&'static str],
}

const SECOND: f64 = 1.0;
const MINUTE: f64 = 60.0;
const HOUR: f64 = 3600.0;
const DAY: f64 = 86_400.0;
/// A month of contracts: a twelfth of a year of 365.25 days.
const MONTH: f64 = 365.25 / 12.0 * DAY;
const YEAR: f64 = 365.25 * DAY;
const KIB: f64 = 1024.0;

/// Processor time, in cores.
pub static CPU: Measure = Measure {
    id: "cpu",
    title: ("processor time", "temps processeur"),
    base: "core",
    bare: true,
    units: &[unit(&["m"], "m", 0.001)],
    examples: &["250m", "2", "0.5"],
};
/// Memory and storage, in bytes.
pub static BYTES: Measure = Measure {
    id: "bytes",
    title: ("memory or storage", "mémoire ou stockage"),
    base: "byte",
    bare: false,
    units: &[
        unit(&["B"], "o", 1.0),
        unit(&["kB", "k", "K"], "ko", 1e3),
        unit(&["KiB", "Ki"], "Kio", KIB),
        unit(&["MB", "M"], "Mo", 1e6),
        unit(&["MiB", "Mi"], "Mio", KIB * KIB),
        unit(&["GB", "G"], "Go", 1e9),
        unit(&["GiB", "Gi"], "Gio", KIB * KIB * KIB),
        unit(&["TB", "T"], "To", 1e12),
        unit(&["TiB", "Ti"], "Tio", KIB * KIB * KIB * KIB),
        unit(&["PB"], "Po", 1e15),
    ],
    examples: &["512 MiB", "16Gi", "4.1 MB"],
};
/// A span of time in a run, in seconds.
pub static DURATION: Measure = Measure {
    id: "duration",
    title: ("a duration", "une durée"),
    base: "second",
    bare: false,
    units: &[
        unit(&["ms"], "ms", 0.001),
        unit(&["s"], "s", SECOND),
        unit(&["min"], "min", MINUTE),
        unit(&["h"], "h", HOUR),
        unit(&["days", "day", "d"], "jours", DAY),
    ],
    examples: &["30 s", "200 ms", "15 min", "8 h", "1 day"],
};
/// A span of time in a contract or a retention, in seconds.
pub static PERIOD: Measure = Measure {
    id: "period",
    title: ("a period", "une période"),
    base: "second",
    bare: false,
    units: &[
        unit(&["h"], "h", HOUR),
        unit(&["days", "day", "d"], "jours", DAY),
        unit(&["weeks", "week"], "semaines", 7.0 * DAY),
        unit(&["months", "month"], "mois", MONTH),
        unit(&["years", "year"], "ans", YEAR),
    ],
    examples: &["14 days", "6 months", "5 years"],
};
/// A share, as a fraction of one.
pub static SHARE: Measure = Measure {
    id: "share",
    title: ("a percentage", "un pourcentage"),
    base: "fraction",
    bare: false,
    units: &[unit(&["%"], "%", 0.01)],
    examples: &["99.95 %", "5 %"],
};
/// How often something happens, per second.
pub static RATE: Measure = Measure {
    id: "rate",
    title: ("a rate", "un débit"),
    base: "per second",
    bare: false,
    units: &[unit(&["/h"], "/h", 1.0 / HOUR), unit(&["/min"], "/min", 1.0 / MINUTE), unit(&["/s"], "/s", 1.0)],
    examples: &["300/s", "20/min"],
};
/// Bytes over time, in bytes per second.
pub static BYTE_RATE: Measure = Measure {
    id: "byte-rate",
    title: ("bytes over time", "un débit d’octets"),
    base: "byte per second",
    bare: false,
    units: &[
        unit(&["MiB/day"], "Mio/jour", KIB * KIB / DAY),
        unit(&["GiB/day"], "Gio/jour", KIB * KIB * KIB / DAY),
        unit(&["GB/day"], "Go/jour", 1e9 / DAY),
        unit(&["KiB/s"], "Kio/s", KIB),
        unit(&["MiB/min"], "Mio/min", KIB * KIB / MINUTE),
        unit(&["MiB/s"], "Mio/s", KIB * KIB),
        unit(&["MB/s"], "Mo/s", 1e6),
        unit(&["GiB/s"], "Gio/s", KIB * KIB * KIB),
    ],
    examples: &["8 MiB/min", "2 GiB/day"],
};
/// What a flash memory endures being written, in bytes.
pub static ENDURANCE: Measure = Measure {
    id: "endurance",
    title: ("terabytes written", "téraoctets écrits"),
    base: "byte",
    bare: false,
    units: &[unit(&["TBW"], "To écrits", 1e12), unit(&["PBW"], "Po écrits", 1e15)],
    examples: &["300 TBW"],
};
/// What a machine costs, in its currency per hour.
pub static PRICE: Measure = Measure {
    id: "price",
    title: ("a price", "un prix"),
    base: "per hour",
    bare: false,
    units: &[
        unit(&["EUR/year"], "€/an", HOUR / YEAR),
        unit(&["USD/year"], "USD/an", HOUR / YEAR),
        unit(&["EUR/month"], "€/mois", HOUR / MONTH),
        unit(&["USD/month"], "USD/mois", HOUR / MONTH),
        unit(&["CHF/month"], "CHF/mois", HOUR / MONTH),
        unit(&["EUR/h"], "€/h", 1.0),
        unit(&["USD/h"], "USD/h", 1.0),
        unit(&["CHF/h"], "CHF/h", 1.0),
    ],
    examples: &["0.2 USD/h", "90 EUR/month"],
};

/// Every quantity there is.
pub static MEASURES: [&Measure; 9] = [&CPU, &BYTES, &DURATION, &PERIOD, &SHARE, &RATE, &BYTE_RATE, &ENDURANCE, &PRICE];

/// Which quantity a type holds.
pub trait Measured {
    /// The row of the table.
    fn measure() -> &'static Measure;
}

/// A quantity as it was written, with its value in base units.
#[derive(Clone)]
pub struct Quantity<M> {
    number: f64,
    /// Which unit of the table; `None` for a bare number.
    unit: Option<&'static Unit>,
    kind: PhantomData<M>,
}

macro_rules! quantities {
    ($($(#[$doc:meta])* $name:ident $tag:ident $table:ident;)*) => {$(
        #[doc(hidden)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $tag;
        impl Measured for $tag {
            fn measure() -> &'static Measure { &$table }
        }
        $(#[$doc])*
        pub type $name = Quantity<$tag>;
    )*};
}
quantities! {
    /// Cores.
    Cpu CpuTag CPU;
    /// Bytes of memory or storage.
    Bytes BytesTag BYTES;
    /// Milliseconds to days.
    Duration DurationTag DURATION;
    /// Hours to years.
    Period PeriodTag PERIOD;
    /// A percentage.
    Share ShareTag SHARE;
    /// Events per time.
    Rate RateTag RATE;
    /// Bytes per time.
    ByteRate ByteRateTag BYTE_RATE;
    /// Terabytes written.
    Endurance EnduranceTag ENDURANCE;
    /// Money per time.
    Price PriceTag PRICE;
}

impl<M: Measured> Quantity<M> {
    /// The value in base units (cores, bytes, seconds, fractions, per second, per hour).
    pub fn value(&self) -> f64 {
        self.number * self.unit.map_or(1.0, |unit| unit.factor)
    }

    /// A worked-out value, written in the largest unit in which it is at least one.
    pub fn of(value: f64) -> Quantity<M> {
        let measure = M::measure();
        let preferred = |unit: &&Unit| match measure.id {
            // Worked-out memory is written in binary units, prices per hour.
            "bytes" => unit.names[0].contains('i') || unit.names[0] == "B",
            "cpu" => false,
            _ => true,
        };
        let unit = measure
            .units
            .iter()
            .filter(preferred)
            .filter(|unit| value.abs() >= unit.factor * 0.9995)
            .max_by(|a, b| a.factor.total_cmp(&b.factor))
            .or_else(|| measure.units.iter().find(preferred));
        let factor = unit.map_or(1.0, |unit| unit.factor);
        Quantity { number: value / factor, unit, kind: PhantomData }
    }

    /// Reads a quantity.
    ///
    /// # Errors
    /// What is wrong with the text, and a better one where there is one near.
    pub fn parse(text: &str) -> Result<Quantity<M>, Unreadable> {
        read(M::measure(), text).map(|(number, unit)| Quantity { number, unit, kind: PhantomData })
    }
}

/// Why a text is no such quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Unreadable {
    /// What is wrong.
    pub message: Said,
    /// The text that was probably meant.
    pub instead: Option<String>,
}

/// Reads a number and a unit of one row of the table.
///
/// # Errors
/// What is wrong with the text, and a better one where there is one near.
pub fn read(measure: &'static Measure, text: &str) -> Result<(f64, Option<&'static Unit>), Unreadable> {
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (digits, rest) = (&text[..split], text[split..].trim());
    let example = measure.examples[0];
    let (title_en, title_fr) = measure.title;
    let unreadable = |message: Said, instead: Option<String>| Err(Unreadable { message, instead });
    if let Some((whole, tail)) = text.split_once(',') {
        let with_point = format!("{whole}.{tail}");
        if read(measure, &with_point).is_ok() {
            return unreadable(
                said!("`{text}` has a decimal comma", "`{text}` contient une virgule décimale"),
                Some(with_point),
            );
        }
    }
    let Some(number) = digits.parse::<f64>().ok().filter(|n| n.is_finite() && !digits.ends_with('.')) else {
        return unreadable(
            said!(
                "`{text}` is not {title_en}, such as `{example}`",
                "`{text}` n’est pas {title_fr}, comme `{example}`"
            ),
            None,
        );
    };
    if rest.is_empty() {
        if measure.bare {
            return Ok((number, None));
        }
        let unit = measure.units.iter().find(|unit| unit.factor == 1.0).unwrap_or(&measure.units[0]);
        let instead = (measure.units.len() == 1).then(|| format!("{text} {}", unit.names[0]));
        return unreadable(
            said!(
                "`{text}` has no unit; write {title_en} as in `{example}`",
                "`{text}` n’a pas d’unité ; écrivez {title_fr} comme `{example}`"
            ),
            instead,
        );
    }
    if let Some(unit) = measure.units.iter().find(|unit| unit.names.contains(&rest)) {
        return Ok((number, Some(unit)));
    }
    let names = measure.units.iter().flat_map(|unit| unit.names.iter().copied());
    let known = |name: &&'static str| measure.units.iter().any(|unit| unit.names.contains(name));
    // The right letters in the wrong case, then a unit as it is spoken, then the nearest in letters.
    let near = names
        .clone()
        .find(|name| name.eq_ignore_ascii_case(rest))
        .or_else(|| spoken(rest).filter(known))
        .or_else(|| nearest(rest, names));
    let space = if text[split..].starts_with(' ') { " " } else { "" };
    unreadable(
        said!("`{rest}` is not a unit of {title_en}", "`{rest}` n’est pas une unité ({title_fr})"),
        near.map(|name| format!("{digits}{space}{name}")),
    )
}

/// Units as they are spoken or written in French, none of which is near enough in letters.
fn spoken(unit: &str) -> Option<&'static str> {
    Some(match unit.to_lowercase().as_str() {
        "sec" | "secs" | "second" | "seconds" | "seconde" | "secondes" => "s",
        "minute" | "minutes" | "mn" | "mins" => "min",
        "hour" | "hours" | "hr" | "heure" | "heures" => "h",
        "msec" | "millisecond" | "milliseconds" | "millisecondes" => "ms",
        "jour" | "jours" | "j" => "days",
        "mois" => "months",
        "an" | "ans" | "année" | "années" | "y" => "years",
        "semaine" | "semaines" => "weeks",
        "milli" | "millicores" | "millicpu" => "m",
        "ko" | "kio" => "KiB",
        "mo" | "mio" => "MiB",
        "go" | "gio" => "GiB",
        "to" | "tio" => "TiB",
        "percent" | "pour cent" => "%",
        _ => return None,
    })
}

impl<M: Measured> Show for Quantity<M> {
    fn show(&self, lang: Lang) -> String {
        let measure = M::measure();
        if measure.id == "duration" && self.unit.is_some_and(|unit| unit.factor >= MINUTE) && self.number.fract() != 0.0
        {
            return clock(self.value(), lang);
        }
        let decimals = if self.number.abs() >= 100.0 { 1 } else { 2 };
        let mut number = lang.number(self.number, decimals.max(if measure.id == "share" { 4 } else { 0 }));
        if number == "0" && self.number > 0.0 {
            number = lang.number(self.number, 6);
        }
        let Some(unit) = self.unit else { return number };
        let symbol = match (lang, self.number) {
            (Lang::Fr, n)
                if unit.french.ends_with('s') && unit.french.len() > 2 && n < 2.0 && unit.french != "mois" =>
            {
                &unit.french[..unit.french.len() - 1]
            }
            (Lang::Fr, _) => unit.french,
            (Lang::En, n) if n == 1.0 && unit.names.len() > 1 && unit.names[0].ends_with('s') => unit.names[1],
            (Lang::En, _) => unit.names[0],
        };
        let glued = measure.id == "cpu" || symbol.starts_with('/');
        format!("{number}{}{symbol}", if glued { "" } else { "\u{a0}" })
    }
}

/// A time of minutes or more as a clock says it: `5 min 49 s`, `1 h 47 min`.
fn clock(seconds: f64, lang: Lang) -> String {
    let total = seconds.round() as u64;
    let parts = [
        (total / 86_400, "d", "j"),
        (total / 3600 % 24, "h", "h"),
        (total / 60 % 60, "min", "min"),
        (total % 60, "s", "s"),
    ];
    let first = parts.iter().position(|(n, ..)| *n > 0).unwrap_or(3);
    parts[first..]
        .iter()
        .take(2)
        .filter(|(n, ..)| *n > 0)
        .map(|(n, en, fr)| format!("{n}\u{a0}{}", if lang == Lang::Fr { fr } else { en }))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A number of seconds as a person says it: `46.5 s`, `5 min 49 s`.
pub fn seconds(value: f64) -> Said {
    Said::by(|lang| {
        if value <= 0.0 {
            return "0\u{a0}s".to_owned();
        }
        if value < 60.0 { Duration::of(value).show(lang) } else { clock(value, lang) }
    })
}

impl<M> PartialEq for Quantity<M> {
    fn eq(&self, other: &Quantity<M>) -> bool {
        let factor = |unit: Option<&Unit>| unit.map_or(1.0, |unit| unit.factor);
        self.number * factor(self.unit) == other.number * factor(other.unit)
    }
}

impl<M: Measured> fmt::Debug for Quantity<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.show(Lang::En))
    }
}

impl<'de, M: Measured> serde::Deserialize<'de> for Quantity<M> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Quantity<M>, D::Error> {
        let text = String::deserialize(deserializer)?;
        Quantity::parse(&text).map_err(|error| serde::de::Error::custom(error.message.en))
    }
}

impl<M: Measured> schemars::JsonSchema for Quantity<M> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("quantity-{}", M::measure().id).into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let measure = M::measure();
        let units: Vec<String> =
            measure.units.iter().flat_map(|unit| unit.names).map(|name| name.replace('/', "\\/")).collect();
        let optional = if measure.bare { "?" } else { "" };
        schemars::json_schema!({
            "type": if measure.bare { serde_json::json!(["string", "number"]) } else { serde_json::json!("string") },
            "pattern": format!("^[0-9]+(\\.[0-9]+)?( *({})){optional}$", units.join("|")),
            "minimum": 0,
            "examples": measure.examples,
            "x-quantity": measure.id,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_print_back_as_people_write_them() {
        for (text, en, fr) in [("512Mi", "512\u{a0}MiB", "512\u{a0}Mio"), ("4.1 MB", "4.1\u{a0}MB", "4,1\u{a0}Mo")] {
            let bytes = Bytes::parse(text).unwrap();
            assert_eq!((bytes.show(Lang::En).as_str(), bytes.show(Lang::Fr).as_str()), (en, fr));
        }
        assert_eq!(Cpu::parse("250m").unwrap().show(Lang::Fr), "250m");
        assert_eq!(Cpu::parse("250m").unwrap().value(), 0.25);
        assert_eq!(Period::parse("1 day").unwrap().show(Lang::Fr), "1\u{a0}jour");
        assert_eq!(Duration::parse("200 ms").unwrap().show(Lang::En), "200\u{a0}ms");
        assert_eq!(Share::parse("99.95 %").unwrap().show(Lang::Fr), "99,95\u{a0}%");
        assert_eq!(Period::parse("3 months").unwrap().show(Lang::Fr), "3\u{a0}mois");
    }

    #[test]
    fn worked_out_values_pick_their_unit() {
        assert_eq!(Bytes::of(13.4 * 1024.0 * 1024.0 * 1024.0).show(Lang::En), "13.4\u{a0}GiB");
        assert_eq!(seconds(349.0).fr, "5\u{a0}min 49\u{a0}s");
        assert_eq!(seconds(46.5).fr, "46,5\u{a0}s");
        assert_eq!(Cpu::of(1.25).show(Lang::En), "1.25");
    }

    #[test]
    fn near_misses_are_explained() {
        let instead = |result: Result<Bytes, Unreadable>| result.unwrap_err().instead;
        assert_eq!(instead(Bytes::parse("16 GIB")).as_deref(), Some("16 GiB"));
        assert_eq!(instead(Bytes::parse("16 Go")).as_deref(), Some("16 GiB"));
        assert_eq!(Duration::parse("200 msec").unwrap_err().instead.as_deref(), Some("200 ms"));
        assert_eq!(Share::parse("99,9 %").unwrap_err().instead.as_deref(), Some("99.9 %"));
        assert_eq!(Cpu::parse("250 milli").unwrap_err().instead.as_deref(), Some("250 m"));
        assert!(Share::parse("99.9").is_err());
    }
}
