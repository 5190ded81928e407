use std::collections::BTreeSet;

use super::*;
use crate::figure::drawing::at;

fn figure(drawing: Drawing) -> Figure {
    Figure {
        id: "cloud.stack".into(),
        title: "Stacks & <layers>".into(),
        answer: "Containers share \"one\" kernel.".into(),
        note: "Hatched: shared.".into(),
        cartouche: vec![("as of".into(), "2026-11-22".into())],
        body: Body::Drawing(drawing),
        facts: BTreeSet::new(),
    }
}

fn sample() -> Drawing {
    let mut drawing = Drawing::new(100.0, 50.0);
    drawing.add(Mark::rect(0.0, 0.125, 10.0, 1.0 / 3.0, Look::new(Role::SharedHatched, Paint::Box)).tipped("a < b"));
    drawing.add(Mark::path(&[at(0.0, 0.0), at(1.0, 2.0)], false, Look::stroke(Role::Bad).dash(Dash::Dashed)));
    drawing.add(Mark::text(5.0, 5.0, "noyau partagé & co", 13.0, Role::Ink).middle().bold());
    drawing
}

#[test]
fn a_drawing_in_a_page_has_classes_and_no_colours() {
    let svg = inline(&figure(sample())).unwrap();
    assert!(svg.contains("role=\"img\" aria-labelledby=\"cloud-stack-title cloud-stack-desc\""));
    assert!(svg.contains("<title id=\"cloud-stack-title\">Stacks &amp; &lt;layers&gt;</title>"));
    assert!(svg.contains("height=\"0.33\" rx=\"3\" class=\"d-hatched d-box\"><title>a &lt; b</title></rect>"));
    assert!(svg.contains("fill=\"url(#cloud-stack-hatch)\""));
    assert!(svg.contains("class=\"d-bad d-stroke d-dashed\""));
    assert!(!svg.contains("style") && !svg.contains('#'.to_string().as_str().repeat(2).as_str()));
    let ids: Vec<&str> = svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(ids.iter().all(|id| id.starts_with("cloud-stack-")), "{ids:?}");
}

#[test]
fn a_drawing_in_a_file_brings_its_theme_and_cartouche() {
    let svg = standalone(&figure(sample())).unwrap();
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    assert!(svg.contains("@media (prefers-color-scheme:dark)"));
    assert!(svg.contains("Containers share &quot;one&quot; kernel.</text>"));
    assert!(svg.contains(">2026-11-22</text>"));
    assert!(!svg.contains("style=\""));
    assert_eq!(svg, standalone(&figure(sample())).unwrap(), "the same input gives the same bytes");
}

#[test]
fn what_can_be_followed_is_no_image() {
    let mut drawing = sample();
    drawing.add(Group {
        label: "quote-app".into(),
        href: Some("#quote-app".into()),
        fact: Some("cloud.components.quote-app".into()),
        ..Group::default()
    });
    let svg = inline(&figure(drawing)).unwrap();
    assert!(svg.contains("role=\"group\" aria-labelledby"));
    assert!(svg.contains("<a href=\"#quote-app\" data-fact=\"cloud.components.quote-app\" aria-label=\"quote-app\">"));
}

#[test]
fn numbers_are_short_and_never_minus_zero() {
    assert_eq!(number(-0.001), "0");
    assert_eq!(number(1.0 / 3.0), "0.33");
    assert_eq!(number(100.0), "100");
    assert_eq!(number(-2.5), "-2.5");
    assert_eq!(number(f64::NAN), "0");
}

#[test]
fn a_table_is_no_drawing() {
    let mut table = figure(Drawing::default());
    table.body = Body::Table(crate::figure::Table::default());
    assert_eq!(inline(&table), None);
    assert_eq!(standalone(&table), None);
}

#[test]
fn a_long_cartouche_goes_below_the_sentence() {
    let mut long = figure(sample());
    long.cartouche = (0..6).map(|i| (format!("label {i}"), "containers, virtual-machines".into())).collect();
    let sheet = sheet(&long).unwrap();
    sheet.each(|mark| {
        if let Mark::Text(text) = mark {
            let [left, top, right, bottom] = text.bounds();
            assert!(left >= 0.0 && top >= 0.0 && right <= sheet.width && bottom <= sheet.height, "{text:?}");
        }
    });
}

#[test]
fn boxes_can_be_reached_by_keyboard_and_what_is_drawn_is_told() {
    let mut drawing = sample();
    drawing.add(Group { label: "quote-app · 3".into(), id: Some("quote-app".into()), ..Group::default() });
    let whole = crate::figure::drawing::Whole { words: "Show all".into(), drawing: drawing.clone() };
    let told = vec!["quote-app → quote-db (TLS 5432)".into()];
    let behind = crate::figure::drawing::Behind { told, whole: Some(whole), ..Default::default() };
    drawing.behind = Some(Box::new(behind));
    let svg = inline(&figure(drawing.clone())).unwrap();
    assert!(
        svg.contains("<g id=\"cloud-stack-quote-app\" role=\"group\" tabindex=\"0\" aria-label=\"quote-app · 3\">"),
        "{svg}"
    );
    assert!(svg.contains("quote-app → quote-db (TLS 5432)</desc>"));
    assert!(
        svg.contains("<details class=\"whole\"><summary>Show all</summary>")
            && svg.contains("id=\"cloud-stack-whole-quote-app\"")
    );
    let ids: Vec<&str> = svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    let file = standalone(&figure(drawing)).unwrap();
    assert!(!file.contains("tabindex") && !file.contains("<details") && file.contains("role=\"img\""));
}
