//! Text that people write, in one language or in several; facts with their evidence; versions and
//! dates, which are read from the source text.

use std::cmp::Ordering;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use crate::source::{Lang, Said, Show};

/// A human text: a string, or a map from language to string.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text {
    /// The text for every language, or the one for each.
    said: Said,
    /// Whether it was given for each language.
    pub localised: bool,
}

impl Text {
    /// The text in both languages; where one is missing, the other stands in.
    pub fn said(&self) -> Said {
        self.said.clone()
    }
}

impl Show for Text {
    fn show(&self, lang: Lang) -> String {
        self.said.get(lang).to_owned()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or a text for each language")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text { said: Said::same(text), localised: false })
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let (mut en, mut fr) = (None, None);
                while let Some((lang, text)) = map.next_entry::<String, String>()? {
                    match Lang::from_code(&lang) {
                        Some(Lang::En) => en = Some(text),
                        Some(Lang::Fr) => fr = Some(text),
                        None => return Err(de::Error::custom(format!("`{lang}` is not a language of the program"))),
                    }
                }
                let first = en.clone().or_else(|| fr.clone()).unwrap_or_default();
                let said = Said { en: en.unwrap_or_else(|| first.clone()), fr: fr.unwrap_or(first) };
                Ok(Text { said, localised: true })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "text".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text, or a text for each language.",
            "type": ["string", "object"],
            "properties": {"en": {"type": "string"}, "fr": {"type": "string"}},
            "minProperties": 1,
            "additionalProperties": false,
            "x-atomic": true,
        })
    }
}

/// A fact: the value alone, or the value with where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// Who says so: a page, a paper, a measurement.
    pub source: Option<Text>,
    /// When it was said or measured.
    pub as_of: Option<When>,
    /// Under which conditions it holds. Facts of different conditions are never merged.
    pub conditions: Option<Text>,
}

impl<T> Fact<T> {
    /// The evidence in one line: source, date, conditions; empty where none was given.
    pub fn evidence(&self) -> Said {
        Said::by(|lang| {
            let parts = [
                self.source.as_ref().map(|text| text.show(lang)),
                self.as_of.as_ref().map(|when| when.show(lang)),
                self.conditions.as_ref().map(|text| text.show(lang)),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        })
    }
}

impl<T: Show> Show for Fact<T> {
    fn show(&self, lang: Lang) -> String {
        self.value.show(lang)
    }
}

impl<'de, T: de::DeserializeOwned> Deserialize<'de> for Fact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fact<T>, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);
        #[derive(Deserialize)]
        struct Evidence<T> {
            value: T,
            source: Option<Text>,
            as_of: Option<When>,
            conditions: Option<Text>,
        }
        impl<'de, T: de::DeserializeOwned> de::Visitor<'de> for Visitor<T> {
            type Value = Fact<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value, or a value with its source")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Fact<T>, E> {
                let value = T::deserialize(de::value::StrDeserializer::<E>::new(text))?;
                Ok(Fact { value, source: None, as_of: None, conditions: None })
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Fact<T>, A::Error> {
                let Evidence { value, source, as_of, conditions } =
                    Evidence::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Fact { value, source, as_of, conditions })
            }
        }
        deserializer.deserialize_any(Visitor(std::marker::PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Fact<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("fact-{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({
            "anyOf": [
                value,
                {
                    "type": "object",
                    "properties": {
                        "value": value,
                        "source": generator.subschema_for::<Text>(),
                        "as_of": generator.subschema_for::<When>(),
                        "conditions": generator.subschema_for::<Text>(),
                    },
                    "required": ["value"],
                    "additionalProperties": false,
                }
            ],
            "x-atomic": true,
        })
    }
}

/// A version such as `1.33`, read as it was written: `1.30` is not `1.3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version(pub String);

