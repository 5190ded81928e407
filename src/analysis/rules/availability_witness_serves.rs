//! `availability/witness-serves`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::design::model::place::SiteKind;
use crate::said;
use crate::source::Severity;

/// A witness votes and keeps copies; it serves nobody.
pub static RULE: Rule = Rule {
    code: "availability/witness-serves",
    summary: words(
        "A witness site votes and keeps copies, and serves nobody",
        "Un site témoin vote et garde des copies, et ne sert personne",
    ),
    why: words(
        "A witness is small: no spare machines, often one link, nobody on site. What serves users from there is lost with it, and the quorum that it should decide loses its third opinion in the same hour.",
        "Un témoin est petit : pas de machine de réserve, souvent un seul lien, personne sur place. Ce qui sert des utilisateurs depuis lui tombe avec lui, et le quorum qu’il devait départager perd son troisième avis à la même heure.",
    ),
    detects: words(
        "Sites of `kind: witness`: no service, gateway, load balancer, firewall for web applications, name server, cache, message broker, monitoring or logging stands there, by its machines or by `in`.",
        "Les sites `kind: witness` : aucun service, passerelle, répartiteur, pare-feu applicatif, serveur de noms, cache, courtier de messages, supervision ou journalisation n’y est, par ses machines ou par `in`.",
    ),
    exceptions: words(
        "A member of a database may stand there if it votes and is never the primary. A site with room for the whole load is no witness: call it a datacentre.",
        "Un membre d’une base peut y être s’il vote sans jamais devenir primaire. Un site qui peut porter toute la charge n’est pas un témoin : appelez-le datacentre.",
    ),
    remedy: words(
        "move it to a site that serves, or say what the site really is",
        "déplacez-le vers un site qui sert, ou dites ce qu’est vraiment ce site",
    ),
    sources: &[
        "etcd documentation, FAQ (odd cluster sizes)",
        "PostgreSQL documentation, High Availability (split brain)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: finance
sites: {north: {kind: datacentre}, hut: {kind: witness}}
hosts: {machines: {count: 2, in: [north, hut]}}
components: {web: {kind: service, runs_on: machines, members: 2}}
",
    passing: r"
kind: design
name: shop
context: finance
sites: {north: {kind: datacentre}, south: {kind: datacentre}, hut: {kind: witness}}
hosts: {machines: {count: 2, in: [north, south]}, voters: {count: 3, in: [north, south, hut]}}
components:
  web: {kind: service, runs_on: machines, members: 2}
  votes: {kind: consensus-store, runs_on: voters, members: 3}
",
    check,
};

/// Whether users or other components wait for an answer of such a component.
fn serves(kind: ComponentKind) -> bool {
    use ComponentKind as K;
    matches!(
        kind,
        K::Service
            | K::Gateway
            | K::LoadBalancer
            | K::Waf
            | K::Dns
            | K::Cache
            | K::MessageBroker
            | K::Monitoring
            | K::Logging
    )
}

fn check(view: &View<'_>) -> Vec<Verdict> {
    let witnesses = view.design.sites.iter().filter(|(_, site)| site.kind == SiteKind::Witness);
    witnesses
        .map(|(site, _)| {
            let path = format!("sites.{site}");
            let found = view.design.components.iter().find(|(name, component)| {
                serves(component.kind) && super::data_copies::sites_of(view, name).contains(site.as_str())
            });
            match found {
                None => Verdict::pass(path),
                Some((name, component)) => {
                    let key = if component.at.is_some() { "in" } else { "runs_on" };
                    Verdict::fail(
                        &path,
                        said!(
                            "`{site}` is a witness, and `{name}` serves from there",
                            "`{site}` est un témoin, et `{name}` sert depuis lui"
                        ),
                    )
                    .at(format!("{path}.kind"))
                    .also(format!("components.{name}.{key}"), said!("it stands there", "il est là"))
                }
            }
        })
        .collect()
}
