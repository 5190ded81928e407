//! What `epure.yaml` says of the site: where it will be found, where its files are edited, what was
//! renamed, how it looks.

use std::collections::BTreeSet;

use crate::design::Workspace;
use crate::figure::theme;
use crate::said;
use crate::source::{Diagnostic, Said, Severity, Span, nearest};

/// The settings of a site, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Where it will be found, with a slash at its end.
    pub base_url: Option<String>,
    /// Where a file is edited, with `{path}` in the place of its path.
    pub edit_url: Option<String>,
    /// Old names of pages, and the names of those that took their place.
    pub redirects: Vec<(String, String)>,
    /// The path of the image at the head of every page.
    pub logo: Option<String>,
    /// The path of the font of the text.
    pub font: Option<String>,
    /// Colours: name, light, dark.
    pub colours: Vec<(String, String, String)>,
}

/// Text on a surface wants this much contrast (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;
/// The colours that text has, on which surfaces.
const TEXTS: [&str; 8] = ["ink", "ink-2", "accent", "good", "bad", "warn", "observed", "predicted"];
const SURFACES: [&str; 2] = ["paper", "sheet"];

/// The settings, and what is wrong with them. `pages` are the names that a renamed page may lead to.
pub(super) fn settings(workspace: &Workspace, pages: &BTreeSet<&str>) -> (Settings, Vec<Diagnostic>) {
    let config = &workspace.config;
    let mut found = Vec::new();
    let place =
        |path: &[&str]| workspace.config_root.as_ref().and_then(|root| Some(root.at(path.iter().copied())?.span));
    let mut say = |span: Option<Span>, code: &str, message: Said, help: Said, severity: Severity| {
        found.extend(span.map(|span| Diagnostic::error(code, span, message).help(help).severity(severity)));
    };
    let web = |address: &str| {
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || "\"'<>`".contains(c)))
    };
    let base_url = config.base_url.as_deref().filter(|address| web(address));
    if config.base_url.is_some() && base_url.is_none() {
        say(
            place(&["base_url"]),
            "site/address",
            said!("this is no address on the web", "ce n’est pas une adresse du web"),
            said!("write it as `https://example.org/designs/`", "écrivez-la comme `https://example.org/conceptions/`"),
            Severity::Error,
        );
    }
    let edit_url = config.edit_url.as_deref().filter(|address| web(address) && address.contains("{path}"));
    if config.edit_url.is_some() && edit_url.is_none() {
        say(
            place(&["edit_url"]),
            "site/address",
            said!("this does not lead to a file’s editor", "ceci ne mène pas à l’éditeur d’un fichier"),
            said!(
                "write it as `https://example.org/edit/main/{{path}}`",
                "écrivez-la comme `https://example.org/edit/main/{{path}}`"
            ),
            Severity::Error,
        );
    }
    let mut redirects = Vec::new();
    for (old, new) in &config.redirects {
        if pages.contains(old.as_str()) {
            say(
                place(&["redirects", old]),
                "site/redirect",
                said!("`{old}` is still the name of a page", "`{old}` est encore le nom d’une page"),
                said!("take the line away, or rename the page", "retirez la ligne, ou renommez la page"),
                Severity::Warning,
            );
        } else if pages.contains(new.as_str()) && plain_name(old) {
            redirects.push((old.clone(), new.clone()));
        } else if plain_name(old) {
            let help = match nearest(new, pages.iter().copied()) {
                Some(near) => said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
                None => said!("name a document or a report", "nommez un document ou un rapport"),
            };
            let message = said!("no page is called `{new}`", "aucune page ne s’appelle `{new}`");
            say(place(&["redirects", old]), "site/redirect", message, help, Severity::Error);
        } else {
            let message = said!("`{old}` was no page’s name", "`{old}` n’était le nom d’aucune page");
            let help = said!(
                "write the old name alone, without folder and ending",
                "écrivez l’ancien nom seul, sans dossier ni extension"
            );
            say(place(&["redirects", old]), "site/redirect", message, help, Severity::Error);
        }
    }
    let mut colours: Vec<(String, String, String)> = Vec::new();
    for (name, shades) in &config.theme.colours {
        let known = theme::value(name, false).is_some();
        if !known {
            let help = match nearest(name, theme::COLOURS.iter().map(|colour| colour.name)) {
                Some(near) => said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
                None => {
                    let names: Vec<&str> = theme::COLOURS.iter().map(|colour| colour.name).collect();
                    let names = names.join(", ");
                    said!("there are: {names}", "il y a : {names}")
                }
            };
            let message = said!("no colour is called `{name}`", "aucune couleur ne s’appelle `{name}`");
            say(place(&["theme", "colours", name]), "site/colour", message, help, Severity::Error);
        }
        let mut right = known;
        for (key, shade) in [("light", &shades.light), ("dark", &shades.dark)] {
            if theme::contrast(shade, "#ffffff").is_none() {
                right = false;
                say(
                    place(&["theme", "colours", name, key]),
                    "site/colour",
                    said!("`{shade}` is no colour", "`{shade}` n’est pas une couleur"),
                    said!("write it as `#1d4ed8`", "écrivez-la comme `#1d4ed8`"),
                    Severity::Error,
                );
            }
        }
        if right {
            colours.push((name.clone(), shades.light.clone(), shades.dark.clone()));
        }
    }
    for (text, surface, dark, ratio) in pale(&colours) {
        let own = |name: &str| colours.iter().any(|(other, ..)| other == name);
        let culprit = if own(text) { text } else { surface };
        let ratio = format!("{ratio:.1}");
        say(
            place(&["theme", "colours", culprit, if dark { "dark" } else { "light" }]),
            "site/contrast",
            said!(
                "`{text}` on `{surface}` has a contrast of {ratio}: less than 4.5",
                "`{text}` sur `{surface}` a un contraste de {ratio} : moins de 4,5"
            ),
            said!("choose a darker text or a lighter surface", "choisissez un texte plus foncé ou un fond plus clair"),
            Severity::Warning,
        );
    }
    let base_url =
        base_url.map(|address| if address.ends_with('/') { address.to_owned() } else { format!("{address}/") });
    let settings = Settings {
        base_url,
        edit_url: edit_url.map(str::to_owned),
        redirects,
        logo: config.theme.logo.clone(),
        font: config.theme.font.clone(),
        colours,
    };
    (settings, found)
}