impl Version {
    /// The first two numbers; zero where there are none.
    pub fn major_minor(&self) -> (u32, u32) {
        let mut numbers = self.0.trim_start_matches('v').split(['.', '+', '-']).map(|part| part.parse().unwrap_or(0));
        (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
    }
}

impl Show for Version {
    fn show(&self, _: Lang) -> String {
        self.0.clone()
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Version, D::Error> {
        String::deserialize(deserializer).map(Version)
    }
}

impl JsonSchema for Version {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "version".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A version; quotes are allowed and not needed.",
            "type": ["string", "number"],
            "pattern": "^v?[0-9]+(\\.[0-9]+)*([+-].*)?$",
            "examples": ["1.33"],
            "x-quantity": "version",
        })
    }
}

/// A year, a month or a day: `2026`, `2026-10`, `2026-10-04`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The year.
    pub year: i32,
    /// The month from 1, if it was said.
    pub month: Option<u32>,
    /// The day from 1, if it was said.
    pub day: Option<u32>,
}

impl When {
    /// Reads a date; `None` where it is none of the calendar.
    pub fn parse(text: &str) -> Option<When> {
        let mut parts = text.trim().split('-');
        let number = |part: &str, width: usize| -> Option<u32> {
            (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok()).flatten()
        };
        let year = number(parts.next()?, 4)? as i32;
        let month =
            parts.next().map(|part| number(part, 2).filter(|m| (1..=12).contains(m)).ok_or(())).transpose().ok()?;
        let day = parts.next().map(|part| number(part, 2).ok_or(())).transpose().ok()?;
        if parts.next().is_some() || day.is_some_and(|day| day == 0 || day > month_days(year, month.unwrap_or(1))) {
            return None;
        }
        Some(When { year, month, day })
    }

    /// Days since 1970-01-01 of the first day that is meant.
    pub fn first_day(self) -> i64 {
        days(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Days since 1970-01-01 of the last day that is meant.
    pub fn last_day(self) -> i64 {
        let month = self.month.unwrap_or(12);
        days(self.year, month, self.day.unwrap_or_else(|| month_days(self.year, month)))
    }

    /// The date of a number of days since 1970-01-01.
    pub fn from_days(count: i64) -> When {
        let mut year = 1970 + (count.div_euclid(366)) as i32;
        while days(year + 1, 1, 1) <= count {
            year += 1;
        }
        let month = (1..=12).rev().find(|month| days(year, *month, 1) <= count).unwrap_or(1);
        When { year, month: Some(month), day: Some((count - days(year, month, 1)) as u32 + 1) }
    }
}

fn leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn month_days(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap(year)),
        _ => 31,
    }
}

fn days(year: i32, month: u32, day: u32) -> i64 {
    let before = i64::from(year - 1);
    let to_year = before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let to_month: i64 = (1..month).map(|month| i64::from(month_days(year, month))).sum();
    to_year + to_month + i64::from(day) - 1 - 719_162
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &When) -> Option<Ordering> {
        Some(self.last_day().cmp(&other.last_day()))
    }
}

impl Show for When {
    fn show(&self, _: Lang) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<When, D::Error> {
        let text = String::deserialize(deserializer)?;
        When::parse(&text).ok_or_else(|| de::Error::custom(format!("`{text}` is not a date")))
    }
}

impl JsonSchema for When {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A year, a month or a day: 2026, 2026-10, 2026-10-04.",
            "type": ["string", "integer"],
            "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
            "minimum": 1000,
            "maximum": 9999,
            "examples": ["2026-10-04"],
            "x-quantity": "date",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_of_the_calendar() {
        assert_eq!(When::parse("1970-01-01").unwrap().first_day(), 0);
        assert_eq!(When::parse("2000-03-01").unwrap().first_day(), 11_017);
        assert_eq!(When::parse("2026-10").unwrap().last_day(), When::parse("2026-10-31").unwrap().last_day());
        assert!(When::parse("2026-02-29").is_none() && When::parse("2024-02-29").is_some());
        for day in [-400, 0, 59, 365, 11_016, 20_780, 30_000] {
            assert_eq!(When::from_days(day).first_day(), day);
        }
    }
}
