//! `model/port-contradicted`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Said, Severity};

/// A connection leads to a port at which somebody answers.
pub static RULE: Rule = Rule {
    code: "model/port-contradicted",
    summary: words(
        "A connection leads to a port on which its target is reached",
        "Une connexion mène à un port sur lequel sa cible est jointe",
    ),
    why: words(
        "Flows are opened in firewalls and network policies by port. A connection to a port at which nobody answers is refused, or opens one that nobody needs.",
        "Les flux s’ouvrent par port dans les pare-feu et les politiques réseau. Une connexion vers un port où personne ne répond est refusée, ou en ouvre un dont personne n’a besoin.",
    ),
    detects: words(
        "`port` of a connection against `ports` of the component that it leads to, where both are stated.",
        "`port` d’une connexion face à `ports` du composant auquel elle mène, si les deux sont énoncés.",
    ),
    exceptions: words(
        "What does not state its ports contradicts nothing. The port of a load balancer before the component belongs among its `ports` too.",
        "Ce qui n’énonce pas ses ports ne contredit rien. Le port d’un répartiteur placé devant le composant fait aussi partie de ses `ports`.",
    ),
    remedy: words(
        "correct the connection's port, or add it to `ports`",
        "corrigez le port de la connexion, ou ajoutez-le à `ports`",
    ),
    sources: &["ISO/IEC/IEEE 42010:2022, 5.7 (correspondences between views)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
components: {web: {kind: service}, store: {kind: database, ports: [5432]}}
connections: {save: {from: web, to: store, protocol: postgresql, port: 3306}}
",
    passing: r"
kind: design
name: shop
context: cloud
components: {web: {kind: service}, store: {kind: database, ports: [5432]}}
connections: {save: {from: web, to: store, protocol: postgresql, port: 5432}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, connection) in &view.design.connections {
        let to = &connection.to.0;
        let Some((port, target)) = connection.port.zip(view.design.components.get(to)) else { continue };
        if target.ports.is_empty() {
            continue;
        }
        let path = format!("connections.{name}");
        verdicts.push(if target.ports.contains(&port) {
            Verdict::pass(path)
        } else {
            let ports: Vec<String> = target.ports.iter().map(u16::to_string).collect();
            Verdict::fail(
                &path,
                said!(
                    "`{name}` leads to port {port} of `{to}`, which is reached on {ports}",
                    "`{name}` mène au port {port} de `{to}`, qui est joint sur {ports}",
                    ports = Said::list(&ports)
                ),
            )
            .at(format!("{path}.port"))
            .also(format!("components.{to}.ports"), said!("its ports", "ses ports"))
        });
    }
    verdicts
}
