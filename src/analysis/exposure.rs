//! Flows on the network: whether one is encrypted, which segments it crosses, and what lets it in.
//!
//! A connection names a protocol and sometimes a flag; a segment says what it refuses and what it
//! allows. Rules, tables and diagrams ask here, so that all of them judge a flow the same way.

use super::derived::Derived;
use super::view::View;
use crate::design::model::component::{Component, ComponentKind, Connection};
use crate::design::model::organisation::{DefaultPolicy, Segment, SegmentKind, Trust};
use crate::said;

/// What somebody on the wire could read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Nothing: the protocol encrypts, or the design says that something below it does.
    Encrypted,
    /// Everything.
    Plain,
    /// The protocol encrypts and the design says that the flow is not encrypted.
    Contradicted,
    /// The protocol can be used both ways and the design does not say which.
    Unsaid,
    /// What is public anyway: names and the time of day.
    Public,
    /// No network is crossed: memory, a cable of its own, a bus of the vehicle.
    Link,
}

/// Protocols that are encrypted or they are not spoken at all.
const ENCRYPTED: [&str; 30] = [
    "https",
    "grpcs",
    "ldaps",
    "tls",
    "mtls",
    "ssh",
    "sftp",
    "scp",
    "ftps",
    "quic",
    "http3",
    "h3",
    "wss",
    "amqps",
    "mqtts",
    "smtps",
    "imaps",
    "pop3s",
    "rediss",
    "syslog-tls",
    "ipsec",
    "wireguard",
    "dot",
    "doh",
    "sips",
    "srtp",
    "nats-tls",
    "kafka-ssl",
    "oidc",
    "mongodb-srv",
];
/// Protocols that carry plain text, whatever is spoken over them, unless something below encrypts.
const PLAIN: [&str; 12] = ["http", "ws", "ftp", "tftp", "telnet", "rsh", "pop3", "snmp", "nfs", "rtsp", "rtp", "h2c"];
/// Protocols whose content is public, and whose integrity is another question (DNSSEC, NTS).
const PUBLIC: [&str; 5] = ["dns", "mdns", "ntp", "ptp", "icmp"];
/// What never leaves the machine, or runs on a wire of its own inside a vehicle.
const LINK: [&str; 18] = [
    "shared-memory",
    "ipc",
    "unix-socket",
    "virtio",
    "gmsl",
    "fpd-link",
    "lvds",
    "display-port",
    "hdmi",
    "mipi-csi",
    "mipi-dsi",
    "pcie",
    "spi",
    "i2c",
    "can",
    "can-fd",
    "lin",
    "flexray",
];

/// What somebody on the wire could read of a flow.
pub fn privacy(connection: &Connection) -> Privacy {
    let protocol = connection.protocol.to_lowercase();
    let named = |names: &[&str]| names.contains(&protocol.as_str());
    // `grpc+tls`, `kafka+ssl`, `syslog-tls`: the suffix is how people say that TLS is always on.
    let suffixed =
        ["+tls", "+mtls", "+ssl", "-tls", "-mtls", "-over-tls"].iter().any(|suffix| protocol.ends_with(suffix));
    match connection.encrypted {
        _ if named(&LINK) => Privacy::Link,
        Some(true) => Privacy::Encrypted,
        Some(false) if named(&ENCRYPTED) || suffixed => Privacy::Contradicted,
        None if named(&ENCRYPTED) || suffixed => Privacy::Encrypted,
        _ if named(&PUBLIC) => Privacy::Public,
        Some(false) => Privacy::Plain,
        None if named(&PLAIN) => Privacy::Plain,
        None => Privacy::Unsaid,
    }
}

