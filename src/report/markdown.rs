//! A site as GitHub-flavoured Markdown: a file per page and language, drawings beside it as SVG.

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::{
    KINDS, Output, Page, Part, Site, drawn, glance::glance, grid, links, narrative::options, pieces, sheet, words,
};
use crate::{
    figure::{
        Body, Cell, Figure, Table,
        typeset::{plain, typeset},
    },
    source::Lang,
};

/// Writes every page as `fr/NAME.md`, its drawings as `fr/figures/NAME-ID.svg`, an index as
/// `fr/README.md` for each language, and the narratives' images beneath `assets/`.
pub fn files(site: &Site) -> Vec<Output> {
    let mut files: Vec<Output> = site.languages.iter().map(|lang| index(site, *lang)).collect();
    for page in &site.pages {
        write(site, page, &mut files);
    }
    files.extend(
        site.assets.iter().map(|(path, bytes)| Output { path: format!("assets/{path}"), bytes: bytes.clone() }),
    );
    files
}

/// A text as Markdown that shows exactly its characters, on one line; fit for a table's cell.
pub fn escape(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (i, &c) in characters.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| characters.get(i)).copied();
        let after = characters.get(i + 1).copied();
        match c {
            '<' => out.push_str("&lt;"),
            '&' if after.is_some_and(|c| c.is_ascii_alphabetic() || c == '#') => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            '_' if before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric) => {
                out.push('_');
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            // At the start of a line these would open a list, a heading, a quotation or a rule.
            '-' | '+' | '#' | '=' | '>' if i == 0 && after.is_none_or(|after| after == c || after == ' ') => {
                out.extend(['\\', c]);
            }
            '.' | ')' if i > 0 && after == Some(' ') && characters[..i].iter().all(char::is_ascii_digit) => {
                out.extend(['\\', c]);
            }
            c => out.push(c),
        }
    }
    out
}

fn index(site: &Site, lang: Lang) -> Output {
    let words = words::words(lang);
    let mut out = format!("# {}\n", escape(site.title.get(lang)));
    let others: Vec<String> = site
        .languages
        .iter()
        .filter(|other| **other != lang)
        .map(|other| format!("[{}](../{}/README.md)", words::words(*other).name, other.code()))
        .collect();
    if !others.is_empty() {
        out.push_str(&format!("\n{}\n", others.join(" · ")));
    }
    let before = out.len();
    for kind in KINDS {
        let pages = site.listed(lang, kind);
        if pages.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {} ({})\n\n", words::kind(lang, kind), pages.len()));
        for page in pages {
            let folder = if page.lang == lang { String::new() } else { format!("../{}/", page.lang.code()) };
            let link = format!("[{}]({folder}{}.md)", escape(&page.title), links::encoded(&page.slug));
            let only = if page.lang == lang { String::new() } else { format!(" ({})", words.only_in) };
            let line = glance(page);
            let line = if line.is_empty() { line } else { format!("<br>{}", escape(&line)) };
            out.push_str(&format!("- **{link}**{only}{line}\n"));
        }
    }
    if out.len() == before {
        out.push_str(&format!("\n{}\n", words.no_page));
    }
    if !site.as_of.is_empty() {
        out.push_str(&format!("\n---\n\n*épure, {} {}*\n", words.as_of, words::date(lang, &site.as_of)));
    }
    Output::text(format!("{}/README.md", lang.code()), out)
}

