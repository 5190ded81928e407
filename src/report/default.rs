//! The report that every document gets without anybody writing one, in arc42's order: what it is
//! for, what stands where, what it is built of, how it behaves, what was decided, what is wrong.

use indexmap::IndexMap;
use rayon::prelude::*;

use super::{Before, Kind, Page, Part, key, markdown};
use crate::analysis::runs::Runs;
use crate::design::Workspace;
use crate::design::model::report::{Fence, Names};
use crate::design::model::{Comparison, Design, Scenario, Stack};
use crate::design::text::When;
use crate::design::workspace::Doc;
use crate::figure::replay::Replay;
use crate::figure::{Figure, catalogue};
use crate::said;
use crate::source::{Lang, Said, Show};

/// The default pages of every document, in one language.
pub fn pages(workspace: &Workspace, today: When, lang: Lang, before: &Before, runs: &Runs) -> Vec<Page> {
    let maker = Maker { workspace, today, lang, before, runs };
    let mut pages = made(&workspace.designs, |doc| maker.design(doc));
    pages.extend(made(&workspace.stacks, |doc| maker.stack(doc)));
    pages.extend(made(&workspace.comparisons, |doc| maker.comparison(doc)));
    pages.extend(made(&workspace.scenarios, |doc| maker.scenario(doc)));
    pages
}

/// A page for each document, in their order, made on as many threads as there are processors.
fn made<T: Sync>(docs: &IndexMap<String, Doc<T>>, page: impl Fn(&Doc<T>) -> Page + Sync + Send) -> Vec<Page> {
    let docs: Vec<&Doc<T>> = docs.values().collect();
    docs.into_par_iter().map(page).collect()
}

struct Maker<'a> {
    workspace: &'a Workspace,
    today: When,
    lang: Lang,
    before: &'a Before,
    runs: &'a Runs,
}

fn fence() -> Fence {
    Fence {
        table: None,
        diagram: None,
        chart: None,
        timeline: None,
        findings: None,
        of: None,
        by: None,
        only: None,
        rules: None,
        family: None,
        at: None,
        predicted: IndexMap::new(),
        observed: None,
    }
}

