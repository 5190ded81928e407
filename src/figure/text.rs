//! How wide a text is, and how it is made to fit.
//!
//! Widths are sums of the embedded font's own advance widths, plus five per cent for what full
//! shaping or another font would add. Everything that is placed on a sheet is measured here.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, GlyphId};

/// The regular weight of the embedded font, as TrueType: for measuring and for rasters.
pub const REGULAR: &[u8] = include_bytes!("../../templates/fonts/inter-400.ttf");
/// The semi-bold weight of the embedded font, as TrueType.
pub const SEMI_BOLD: &[u8] = include_bytes!("../../templates/fonts/inter-600.ttf");
/// The regular weight for pages.
pub const REGULAR_WOFF2: &[u8] = include_bytes!("../../templates/fonts/inter-400.woff2");
/// The semi-bold weight for pages.
pub const SEMI_BOLD_WOFF2: &[u8] = include_bytes!("../../templates/fonts/inter-600.woff2");
/// The fonts' licence (SIL OFL), which must travel with them.
pub const LICENCE: &str = include_str!("../../templates/fonts/OFL.txt");

/// A weight of the embedded font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Weight {
    /// 400.
    #[default]
    Regular,
    /// 600.
    SemiBold,
}

/// The height of capitals as a share of the size: half of it centres a line on its middle.
const CAPITALS: f64 = 0.7275;
/// What full shaping or another font may add.
const PADDING: f64 = 1.05;
/// Characters below this one are looked up in a table; the few others in the font itself.
const TABLE: usize = 0x2800;
/// The share of the size that a character without a glyph is taken to be wide.
const UNKNOWN: f32 = 0.9;

struct Face {
    font: Option<FontRef<'static>>,
    advances: Vec<f32>,
}

fn parse(bytes: &'static [u8]) -> Face {
    let Ok(font) = FontRef::try_from_slice(bytes) else { return Face { font: None, advances: Vec::new() } };
    let units = font.units_per_em().unwrap_or(1000.0);
    let mut advances = vec![UNKNOWN; TABLE];
    for (glyph, character) in font.codepoint_ids() {
        if let Some(slot) = advances.get_mut(character as usize) {
            *slot = font.h_advance_unscaled(glyph) / units;
        }
    }
    // Combining marks stand on the letter before them.
    advances.get_mut(0x300..0x370).into_iter().flatten().for_each(|slot| *slot = 0.0);
    Face { font: Some(font), advances }
}

static FACES: LazyLock<[Face; 2]> = LazyLock::new(|| [parse(REGULAR), parse(SEMI_BOLD)]);

fn face(weight: Weight) -> &'static Face {
    let [regular, semi_bold] = &*FACES;
    match weight {
        Weight::Regular => regular,
        Weight::SemiBold => semi_bold,
    }
}

/// The parsed font, for a writer that needs its outlines.
pub fn font(weight: Weight) -> Option<&'static FontRef<'static>> {
    face(weight).font.as_ref()
}

/// Whether the embedded font can draw a character.
pub fn has_glyph(character: char) -> bool {
    font(Weight::Regular).is_some_and(|font| font.glyph_id(character) != GlyphId(0))
}

/// How wide a text is, in pixels, at a size in pixels; five per cent are added.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let advances = &face(weight).advances;
    let sum: f32 = text.chars().map(|c| advances.get(c as usize).copied().unwrap_or(UNKNOWN)).sum();
    f64::from(sum) * size * PADDING
}

/// How far below the middle of a line its baseline stands.
pub fn baseline(size: f64) -> f64 {
    size * CAPITALS / 2.0
}

/// The distance from one line to the next, in whole pixels.
pub fn line_height(size: f64) -> f64 {
    (size * 1.3).round()
}

/// Shortens a text to a width, with an ellipsis, between words where that leaves any.
pub fn fit(text: &str, max: f64, size: f64, weight: Weight) -> String {
    if width(text, size, weight) <= max {
        return text.to_owned();
    }
    let room = max - width("…", size, weight);
    let mut used = 0.0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        used += width(c.encode_utf8(&mut [0; 4]), size, weight);
        if used > room {
            break;
        }
        end = at + c.len_utf8();
    }
    let head = text.get(..end).unwrap_or_default();
    let whole = text.get(end..).is_some_and(|rest| rest.starts_with(' '));
    let words = if whole { head } else { head.rsplit_once(' ').map_or("", |(words, _)| words) };
    // A cut between words that throws half of the room away says less than a cut word.
    let head = if width(words, size, weight) * 2.0 >= room { words } else { head };
    format!("{}…", head.trim_end_matches([' ', ',', '·', '-', '–', '(']))
}

/// Breaks a text into lines of at most a width: between words, else after a hyphen or the like,
/// in a word only if it alone is too wide. What does not fit into `lines` ends in an ellipsis.
pub fn wrap(text: &str, max: f64, size: f64, weight: Weight, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut pieces = pieces(text, max, size, weight).into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let joined = format!("{line}{piece}");
        if line.is_empty() || width(joined.trim_end(), size, weight) <= max {
            line = joined;
        } else if out.len() + 1 < lines {
            out.push(std::mem::replace(&mut line, piece).trim_end().to_owned());
        } else {
            let rest: String = std::iter::once(piece).chain(pieces.by_ref()).collect();
            line = fit(&format!("{line}{rest}"), max, size, weight);
        }
    }
    if !line.trim_end().is_empty() {
        out.push(line.trim_end().to_owned());
    }
    out
}