fn write(site: &Site, page: &Page, files: &mut Vec<Output>) {
    let words = words::words(page.lang);
    let lang = page.lang.code();
    let mut out = format!("# {}\n", escape(&page.title));
    if !page.subtitle.is_empty() {
        out.push_str(&format!("\n{}\n", escape(&page.subtitle)));
    }
    let mut ways = vec![format!("[{}](README.md)", words.index)];
    for (other, slug) in &page.other_languages {
        let name = words::words(*other).name;
        ways.push(format!("[{name}](../{}/{}.md)", other.code(), links::encoded(slug)));
    }
    out.push_str(&format!("\n{}\n", ways.join(" · ")));
    let mut names = sheet::Names::default();
    for part in &page.parts {
        out.push('\n');
        match part {
            Part::Prose(text) => out.push_str(&relinked(site, page, text)),
            Part::Figure(figure) => {
                let name = names.unique(&format!("{}-{}", page.slug, figure.id));
                if let Some(svg) = drawn::standalone(figure) {
                    files.push(Output::text(format!("{lang}/figures/{name}.svg"), svg));
                }
                out.push_str(&figure_text(figure, page.lang, &name));
            }
        }
    }
    out.push_str(&format!("\n---\n\n*{}*\n", escape(&sheet::made(page))));
    files.push(Output::text(format!("{lang}/{}.md", page.slug), out));
}

/// A table figure alone, as Markdown; a drawing has none.
pub fn table(figure: &Figure, lang: Lang) -> String {
    figure_text(figure, lang, "")
}

fn figure_text(figure: &Figure, lang: Lang, name: &str) -> String {
    let mut out = String::new();
    if !figure.title.is_empty() {
        out.push_str(&format!("**{}**\n\n", pieces::markdown(&figure.title)));
    }
    match &figure.body {
        Body::Table(table) => out.push_str(&table_text(table, lang)),
        Body::Drawing(_) => {
            let answer = if figure.answer.is_empty() { &figure.title } else { &figure.answer };
            out.push_str(&format!("![{}](figures/{}.svg)\n", escape(&plain(answer)), links::encoded(name)));
        }
    }
    let said: Vec<String> = [&figure.answer, &figure.note].into_iter().map(|text| sentence(text)).collect();
    let cells = figure.cartouche.iter().map(|(label, value)| escape(&words::labelled(lang, label, value)));
    let lines = [said.join(" "), cells.collect::<Vec<_>>().join(" · ")];
    let lines = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let caption: Vec<String> = lines.map(|line| format!("*{line}*")).collect();
    if !caption.is_empty() {
        out.push_str(&format!("\n{}\n", caption.join("<br>")));
    }
    out
}

/// A text in a caption, with a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let stop = if text.is_empty() || text.ends_with(['.', '!', '?', ':', '…']) { "" } else { "." };
    format!("{}{stop}", pieces::markdown(text))
}

fn table_text(table: &Table, lang: Lang) -> String {
    if table.rows.is_empty() {
        return if table.empty.is_empty() { String::new() } else { format!("{}\n", pieces::markdown(&table.empty)) };
    }
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = row(table.columns.iter().map(|column| pieces::markdown(&column.title)).collect());
    out.push_str(&row(table
        .columns
        .iter()
        .map(|column| if column.numeric { "---:" } else { "---" }.to_owned())
        .collect()));
    let sources = grid::sources(table);
    for line in &table.rows {
        // As many cells as columns, whatever the row has: GitHub drops what is too much.
        out.push_str(&row((0..table.columns.len())
            .map(|i| line.cells.get(i).map_or(String::new(), |cell| cell_text(cell, &sources, lang)))
            .collect()));
    }
    if !sources.is_empty() {
        out.push('\n');
    }
    // A list of its own, in small type; its numbers are those in the cells.
    for (i, source) in sources.iter().enumerate() {
        out.push_str(&format!("{}. <sub>{}</sub>\n", i + 1, pieces::markdown(source)));
    }
    out
}

