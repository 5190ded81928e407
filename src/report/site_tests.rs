//! A small site in both languages and both formats.

use std::collections::BTreeMap;

use super::*;
use crate::{
    figure::{Body, Cell, Column, Drawing, Mark, Row, Table, drawing},
    said,
    source::{Diagnostic, FileId, Sources, Span},
};

/// Gives the figure that a fence names, and values that try to be markup.
struct Fake(Sources);

fn figure(id: &str, body: Body) -> Figure {
    Figure {
        id: id.into(),
        title: "Title <of> it".into(),
        answer: "The answer | is *this*.".into(),
        note: "A note".into(),
        cartouche: vec![("design".into(), "bank & co".into())],
        body,
        facts: Default::default(),
    }
}

fn table() -> Body {
    let column = |title: &str, numeric| Column { title: title.into(), numeric };
    let mut cell = Cell::new("1.3 GiB").derived("3 × 380 <MiB>").marked(Mark::Best);
    cell.sources.push("https://a.example/x?a=1&b=2, 2026".into());
    let mut open = Cell::new("`quote-db` stops").marked(Mark::Bad);
    open.sources.extend(["a <note>".to_owned(), "https://a.example/x?a=1&b=2, 2026".to_owned()]);
    Body::Table(Table {
        columns: vec![column("Criterion", false), column("Containers", true)],
        rows: vec![Row { cells: vec![Cell::new("Memory <b>"), cell] }, Row { cells: vec![Cell::default(), open] }],
        empty: String::new(),
    })
}

impl Material for Fake {
    fn figures(&self, fence: Span, _: Lang) -> Result<(Vec<Figure>, Vec<Diagnostic>), Vec<Diagnostic>> {
        match self.0.text(fence).trim() {
            "table" => Ok((vec![figure("the.table", table())], Vec::new())),
            "drawing" => {
                let drawing = Drawing { width: 40.0, height: 20.0, ..Drawing::default() };
                Ok((vec![figure("the.drawing", Body::Drawing(drawing))], Vec::new()))
            }
            _ => Err(vec![Diagnostic::error("reference/figure", fence, said!("no such figure", "figure inconnue"))]),
        }
    }

    fn value(&self, path: &str, span: Span, lang: Lang) -> Result<String, Box<Diagnostic>> {
        match path {
            "markup" => Ok("<i>*a*</i> | `b`".into()),
            "number" => Ok("3".into()),
            "decimal" => Ok(lang.number(1.5, 1)),
            _ => Err(Box::new(Diagnostic::error("reference/value", span, said!("no such fact", "fait inconnu")))),
        }
    }
}

fn composed(text: &str, lang: Lang) -> (Page, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add("reports/lab.md", text);
    let mut page = Page::new("lab", lang, "Lab & co", Kind::Report);
    page.source_file = "reports/lab.md".into();
    page.as_of = "2026-11-22".into();
    compose(&Narrative::read(file, text, 0), &Fake(sources), page)
}

const TEXT: &str = "One[^n] {{ markup }}, {{ decimal }}.\n\n```epure\ntable\n```\n\n```epure\ntable\n```\n\n{{ number }}. Then <script>alert(1)</script> [x](javascript:alert(1)).\n\n## Été ; hiver\n\n| a | b |\n| --- | ---: |\n| [other](other.md#x) | 2 |\n\n```epure\ndrawing\n```\n\n```epure\ndrawing\n```\n\n[^n]: A note {{ number }}.\n";

