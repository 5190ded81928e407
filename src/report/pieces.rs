//! A figure's text in pieces: code between backticks, web addresses and arXiv numbers, the rest.

use serde::Serialize;

use super::markdown::escape;

/// A piece of a text: where it leads if anywhere, and whether it is code.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) link: String,
    pub(super) code: bool,
}

/// A text in pieces.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, code, after)) = next_code(rest) {
        linked(before, &mut out);
        out.push(Piece { text: code.to_owned(), code: true, ..Piece::default() });
        rest = after;
    }
    linked(rest, &mut out);
    out
}

/// A text as Markdown that shows it, on one line; fit for a table's cell.
pub(super) fn markdown(text: &str) -> String {
    let one = |piece: &Piece| match (piece.link.is_empty(), piece.code) {
        // In a cell a bar ends even code, elsewhere its backslash would show.
        (_, true) if !piece.text.contains(['|', '\n']) => format!("`{}`", piece.text),
        (true, _) => escape(&piece.text),
        (false, _) => {
            let link = piece.link.replace('|', "%7C").replace('(', "%28").replace(')', "%29");
            format!("[{}]({link})", escape(&piece.text))
        }
    };
    pieces(text).iter().map(one).collect()
}

/// What stands before the next code, the code, what stands after it.
fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    (!code.trim().is_empty()).then_some((before, code, after))
}

fn linked(text: &str, out: &mut Vec<Piece>) {
    let mut rest = text;
    while let Some((at, address, link)) = next_link(rest) {
        if at > 0 {
            out.push(Piece { text: rest[..at].to_owned(), ..Piece::default() });
        }
        rest = &rest[at + address.len()..];
        out.push(Piece { text: shown(address), link, code: false });
    }
    if !rest.is_empty() {
        out.push(Piece { text: rest.to_owned(), ..Piece::default() });
    }
}

/// An address as it is shown: without its scheme, and no more than its host where it is long.
fn shown(address: &str) -> String {
    let Some((_, rest)) = address.split_once("://") else { return address.to_owned() };
    let rest = rest.trim_end_matches('/').trim_start_matches("www.");
    match rest.split_once('/') {
        Some((host, _)) if rest.len() > 40 => format!("{host}/…"),
        _ => rest.to_owned(),
    }
}

/// The next address in a text: where it starts, the text it takes, where it leads.
fn next_link(text: &str) -> Option<(usize, &str, String)> {
    let web = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min().map(|at| {
        let end =
            text[at..].find(|c: char| c.is_whitespace() || "<>\"`".contains(c)).map_or(text.len(), |end| at + end);
        let address = text[at..end].trim_end_matches([',', '.', ';', ':', ')', '!', '?']);
        (at, address, address.to_owned())
    });
    let arxiv =
        ["arXiv ", "arXiv:", "arXiv\u{a0}"].iter().filter_map(|word| text.find(word).map(|at| (at, word.len()))).min();
    let arxiv = arxiv.and_then(|(at, skip)| {
        let digits = &text[at + skip..];
        let end = digits.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(digits.len());
        let number = digits[..end].trim_end_matches('.');
        let known = number.split_once('.').is_some_and(|(year, rest)| year.len() == 4 && (4..=5).contains(&rest.len()));
        known.then(|| (at, &text[at..at + skip + number.len()], format!("https://arxiv.org/abs/{number}")))
    });
    match (web, arxiv) {
        (Some(web), Some(arxiv)) => Some(if web.0 < arxiv.0 { web } else { arxiv }),
        (web, arxiv) => web.or(arxiv),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, link: &str) -> Piece {
        Piece { text: text.into(), link: link.into(), code: false }
    }

    fn code(text: &str) -> Piece {
        Piece { text: text.into(), link: String::new(), code: true }
    }

    #[test]
    fn sources_lead_to_where_they_are_found() {
        assert_eq!(
            pieces("measured (https://a.example/x?b=1), arXiv 2602.15214, 2026"),
            [
                piece("measured (", ""),
                piece("a.example/x?b=1", "https://a.example/x?b=1"),
                piece("), ", ""),
                piece("arXiv 2602.15214", "https://arxiv.org/abs/2602.15214"),
                piece(", 2026", ""),
            ]
        );
        assert_eq!(pieces("https://www.a.example/a/long/path/that/would/fill/the/cell.html")[0].text, "a.example/…");
        assert_eq!(pieces("arXiv said so"), [piece("arXiv said so", "")]);
    }

    #[test]
    fn code_is_told_from_words() {
        assert_eq!(
            pieces("not `a.b` but `https://c`"),
            [piece("not ", ""), code("a.b"), piece(" but ", ""), code("https://c")]
        );
        assert_eq!(pieces("a ` b"), [piece("a ` b", "")]);
        assert_eq!(pieces("a `` b"), [piece("a `` b", "")]);
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn markdown_shows_the_same() {
        assert_eq!(
            markdown("`a_b` * <c> arXiv 2602.15214"),
            "`a_b` \\* &lt;c> [arXiv 2602.15214](https://arxiv.org/abs/2602.15214)"
        );
        assert_eq!(markdown("`a | b`"), "a \\| b");
        assert_eq!(markdown("https://a.example/(x)|y"), "[a.example/(x)\\|y](https://a.example/%28x%29%7Cy)");
    }
}