/// A cell: its sign and value, and beneath them, small, what says more, and the numbers of its sources.
fn cell_text(cell: &Cell, sources: &[&str], lang: Lang) -> String {
    let value = cell.value.trim();
    let mut out = value.lines().map(|line| pieces::markdown(line.trim_end())).collect::<Vec<_>>().join("<br>");
    let mut small = Vec::new();
    if let Some(mark) = words::mark(lang, cell.mark) {
        if words::stands_beneath(cell.mark, mark.word, value) {
            small.push(format!("{} **{}**", escape(mark.sign), mark.word));
        } else {
            out.insert_str(0, &format!("{}\u{a0}", escape(mark.sign)));
        }
    }
    if !cell.derivation.is_empty() {
        small.push(pieces::markdown(&cell.derivation));
    }
    // Beside the value, where a raised number stands on a line of full height.
    let numbers: Vec<String> = grid::numbers(cell, sources).iter().map(usize::to_string).collect();
    if !numbers.is_empty() {
        out.push_str(&format!(" <sup>{}</sup>", numbers.join(", ")));
    }
    if !small.is_empty() {
        let line = if out.is_empty() { "" } else { "<br>" };
        out.push_str(&format!("{line}<sub>{}</sub>", small.join(" · ")));
    }
    out.trim_start().to_owned()
}

