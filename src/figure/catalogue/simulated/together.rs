//! What happens to several things at once, told together: one sentence for all, and numbered names as
//! ranges, "quotes-api-1–4, 7", so that a list need not be cut.

use crate::figure::typeset::plain;
use crate::said;
use crate::source::Lang;

/// Sentences that differ in one name only, each with its names.
#[derive(Debug, Default)]
pub(super) struct Told {
    sentences: Vec<Sentence>,
}

#[derive(Debug)]
struct Sentence {
    before: String,
    names: Vec<String>,
    after: String,
}

impl Told {
    /// Adds a sentence about something; one that was said already is not said again.
    pub(super) fn add(&mut self, text: &str, name: &str) {
        // Around a name there may be marks of code, which a drawing does not show.
        let text = plain(text);
        let (before, name, after) = match text.split_once(name).filter(|_| !name.is_empty()) {
            // A name that goes on is another one: `web-1` in `web-12`.
            Some((before, after)) if !after.starts_with(|c: char| c.is_alphanumeric() || c == '-') => {
                (before, name, after)
            }
            _ => (text.as_ref(), "", ""),
        };
        match self.sentences.iter_mut().find(|known| known.before == before && known.after == after) {
            Some(known) if known.names.iter().any(|other| other == name) => {}
            Some(known) => known.names.push(name.to_owned()),
            None => self.sentences.push(Sentence {
                before: before.to_owned(),
                names: vec![name.to_owned()],
                after: after.to_owned(),
            }),
        }
    }

    /// All of it in one line; what there is no room for is counted.
    pub(super) fn sentence(&self, longest: usize, lang: Lang) -> String {
        let mut out = String::new();
        let mut left = 0;
        let mut before = "";
        for sentence in &self.sentences {
            let text = sentence.text(lang);
            // What the sentence before began with is not said again: "is led to a, no longer led to b".
            let known = common(before, &sentence.before).min(text.len());
            let text = text.get(known..).unwrap_or(&text);
            if out.is_empty() {
                text.clone_into(&mut out);
            } else if out.chars().count() + text.chars().count() <= longest {
                out.push_str(", ");
                out.push_str(text);
            } else {
                left += sentence.names.len();
                continue;
            }
            before = &sentence.before;
        }
        if left > 0 {
            out.push_str(&format!(" (+{left})"));
        }
        out
    }
}

impl Sentence {
    fn text(&self, lang: Lang) -> String {
        let (names, after) = (ranges(&self.names), self.after.as_str());
        // Several subjects would want another verb: they stand before it as a heading does.
        if self.names.len() > 1 && self.before.is_empty() {
            return said!("{names}: {after}", "{names} : {after}", after = after.trim_start()).get(lang).to_owned();
        }
        format!("{}{names}{after}", self.before)
    }
}

/// How much of two beginnings is the same, in whole words.
fn common(one: &str, other: &str) -> usize {
    let words = one.split_inclusive(' ').zip(other.split_inclusive(' '));
    words.take_while(|(a, b)| a == b && a.ends_with(' ')).map(|(a, _)| a.len()).sum()
}

/// The longest list of names, in letters.
const LIST: usize = 64;

/// Names in their order, those that differ in a number at their end as ranges; what there is no room for
/// is counted.
fn ranges(names: &[String]) -> String {
    let mut stems: Vec<(&str, Vec<u64>)> = Vec::new();
    for name in names {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        // A number that would be written otherwise, `web-01`, stays a word.
        let number = name[stem.len()..].parse::<u64>().ok().filter(|number| name[stem.len()..] == number.to_string());
        match (number, stems.iter_mut().find(|(known, _)| *known == stem)) {
            (Some(number), Some((_, numbers))) => numbers.push(number),
            (Some(number), None) => stems.push((stem, vec![number])),
            (None, _) => stems.push((name, Vec::new())),
        }
    }
    let (mut out, mut left) = (String::new(), 0);
    for (stem, mut numbers) in stems {
        numbers.sort_unstable();
        numbers.dedup();
        let mut runs: Vec<(u64, u64)> = Vec::new();
        for number in numbers {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == number => *last = number,
                _ => runs.push((number, number)),
            }
        }
        let run = |(first, last): (u64, u64)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first}–{last}"),
        };
        let count = runs.iter().map(|(first, last)| last - first + 1).sum::<u64>().max(1);
        let told = format!("{stem}{}", runs.into_iter().map(run).collect::<Vec<String>>().join(", "));
        if out.is_empty() {
            out = told;
        } else if left == 0 && out.chars().count() + told.chars().count() < LIST {
            out.push_str(", ");
            out.push_str(&told);
        } else {
            left += count;
        }
    }
    if left > 0 {
        out.push_str(&format!(" (+{left})"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sentences: &[(&str, &str)], longest: usize) -> String {
        let mut told = Told::default();
        sentences.iter().for_each(|(text, name)| told.add(text, name));
        told.sentence(longest, Lang::En)
    }

    #[test]
    fn what_happens_to_many_is_one_sentence() {
        let lost = ["`vm-1` loses power", "vm-2 loses power", "vm-3 loses power", "db-7 loses power"];
        let names = ["vm-1", "vm-2", "vm-3", "db-7"];
        let all: Vec<(&str, &str)> = lost.into_iter().zip(names).collect();
        assert_eq!(told(&all, 90), "vm-1–3, db-7: loses power");
        let names: Vec<String> = (0..26).map(|at| format!("machine-{}-{at}", (b'a' + at) as char)).collect();
        assert!(ranges(&names).ends_with("machine-e-4 (+21)"), "{}", ranges(&names));
        assert_eq!(told(&all[..1], 90), "vm-1 loses power");
        assert_eq!(told(&[("taints vm-1: gone", "vm-1"), ("taints vm-2: gone", "vm-2")], 90), "taints vm-1, 2: gone");
    }

    #[test]
    fn what_is_another_sentence_stays_one() {
        assert_eq!(told(&[("binds a-1 to x", "a-1"), ("binds a-2 to y", "a-2")], 90), "binds a-1 to x, a-2 to y");
        let led = [("traffic is led to a-2", "a-2"), ("traffic is no longer led to a-1", "a-1")];
        assert_eq!(told(&led, 90), "traffic is led to a-2, no longer led to a-1");
        assert_eq!(told(&[("binds a-1 to x", "a-1"), ("binds a-2 to y", "a-2")], 20), "binds a-1 to x (+1)");
        assert_eq!(told(&[("stops a-12", "a-1"), ("all is lost", "")], 90), "stops a-12, all is lost");
        assert_eq!(ranges(&["web".to_owned(), "a-01".to_owned()]), "web, a-01");
    }
}
