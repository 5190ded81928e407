//! `stack/provisioned-by-hand`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::place::{Hosts, SiteKind};
use crate::said;
use crate::source::Severity;

/// Virtual machines are made from a description.
pub static RULE: Rule = Rule {
    code: "stack/provisioned-by-hand",
    summary: words(
        "Virtual machines are made from a description",
        "Les machines virtuelles sont créées depuis une description",
    ),
    why: words(
        "A machine that somebody clicked together cannot be made again in another region on the day it must, and no two of them are quite alike.",
        "Une machine assemblée à la souris ne peut être refaite dans une autre région le jour où il le faut, et deux d’entre elles ne se ressemblent jamais tout à fait.",
    ),
    detects: words(
        "`provisioned_by` of host groups that stand on others or in a provider's region: `manual` fails, unsaid is a question.",
        "`provisioned_by` des groupes d’hôtes posés sur d’autres ou dans la région d’un fournisseur : `manual` échoue, non précisé est une question.",
    ),
    exceptions: words(
        "Somebody has to screw physical machines into a rack: groups in a datacentre of ours that stand on nothing are not judged.",
        "Il faut bien que quelqu’un visse les machines physiques dans une baie : les groupes d’un datacentre à nous qui ne reposent sur rien ne sont pas jugés.",
    ),
    remedy: words(
        "describe them (Terraform, OpenTofu, Cluster API) and name the tool",
        "décrivez-les (Terraform, OpenTofu, Cluster API) et nommez l’outil",
    ),
    sources: &[
        "Morris, Infrastructure as Code, 3rd edition",
        "PCI DSS v4.0.1, 2.2.1 (configuration standards for all system components)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
sites: {west: {kind: region}}
hosts: {nodes: {count: 3, in: [west], provisioned_by: manual}}
",
    passing: r"
kind: design
name: shop
context: cloud
sites: {west: {kind: region}}
hosts: {nodes: {count: 3, in: [west], provisioned_by: terraform}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let virtual_machines = |hosts: &Hosts| {
        let region = |place: &str| view.site_of(place).is_some_and(|(_, site)| site.kind == SiteKind::Region);
        hosts.runs_on.is_some() || hosts.at.iter().any(|place| region(&place.0))
    };
    let groups = view.design.hosts.iter().filter(|(_, hosts)| virtual_machines(hosts));
    groups
        .map(|(name, hosts)| {
            let path = format!("hosts.{name}");
            let count = hosts.count;
            match hosts.provisioned_by.as_deref() {
                Some("manual" | "by-hand" | "manually" | "console") => {
                    let message = said!(
                        "the {count} machines of `{name}` are made by hand",
                        "les {count} machines de `{name}` sont faites à la main",
                        count = count
                    );
                    Verdict::fail(&path, message).at(format!("{path}.provisioned_by"))
                }
                Some(_) => Verdict::pass(path),
                None => {
                    let question =
                        said!("what makes the machines of `{name}`?", "qu’est-ce qui crée les machines de `{name}` ?");
                    Verdict::unanswered(path, question)
                        .help(said!("state `provisioned_by`", "déclarez `provisioned_by`"))
                }
            }
        })
        .collect()
}
