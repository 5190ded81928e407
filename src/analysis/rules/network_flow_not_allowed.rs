//! `network/flow-not-allowed`

use crate::analysis::exposure::{Crossing, Passage, crossing};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::Connection;
use crate::said;
use crate::source::Severity;

/// Every flow between segments is allowed, through its enforcement point.
pub static RULE: Rule = Rule {
    code: "network/flow-not-allowed",
    summary: words(
        "Every flow between segments is allowed, and takes the way it must",
        "Chaque flux entre segments est autorisé, et passe par où il doit",
    ),
    why: words(
        "The drawing and the firewall disagree: either the flow does not work, or somebody opened more than the segment says and nobody will find it again.",
        "Le dessin et le pare-feu se contredisent : soit le flux ne passe pas, soit quelqu’un a ouvert plus que ne dit le segment et personne ne le retrouvera.",
    ),
    detects: words(
        "Each connection whose ends stand in different segments, against `allows` of the segment it enters: same segment of origin, same port. An allowance `through` a WAF, a load balancer or a firewall holds only for flows that start or end there.",
        "Chaque connexion dont les bouts sont dans des segments différents, face aux `allows` du segment où elle entre : même segment d’origine, même port. Une autorisation `through` un WAF, un répartiteur ou un pare-feu ne vaut que pour les flux qui y commencent ou y finissent.",
    ),
    exceptions: words(
        "A firewall at which no connection of the design starts or ends is taken to route: whatever goes between its segments passes it. Answers to an allowed flow come back with it. What leaves a segment is not judged: segments say what may come in.",
        "Un pare-feu où aucune connexion du design ne commence ni ne finit est réputé router : tout ce qui va entre ses segments le traverse. Les réponses à un flux autorisé reviennent avec lui. Ce qui sort d’un segment n’est pas jugé : les segments disent ce qui peut entrer.",
    ),
    remedy: words(
        "allow the flow in the segment it enters, or take the connection away",
        "autorisez le flux dans le segment où il entre, ou retirez la connexion",
    ),
    sources: &[
        "PCI DSS v4.0.1, 1.2.5 (services, protocols and ports are identified and approved) and 1.2.4 (data-flow diagrams)",
        "NIST SP 800-53 rev. 5, SC-7(5) (deny by default, allow by exception)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
segments:
  app: {trust: internal, default: deny}
  data: {trust: restricted, default: deny, allows: [{from: app, port: 9187}]}
components: {web: {kind: service, segment: app}, db: {kind: database, segment: data}}
connections:
  store: {from: web, to: db, protocol: postgresql, port: 5432}
",
    passing: r"
kind: design
name: shop
context: cloud
segments:
  app: {trust: internal, default: deny}
  data: {trust: restricted, default: deny, allows: [{from: app, port: 5432}]}
components: {web: {kind: service, segment: app}, db: {kind: database, segment: data}}
connections:
  store: {from: web, to: db, protocol: postgresql, port: 5432}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let crossing = |(name, connection)| Some((name, connection, crossing(view, connection)?));
    view.design
        .connections
        .iter()
        .filter_map(crossing)
        .filter_map(|(name, connection, crossing)| judge(name, connection, &crossing))
        .collect()
}

fn judge(name: &str, connection: &Connection, crossing: &Crossing<'_>) -> Option<Verdict> {
    let path = format!("connections.{name}");
    let (from, to) = (&connection.from, &connection.to);
    let Crossing { from: left, to: entered, .. } = crossing;
    let segment = format!("segments.{entered}");
    Some(match crossing.passage {
        Passage::Open => return None,
        Passage::Allowed(..) => Verdict::pass(path),
        // What a segment does by default is another rule's question.
        Passage::Unsaid => return None,
        Passage::NoPort => Verdict::unanswered(
            &path,
            said!("at which port does `{from}` reach `{to}`? Segment `{entered}` lets in nothing that it does not allow by port", "à quel port `{from}` joint-il `{to}` ? Le segment `{entered}` ne laisse entrer que ce qu’il autorise par port"),
        )
        .also(segment, said!("refuses by default", "refuse par défaut")),
        Passage::Bypassed(at, point) => Verdict::fail(
            &path,
            said!("`{from}` reaches `{to}` past `{point}`, through which alone segment `{entered}` lets `{left}` in", "`{from}` joint `{to}` sans passer par `{point}`, seule entrée que le segment `{entered}` ouvre à `{left}`"),
        )
        .at(format!("{path}.to"))
        .also(format!("{segment}.allows.{at}.through"), said!("only through this", "seulement par là"))
        .help(said!("lead the flow through `{point}`: one connection to it, one from it", "faites passer le flux par `{point}` : une connexion vers lui, une depuis lui")),
        Passage::Refused => {
            let port = connection.port.unwrap_or_default();
            Verdict::fail(
                &path,
                said!("segment `{entered}` does not let `{left}` in at port {port}, which `{from}` needs to reach `{to}`", "le segment `{entered}` ne laisse pas entrer `{left}` au port {port}, dont `{from}` a besoin pour joindre `{to}`"),
            )
            .at(format!("{path}.port"))
            .also(segment.clone(), said!("refuses by default", "refuse par défaut"))
            .help(said!("add `{{from: {left}, port: {port}}}` to `{segment}.allows`, or take the connection away", "ajoutez `{{from: {left}, port: {port}}}` à `{segment}.allows`, ou retirez la connexion"))
        }
    })
}
