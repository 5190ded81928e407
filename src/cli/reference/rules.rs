//! The catalogue of rules in `docs/`: a page for each, and an index by family, context and standard.

use std::collections::BTreeMap;

use crate::analysis::consequence;
use crate::analysis::rule::Rule;
use crate::analysis::rules::RULES;
use crate::design::model::config::Context;
use crate::report::explained as pages;
use crate::said;
use crate::source::{Lang, Said, Severity, Show};

/// Standards and public guides by the words with which sources name them.
const STANDARDS: [(&str, &[&str]); 15] = [
    ("DORA: (EU) 2022/2554, (EU) 2024/1774", &["DORA", "2022/2554", "2024/1774"]),
    ("PCI DSS v4.0.1", &["PCI DSS"]),
    ("ISO 22301", &["ISO 22301", "ISO 22300"]),
    ("ISO 26262", &["ISO 26262"]),
    ("ISO/SAE 21434", &["ISO/SAE 21434"]),
    ("ISO 24089", &["ISO 24089"]),
    ("UN R155", &["UNECE R155", "UN Regulation No. 155"]),
    ("UN R156", &["UNECE R156", "UN Regulation No. 156"]),
    ("NIST SP 800", &["NIST SP"]),
    ("NSA and CISA", &["NSA", "CISA"]),
    ("CIS Benchmarks", &["CIS Kubernetes", "CIS Benchmark", "CIS Docker"]),
    ("CWE", &["CWE-"]),
    ("SLSA", &["SLSA"]),
    ("FINOS CCC", &["FINOS"]),
    ("Kubernetes documentation", &["Kubernetes documentation"]),
];

/// Every page: its path under `docs/`, and its text.
pub(super) fn pages(lang: Lang) -> Vec<(String, String)> {
    let (index, folder) = names(lang);
    let mut all = vec![(index.to_owned(), catalogue(lang, folder))];
    for rule in RULES {
        let mut text = pages::rule(rule, lang, 1);
        let (_, other_folder) = names(if lang == Lang::En { Lang::Fr } else { Lang::En });
        let links = said!(
            "[All rules](../../{index}) · [en français](../../{other}/{code}.md)",
            "[Toutes les règles](../../{index}) · [in English](../../{other}/{code}.md)",
            index = index,
            other = other_folder,
            code = rule.code
        );
        text.push_str(&format!("\n{}\n", links.show(lang)));
        all.push((format!("{folder}/{}.md", rule.code), text));
    }
    all
}

fn names(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::En => ("rules.md", "rules"),
        Lang::Fr => ("regles.md", "regles"),
    }
}

fn catalogue(lang: Lang, folder: &str) -> String {
    let link = |rule: &Rule| format!("[{0}]({folder}/{0}.md)", rule.code);
    let mut out = said!(
        "# Rules\n\nWhat `epure check` judges: {n} rules. A check ends in pass, fail, unanswered (the design does not say), not applicable, or waived. \
         `epure explain CODE` prints the page of a rule. By [family](#by-family), [context](#by-context), [standard](#by-standard).\n",
        "# Règles\n\nCe que juge `epure check` : {n} règles. Une vérification finit en succès, échec, sans réponse (la conception ne le dit pas), sans objet, ou dérogation. \
         `epure explain CODE` affiche la page d’une règle. Par [famille](#par-famille), [contexte](#par-contexte), [norme](#par-norme).\n",
        n = RULES.len()
    )
    .show(lang);
    out.push_str(&said!("\n## By family\n", "\n## Par famille\n").show(lang));
    let mut family = "";
    for rule in RULES {
        if rule.family() != family {
            family = rule.family();
            let head = said!("| rule | asks that | at stake |", "| règle | demande que | enjeu |").show(lang);
            out.push_str(&format!("\n### {family}\n\n{head}\n| --- | --- | --- |\n"));
        }
        let stake = consequence::of(rule.code).title().show(lang);
        out.push_str(&format!("| {} | {} | {stake} |\n", link(rule), cell(&rule.summary.show(lang))));
    }
    out.push_str(
        &said!(
            "\n## By context\n\nHow much each rule matters where; an empty cell is not judged.\n\n",
            "\n## Par contexte\n\nCombien chaque règle compte, et où ; une cellule vide n’est pas jugée.\n\n"
        )
        .show(lang),
    );
    let contexts = [Context::Cloud, Context::Finance, Context::Automotive, Context::Lab];
    out.push_str(&format!(
        "| | {} |\n| --- |{}\n",
        contexts.map(Context::word).join(" | "),
        " --- |".repeat(contexts.len())
    ));
    for rule in RULES {
        let cells = contexts.map(|context| rule.severity_in(context).map_or(Said::default(), word).show(lang));
        out.push_str(&format!("| {} | {} |\n", link(rule), cells.join(" | ")));
    }
    out.push_str(&said!(
        "\n## By standard\n\nWhich rule asks for what a clause asks for. A rule that passes is evidence towards a clause, and no certificate of it.\n",
        "\n## Par norme\n\nQuelle règle demande ce que demande une clause. Une règle respectée est un élément de preuve pour une clause, et n’en est pas un certificat.\n"
    ).show(lang));
    let mut by_standard: BTreeMap<usize, Vec<(&str, &Rule)>> = BTreeMap::new();
    for rule in RULES {
        for source in rule.sources {
            for (i, _) in
                STANDARDS.iter().enumerate().filter(|(_, (_, words))| words.iter().any(|word| source.contains(word)))
            {
                by_standard.entry(i).or_default().push((source, rule));
            }
        }
    }
    for (i, mut clauses) in by_standard {
        clauses.sort_by_key(|(source, rule)| (*source, rule.code));
        out.push_str(&format!("\n### {}\n\n", STANDARDS[i].0));
        for (source, rule) in clauses {
            out.push_str(&format!("- {source}: {}\n", link(rule)));
        }
    }
    out
}

fn word(severity: Severity) -> Said {
    match severity {
        Severity::Error => said!("error", "erreur"),
        Severity::Warning => said!("warning", "avertissement"),
        Severity::Note => said!("note", "note"),
    }
}

/// A text in a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