/// As [`wrap`], but with lines of about the same width, for labels that are centred.
pub fn balance(text: &str, max: f64, size: f64, weight: Weight, lines: usize) -> Vec<String> {
    let greedy = wrap(text, max, size, weight, lines);
    if greedy.len() < 2 || greedy.iter().any(|line| line.ends_with('…')) {
        return greedy;
    }
    let even = width(text, size, weight) / greedy.len() as f64;
    (0..8)
        .map(|step| even + (max - even) * f64::from(step) / 8.0)
        .find(|room| fits(text, *room, size, weight, greedy.len()))
        .map_or_else(|| greedy.clone(), |room| wrap(text, room, size, weight, greedy.len()))
}

/// Whether a text fits whole into so many lines of a width without cutting a word.
pub fn fits(text: &str, max: f64, size: f64, weight: Weight, lines: usize) -> bool {
    let whole = text.split(' ').all(|word| breakable(word).iter().all(|part| width(part, size, weight) <= max));
    whole && wrap(text, max, size, weight, lines).last().is_none_or(|line| !line.ends_with('…') || text.ends_with('…'))
}

/// Words with the space behind them, cut only where they are wider than a line.
fn pieces(text: &str, max: f64, size: f64, weight: Weight) -> Vec<String> {
    let mut out = Vec::new();
    for word in text.split_inclusive(' ') {
        if width(word.trim_end(), size, weight) <= max {
            out.push(word.to_owned());
            continue;
        }
        for part in breakable(word) {
            let mut piece = String::new();
            for c in part.chars() {
                piece.push(c);
                if c != ' ' && width(&piece, size, weight) > max && piece.chars().count() > 1 {
                    piece.pop();
                    out.push(std::mem::replace(&mut piece, c.to_string()));
                }
            }
            out.push(piece);
        }
    }
    out
}

/// The parts of a word after each of which a line may end.
fn breakable(word: &str) -> Vec<&str> {
    word.split_inclusive(['-', '/', '_', '@', ':', '.']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: Weight = Weight::Regular;

    #[test]
    fn the_font_has_what_the_figures_use() {
        for c in "éèàçœŒ–—‘’“”«»…•·×−≤≥≈→←↑▲▼●○◆△✓✗⚠€°\u{202f}\u{a0}".chars()
        {
            assert!(has_glyph(c), "no glyph for {c:?}");
        }
    }

    #[test]
    fn widths_are_those_of_the_font() {
        // As fontTools adds the same advances up.
        assert!((width("replicas", 13.0, W) - 50.734).abs() < 0.01, "{}", width("replicas", 13.0, W));
        assert!(width("iiii", 13.0, W) < width("mmmm", 13.0, W) / 3.0);
        assert!(width("noyau partagé", 13.0, Weight::SemiBold) > width("noyau partagé", 13.0, W));
        assert_eq!(width("é", 13.0, W), width("e", 13.0, W), "an accent is not another letter");
    }

    #[test]
    fn texts_are_shortened_between_words() {
        assert_eq!(fit("short", 100.0, 13.0, W), "short");
        assert_eq!(fit("environnement d’exécution de conteneurs", 190.0, 13.0, W), "environnement d’exécution…");
        let cut = fit("Donaudampfschifffahrt", 60.0, 13.0, W);
        assert!(cut.ends_with('…') && width(&cut, 13.0, W) <= 60.0);
    }

    #[test]
    fn texts_wrap_without_cutting_words() {
        let lines = wrap("isolated by hardware virtualisation and pinned cores", 120.0, 11.0, W, 4);
        assert_eq!(lines.join(" "), "isolated by hardware virtualisation and pinned cores");
        assert!(lines.iter().all(|line| width(line, 11.0, W) <= 120.0));
        let short = wrap("isolated by hardware virtualisation and pinned cores", 120.0, 11.0, W, 2);
        assert_eq!(short.len(), 2);
        assert!(short[1].ends_with('…'));
        assert_eq!(wrap("registry.example/quote-app", 100.0, 11.0, W, 3), ["registry.example/", "quote-app"]);
        assert_eq!(balance("système invité", 64.0, 12.0, W, 2), ["système", "invité"]);
        assert_eq!(balance("one two three four", 90.0, 13.0, W, 2).len(), 2);
        assert!(wrap("", 10.0, 11.0, W, 2).is_empty());
    }

    #[test]
    fn thousands_of_labels_take_milliseconds() {
        let start = std::time::Instant::now();
        let sum: f64 = (0..10_000).map(|i| width(&format!("quote-app-{i}"), 13.0, W)).sum();
        assert!(sum > 0.0);
        assert!(start.elapsed().as_millis() < 500, "{:?}", start.elapsed());
    }
}