/// Whether a name can be a page's.
fn plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// The pairs of text and surface that somebody's own colours make hard to read: whether in the dark
/// theme, and their contrast.
fn pale(colours: &[(String, String, String)]) -> Vec<(&'static str, &'static str, bool, f64)> {
    let mut found = Vec::new();
    let own = |name: &str| colours.iter().find(|(other, ..)| other == name);
    for dark in [false, true] {
        let shade = |name: &'static str| match own(name) {
            Some((_, light, night)) => Some(if dark { night.as_str() } else { light.as_str() }),
            None => theme::value(name, dark),
        };
        for text in TEXTS {
            for surface in SURFACES {
                if own(text).is_none() && own(surface).is_none() {
                    continue;
                }
                let ratio = shade(text).zip(shade(surface)).and_then(|(text, surface)| theme::contrast(text, surface));
                found.extend(ratio.filter(|ratio| *ratio < READABLE).map(|ratio| (text, surface, dark, ratio)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Input, load};

    fn of(yaml: &str) -> (Settings, Vec<String>) {
        let input = Input { path: "epure.yaml".into(), bytes: format!("epure: 1\n{yaml}").into_bytes() };
        let (workspace, problems) = load(&[input]);
        assert!(problems.is_empty(), "{problems:?}");
        let (settings, found) = settings(&workspace, &BTreeSet::from(["shop", "bank"]));
        (
            settings,
            found.iter().map(|one| format!("{} {}", one.code, workspace.sources.text(one.primary.span))).collect(),
        )
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        let (settings, found) = of("base_url: example.org\nedit_url: https://a.example/edit\n\
             redirects: {old: shop, older: shp, bank: shop, a/b: shop}\n\
             theme: {colours: {acent: {light: '#000000', dark: '#ffffff'}, accent: {light: red, dark: '#8db8ff'}}}\n");
        assert_eq!(settings.redirects, [("old".to_owned(), "shop".to_owned())]);
        assert_eq!(settings.base_url, None);
        let mut codes: Vec<&str> = found.iter().map(String::as_str).collect();
        codes.sort_unstable();
        assert_eq!(codes.len(), 7, "{codes:?}");
        assert!(codes.contains(&"site/redirect shp") && codes.contains(&"site/colour red"), "{codes:?}");
    }

    #[test]
    fn a_pale_colour_is_found() {
        let (settings, found) =
            of("base_url: https://a.example\ntheme: {colours: {accent: {light: '#99aaff', dark: '#8db8ff'}}}\n");
        assert_eq!(settings.base_url.as_deref(), Some("https://a.example/"));
        assert_eq!(found, ["site/contrast '#99aaff'", "site/contrast '#99aaff'"]);
    }
}
