//! What is shown at this moment, and what is wrong; whoever shows a page can wait for the next.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use super::pages::Files;
use crate::said;
use crate::source::{Lang, Said, Show};

/// The longest that a question waits for its answer; then it is asked again.
const PATIENCE: Duration = Duration::from_secs(20);

/// The script and the style that a served page carries besides its own.
pub const SCRIPT: &str = include_str!("../../../templates/serve/live.js");
/// Its style.
pub const STYLE: &str = include_str!("../../../templates/serve/live.css");

/// What all connections look at.
pub struct Live {
    lang: Lang,
    now: Mutex<Now>,
    changed: Condvar,
}

#[derive(Default)]
struct Now {
    files: Files,
    hashes: BTreeMap<String, String>,
    title: String,
    text: String,
    /// Counts what was said to be wrong, so that a page knows whether it shows the last of it.
    known: u64,
}

impl Live {
    /// Nothing yet.
    pub fn new(lang: Lang) -> Live {
        Live { lang, now: Mutex::default(), changed: Condvar::new() }
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        // A connection that panicked leaves what is shown as it was.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows these files, and what is to be said of them.
    pub fn show(&self, files: &Files, title: &Said, text: &str) {
        let mut now = self.now();
        for (path, bytes) in files {
            let same = now.files.get(path).is_some_and(|old| Arc::ptr_eq(old, bytes));
            if !same {
                let mut hash = DefaultHasher::new();
                bytes.hash(&mut hash);
                now.hashes.insert(path.clone(), format!("{:016x}", hash.finish()));
            }
        }
        now.hashes.retain(|path, _| files.contains_key(path));
        now.files = files.clone();
        now.say(title.show(self.lang), text);
        self.changed.notify_all();
    }

    /// Says what is wrong; what was shown stays.
    pub fn broken(&self, title: &Said, text: &str) {
        self.now().say(title.show(self.lang), text);
        self.changed.notify_all();
    }

    /// A file, and whether it is the page that stands for one that is missing.
    pub fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        self.now().files.get(path).cloned()
    }

    /// Waits until a page is another than the one seen, or something else is wrong than what is known.
    pub fn wait(&self, page: &str, seen: &str, known: &str) -> String {
        let until = Instant::now() + PATIENCE;
        let mut now = self.now();
        loop {
            let current = now.hashes.get(page).map_or("", String::as_str);
            let left = until.saturating_duration_since(Instant::now());
            if current != seen || now.known.to_string() != known || left.is_zero() {
                return json!({"seen": current, "known": now.known.to_string(), "title": now.title, "text": now.text})
                    .to_string();
            }
            now = self.changed.wait_timeout(now, left).map_or_else(|poisoned| poisoned.into_inner().0, |(now, _)| now);
        }
    }

    /// A page with what keeps it current: its policy allows our script besides its own, and goes into
    /// the answer's head.
    pub fn dressed(&self, path: &str, html: &str) -> (String, String) {
        let (html, policy) = without_policy(html);
        let seen = self.now().hashes.get(path).cloned().unwrap_or_default();
        let lost = said!(
            "`epure serve` has stopped; this page is as it was",
            "`epure serve` s’est arrêté ; cette page est restée telle quelle"
        );
        let ours = format!(
            "<link rel=\"stylesheet\" href=\"/_epure/live.css\"><script src=\"/_epure/live.js\" data-page=\"{}\" data-seen=\"{seen}\" data-lost=\"{}\"></script>",
            attribute(path),
            attribute(&lost.show(self.lang)),
        );
        let at = html.rfind("</body>").unwrap_or(html.len());
        (format!("{}{ours}{}", &html[..at], &html[at..]), allowing(&policy))
    }

    /// The page that stands where there is none.
    pub fn missing(&self, path: &str) -> String {
        let lang = self.lang.code();
        let title = said!("There is no such page", "Cette page n’existe pas").show(self.lang);
        let text = said!(
            "It appears here as soon as the workspace has it.",
            "Elle apparaît ici dès que l’espace de travail la contient."
        );
        let home = said!("All pages", "Toutes les pages").show(self.lang);
        format!(
            "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
             <link rel=\"stylesheet\" href=\"/epure.css\"></head><body><main><h1>{title}</h1><p><code>{}</code></p>\
             <p>{}</p><p><a href=\"/\">{home}</a></p></main></body></html>\n",
            attribute(path),
            text.show(self.lang),
        )
    }
}

impl Now {
    fn say(&mut self, title: String, text: &str) {
        if self.title != title || self.text != text || self.known == 0 {
            self.known += 1;
            self.title = title;
            text.clone_into(&mut self.text);
        }
    }
}

/// A page without the policy in its head, and the policy.
fn without_policy(html: &str) -> (String, String) {
    let start = html.find("<meta http-equiv=\"Content-Security-Policy\"");
    let tag = start.and_then(|start| Some((start, start + html[start..].find('>')? + 1)));
    let Some((start, end)) = tag else { return (html.to_owned(), "default-src 'none'; style-src 'self'".to_owned()) };
    let policy = html[start..end].split("content=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("");
    (format!("{}{}", &html[..start], &html[end..]), policy.to_owned())
}

/// A policy that allows a page's own scripts, and to ask its own server.
fn allowing(policy: &str) -> String {
    let mut parts: Vec<String> =
        policy.split(';').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    for wanted in ["script-src", "connect-src", "style-src"] {
        match parts.iter_mut().find(|part| part.split_whitespace().next() == Some(wanted)) {
            Some(part) if part.split_whitespace().any(|source| source == "'self'") => {}
            Some(part) => *part = format!("{} 'self'", part.replace(" 'none'", "")),
            None => parts.push(format!("{wanted} 'self'")),
        }
    }
    parts.join("; ")
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_up_its_policy_for_one_that_allows_our_script() {
        let (html, policy) = without_policy(
            "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'none'\">\n</head>",
        );
        assert_eq!(html, "<head>\n\n</head>");
        assert_eq!(allowing(&policy), "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'");
    }

    #[test]
    fn who_waits_is_told_of_the_next_state() {
        let live = Arc::new(Live::new(Lang::En));
        let files: Files = [("a.html".to_owned(), Arc::from(*b"one"))].into();
        live.show(&files, &Said::default(), "");
        let first: serde_json::Value = serde_json::from_str(&live.wait("a.html", "", "")).unwrap();
        let (seen, known) = (first["seen"].as_str().unwrap().to_owned(), first["known"].as_str().unwrap().to_owned());
        let waiting = {
            let live = Arc::clone(&live);
            std::thread::spawn(move || live.wait("a.html", &seen, &known))
        };
        live.broken(&Said::same("1 mistake"), "there");
        let second: serde_json::Value = serde_json::from_str(&waiting.join().unwrap()).unwrap();
        assert_eq!((second["title"].as_str(), second["seen"].as_str()), (Some("1 mistake"), first["seen"].as_str()));
        assert_eq!(live.file("a.html").as_deref(), Some(&b"one"[..]), "the last good page stays");
    }
}
