//! `epure explain`: the page of a rule, a measure, a figure, a code or a word.

use std::io;

use clap::Args;

use super::codes::codes;
use super::locate::fail;
use super::{Common, Exit, Terminal};
use crate::analysis::measure::MEASURES;
use crate::analysis::rules::RULES;
use crate::figure::catalogue::FIGURES;
use crate::report::{explained as pages, glossary::GLOSSARY};
use crate::said;
use crate::source::{Lang, Said, Show, nearest};

/// The longest line of a paragraph, in characters.
const WIDTH: usize = 96;

/// Explain a rule, a measure, a figure, a code or a word of the glossary.
#[derive(Debug, Args)]
pub struct Explain {
    /// What to explain: `availability/single-replica`, `memory-overhead`, `table placement`,
    /// `schema/unknown-key`, `failure domain`; everything that has a page where it is not said.
    #[arg(value_name = "CODE or TERM")]
    words: Vec<String>,
}

impl Explain {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let lang = common.lang.unwrap_or(Lang::En);
        if self.words.is_empty() {
            write!(terminal.out, "{}", list(lang))?;
            return Ok(Exit::Good);
        }
        let asked = self.words.join(" ");
        let found = find(&asked, lang);
        if found.is_empty() {
            return unknown(&asked, lang, terminal);
        }
        write!(terminal.out, "{}", wrapped(&found.join("\n")))?;
        Ok(Exit::Good)
    }
}

/// Every page whose name is asked for: a measure and a figure may share one.
fn find(asked: &str, lang: Lang) -> Vec<String> {
    let asked = asked.trim().to_lowercase();
    let plain = asked.replace(':', "");
    let mut found: Vec<String> = Vec::new();
    found.extend(RULES.iter().filter(|rule| rule.code == asked).map(|rule| pages::rule(rule, lang, 1)));
    found.extend(codes().filter(|code| code.code == asked).map(|code| pages::code(code, lang, 1)));
    found.extend(MEASURES.iter().filter(|measure| measure.id == asked).map(|measure| pages::measure(measure, lang, 1)));
    let figures = FIGURES.iter().filter(|entry| {
        let long = format!("{} {}", entry.key, entry.word);
        asked == entry.word || plain == long.trim() || entry.word.is_empty() && asked == entry.key
    });
    found.extend(figures.map(|entry| pages::figure(entry, lang, 1)));
    let terms = GLOSSARY.iter().filter(|term| {
        term.names.contains(&asked.as_str())
            || term.title.en.to_lowercase() == asked
            || term.title.fr.to_lowercase() == asked
    });
    found.extend(terms.map(|term| pages::term(term, lang, 1)));
    if found.is_empty() {
        // A family's name lists its rules and codes.
        let lines = family(&asked, lang);
        found.extend((!lines.is_empty()).then(|| format!("# {asked}\n\n{lines}")));
    }
    found
}

/// The rules and codes of a family, a line each.
fn family(name: &str, lang: Lang) -> String {
    let prefix = format!("{name}/");
    let rules = RULES.iter().map(|rule| (rule.code, rule.summary));
    let others = codes().map(|code| (code.code, code.summary));
    let found: Vec<_> = rules.chain(others).filter(|(code, _)| code.starts_with(&prefix)).collect();
    entries(found.iter().map(|(code, summary)| ((*code).to_owned(), summary.show(lang))))
}

fn unknown(asked: &str, lang: Lang, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
    fail(terminal, lang, &said!("nothing here is called `{asked}`", "rien ne s’appelle ici `{asked}`"))?;
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    names.extend(codes().map(|code| code.code));
    names.extend(MEASURES.iter().map(|measure| measure.id));
    names.extend(FIGURES.iter().map(|entry| entry.word).filter(|word| !word.is_empty()));
    names.extend(GLOSSARY.iter().flat_map(|term| term.names.iter().copied()));
    // A rule is often remembered without its family.
    let tail = names.iter().copied().find(|name| name.split_once('/').is_some_and(|(_, tail)| tail == asked));
    let help = match tail.or_else(|| nearest(asked, names.iter().copied())) {
        Some(near) => said!("did you mean `epure explain {near}`?", "vouliez-vous dire `epure explain {near}` ?"),
        None => {
            said!("`epure explain` lists everything that has a page", "`epure explain` énumère tout ce qui a une page")
        }
    };
    writeln!(terminal.err, "{}", help.show(lang))?;
    Ok(Exit::Unusable)
}

/// Everything that has a page, a line each.
fn list(lang: Lang) -> String {
    let mut out = String::new();
    let mut group = |title: Said, lines: String| {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{}\n\n{lines}", title.show(lang)));
    };
    group(said!("Rules", "Règles"), entries(RULES.iter().map(|rule| (rule.code.to_owned(), rule.summary.show(lang)))));
    group(
        said!("Measures", "Mesures"),
        entries(MEASURES.iter().map(|measure| (measure.id.to_owned(), measure.title.show(lang)))),
    );
    group(
        said!("Figures", "Figures"),
        entries(FIGURES.iter().map(|entry| (pages::figure_name(entry, lang), entry.explains.show(lang)))),
    );
    group(
        said!("What is said of a text that cannot be read", "Ce qui est dit d’un texte qui ne se lit pas"),
        entries(codes().map(|code| (code.code.to_owned(), code.summary.show(lang)))),
    );
    let words: Vec<String> = GLOSSARY.iter().map(|term| term.title.show(lang)).collect();
    group(said!("Words", "Mots"), wrapped(&format!("  {}\n", words.join(", "))));
    out.push_str(&format!(
        "\n{}\n",
        said!("`epure explain NAME` prints its page.", "`epure explain NOM` affiche sa page.").show(lang)
    ));
    out
}

/// Two columns.
fn entries(lines: impl Iterator<Item = (String, String)>) -> String {
    let lines: Vec<(String, String)> = lines.collect();
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    lines
        .iter()
        .map(|(name, text)| {
            let first = text.split(['.', ';']).next().unwrap_or(text).trim();
            format!("  {name}{}  {first}\n", " ".repeat(width - name.chars().count()))
        })
        .collect()
}

/// Breaks long paragraphs; code stays as it is, and a list's lines hang.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for line in text.lines() {
        in_code ^= line.starts_with("```");
        if in_code || line.chars().count() <= WIDTH {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let indent = if line.starts_with("- ") || line.starts_with("  ") { "  " } else { "" };
        let mut width = 0;
        // A no-break space keeps its words together; only plain blanks may break.
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            let length = word.chars().count();
            if width == 0 && line.starts_with("  ") {
                out.push_str(indent);
                width = indent.len();
            } else if width > 0 && width + 1 + length > WIDTH {
                out.push('\n');
                out.push_str(indent);
                width = indent.len();
            } else if width > 0 {
                out.push(' ');
                width += 1;
            }
            out.push_str(word);
            width += length;
        }
        out.push('\n');
    }
    out
}
