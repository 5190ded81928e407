//! The colours, written once, and the CSS made of them.
//!
//! A page takes [`css_variables`] and [`svg_css`]; a standalone SVG file takes [`standalone_css`],
//! which says the same with the colours themselves, because many programs that show SVG files know
//! no custom properties. Light unless the reader's system asks for dark.

use std::fmt::Write as _;

use super::drawing::{ROLES, Role};

/// A colour of the theme, on the white sheet and on the blueprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// The name of its custom property, without the two hyphens.
    pub name: &'static str,
    /// On the white sheet, as `#rrggbb`.
    pub light: &'static str,
    /// On the blueprint, as `#rrggbb`.
    pub dark: &'static str,
}

const fn colour(name: &'static str, light: &'static str, dark: &'static str) -> Colour {
    Colour { name, light, dark }
}

/// Every colour there is.
pub const COLOURS: [Colour; 17] = [
    colour("paper", "#fbfcfe", "#0a1a33"),
    colour("sheet", "#ffffff", "#0d2140"),
    colour("ink", "#14213d", "#eaf1ff"),
    colour("ink-2", "#4a5878", "#a9bcdf"),
    colour("line", "#c3cde0", "#2c4a7c"),
    colour("grid", "#eef2f8", "#17335f"),
    colour("accent", "#1d4ed8", "#8db8ff"),
    colour("own", "#e8effc", "#143264"),
    colour("shared", "#f3f0e6", "#2a2a3c"),
    colour("shared-line", "#8a6d1f", "#e0bd6a"),
    colour("good", "#0f766e", "#5eead4"),
    colour("bad", "#b42318", "#ff9b8f"),
    colour("warn", "#92590a", "#f5c667"),
    colour("observed", "#7c3aed", "#c4a7ff"),
    colour("predicted", "#6b7280", "#9fb0cf"),
    colour("frame", "#7d89a5", "#6f8dc2"),
    colour("frame-fill", "#f6f8fc", "#10284d"),
];

/// The font family, with what stands in for it; those are no wider than what was measured.
pub const FONT_FAMILY: &str = "Inter,\"Helvetica Neue\",Arial,\"Liberation Sans\",sans-serif";

/// The value of a colour: `#rrggbb`; nothing for a name that is none.
pub fn value(name: &str, dark: bool) -> Option<&'static str> {
    let colour = COLOURS.iter().find(|colour| colour.name == name)?;
    Some(if dark { colour.dark } else { colour.light })
}

/// The names of a role's colours: that of its line and text, that of its surface.
pub fn colours(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Ink => ("ink", "sheet"),
        Role::InkSecond | Role::Outside => ("ink-2", "sheet"),
        Role::Own => ("accent", "own"),
        Role::Shared | Role::SharedHatched => ("shared-line", "shared"),
        Role::Accent => ("accent", "own"),
        Role::Good => ("good", "sheet"),
        Role::Bad => ("bad", "sheet"),
        Role::Warn => ("warn", "sheet"),
        Role::Observed => ("observed", "sheet"),
        Role::Predicted => ("predicted", "sheet"),
        Role::Grid => ("grid", "grid"),
        Role::Line => ("line", "sheet"),
        Role::Boundary => ("bad", "sheet"),
        Role::Frame => ("frame", "frame-fill"),
        Role::FrameInner => ("frame", "sheet"),
        Role::Sheet => ("sheet", "sheet"),
    }
}

/// The custom properties of a page: light, dark where the system asks for it, and either where the
/// root element says so in `data-theme`.
pub fn css_variables() -> String {
    let set = |dark: bool| {
        let scheme = if dark { "dark" } else { "light" };
        COLOURS.iter().fold(format!("color-scheme:{scheme};"), |mut css, colour| {
            let value = if dark { colour.dark } else { colour.light };
            let _ = write!(css, "--{}:{value};", colour.name);
            css
        })
    };
    format!(
        ":root{{{}}}\n@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n:root[data-theme=dark]{{{dark}}}\n",
        set(false),
        dark = set(true),
    )
}

/// The rules of a page for drawings, by way of the custom properties.
pub fn svg_css() -> String {
    format!("{}{}", geometry(), colour_rules(|name| format!("var(--{name})")))
}

/// The rules for a drawing that stands in a file of its own and is always light, or always dark.
pub fn fixed_css(dark: bool) -> String {
    format!("{}{}", geometry(), literal(dark))
}

/// The rules that give colours, with the colours themselves.
fn literal(dark: bool) -> String {
    colour_rules(move |name| value(name, dark).unwrap_or("currentColor").to_owned())
}

/// The rules for a drawing that stands in a file of its own, dark theme included.
pub fn standalone_css() -> String {
    format!("{}{}@media (prefers-color-scheme:dark){{\n{}}}\n", geometry(), literal(false), literal(true))
}

