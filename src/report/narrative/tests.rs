//! Exact places of everything in a narrative.

use super::*;
use crate::source::{Lang, Severity};

const FILE: FileId = FileId(7);

fn read(text: &str) -> Narrative<'_> {
    let start = crate::design::front_matter::find(FILE, text).unwrap().map_or(0, |front| front.body_start);
    Narrative::read(FILE, text, start)
}

/// The pieces as text: prose with its insets, or a fence's body.
fn pieces(text: &str) -> Vec<(String, Vec<String>)> {
    let of = |span: Span| text[span.range()].to_owned();
    read(text)
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Prose(prose) => (of(prose.span), prose.insets.iter().map(|inset| of(inset.span())).collect()),
            Piece::Fence(fence) => (format!("FENCE {}", of(fence.body)), vec![of(fence.span)]),
        })
        .collect()
}

fn problems(text: &str) -> Vec<(String, String)> {
    let said = |problem: &Diagnostic| {
        assert!(!problem.message.en.is_empty() && !problem.message.fr.is_empty());
        assert_ne!(problem.message.get(Lang::En), problem.message.get(Lang::Fr));
        (problem.code.clone(), text[problem.primary.span.range()].to_owned())
    };
    read(text).problems.iter().map(said).collect()
}

fn problem(code: &str, place: &str) -> (String, String) {
    (code.to_owned(), place.to_owned())
}

#[test]
fn fences_and_prose_take_turns() {
    let text = "---\nkind: report\n---\nÀ {{ a.b }}\n\n```epure\ntable: x\nonly: y\n```\nand\n~~~~ epure wide\n```\n~~~~\n\n   ```epure\n   ```\n";
    assert_eq!(
        pieces(text),
        [
            ("À {{ a.b }}\n\n".to_owned(), vec!["{{ a.b }}".to_owned()]),
            ("FENCE table: x\nonly: y\n".to_owned(), vec!["```epure\ntable: x\nonly: y\n```".to_owned()]),
            ("\nand\n".to_owned(), vec![]),
            ("FENCE ```\n".to_owned(), vec!["~~~~ epure wide\n```\n~~~~".to_owned()]),
            ("FENCE ".to_owned(), vec!["```epure\n   ```".to_owned()]),
        ]
    );
    assert_eq!(problems(text), []);
    let first = text.find("{{").unwrap() as u32;
    let narrative = read(text);
    let Piece::Prose(prose) = &narrative.pieces[0] else { panic!("prose comes first") };
    let Inset::Value(value) = &prose.insets[0] else { panic!("a value is in it") };
    assert_eq!(value.span, Span { file: FILE, start: first, end: first + 9 });
    assert_eq!((value.path.as_str(), &text[value.path_span.range()]), ("a.b", "a.b"));
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let text = "a {{x}}\r\n\r\n```epure\r\ntable: x\r\n```\r\nb\r\n";
    let found = pieces(text);
    assert_eq!(found[0].1, ["{{x}}"]);
    assert_eq!(found[1].0, "FENCE table: x\r\n");
    assert_eq!(found[2].0, "\r\nb\r\n");
}

#[test]
fn code_means_itself() {
    let text = "`{{ a }}` and \\{{ b }} but {{ c }}\n\n    {{ d }}\n\n```yaml\n{{ e }}\n```\n\n| {{ f }} |\n| --- |\n| **{{ g }}** |\n\n```epurer\nx\n```\n";
    let insets: Vec<String> = pieces(text).into_iter().flat_map(|(_, insets)| insets).collect();
    assert_eq!(insets, ["{{ c }}", "{{ f }}", "{{ g }}"]);
    assert_eq!(problems(text), []);
}

#[test]
fn bad_values_are_all_reported_in_order() {
    let text = "a {{ b\n\nc {{}} d {{ \t }} e {{ f `}}` {{ g }}\n";
    let value = |place: &str| problem("report/value", place);
    assert_eq!(problems(text), [value("{{"), value("{{}}"), value("{{ \t }}"), value("{{")]);
    assert_eq!(pieces(text)[0].1, ["{{ g }}"]);
}

#[test]
fn fences_must_close_and_stand_alone() {
    assert_eq!(problems("- a\n\n  ```epure\n  table: x\n  ```\n"), [problem("report/fence", "```epure")]);
    assert_eq!(problems("> ```epure\n> x\n> ```\n"), [problem("report/fence", "```epure")]);
    let open = "a\n\n```epure wide\ntable: x\n";
    assert_eq!(problems(open), [problem("report/fence", "```epure wide")]);
    assert_eq!(pieces(open)[1].0, "FENCE table: x\n");
    assert_eq!(problems("```epure"), [problem("report/fence", "```epure")]);
}

#[test]
fn raw_html_is_a_warning_and_comments_are_left_out() {
    let text = "# Top\n\na <b>{{ x }}</b> <!-- why -->\n\n<div>\n*c*\n</div>\n\n<!-- block\n{{ y }} -->\n\n![p](https://a.example/p.png) [l](javascript:x) <https://a.example>\n";
    let narrative = read(text);
    assert!(narrative.problems.iter().all(|problem| problem.severity == Severity::Warning));
    assert_eq!(
        problems(text),
        [
            problem("report/heading", "# Top"),
            problem("report/raw-html", "<b>"),
            problem("report/raw-html", "<div>"),
            problem("report/image", "![p](https://a.example/p.png)"),
            problem("report/link", "[l](javascript:x)"),
        ]
    );
    let found = &pieces(text)[0].1;
    assert_eq!(found[..4], ["<b>", "{{ x }}", "</b>", "<!-- why -->"]);
    assert_eq!(found[4].trim(), "<div>\n*c*\n</div>");
    assert_eq!(found[5].trim(), "<!-- block\n{{ y }} -->");
}

#[test]
fn no_text_upsets_it() {
    for text in
        ["", "\n", "{{", "}}", "{{{{}}}}", "```", "```epure\n", "---\n---", "é{{é}}é", "<", "<!--", "[", "- ```epure"]
    {
        for start in 0..=text.len() {
            let narrative = Narrative::read(FILE, text, start);
            for piece in &narrative.pieces {
                if let Piece::Prose(prose) = piece {
                    assert!(text.get(prose.span.range()).is_some());
                }
            }
        }
    }
}