/// Prose whose links to files of the workspace lead to the pages made from them. What must not be
/// followed leads nowhere, and an image of another host becomes a link, as in the site.
fn relinked(site: &Site, page: &Page, text: &str) -> String {
    let parser = Parser::new_ext(text, options());
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut edit = |range: Range<usize>, address: &str, target: Option<String>| {
        let target = if links::is_safe(address) { target } else { Some("#".to_owned()) };
        let Some(target) = target else { return };
        // The address is the last thing in a link but for its title, and the last in a definition.
        if let Some(at) = text.get(range.clone()).and_then(|source| source.rfind(address)) {
            let start = range.start + at;
            edits.push((start..start + address.len(), target));
        }
    };
    for (_, definition) in parser.reference_definitions().iter() {
        let address = &*definition.dest;
        let target = links::to_page(site, page, address, "md").or_else(|| links::to_asset(site, page, address));
        edit(definition.span.clone(), address, target);
    }
    let (mut far, mut settings, mut in_code) = (Vec::new(), Vec::new(), false);
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, link_type: LinkType::Inline, .. }) => {
                edit(range, &dest_url, links::to_page(site, page, &dest_url, "md"));
            }
            Event::Start(Tag::Image { dest_url, link_type, .. }) => {
                if links::scheme(&dest_url).is_some() {
                    far.push((range.start..range.start + 1, String::new()));
                }
                if link_type == LinkType::Inline {
                    edit(range, &dest_url, links::to_asset(site, page, &dest_url));
                }
            }
            Event::Text(_) if !in_code => {
                if let Some(Cow::Owned(set)) = text.get(range.clone()).map(|text| typeset(text, page.lang)) {
                    settings.push((range, set));
                }
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
    }
    edits.extend(far);
    edits.extend(settings);
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::new();
    let mut at = 0;
    for (range, target) in edits {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str(&target);
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Column, Mark, Row};

    #[test]
    fn text_means_itself() {
        assert_eq!(escape("a|b <c> *d* snake_case _e_ ~5 s"), "a\\|b &lt;c> \\*d\\* snake_case \\_e\\_ \\~5 s");
        assert_eq!(escape("R&D &amp; x\ny"), "R&amp;D &amp;amp; x y");
        assert_eq!(escape("- a"), "\\- a");
        assert_eq!(escape("-5 %"), "-5 %");
        assert_eq!(escape("3. a"), "3\\. a");
        for text in ["# x", "1) y", "[a](b)", "`c`", "a\\b", "<b>&lt;", "===", "> q", "$x$ * 3"] {
            let mut shown = String::new();
            pulldown_cmark::html::push_html(&mut shown, Parser::new_ext(&escape(text), options()));
            let plain = shown.trim().trim_start_matches("<p>").trim_end_matches("</p>");
            let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            assert_eq!(plain, text);
        }
    }

    #[test]
    fn a_cell_says_value_mark_derivation_and_sources() {
        let mut cell = Cell::new("1,3 Gio\nenviron").derived("3 × 380 | `x`").marked(Mark::Best);
        cell.sources = vec!["b".into(), "a".into(), "b".into()];
        assert_eq!(
            cell_text(&cell, &["a", "b"], Lang::Fr),
            "1,3 Gio<br>environ <sup>1, 2</sup><br><sub>▲ **meilleur** · 3 × 380 \\| `x`</sub>"
        );
        let said = |value: &str, mark: Mark| cell_text(&Cell::new(value).marked(mark), &[], Lang::En);
        assert_eq!(said("quote-db, [x]", Mark::Bad), "✗\u{a0}quote-db, \\[x\\]");
        assert_eq!(said("not shown", Mark::Unanswered), "?\u{a0}not shown");
        assert_eq!(said("", Mark::Unanswered), "<sub>? **not stated**</sub>");
        assert_eq!(said("", Mark::None), "");
        let alone = Cell { sources: vec!["a".into()], ..Cell::new("12") };
        assert_eq!(cell_text(&alone, &["a"], Lang::En), "12 <sup>1</sup>");
    }

    #[test]
    fn sources_are_listed_once_under_their_table() {
        let mut cell = Cell::new("2");
        cell.sources = vec!["arXiv 2602.15214, 2026".into(), "<b> | \n- x".into()];
        let columns = ["a", "b"].map(|title| Column { title: title.into(), numeric: false }).into();
        let rows = vec![Row { cells: vec![Cell::new("x"), cell.clone()] }, Row { cells: vec![Cell::new("y"), cell] }];
        let text = table_text(&Table { columns, rows, empty: String::new() }, Lang::En);
        assert_eq!(
            text,
            "| a | b |\n| --- | --- |\n| x | 2 <sup>1, 2</sup> |\n| y | 2 <sup>1, 2</sup> |\n\n\
             1. <sub>[arXiv 2602.15214](https://arxiv.org/abs/2602.15214), 2026</sub>\n2. <sub>&lt;b> \\|  - x</sub>\n"
        );
        let mut shown = String::new();
        pulldown_cmark::html::push_html(&mut shown, Parser::new_ext(&text, options()));
        assert_eq!(
            (shown.matches("<table>").count(), shown.matches("<ol>").count(), shown.matches("<li>").count()),
            (1, 1, 2)
        );
    }

    #[test]
    fn prose_is_set_but_not_its_code() {
        let page = Page::new("x", Lang::Fr, "x", crate::report::Kind::Report);
        let text =
            "Qui ? `a ? b` **c** : « d »\n\n```\na : b\n```\n\n| a : b |\n| :--- |\n| [q ?](https://a.example) |\n";
        let set = relinked(&Site::default(), &page, text);
        assert_eq!(
            set,
            "Qui\u{202f}? `a ? b` **c**\u{a0}: «\u{a0}d\u{a0}»\n\n```\na : b\n```\n\n| a\u{a0}: b |\n| :--- |\n| [q\u{202f}?](https://a.example) |\n"
        );
        let english = Page::new("x", Lang::En, "x", crate::report::Kind::Report);
        assert_eq!(relinked(&Site::default(), &english, text), text);
    }

    #[test]
    fn a_table_keeps_its_columns() {
        let column = |title: &str, numeric| Column { title: title.into(), numeric };
        let table = Table {
            columns: vec![column("a|b", false), column("n", true)],
            rows: vec![
                Row { cells: vec![Cell::new("x")] },
                Row { cells: vec![Cell::new("y"), Cell::new("2"), Cell::new("3")] },
            ],
            empty: "rien".into(),
        };
        assert_eq!(table_text(&table, Lang::En), "| a\\|b | n |\n| --- | ---: |\n| x |  |\n| y | 2 |\n");
        assert_eq!(table_text(&Table { rows: vec![], ..table }, Lang::En), "rien\n");
    }
}