fn site() -> Site {
    let pages = [Lang::Fr, Lang::En].into_iter().flat_map(|lang| {
        let there = if lang == Lang::Fr { Lang::En } else { Lang::Fr };
        let mut page = composed(TEXT, lang).0;
        page.other_languages.push((there, "lab".into()));
        let mut other = Page::new(format!("other-{}", lang.code()), lang, "Other", Kind::Design);
        other.source_file = "reports/other.md".into();
        other.other_languages.push((there, format!("other-{}", there.code())));
        [page, other]
    });
    let mut pages: Vec<Page> = pages.collect();
    pages.push(Page::new("seul", Lang::Fr, "Seul", Kind::Report));
    Site {
        title: said!("Designs", "Conceptions"),
        languages: vec![Lang::Fr, Lang::En],
        pages,
        as_of: "2026-11-22".into(),
        ..Site::default()
    }
}

fn texts(files: Vec<Output>) -> BTreeMap<String, String> {
    let count = files.len();
    let texts: BTreeMap<String, String> =
        files.into_iter().map(|file| (file.path, String::from_utf8_lossy(&file.bytes).into_owned())).collect();
    assert_eq!(texts.len(), count, "no path is written twice");
    texts
}

#[test]
fn everything_wrong_is_said_at_once_and_in_order() {
    let text = "a {{ nope }} {{\n\n```epure\nmissing\n```\n\n{{ nada }}\n";
    let (page, problems) = composed(text, Lang::En);
    let said: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.code.as_str(), &text[problem.primary.span.range()])).collect();
    let expected = [
        ("reference/value", "nope"),
        ("report/value", "{{"),
        ("reference/figure", "missing\n"),
        ("reference/value", "nada"),
    ];
    assert_eq!(said, expected);
    assert_eq!(page.parts, [Part::Prose("a {{ nope }} {{\n".into()), Part::Prose("{{ nada }}\n".into())]);
    assert!(problems.iter().all(|problem| problem.primary.span.file == FileId(0)));
}

#[test]
fn values_show_their_characters() {
    let (page, _) = composed(TEXT, Lang::Fr);
    let Part::Prose(first) = &page.parts[0] else { panic!("prose comes first") };
    assert_eq!(first, "One[^n] &lt;i>\\*a\\*&lt;/i> \\| \\`b\\`, 1,5.\n");
    let Part::Prose(second) = &page.parts[3] else { panic!("prose comes fourth") };
    assert!(second.starts_with("&#51;. Then \\<script>alert(1)\\</script>"), "{second}");
}