/// The same with what it was worked out from.
pub fn privacy_of(view: &View<'_>, name: &str) -> Option<Derived<Privacy>> {
    let connection = view.design.connections.get(name)?;
    let value = privacy(connection);
    let protocol = &connection.protocol;
    let formula = match (value, connection.encrypted) {
        (Privacy::Link, _) => said!("{protocol} crosses no network", "{protocol} ne traverse aucun réseau"),
        (Privacy::Encrypted, Some(_)) => said!("{protocol}, said to be encrypted", "{protocol}, déclaré chiffré"),
        (Privacy::Encrypted, None) => said!("{protocol} carries its own encryption", "{protocol} chiffre par lui-même"),
        (Privacy::Contradicted, _) => {
            said!(
                "{protocol} encrypts and `encrypted` says it does not",
                "{protocol} chiffre et `encrypted` dit le contraire"
            )
        }
        (Privacy::Public, _) => said!("what {protocol} says is public", "ce que dit {protocol} est public"),
        (Privacy::Plain, Some(_)) => said!("{protocol}, said not to be encrypted", "{protocol}, déclaré non chiffré"),
        (Privacy::Plain, None) => said!("{protocol} does not encrypt", "{protocol} ne chiffre pas"),
        (Privacy::Unsaid, _) => said!("{protocol} can be spoken both ways", "{protocol} se parle des deux façons"),
    };
    let path = view.path(&format!("connections.{name}"));
    let flag = connection.encrypted.map(|_| format!("{path}.encrypted"));
    Some(Derived::new(value, formula).from_fact(format!("{path}.protocol")).from_facts(flag))
}

/// What happens to a flow at the border of the segment it enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage<'a> {
    /// The segment refuses nothing.
    Open,
    /// The segment does not say what it refuses.
    Unsaid,
    /// The segment refuses by default and the flow does not say its port.
    NoPort,
    /// An allowance lets it in, by its position in `allows`, through this enforcement point.
    Allowed(usize, Option<&'a str>),
    /// An allowance would let it in, but only through an enforcement point that it does not pass.
    Bypassed(usize, &'a str),
    /// Nothing lets it in.
    Refused,
}

/// A flow that leaves one segment and enters another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossing<'a> {
    /// The segment it leaves.
    pub from: &'a str,
    /// The segment it enters.
    pub to: &'a str,
    /// What lets it in.
    pub passage: Passage<'a>,
}

/// The segments of both ends of a flow.
pub fn segments<'a>(view: &View<'a>, connection: &Connection) -> (Option<&'a str>, Option<&'a str>) {
    let design = view.design;
    let of = |name: &str| design.components.get(name).and_then(|component| view.segment(component));
    (of(&connection.from), of(&connection.to))
}

/// Which border a flow crosses, if both ends stand in segments and these differ.
pub fn crossing<'a>(view: &View<'a>, connection: &Connection) -> Option<Crossing<'a>> {
    let (Some(from), Some(to)) = segments(view, connection) else { return None };
    if from == to {
        return None;
    }
    let segment = view.design.segments.get(to)?;
    Some(Crossing { from, to, passage: passage(view, connection, from, segment) })
}

fn passage<'a>(view: &View<'a>, connection: &Connection, from: &str, segment: &'a Segment) -> Passage<'a> {
    match segment.default {
        Some(DefaultPolicy::Allow) => return Passage::Open,
        // What anybody may enter has no border; a DMZ has one although nobody in it is trusted.
        None if open_by_nature(segment) => return Passage::Open,
        None if segment.allows.is_empty() => return Passage::Unsaid,
        _ => {}
    }
    let Some(port) = connection.port else { return Passage::NoPort };
    let mut bypassed = None;
    for (at, allowance) in segment.allows.iter().enumerate() {
        if *allowance.from != *from || allowance.port != port {
            continue;
        }
        match allowance.through.as_deref() {
            Some(point) if !passes(view, connection, point) => bypassed = Some(Passage::Bypassed(at, point)),
            point => return Passage::Allowed(at, point),
        }
    }
    bypassed.unwrap_or(Passage::Refused)
}

