use super::*;

fn layer(label: &str, copies: u32, of_total: u32, shared: bool) -> LayerRow {
    LayerRow { label: label.into(), copies, of_total, shared, ..LayerRow::default() }
}

fn stack(layers: usize) -> StackPicture {
    let long = "environnement d’exécution de conteneurs";
    let mut rows = vec![layer("matériel", 1, 3, true); layers - 2];
    rows.push(LayerRow { sub: Some("Linux".into()), ..layer(long, 2, 12, true) });
    rows.push(layer("application", 4, 50, false));
    StackPicture {
        title: "Kubernetes sur machines virtuelles à trois zones et davantage".into(),
        rows_from_ground: rows,
        boundaries: vec![Boundary {
            above_row: layers - 2,
            label: "isolé par la virtualisation matérielle".into(),
            ..Boundary::default()
        }],
        fact: None,
    }
}

#[test]
fn everything_stays_on_the_sheet_and_can_be_read() {
    for count in 1..=6 {
        for layers in [3, 6, 10] {
            let drawing = draw_stacks(&vec![stack(layers); count], Lang::Fr);
            assert!(drawing.width <= PAGE + 0.5);
            drawing.each(|mark| match mark {
                Mark::Rect { x, y, width, height, .. } => {
                    assert!(*x >= -0.01 && *y >= -0.01, "{mark:?}");
                    assert!(x + width <= drawing.width + 0.01 && y + height <= drawing.height + 0.01, "{mark:?}");
                }
                Mark::Text(text) => {
                    let [left, top, right, bottom] = text.bounds();
                    assert!(left >= -0.01 && top >= -0.01 && text.size >= 11.0, "{text:?}");
                    assert!(right <= drawing.width + 0.01 && bottom <= drawing.height + 0.01, "{text:?}");
                    assert!(!text.text.contains('…'), "{count} stacks: {}", text.text);
                }
                _ => {}
            });
        }
    }
}

#[test]
fn counts_and_boundaries_are_said() {
    let mut texts = Vec::new();
    let drawing = draw_stacks(&[stack(4)], Lang::En);
    drawing.each(|mark| {
        if let Mark::Text(text) = mark {
            texts.push(text.text.clone());
        }
    });
    assert!(texts.contains(&"× 50".to_owned()) && texts.contains(&"× 3".to_owned()), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("isolé par")), "{texts:?}");
    assert_eq!(drawing.legend.len(), 3, "shared, own, boundary");
}

#[test]
fn no_stack_is_an_empty_sheet() {
    assert!(draw_stacks(&[], Lang::En).legend.is_empty());
}
