//! What tells a finding from every other of its run, and stays when lines move.

use std::collections::BTreeMap;

use super::diagnostic::Diagnostic;
use super::file::Sources;

/// A fingerprint for each diagnostic, in their order: 32 hexadecimal digits.
///
/// It is made of the code, the address of what is judged (or, where there is none, the file and the
/// text of the line), and the names in the message; never of a line number, a count or a file's
/// length. What is alike in all of that is counted in the order of the text.
pub fn fingerprints(diagnostics: &[&Diagnostic], sources: &Sources) -> Vec<String> {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let mut order: Vec<usize> = (0..diagnostics.len()).collect();
    order.sort_by_key(|i| diagnostics[*i].primary.span);
    let mut prints = vec![String::new(); diagnostics.len()];
    for i in order {
        let identity = identity(diagnostics[i], sources);
        let nth = met.entry(identity.clone()).or_insert(0);
        prints[i] = format!("{:032x}", hash(&format!("{identity}\u{0}{nth}")));
        *nth += 1;
    }
    prints
}

fn identity(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = match &diagnostic.path {
        Some(path) => path.clone(),
        None => {
            let span = diagnostic.primary.span;
            let file = sources.file(span.file);
            let line = file.place(span.start as usize).line;
            let text = sources.shown(span.file, file.window(line, line));
            format!("{}\u{0}{}", file.path, text.trim())
        }
    };
    // The words between backticks are names; a count among them may change without another finding.
    let names: String = diagnostic
        .message
        .en
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|name| format!("\u{0}{}", name.replace(|c: char| c.is_ascii_digit(), "#")))
        .collect();
    format!("{}\u{0}{place}{names}", diagnostic.code)
}

/// FNV-1a of 128 bits (RFC 9923): the same on every machine and in every version.
fn hash(text: &str) -> u128 {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    text.bytes().fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::said;
    use crate::source::Span;

    #[test]
    fn the_hash_is_the_published_one() {
        // Test vectors of RFC 9923.
        assert_eq!(hash(""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(hash("a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }

    #[test]
    fn lines_may_move_and_counts_change() {
        let at = |text: &str, count: usize| {
            let mut sources = Sources::default();
            let file = sources.add("a.yaml", text);
            let start = text.find("web").unwrap() as u32;
            let span = Span { file, start, end: start + 3 };
            let message = said!("`web` runs {count} times", "`web` tourne {count} fois");
            let diagnostic = Diagnostic::error("a/b", span, message);
            let addressed = diagnostic.clone().path("shop.web");
            fingerprints(&[&diagnostic, &addressed, &diagnostic], &sources)
        };
        let (before, after) = (at("web: 1\n", 1), at("# a comment\n\nx: y\n  web: 1\n", 2));
        assert_eq!(before, after);
        assert!(before[0] != before[1] && before[0] != before[2]);
    }
}