/// What has nothing to do with colour. The order matters: later rules win.
fn geometry() -> String {
    format!(
        "svg.drawing{{font-family:{FONT_FAMILY};font-variant-numeric:normal;font-feature-settings:normal}}\n\
         .d-box,.d-stroke{{stroke:currentColor;stroke-width:1.25}}\n\
         .d-stroke{{fill:none}}\n\
         .d-fill,.d-text{{fill:currentColor}}\n\
         .d-tint{{fill:currentColor;fill-opacity:.22}}\n\
         .d-solid{{fill:currentColor;fill-opacity:.42}}\n\
         .d-hair{{stroke-width:1}}\n\
         .d-strong{{stroke-width:2}}\n\
         .d-stroke{{stroke-linejoin:round}}\n\
         .d-dashed{{stroke-dasharray:6 4}}\n\
         .d-dotted{{stroke-dasharray:2 3}}\n\
         .d-dash-dot{{stroke-dasharray:9 3 2 3}}\n\
         .d-long{{stroke-dasharray:14 5}}\n\
         .d-hatch{{stroke-width:1;stroke-opacity:.45}}\n"
    )
}

/// The rules that give colours, with a colour's name written by a function.
fn colour_rules(write: impl Fn(&str) -> String) -> String {
    let mut css = String::new();
    for role in ROLES {
        let (line, surface) = colours(role);
        let _ = writeln!(css, ".{}{{color:{}}}", role.class(), write(line));
        let _ = writeln!(css, ".d-box.{0},.d-backing.{0}{{fill:{1}}}", role.class(), write(surface));
    }
    css
}

/// The contrast of two colours after WCAG 2: from 1 to 21; nothing where one is not `#rrggbb`.
pub fn contrast(one: &str, other: &str) -> Option<f64> {
    let (a, b) = (luminance(one)?, luminance(other)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

fn luminance(hex: &str) -> Option<f64> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

/// What a colour looks like when it is laid thinly over another: tints, as a raster needs them.
pub fn mix(over: &str, under: &str, share: f64) -> Option<String> {
    let channel = |hex: &str, at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok().map(f64::from);
    let mut out = String::from("#");
    for at in [1, 3, 5] {
        let value = channel(over, at)? * share + channel(under, at)? * (1.0 - share);
        let _ = write!(out, "{:02x}", value.round() as u8);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, dark: bool) -> &'static str {
        value(name, dark).expect("a colour of the theme")
    }

    #[test]
    fn text_and_lines_can_be_told_from_what_they_stand_on() {
        for dark in [false, true] {
            let texts = ["ink", "ink-2", "accent", "shared-line", "good", "bad", "warn", "observed", "predicted"];
            for text in texts {
                for under in ["sheet", "paper"] {
                    let ratio = contrast(of(text, dark), of(under, dark)).unwrap();
                    assert!(ratio >= 4.5, "{text} on {under}, dark {dark}: {ratio:.2}");
                }
            }
            for text in ["ink", "ink-2"] {
                for under in ["own", "shared", "frame-fill"] {
                    let ratio = contrast(of(text, dark), of(under, dark)).unwrap();
                    assert!(ratio >= 4.5, "{text} on {under}, dark {dark}: {ratio:.2}");
                }
            }
            for text in ["bad", "warn"] {
                for under in ["own", "frame-fill", "shared"] {
                    let ratio = contrast(of(text, dark), of(under, dark)).unwrap();
                    assert!(ratio >= 4.5, "{text} on {under}, dark {dark}: {ratio:.2}");
                }
            }
            for under in ["sheet", "frame-fill", "paper"] {
                let ratio = contrast(of("frame", dark), of(under, dark)).unwrap();
                assert!(ratio >= 3.0, "frame on {under}, dark {dark}: {ratio:.2}");
            }
            let surfaces = ["accent", "bad", "good", "warn", "predicted", "observed"];
            for tint in surfaces {
                for share in [0.22, 0.42] {
                    let surface = mix(of(tint, dark), of("sheet", dark), share).unwrap();
                    let ratio = contrast(of("ink", dark), &surface).unwrap();
                    assert!(ratio >= 4.5, "ink on {share} of {tint}, dark {dark}: {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn contrast_is_wcag_s() {
        assert!((contrast("#000000", "#ffffff").unwrap() - 21.0).abs() < 1e-9);
        assert!((contrast("#14213d", "#ffffff").unwrap() - 16.0).abs() < 0.1);
        assert_eq!(contrast("red", "#ffffff"), None);
    }

    #[test]
    fn every_role_has_rules_in_both_themes() {
        let (page, file) = (svg_css(), standalone_css());
        for role in ROLES {
            assert!(page.contains(&format!(".{}{{color:var(--", role.class())));
            assert_eq!(file.matches(&format!(".{}{{color:#", role.class())).count(), 2);
        }
        assert!(!file.contains("var("), "many viewers know no custom properties");
        for colour in COLOURS {
            assert!(css_variables().contains(&format!("--{}:{};", colour.name, colour.dark)));
        }
    }
}
