//! Links and images of a narrative: from files of the workspace to files of the output.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser, Tag};

use super::{Page, Part, Site, narrative::options};

/// The workspace paths of the images that a page's narrative shows, whether or not they exist; their
/// bytes belong into [`Site::assets`].
pub fn images(page: &Page) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in &page.parts {
        let Part::Prose(text) = part else { continue };
        // Most prose shows none, and is not parsed for it.
        if !text.contains("![") {
            continue;
        }
        for event in Parser::new_ext(text, options()) {
            if let Event::Start(Tag::Image { dest_url, .. }) = event {
                found.extend(workspace_path(&page.source_file, &dest_url));
            }
        }
    }
    found
}

/// The scheme of an address, if it has one: `https`.
pub(super) fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    if named {
        return Some(scheme);
    }
    // What a browser would still read as a scheme, such as one with a line break in it, is one.
    scheme.chars().any(|c| c.is_ascii_control()).then_some(scheme)
}

/// Whether a link may stay a link.
pub(super) fn is_safe(address: &str) -> bool {
    scheme(address)
        .is_none_or(|scheme| ["http", "https", "mailto"].iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed)))
}

/// What a link that the narrative wrote as a path in the workspace leads to in the output, where that
/// is a page: `../en/other.html#cost`.
pub(super) fn to_page(site: &Site, page: &Page, address: &str, extension: &str) -> Option<String> {
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, format!("#{fragment}")),
        None => (address, String::new()),
    };
    let wanted = workspace_path(&page.source_file, path)?;
    let target = site.of_file(&wanted, page.lang)?;
    if target.lang == page.lang {
        return Some(format!("{}.{extension}{fragment}", target.slug));
    }
    match target.other_languages.iter().find(|(lang, _)| *lang == page.lang) {
        // `fr/lab.md` linked from an English page leads to the English page.
        Some((_, slug)) => Some(format!("{slug}.{extension}{fragment}")),
        None => Some(format!("../{}/{}.{extension}{fragment}", target.lang.code(), target.slug)),
    }
}

/// Where an image of the narrative is in the output, seen from a page, if the site carries it.
pub(super) fn to_asset(site: &Site, page: &Page, address: &str) -> Option<String> {
    let path = workspace_path(&page.source_file, address)?;
    site.assets.contains_key(&path).then(|| format!("../assets/{}", encoded(&path)))
}

/// A path that a narrative wrote relative to its own file, `source_file`, relative to the workspace; nothing for
/// other addresses and for what leads out of the workspace.
pub(super) fn workspace_path(source_file: &str, address: &str) -> Option<String> {
    let address = address.split(['#', '?']).next().unwrap_or("");
    if address.is_empty() || address.starts_with(['/', '\\']) || scheme(address).is_some() {
        return None;
    }
    let address = decoded(address)?;
    let folder = source_file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in address.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// A path with its `%20`s read.
pub(super) fn decoded(path: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let (high, low) = (bytes.next()?, bytes.next()?);
        let digit = |byte: u8| (byte as char).to_digit(16);
        out.push((digit(high)? * 16 + digit(low)?) as u8);
    }
    String::from_utf8(out).ok()
}

/// A path as it can stand in a Markdown link and an attribute.
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{report::Kind, source::Lang};

    fn page(slug: &str, lang: Lang, file: &str) -> Page {
        Page { source_file: file.into(), ..Page::new(slug, lang, slug, Kind::Report) }
    }

    #[test]
    fn links_follow_files_to_pages() {
        let mut french = page("lab", Lang::Fr, "reports/lab.fr.md");
        french.other_languages = vec![(Lang::En, "lab-en".into())];
        let here = page("cost", Lang::En, "reports/deep/cost.md");
        let only_french = page("seul", Lang::Fr, "seul.md");
        let site = Site { pages: vec![french, here.clone(), only_french], ..Site::default() };
        let to = |address: &str| to_page(&site, &here, address, "html");
        assert_eq!(to("../lab.fr.md#a"), Some("lab-en.html#a".into()));
        assert_eq!(to("./cost.md"), Some("cost.html".into()));
        assert_eq!(to("../../seul.md"), Some("../fr/seul.html".into()));
        assert_eq!(to("../../../seul.md"), None, "out of the workspace");
        assert_eq!(to("https://example.org/reports/lab.fr.md"), None);
        assert_eq!(to("#here"), None);
    }

    #[test]
    fn only_harmless_schemes_stay_links() {
        for address in ["https://a.example", "MAILTO:a@b.example", "other.md", "#x", "a/b:c.md"] {
            assert!(is_safe(address), "{address}");
        }
        for address in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
        ] {
            assert!(!is_safe(address), "{address}");
        }
    }

    #[test]
    fn images_are_named_by_their_workspace_path() {
        let mut page = page("lab", Lang::Fr, "reports/lab.md");
        page.parts.push(Part::Prose("![a](shots/my%20shot.png) ![b](https://a.example/b.png)\n".into()));
        assert_eq!(images(&page), BTreeSet::from(["reports/shots/my shot.png".to_owned()]));
        let site = Site { assets: [("reports/shots/my shot.png".to_owned(), vec![1])].into(), ..Site::default() };
        assert_eq!(to_asset(&site, &page, "shots/my%20shot.png"), Some("../assets/reports/shots/my%20shot.png".into()));
        assert_eq!(to_asset(&site, &page, "shots/other.png"), None);
    }
}
