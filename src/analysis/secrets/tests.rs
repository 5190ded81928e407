//! Where secrets live, and who reads them.

use super::*;
use crate::design::text::When;
use crate::design::{Input, load};
use crate::source::Show;

const DESIGN: &str = r"
kind: design
name: d
context: cloud
hosts: {nodes: {count: 1}}
clusters:
  small:
    distribution: k3s
    kubernetes: 1.35
    workers: [nodes]
    control_plane: {hosts: [nodes], members: 1, datastore: sqlite}
    encryption_at_rest: {secrets: none}
    secret_readers: [ops]
    holds: [own]
  big: {distribution: eks, kubernetes: 1.35, workers: [nodes]}
components:
  ops: {kind: person}
  vault: {kind: secret-store, holds: [shared, mounted], delivered_by: csi-driver, rotates_every: 30 days}
  app: {kind: service, runs_on: small, env_from_secrets: {A: {secret: own, key: a}, B: {secret: shared, key: b}}}
  web: {kind: service, runs_on: big, files_from_secrets: {c: {secret: mounted, key: c}}}
";

#[test]
fn a_secret_says_where_it_lives_and_who_reads_it() {
    let (workspace, found) = load(&[Input { path: "d.yaml".to_owned(), bytes: DESIGN.as_bytes().to_vec() }]);
    assert!(found.is_empty(), "{found:?}");
    let view = View::of(&workspace, "d", When::parse("2026-11-22").unwrap()).unwrap();
    let all = secrets(&view);
    let secret = |name: &str| all.iter().find(|secret| secret.name == name).unwrap();
    assert_eq!(secret("own").at_rest.value, Some(AtRest::Plain));
    assert_eq!(secret("own").idle_readers(), ["ops"]);
    assert!(secret("own").at_rest.formula.get(crate::source::Lang::En).contains("SQLite"));
    assert_eq!(secret("shared").at_rest.value, Some(AtRest::Plain), "a variable needs a Secret, whatever brings it");
    assert_eq!(secret("mounted").at_rest.value, None, "a CSI driver mounts without a copy");
    assert_eq!(secret("mounted").rotated.value.show(crate::source::Lang::En), "after at most 30\u{a0}days");
    assert_eq!(at_rest(&view, "big", &view.design.clusters["big"]).value, AtRest::ByDefault(SecretsProvider::KmsV2));
    for secret in &all {
        for fact in secret
            .lives
            .facts
            .iter()
            .chain(&secret.at_rest.facts)
            .chain(&secret.users.facts)
            .chain(&secret.rotated.facts)
        {
            assert!(workspace.at(fact).is_some(), "`{fact}` is no address");
        }
    }
}