impl Maker<'_> {
    fn figure(&self, key: &str, word: &str, of: &[&str]) -> Option<Figure> {
        let fence = fence();
        let subjects: Vec<String> = of.iter().map(|name| (*name).to_owned()).collect();
        let fence = Fence { of: Some(Names(subjects.clone())), ..fence };
        let entry = catalogue::FIGURES.iter().find(|entry| entry.key == key && entry.word == word)?;
        let request = catalogue::Request {
            workspace: self.workspace,
            today: self.today,
            lang: self.lang,
            subjects,
            fence: &fence,
            runs: self.runs,
        };
        entry.draw(&request)
    }

    fn replay(&self, scenario: &str) -> Option<Replay> {
        let fence = fence();
        let request = catalogue::Request {
            workspace: self.workspace,
            today: self.today,
            lang: self.lang,
            subjects: vec![scenario.to_owned()],
            fence: &fence,
            runs: self.runs,
        };
        catalogue::simulated::replay(&request)
    }

    fn page<T>(&self, doc: &Doc<T>, title: Option<Said>, kind: Kind) -> Page {
        let title = title.unwrap_or_else(|| Said::same(doc.name.clone()));
        let mut page = Page::new(doc.name.clone(), self.lang, title.show(self.lang), kind);
        page.source_file = self.workspace.sources.file(doc.file).path.clone();
        page.as_of = self.today.show(Lang::En);
        page.document = doc.name.clone();
        page.glimpse = self.before.pages.get(&key(self.lang, kind, &doc.name)).cloned();
        page
    }

    fn heading(&self, page: &mut Page, text: &Said) {
        page.parts.push(Part::Prose(format!("## {}\n", markdown::escape(&text.show(self.lang)))));
    }

    /// A section with its figures; left out where it has none.
    fn section(&self, page: &mut Page, heading: &Said, figures: Vec<Option<Figure>>) {
        let figures: Vec<Figure> = figures.into_iter().flatten().filter(|figure| !figure.is_empty()).collect();
        if figures.is_empty() {
            return;
        }
        self.heading(page, heading);
        page.parts.extend(figures.into_iter().map(Part::Figure));
    }

    fn design(&self, doc: &Doc<Design>) -> Page {
        let mut page = self.page(doc, doc.value.title.as_ref().map(|title| title.said()), Kind::Design);
        let name = doc.name.as_str();
        let of = |key: &str, word: &str| self.figure(key, word, &[name]);
        let own = doc.root.get("context").and_then(|node| node.scalar());
        let context = own.unwrap_or(doc.value.context.word());
        page.subtitle = said!("Context: {context}", "Contexte : {context}").show(self.lang);
        if page.glimpse.is_some() {
            return page;
        }
        let short = said!("On one page, for whoever decides", "En une page, pour qui décide");
        self.section(&mut page, &short, vec![of("table", "summary")]);
        let purpose = said!("What it is for", "Ce qu’elle doit faire");
        self.section(&mut page, &purpose, vec![of("table", "objectives"), of("table", "availability")]);
        let where_ = said!("What runs where", "Qui tourne où");
        self.section(
            &mut page,
            &where_,
            vec![
                of("diagram", "topology"),
                of("diagram", "difference"),
                of("table", "placement"),
                of("table", "advice"),
            ],
        );
        let below = said!("What stands under it", "Ce qu’il y a dessous");
        self.section(
            &mut page,
            &below,
            vec![
                of("table", "layers"),
                of("table", "hosts"),
                of("table", "clusters"),
                of("table", "namespaces"),
                of("table", "partitions"),
            ],
        );
        let behaves = said!("How it fails and what is left", "Comment elle tombe, et ce qui reste");
        self.section(
            &mut page,
            &behaves,
            vec![
                of("table", "failure-domains"),
                of("table", "campaign"),
                of("table", "stuck"),
                of("table", "planned"),
                of("table", "coverage"),
                of("chart", "capacity"),
                of("table", "capacity"),
                of("table", "probes"),
            ],
        );
        let data = said!("Data and secrets", "Données et secrets");
        self.section(&mut page, &data, vec![of("table", "volumes"), of("table", "backups"), of("table", "secrets")]);
        let network = said!("The network", "Le réseau");
        self.section(
            &mut page,
            &network,
            vec![of("diagram", "network"), of("table", "segments"), of("table", "flows"), of("table", "links")],
        );
        let vehicle = said!("Safety and start", "Sûreté et démarrage");
        self.section(&mut page, &vehicle, vec![of("table", "safety"), of("table", "updates")]);
        let watched = said!("Delivery and observability", "Livraison et observabilité");
        self.section(
            &mut page,
            &watched,
            vec![of("table", "delivery"), of("table", "images"), of("table", "observability")],
        );
        let kept = said!("How it is kept", "Comment elle est tenue");
        self.section(
            &mut page,
            &kept,
            vec![
                of("table", "decisions"),
                of("table", "risks"),
                of("table", "third-parties"),
                of("table", "exercises"),
                of("table", "waivers"),
            ],
        );
        let review = said!("What a reviewer says", "Ce qu’en dit la revue");
        self.section(&mut page, &review, vec![of("findings", "")]);
        page
    }

    fn stack(&self, doc: &Doc<Stack>) -> Page {
        let mut page = self.page(doc, doc.value.title.as_ref().map(|title| title.said()), Kind::Stack);
        let name = doc.name.as_str();
        let layers = said!("The layers", "Les couches");
        self.section(
            &mut page,
            &layers,
            vec![self.figure("diagram", "stack", &[name]), self.figure("table", "stack-layers", &[name])],
        );
        let facts = said!("What does not follow from the layers", "Ce qui ne découle pas des couches");
        self.section(&mut page, &facts, vec![self.figure("table", "stack-facts", &[name])]);
        page
    }

    fn comparison(&self, doc: &Doc<Comparison>) -> Page {
        let mut page = self.page(doc, doc.value.title.as_ref().map(|title| title.said()), Kind::Comparison);
        let name = doc.name.as_str();
        let short = said!("On one page, for whoever decides", "En une page, pour qui décide");
        self.section(&mut page, &short, vec![self.figure("table", "brief", &[name])]);
        let table = said!("The comparison", "La comparaison");
        self.section(&mut page, &table, vec![self.figure("table", "", &[name])]);
        let ranking = said!(
            "Who comes first, and what would change it",
            "Qui arrive en tête, et ce qui y changerait quelque chose"
        );
        self.section(&mut page, &ranking, vec![self.figure("table", "ranking", &[name])]);
        let stacks: Vec<&str> = doc
            .value
            .subjects
            .iter()
            .map(|subject| subject.0.as_str())
            .filter(|subject| self.workspace.stacks.contains_key(*subject))
            .collect();
        if !stacks.is_empty() {
            let drawn = said!("Side by side", "Côte à côte");
            self.section(&mut page, &drawn, vec![self.figure("diagram", "stack", &stacks)]);
            let grows = said!("As the number of applications grows", "Quand le nombre d’applications augmente");
            self.section(
                &mut page,
                &grows,
                vec![
                    self.figure("chart", "memory-overhead", &[name]),
                    self.figure("chart", "operating-systems", &[name]),
                ],
            );
        }
        let prefer = said!("When to prefer which", "Quand préférer quoi");
        self.section(&mut page, &prefer, vec![self.figure("table", "preferences", &[name])]);
        page
    }

    fn scenario(&self, doc: &Doc<Scenario>) -> Page {
        let mut page = self.page(doc, doc.value.title.as_ref().map(|title| title.said()), Kind::Scenario);
        let name = doc.name.as_str();
        if page.glimpse.is_some() {
            return page;
        }
        page.replay = self.replay(name);
        let happens = said!("What happens", "Ce qui se passe");
        self.section(
            &mut page,
            &happens,
            vec![
                self.figure("timeline", "", &[name]),
                self.figure("chart", "served", &[name]),
                self.figure("diagram", "failure", &[name]),
                self.figure("table", "steps", &[name]),
            ],
        );
        let costs = said!("What it costs", "Ce qu’il en coûte");
        self.section(&mut page, &costs, vec![self.figure("table", "outcomes", &[name])]);
        let expected = said!("What is set up and expected", "Ce qui est posé et attendu");
        self.section(&mut page, &expected, vec![self.figure("table", "scenario", &[name])]);
        page
    }
}