#[test]
fn a_page_of_html_is_strict_and_complete() {
    let files = texts(html::files(&site()).unwrap());
    let page = &files["site/fr/lab.html"];
    for part in [
        "<html lang=\"fr\">",
        "<title>Lab &amp; co · Conceptions</title>",
        "content=\"default-src &#39;none&#39;",
        "<a class=\"skip\" href=\"#content\">Aller au contenu</a>",
        "<main id=\"content\"",
        "<a href=\"../en/lab.html\" lang=\"en\" hreflang=\"en\" data-same>English</a>",
        "aria-current=\"true\" data-same>Français</a>",
        "<script src=\"../theme.js\"></script>",
        "<a class=\"shelf\" href=\"index.html#reports\" data-here>Rapports <span class=\"count\">2</span></a>",
        "<li><a href=\"lab.html\" aria-current=\"page\">Lab &amp; co</a></li>",
        "<a class=\"after\" rel=\"next\" href=\"seul.html\">",
        "<a href=\"index.html\">Conceptions</a>",
        "<h2 id=\"été-hiver\">Été\u{202f}; hiver <a class=\"anchor\" href=\"#été-hiver\"",
        "&lt;i&gt;*a*&lt;/i&gt; | `b`, 1,5.",
        "3. Then &lt;script&gt;alert(1)&lt;/script&gt; x.",
        "<a href=\"other-fr.html#x\">other</a>",
        "<th scope=\"col\" class=\"number\">b</th>",
        "<td class=\"number\">2</td>",
        "<li id=\"note-1\"><p>A note 3. <a href=\"#note-1-use\"",
        "<a href=\"#note-1\" id=\"note-1-use\">1</a>",
        "<figure class=\"sheet\" id=\"figure-the-table\">",
        "tabindex=\"0\" role=\"region\" aria-label=\"Tableau\u{a0}1\u{a0}: Title &lt;of&gt; it\"",
        "<th scope=\"row\"><span class=\"value\">Memory &lt;b&gt;</span>",
        "<span class=\"mark\"><span aria-hidden=\"true\">▲</span> meilleur</span> · 3 × 380 &lt;MiB&gt;<sup class=\"refs\"><a href=\"#sheet-1-note-1\" id=\"sheet-1-use-1\" aria-label=\"note\u{a0}1\" title=\"https://a.example/x?a=1&amp;b=2, 2026\">1</a></sup></span>",
        "<td class=\"more\">",
        "<td class=\"bad number\"><span class=\"value\"><span class=\"sign\"><span aria-hidden=\"true\">✗</span><span class=\"heard\">problème\u{a0}: </span></span>&#160;<code>quote-db</code> stops<sup",
        ">1</a>, <a href=\"#sheet-1-note-2\"",
        "<ol aria-label=\"Sources\">\n<li id=\"sheet-1-note-1\"><a href=\"https://a.example/x?a=1&amp;b=2\">a.example/x?a=1&amp;b=2</a>, 2026&#160;<span class=\"back\"><a href=\"#sheet-1-use-1\" aria-label=\"retour à\u{a0}: Memory &lt;b&gt;, Containers\"",
        "href=\"#sheet-1-use-1-2\"",
        "<li id=\"sheet-1-note-2\">a &lt;note&gt;",
        "<li id=\"sheet-2-note-1\">",
        "<strong>The answer | is *this*.</strong>",
        "<div><dt>design</dt><dd>bank &amp; co</dd></div>",
        "<dd>3\u{a0}/\u{a0}4</dd>",
        "id=\"figure-the-drawing-2\"",
        "Établi par épure d’après reports/lab.md, au 22\u{a0}novembre\u{a0}2026",
    ] {
        let plain = page.replace("content=\"default-src 'none'", "content=\"default-src &#39;none&#39;");
        assert!(plain.contains(part), "{part}\n{page}");
    }
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert_eq!(
            text.matches("<script").count(),
            text.matches("<script src=\"").count(),
            "{path} has a script of its own"
        );
        assert_eq!(
            text.matches("<script").count(),
            text.matches("></script>").count(),
            "{path} has a script of its own"
        );
        for bad in [" style=", "<style", "javascript:", " on", "{{", "{%"] {
            // ` on…=` would be an event handler.
            let found = text.match_indices(bad).any(|(at, _)| {
                bad != " on" || text[at..].split([' ', '>']).nth(1).is_some_and(|word| word.contains('='))
            });
            assert!(!found, "{bad} in {path}");
        }
        let ids: Vec<&str> =
            text.match_indices(" id=\"").map(|(at, _)| text[at + 5..].split('"').next().unwrap()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{path}: {ids:?}");
        for (at, _) in text.match_indices("href=\"#") {
            let target = text[at + 7..].split('"').next().unwrap();
            assert!(unique.contains(target), "{path} has no #{target}");
        }
    }
}

#[test]
fn every_relative_link_leads_to_a_file() {
    for files in [texts(html::files(&site()).unwrap()), texts(markdown::files(&site(), "github"))] {
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".md")) {
            let marks = if path.ends_with(".html") { [" href=\"", " src=\""] } else { ["](", "![]("] };
            for (at, length) in
                marks.iter().flat_map(|mark| text.match_indices(mark).map(|(at, mark)| (at, mark.len())))
            {
                let target = text[at + length..].split(['"', ')', '#']).next().unwrap();
                if target.is_empty() || target.contains(':') {
                    continue;
                }
                let mut steps: Vec<&str> = path.split('/').collect();
                steps.pop();
                for step in target.split('/') {
                    match step {
                        ".." => steps.truncate(steps.len() - 1),
                        step => steps.push(step),
                    }
                }
                assert!(files.contains_key(&steps.join("/")), "{path} leads to {target}");
            }
        }
    }
}