/// Whether a segment is a place that anybody may be in, such as the Internet.
pub fn open_by_nature(segment: &Segment) -> bool {
    segment.trust == Trust::Untrusted && segment.kind != Some(SegmentKind::Dmz)
}

/// Whether a flow passes an enforcement point: it starts or ends there. A firewall that no flow of
/// the design starts or ends at routes packets, and everything between its segments passes it.
pub fn passes(view: &View<'_>, connection: &Connection, point: &str) -> bool {
    if *connection.from == *point || *connection.to == *point {
        return true;
    }
    let routes = view.design.components.get(point).is_some_and(|component| component.kind == ComponentKind::Firewall);
    routes && !view.design.connections.values().any(|other| *other.from == *point || *other.to == *point)
}

/// Whether what a component keeps or does deserves a caller that proves who it is: it stands in a
/// restricted segment or one in a regulation's scope, or it keeps data or secrets.
pub fn is_sensitive<'a>(view: &View<'a>, component: &'a Component) -> bool {
    let restricted = view
        .segment(component)
        .and_then(|name| view.design.segments.get(name))
        .is_some_and(|segment| segment.trust == Trust::Restricted || !segment.scope.is_empty());
    restricted
        || matches!(
            component.kind,
            ComponentKind::Database | ComponentKind::SecretStore | ComponentKind::ConsensusStore
        )
}

/// Whether a component stands in a segment that a regulation has in its scope.
pub fn in_scope<'a>(view: &View<'a>, component: &'a Component) -> bool {
    view.segment(component)
        .and_then(|name| view.design.segments.get(name))
        .is_some_and(|segment| !segment.scope.is_empty())
}

/// How far the segment of a component is trusted, a DMZ being told from the open network.
pub fn zone_of<'a>(view: &View<'a>, component: &'a Component) -> Option<(&'a str, &'a Segment)> {
    let name = view.segment(component)?;
    Some((name, view.design.segments.get(name)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::text::When;
    use crate::design::{Input, load};

    const DESIGN: &str = r"
kind: design
name: d
context: cloud
segments:
  out: {trust: untrusted}
  in: {trust: internal, default: deny, allows: [{from: out, port: 443, through: waf}, {from: out, port: 22, through: router}]}
components:
  world: {kind: person, segment: out}
  waf: {kind: waf, segment: in}
  router: {kind: firewall, segment: in}
  app: {kind: service, segment: in}
connections:
  ask: {from: world, to: waf, protocol: https, port: 443}
  bypass: {from: world, to: app, protocol: http, port: 443, encrypted: true}
  shell: {from: world, to: app, protocol: ssh, port: 22, encrypted: false}
  other: {from: world, to: app, protocol: postgresql, port: 5432}
  inside: {from: waf, to: app, protocol: http}
";

    #[test]
    fn flows_are_judged_by_protocol_flag_and_border() {
        let (workspace, found) = load(&[Input { path: "d.yaml".to_owned(), bytes: DESIGN.as_bytes().to_vec() }]);
        assert!(found.is_empty(), "{found:?}");
        let view = View::of(&workspace, "d", When::parse("2026-11-22").unwrap()).unwrap();
        let flow = |name: &str| {
            let connection = &view.design.connections[name];
            (privacy(connection), crossing(&view, connection).map(|crossing| crossing.passage))
        };
        assert_eq!(flow("ask"), (Privacy::Encrypted, Some(Passage::Allowed(0, Some("waf")))));
        assert_eq!(flow("bypass"), (Privacy::Encrypted, Some(Passage::Bypassed(0, "waf"))));
        assert_eq!(flow("shell"), (Privacy::Contradicted, Some(Passage::Allowed(1, Some("router")))));
        assert_eq!(flow("other"), (Privacy::Unsaid, Some(Passage::Refused)));
        assert_eq!(flow("inside"), (Privacy::Plain, None));
        assert_eq!(privacy_of(&view, "inside").unwrap().formula.fr, "http ne chiffre pas");
    }
}
