//! A credential that stands in a document is reported, and its value is printed nowhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{Scratch, epure};

const VALUES: [&str; 2] = ["hunter2secret", "pw12345"];

#[test]
fn no_output_prints_a_credential() {
    let scratch = Scratch::new("secrets");
    let design = "kind: design\nname: shop\ncontext: cloud\ncomponents:\n  web:\n    {kind: service, env: {DB_PASSWORD: hunter2secret, URL: \"postgres://web:pw12345@db/shop\"}}\n";
    scratch.write("shop.yaml", design);
    let folder = scratch.path();
    let out = scratch.join("out");
    let mut found = 0;
    for line in [
        &["check", folder.as_str(), "--lang", "en"][..],
        &["check", &folder, "--lang", "fr"],
        &["check", &folder, "--format", "json"],
        &["build", &folder, "--out", &out],
        &["draw", "topology", "shop", "--workspace", &folder],
    ] {
        let ran = epure(line);
        found += ran.out.matches("secrets/plaintext-credentials").count();
        for value in VALUES {
            assert!(!ran.out.contains(value) && !ran.err.contains(value), "{line:?} prints `{value}`");
        }
    }
    assert!(found >= 3, "the credentials are reported");
    for (path, file) in support::files(&scratch.0.join("out")) {
        let text = String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
        assert!(VALUES.iter().all(|value| !text.contains(value)), "{path} holds a credential");
    }
}