#[test]
fn an_index_lists_every_page_once() {
    let files = texts(html::files(&site()).unwrap());
    let (fr, en, front) = (&files["site/fr/index.html"], &files["site/en/index.html"], &files["site/index.html"]);
    assert!(fr.contains("<h2>Designs de production <span class=\"count\">1</span></h2>"));
    assert!(
        en.contains("<h2>Designs <span class=\"count\">1</span></h2>")
            && en.contains("<h2>Reports <span class=\"count\">2</span></h2>")
    );
    assert!(fr.contains("<p class=\"subtitle\">3\u{a0}pages, au 22\u{a0}novembre\u{a0}2026</p>"));
    assert!(fr.contains("<p>4 figures</p>"));
    assert!(fr.find("Rapports") < fr.find("Designs de production"));
    assert_eq!(fr.matches("lab.html").count(), 2, "in the navigation and in the list");
    assert!(fr.contains("href=\"seul.html\">Seul") && !fr.contains("en anglais"));
    assert!(
        en.contains("href=\"../fr/seul.html\" lang=\"fr\" hreflang=\"fr\">Seul</a> <span class=\"foreign\">in French")
    );
    assert!(
        front.contains("<html lang=\"fr\">")
            && front.contains("href=\"fr/lab.html\"")
            && front.contains("href=\"epure.css\"")
    );
    let markdown = texts(markdown::files(&site(), "github"));
    assert!(markdown["en/README.md"].contains("- **[Seul](../fr/seul.md)** (in French)\n"));
    assert!(markdown["en/README.md"].contains("## Reports (2)\n\n- **[Lab & co](lab.md)**<br>4 figures\n"));
    let none = Site { pages: Vec::new(), ..site() };
    assert!(texts(html::files(&none).unwrap())["site/en/index.html"].contains("There is no page yet."));
}

