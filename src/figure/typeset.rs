//! A figure's texts as its language sets them: the one place that knows French spacing.
//!
//! The program's French is written with ordinary spaces. Before it is read, double punctuation is
//! tied to the word before it, so that no line begins with a colon.

use std::borrow::Cow;

use super::drawing::{Drawing, Group, Mark};
use super::{Body, Cell, Figure, Table};
use crate::source::Lang;

/// A text with its language's spaces. What stands between backticks is code and stays as it is.
pub fn typeset(text: &str, lang: Lang) -> Cow<'_, str> {
    const AFTER_A_SPACE: [char; 6] = [';', '!', '?', ':', '»', '%'];
    let tied = |(at, _): (usize, &str)| text[at + 1..].starts_with(AFTER_A_SPACE);
    if lang != Lang::Fr || !(text.contains("« ") || text.match_indices(' ').any(tied)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut code = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        match (c, next) {
            ('`', _) => {
                // A lone backtick opens nothing.
                code = !code && characters.clone().any(|c| c == '`');
                out.push(c);
            }
            (' ', Some(';' | '!' | '?')) if !code => out.push('\u{202f}'),
            (' ', Some(':' | '»' | '%')) if !code => out.push('\u{a0}'),
            ('«', Some(' ')) if !code => {
                out.push_str("«\u{a0}");
                characters.next();
            }
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A text without the backticks around its code, for where there is but one font.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('`') { Cow::Owned(text.replace('`', "")) } else { Cow::Borrowed(text) }
}

impl Figure {
    /// The same with every text as its language sets it; a drawing also loses its backticks.
    #[must_use]
    pub fn typeset(mut self, lang: Lang) -> Figure {
        let drawn = matches!(self.body, Body::Drawing(_));
        let set = |text: &mut String| {
            if let Cow::Owned(set) = typeset(text, lang) {
                *text = set;
            }
            if drawn && text.contains('`') {
                *text = plain(text).into_owned();
            }
        };
        [&mut self.title, &mut self.answer, &mut self.note].into_iter().for_each(set);
        self.cartouche.iter_mut().flat_map(|(label, value)| [label, value]).for_each(set);
        match &mut self.body {
            Body::Table(table) => each_of_table(table, &set),
            Body::Drawing(drawing) => each_of_drawing(drawing, &set),
        }
        self
    }
}

fn each_of_table(table: &mut Table, set: &impl Fn(&mut String)) {
    set(&mut table.empty);
    table.columns.iter_mut().for_each(|column| set(&mut column.title));
    for Cell { value, derivation, sources, .. } in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        [value, derivation].into_iter().chain(sources).for_each(set);
    }
}

fn each_of_drawing(drawing: &mut Drawing, set: &impl Fn(&mut String)) {
    drawing.legend.iter_mut().for_each(|entry| set(&mut entry.text));
    drawing.marks.iter_mut().for_each(|mark| each_of_mark(mark, set));
    if let Some(behind) = &mut drawing.behind {
        behind.told.iter_mut().for_each(set);
        if let Some(whole) = &mut behind.whole {
            set(&mut whole.words);
            each_of_drawing(&mut whole.drawing, set);
        }
    }
}

fn each_of_mark(mark: &mut Mark, set: &impl Fn(&mut String)) {
    match mark {
        Mark::Rect { tip, .. } | Mark::Path { tip, .. } | Mark::Line { tip, .. } | Mark::Circle { tip, .. } => {
            tip.iter_mut().for_each(set);
        }
        Mark::Text(text) => {
            set(&mut text.text);
            text.tip.iter_mut().for_each(set);
        }
        Mark::Group(Group { label, marks, .. }) => {
            set(label);
            marks.iter_mut().for_each(|mark| each_of_mark(mark, set));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::drawing::{Role, Text};
    use crate::figure::{Column, Row};

    #[test]
    fn french_double_punctuation_is_tied_to_its_word() {
        let set = |text: &str| typeset(text, Lang::Fr).into_owned();
        assert_eq!(
            set("a : b ; c ? d ! « e » 5 %"),
            "a\u{a0}: b\u{202f}; c\u{202f}? d\u{202f}! «\u{a0}e\u{a0}» 5\u{a0}%"
        );
        assert_eq!(set("si `a ? b : c` : d"), "si `a ? b : c`\u{a0}: d");
        assert_eq!(set("un ` seul : b"), "un ` seul\u{a0}: b");
        assert!(matches!(typeset("http://a.example:80/?x", Lang::Fr), Cow::Borrowed(_)));
        assert!(matches!(typeset("a : b", Lang::En), Cow::Borrowed(_)));
        assert_eq!(set(&set("quoi ?")), "quoi\u{202f}?");
    }

    #[test]
    fn every_text_of_a_figure_is_set() {
        let said = || "`x` : a".to_owned();
        let figure = |body| Figure {
            id: "a : b".into(),
            title: said(),
            answer: said(),
            note: said(),
            cartouche: vec![(said(), said())],
            body,
            facts: ["a : b".to_owned()].into(),
        };
        let cell = Cell { sources: vec![said()], ..Cell::new(said()).derived(said()) };
        let columns = vec![Column { title: said(), numeric: false }];
        let table = Table { columns, rows: vec![Row { cells: vec![cell] }], empty: said() };
        let set = format!("{:?}", figure(Body::Table(table)).typeset(Lang::Fr));
        assert_eq!(set.matches("`x`\\u{a0}: a").count(), 10, "{set}");
        assert_eq!(set.matches("a : b").count(), 2, "names and addresses stay: {set}");

        let text = Mark::text(0.0, 0.0, said(), 12.0, Role::Ink);
        let text = Text { tip: Some(said()), ..text };
        let group = Group { label: said(), marks: vec![Mark::Text(text)], ..Group::default() };
        let drawing = Drawing { marks: vec![Mark::Group(group)], ..Drawing::default() };
        let set = format!("{:?}", figure(Body::Drawing(drawing)).typeset(Lang::Fr));
        assert_eq!(set.matches("x\\u{a0}: a").count(), 8, "{set}");
        assert!(!set.contains('`'), "{set}");
    }
}
