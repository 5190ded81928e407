//! `network/weak-sign-in`

use crate::analysis::rule::{Rule, Verdict, Words, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// Protocols by which people and machines sign in, and which show or replay what proves who they are.
const WEAK: [(&str, Words); 8] = [
    ("ldap", words("sends passwords in clear", "envoie les mots de passe en clair")),
    ("ntlm", words("can be relayed and replayed", "peut être relayé et rejoué")),
    ("ntlmv1", words("can be relayed and replayed", "peut être relayé et rejoué")),
    ("basic", words("sends the password with every request", "envoie le mot de passe à chaque requête")),
    ("radius", words("rests on MD5", "repose sur MD5")),
    ("tacacs", words("rests on MD5", "repose sur MD5")),
    ("saml-1.1", words("is superseded", "est remplacé")),
    ("oauth-1", words("is superseded", "est remplacé")),
];

/// What proves who somebody is cannot be read or replayed on the way.
pub static RULE: Rule = Rule {
    code: "network/weak-sign-in",
    summary: words(
        "Who signs in proves it by a protocol that cannot be read or replayed",
        "On s’authentifie par un protocole qu’on ne peut ni lire ni rejouer",
    ),
    why: words(
        "Whoever listens between a service and its directory once has every password that passes. One account of an operator is enough to have the whole design.",
        "Qui écoute une fois entre un service et son annuaire possède tous les mots de passe qui passent. Un seul compte d’exploitant suffit pour posséder toute la conception.",
    ),
    detects: words(
        "`protocol` of identity providers and directories: LDAP without TLS, NTLM, HTTP basic authentication, RADIUS and TACACS without TLS, SAML 1.1 and OAuth 1 fail; a missing `protocol` is asked for.",
        "`protocol` des fournisseurs d’identité et annuaires : LDAP sans TLS, NTLM, l’authentification HTTP basique, RADIUS et TACACS sans TLS, SAML 1.1 et OAuth 1 échouent ; un `protocol` absent est demandé.",
    ),
    exceptions: words(
        "LDAP with StartTLS enforced is LDAPS by another name: write `ldaps`. RADIUS inside IPsec or TLS (RadSec) is another protocol: write `radsec`.",
        "LDAP avec StartTLS imposé est du LDAPS sous un autre nom : écrivez `ldaps`. RADIUS dans IPsec ou TLS (RadSec) est un autre protocole : écrivez `radsec`.",
    ),
    remedy: words(
        "speak OIDC, SAML 2.0, Kerberos, LDAPS or certificates",
        "parlez OIDC, SAML 2.0, Kerberos, LDAPS ou par certificats",
    ),
    sources: &[
        "RFC 4513, 6.3.1 (LDAP, password protection)",
        "NIST SP 800-63B-4, 5 (authenticators)",
        "CVE-2024-3596 (RADIUS)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: finance
components: {staff: {kind: directory, protocol: ldap}}
",
    passing: r"
kind: design
name: shop
context: finance
components: {staff: {kind: directory, protocol: ldaps}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let judged =
        view.design.components.iter().filter(|(_, component)| {
            matches!(component.kind, ComponentKind::IdentityProvider | ComponentKind::Directory)
        });
    judged
        .map(|(name, component)| {
            let path = format!("components.{name}");
            let Some(protocol) = &component.protocol else {
                let question = said!(
                    "by which protocol does one sign in at `{name}`?",
                    "par quel protocole s’authentifie-t-on auprès de `{name}` ?"
                );
                return Verdict::unanswered(path, question).help(said!("state `protocol`", "déclarez `protocol`"));
            };
            match WEAK.iter().find(|(weak, _)| protocol.eq_ignore_ascii_case(weak)) {
                None => Verdict::pass(path),
                Some((_, flaw)) => Verdict::fail(
                    &path,
                    said!(
                        "`{name}` speaks {protocol}, which {flaw}",
                        "`{name}` parle {protocol}, qui {flaw}",
                        flaw = flaw
                    ),
                )
                .at(format!("{path}.protocol")),
            }
        })
        .collect()
}