#[test]
fn a_page_of_markdown_reads_alone() {
    let files = texts(markdown::files(&site(), "github"));
    let page = &files["en/lab.md"];
    for part in [
        "# Lab & co\n\n[All pages](README.md) · [Français](../fr/lab.md)\n\nOne[^n] ",
        "**Title &lt;of> it**\n\n| Criterion | Containers |\n| --- | ---: |\n| Memory &lt;b> | 1.3 GiB <sup>1</sup><br><sub>▲ **best** · 3 × 380 &lt;MiB></sub> |\n|  | ✗\u{a0}`quote-db` stops <sup>1, 2</sup> |\n\n1. <sub>[a.example/x?a=1&amp;b=2](https://a.example/x?a=1&b=2), 2026</sub>\n2. <sub>a &lt;note></sub>\n\n*The answer \\| is \\*this\\*. A note.*<br>*design: bank & co*\n",
        "![The answer \\| is \\*this\\*.](figures/lab-the-drawing.svg)\n",
        "(figures/lab-the-drawing-2.svg)",
        "[other](other-en.md#x)",
        "\\<script>alert(1)\\</script> [x](#).",
        "*Worked out by épure from reports/lab.md, as of 22\u{a0}November\u{a0}2026*\n",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(files["en/figures/lab-the-drawing.svg"].starts_with("<svg"));
    assert!(files["fr/lab.md"].contains("*design\u{a0}: bank & co*"));
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    assert_eq!(html::files(&site()).unwrap(), html::files(&site()).unwrap());
    assert_eq!(markdown::files(&site(), "github"), markdown::files(&site(), "github"));
}

#[test]
fn a_workspace_may_replace_a_template() {
    let mut own = site();
    own.templates.insert("home.html".into(), "<p>{{ page.title }}</p>".into());
    own.templates.insert("epure.css".into(), "p{color:red}".into());
    let files = texts(html::files(&own).unwrap());
    assert_eq!(files["site/en/index.html"], "<p>Designs</p>");
    assert!(files["site/epure.css"].ends_with("p{color:red}"));
    own.templates.insert("home.html".into(), "<p>\n{% if %}".into());
    let problem = html::files(&own).unwrap_err();
    assert_eq!(problem.template.as_deref(), Some("home.html"));
    assert!(problem.place.is_some_and(|place| place.start > 3), "the place of the mistake");
    own.templates.insert("home.html".into(), "<p>{{ page.nothing.at_all }}</p>".into());
    let problem = html::files(&own).unwrap_err();
    assert_eq!((problem.template.as_deref(), problem.place.is_some()), (Some("home.html"), true));
    own.templates = [("nope.html".to_owned(), String::new())].into();
    assert_eq!(html::files(&own).unwrap_err().template.as_deref(), Some("nope.html"));
}

#[test]
fn images_of_the_workspace_come_along() {
    let mut own = site();
    own.pages.truncate(1);
    own.pages[0]
        .parts
        .push(Part::Prose("![A <shot>](shots/a.png) ![gone](shots/b.png) ![far](https://a.example/c.png)\n".into()));
    own.assets.insert("reports/shots/a.png".into(), vec![1, 2]);
    let page = &texts(html::files(&own).unwrap())["site/fr/lab.html"];
    assert!(page.contains("<img src=\"../assets/reports/shots/a.png\" alt=\"A &lt;shot&gt;\">"));
    assert!(page.contains("<a href=\"shots/b.png\">gone</a>"));
    assert!(page.contains("<a href=\"https://a.example/c.png\">far</a>"));
    let markdown = texts(markdown::files(&own, "github"));
    assert!(markdown["fr/lab.md"].contains(" [far](https://a.example/c.png)"));
    assert!(markdown["fr/lab.md"].contains("![A <shot>](../assets/reports/shots/a.png)"));
    assert_eq!(markdown["assets/reports/shots/a.png"], "\u{1}\u{2}");
}

#[test]
fn wide_and_tall_drawings_get_their_own_paper() {
    let drawing = |width: f64, height: f64| {
        Part::Figure(figure("the.drawing", Body::Drawing(Drawing { width, height, ..Drawing::default() })))
    };
    let mut own = site();
    own.pages.truncate(1);
    own.pages[0].parts = vec![
        Part::Prose("Before.\n\n## One\n\n### Two\n".into()),
        drawing(1000.0, 1000.0),
        Part::Prose("## Alone\n".into()),
        drawing(600.0, 900.0),
        drawing(1000.0, 300.0),
    ];
    let page = &texts(html::files(&own).unwrap())["site/fr/lab.html"];
    assert!(page.contains("<body class=\"wide\">"));
    assert!(
        page.contains(
            "<p>Before.</p>\n</div>\n<div class=\"leaf large\">\n<div class=\"prose\">\n<h2 id=\"one\">One <a"
        ),
        "{page}"
    );
    assert!(page.contains("<div class=\"leaf upright\">\n<div class=\"prose\">\n<h2 id=\"alone\">Alone <a"), "{page}");
    assert_eq!((page.matches("class=\"leaf").count(), page.matches("<figure").count()), (2, 3));
    assert_eq!(page.matches("<div class=\"prose\">").count(), 3, "no empty prose is left");
}

#[test]
fn a_renamed_page_is_found_at_its_old_address_and_the_sitemap_knows_the_new_one() {
    let mut own = site();
    own.settings.redirects = vec![("old-lab".into(), "lab".into())];
    own.settings.base_url = Some("https://a.example/x/".into());
    own.settings.edit_url = Some("https://a.example/edit/{path}".into());
    let files = texts(html::files(&own).unwrap());
    assert!(files["site/fr/old-lab.html"].contains("content=\"0; url=lab.html\""));
    let map = &files["site/sitemap.xml"];
    assert!(map.contains("<loc>https://a.example/x/fr/lab.html</loc>") && !map.contains("old-lab"));
    let page = &files["site/fr/lab.html"];
    assert!(page.contains("<a href=\"https://a.example/edit/reports/lab.md\">Modifier cette page</a>"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://a.example/x/fr/lab.html\">"));
    assert!(page.contains("hreflang=\"en\" href=\"https://a.example/x/en/lab.html\""));
}

#[test]
fn many_pages_have_lists_and_a_navigation_that_stays_short() {
    let page = |at: usize| Page::new(format!("report-{at:03}"), Lang::En, format!("Report {at:03}"), Kind::Report);
    let own = Site {
        title: Said::same("Many"),
        languages: vec![Lang::En],
        pages: (0..250).map(page).collect(),
        ..Site::default()
    };
    let files = texts(html::files(&own).unwrap());
    let middle = &files["site/en/report-120.html"];
    assert!(middle.contains("aria-current=\"page\">Report 120</a>") && middle.len() < 12_000, "{}", middle.len());
    assert!(middle.contains("href=\"all-reports.html\" data-here>Reports <span class=\"count\">250</span>"));
    assert_eq!(files["site/en/all-reports-3.html"].matches("<li><div>").count(), 50);
    assert!(files["site/en/index.html"].contains("<a href=\"all-reports.html\">All (250)</a>"));
}

#[test]
fn an_exact_title_of_any_length_stays_one_page() {
    let long = "é".repeat(500);
    let mut page = Page::new("long", Lang::Fr, long.clone(), Kind::Report);
    page.parts.push(Part::Prose(format!("## {long}\n")));
    let own = Site { languages: vec![Lang::Fr], pages: vec![page], ..Site::default() };
    let files = texts(html::files(&own).unwrap());
    let id = files["site/fr/long.html"].split("<h2 id=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(id.len(), 200);
    assert!(files["site/search-fr.js"].len() < 3_000);
}

#[test]
fn boxes_lead_to_their_rows() {
    let boxed = |fact: &str| {
        drawing::Mark::from(drawing::Group {
            label: "web".into(),
            id: Some("web".into()),
            fact: Some(fact.into()),
            ..drawing::Group::default()
        })
    };
    let marks = ["shop.components.web", "shop.components.gone", "shop.hosts.web"].map(boxed).to_vec();
    let whole = Drawing { width: 40.0, height: 20.0, marks: marks.clone(), ..Drawing::default() };
    let behind = drawing::Behind {
        whole: Some(drawing::Whole { words: "all".into(), drawing: whole }),
        ..drawing::Behind::default()
    };
    let picture = Drawing { width: 40.0, height: 20.0, marks, behind: Some(Box::new(behind)), ..Drawing::default() };
    let mut page = Page::new("shop", Lang::En, "Shop", Kind::Design);
    page.document = "shop".into();
    page.parts = vec![
        Part::Figure(figure("shop.topology", Body::Drawing(picture))),
        Part::Figure(figure(
            "shop.placement",
            Body::Table(Table {
                columns: vec![Column { title: "Component".into(), numeric: false }],
                rows: vec![Row { cells: vec![Cell::new("web")] }],
                empty: String::new(),
            }),
        )),
    ];
    let site = Site {
        languages: vec![Lang::En],
        pages: vec![page],
        components: [("shop".to_owned(), vec!["web".to_owned()])].into(),
        ..Site::default()
    };
    let files = texts(html::files(&site).unwrap());
    let html = &files["site/en/shop.html"];
    assert_eq!(
        html.matches("href=\"shop.html#component-web\"").count(),
        2,
        "in the drawing and in the whole behind it"
    );
    assert!(html.contains("id=\"component-web\""));
    assert!(!html.contains("#component-gone") && !html.contains(" style="), "{html}");
}
