//! Designs whose components run from manifests, contexts of a workspace's own, a credential that becomes a
//! Secret, and a cluster's dump, as whole transcripts. `SNAPSHOTS=overwrite cargo test --test bound` writes
//! them anew, to be read before they are kept.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{Scratch, epure, transcript};

const OBJECTS: &str = r"apiVersion: apps/v1
kind: Deployment
metadata: {name: quotes-api, namespace: quotes}
spec:
  replicas: 2
  selector: {matchLabels: {app: quotes-api}}
  template:
    metadata: {labels: {app: quotes-api}}
    spec:
      terminationGracePeriodSeconds: 30
      containers:
      - name: api
        image: registry.example/quotes-api:1.5.0
        ports: [{containerPort: 8080}]
        env:
        - {name: LOG_LEVEL, value: info}
        - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: quotes-db, key: password}}}
        resources:
          requests: {cpu: 250m, memory: 512Mi}
          limits: {memory: 512Mi}
        readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 5}
        livenessProbe: {httpGet: {path: /alive, port: 8080}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: quotes-api, namespace: quotes}
spec:
  minAvailable: 1
  selector: {matchLabels: {app: quotes-api}}
";

const DESIGN: &str = r"kind: design
name: quotes
context: cloud
functions:
  serve: {uses: [api]}
hosts:
  nodes: {count: 3, cpu: 4, memory: 16 GiB}
clusters:
  main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}
manifests:
  api: {from: k8s, object: quotes-api}
components:
  clients: {kind: person}
  api:
    kind: service
    runs_on: main
    image: registry.example/quotes-api:1.5.0
    replicas: 3
    requests: {cpu: 0.25, memory: 512 MiB}
    stops: {grace: 30s}
    probes:
      readiness: {http: /ready, period: 10 s}
connections:
  ask: {from: clients, to: api, protocol: https, port: 8443}
";

/// The manifest's values hold, and what the design says otherwise is told at both places.
#[test]
fn a_design_that_drifts_from_its_manifests() {
    let scratch = Scratch::new("bound-drift");
    scratch.write("w/epure.yaml", "epure: 1\nas_of: 2026-11-22\n");
    scratch.write("w/quotes.yaml", DESIGN).write("w/k8s/api.yaml", OBJECTS);
    scratch.write(
        "w/variant.yaml",
        "kind: design\nname: quotes-wide\nextends: quotes\ncomponents:\n  api: {replicas: 5}\n",
    );
    scratch.write("w/two.md", "---\nkind: report\ntitle: How many\nlang: en\n---\n\n{{ quotes.components.api.replicas }} run, and {{ quotes-wide.components.api.replicas }} are proposed.\n");
    transcript("bound/drift", &scratch, &[&["check", "./w"], &["check", "./w", "--lang", "fr"]]);
    let ran = epure(&["build", &scratch.join("w"), "--out", &scratch.join("out")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report = support::files(&scratch.0.join("out")).into_iter().find(|(path, _)| path.ends_with("two.md")).unwrap();
    let text = std::fs::read_to_string(report.1).unwrap();
    assert!(text.contains("2 run, and 5 are proposed"), "{text}");
}

/// What a binding names wrongly is said where it is named, all of it in one run.
#[test]
fn bindings_that_lead_nowhere() {
    let scratch = Scratch::new("bound-nowhere");
    scratch.write("elsewhere/api.yaml", OBJECTS).write("w/epure.yaml", "epure: 1\n");
    scratch.write("w/k8s/api.yaml", OBJECTS);
    scratch.write("w/compose.yaml", "services: {store: {image: 'postgres:17'}, queue: {image: 'nats:2'}}\n");
    scratch.write(
        "w/quotes.yaml",
        "kind: design\nname: quotes\ncontext: cloud\nmanifests:\n  api: {from: ../elsewhere/api.yaml}\n  old: {from: /etc}\n  web: {from: k8s/app.yaml}\n  db: {from: compose.yaml}\n  bus: {from: compose.yaml, object: queu}\n  nobody: {from: k8s}\ncomponents:\n  api: {kind: service}\n  old: {kind: service}\n  web: {kind: service}\n  db: {kind: database}\n  bus: {kind: message-broker}\n",
    );
    transcript("bound/nowhere", &scratch, &[&["check", "./w", "--lang", "en"], &["check", "./w", "--lang", "fr"]]);
}

/// A dump in JSON binds as YAML does, by its own path or by that of its folder; other JSON is nobody's business.
#[test]
fn a_binding_to_json() {
    let dump = r#"{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": "quotes-api"}, "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "api"}},
        "template": {"metadata": {"labels": {"app": "api"}}, "spec": {"containers": [
            {"name": "api", "image": "registry.example/quotes-api:1.5.0"}]}}}}]}"#;
    let design = |from: &str| DESIGN.replace("from: k8s,", &format!("from: {from},"));
    for from in ["k8s/dump.json", "./k8s"] {
        let scratch = Scratch::new("bound-json");
        scratch.write("w/epure.yaml", "epure: 1\nas_of: 2026-11-22\n").write("w/k8s/dump.json", dump);
        scratch.write("w/k8s/package.json", "{\"name\": \"tools\", \"version\": \"1.0.0\"}");
        scratch.write("w/other.json", "{\"kind\": 1, // no JSON\n").write("w/quotes.yaml", design(from));
        let ran = epure(&["check", &scratch.join("w"), "--all", "--lang", "en"]);
        assert!(ran.out.contains("model/drift") && ran.out.contains("k8s/dump.json:2"), "{from}: {}", ran.out);
        assert!(!ran.out.contains("manifest/not-found") && !ran.out.contains("package.json"), "{from}: {}", ran.out);
        assert!(!ran.out.contains("other.json"), "{from}: {}", ran.out);
    }
}

/// A secret value in either of the two is compared with nothing and printed nowhere.
#[test]
fn a_binding_prints_no_secret() {
    let scratch = Scratch::new("bound-secret");
    let bound = OBJECTS.replace("value: info}", "value: info}\n        - {name: API_TOKEN, value: manifest-value-one}\n        - {name: STORE, value: 'postgres://db/quotes'}");
    let design = DESIGN.replace(
        "    replicas: 3\n",
        "    replicas: 3\n    env: {API_TOKEN: design-value-two, STORE: 'postgres://app:design-value-three@db/quotes'}\n",
    );
    scratch.write("w/epure.yaml", "epure: 1\n").write("w/quotes.yaml", design).write("w/k8s/api.yaml", bound);
    let (folder, out) = (scratch.join("w"), scratch.join("out"));
    let mut printed = String::new();
    for format in ["human", "json", "sarif", "csv", "junit", "github", "markdown"] {
        let ran = epure(&["check", &folder, "--all", "--format", format, "--lang", "en"]);
        printed.push_str(&format!("{}{}", ran.out, ran.err));
    }
    let ran = epure(&["build", &folder, "--out", &out]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for (_, file) in support::files(&scratch.0.join("out")) {
        printed.push_str(&String::from_utf8_lossy(&std::fs::read(file).unwrap()));
    }
    assert!(printed.contains("API_TOKEN") && printed.contains("env.STORE"));
    for value in ["manifest-value-one", "design-value-two", "design-value-three"] {
        assert!(!printed.contains(value), "`{value}` is printed");
    }
}

/// A profile is a context with other positions; `--context` puts bare files into one.
#[test]
fn a_context_of_the_workspaces_own() {
    let scratch = Scratch::new("bound-profile");
    scratch.write(
        "w/epure.yaml",
        "epure: 1
profiles:
  payments:
    extends: finance
    rules:
      availability/single-replica: {at_least: 3, severity: warning}
  payments-trial: {extends: payments, rules: {probes/no-liveness: {ask: never}}}
",
    );
    let service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: quotes-api, namespace: quotes}\nspec: {selector: {app: quotes-api}, ports: [{port: 80, targetPort: 8080}]}\n";
    scratch.write("w/api.yaml", format!("{OBJECTS}{service}"));
    let design = |context: &str| {
        format!(
            "kind: design\nname: pay\ncontext: {context}\nfunctions: {{pay: {{uses: [api]}}}}\nhosts: {{nodes: {{count: 3}}}}\nclusters: {{main: {{distribution: eks, kubernetes: 1.33, workers: [nodes]}}}}\ncomponents: {{api: {{kind: service, runs_on: main, replicas: 2}}}}\n"
        )
    };
    scratch.write("w/pay.yaml", design("payments-trial"));
    let codes = |line: &[&str]| {
        let ran = epure(line);
        assert!(ran.code < 2, "{}", ran.err);
        ran.out
            .lines()
            .filter(|line| line.contains("single-replica") || line.contains("no-liveness"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let folder = scratch.join("w");
    let found = codes(&["check", &folder, "--format", "csv"]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("warning") && found[0].contains("pay.components.api"), "{found:#?}");
    let found = codes(&["check", &folder, "--format", "csv", "--context", "payments"]);
    assert!(found.iter().any(|line| line.contains("quotes-api")), "the files are in the profile: {found:#?}");
    scratch.write("w/pay.yaml", design("paymnts"));
    scratch.write(
        "v/epure.yaml",
        "epure: 1\nprofiles:\n  lab: {extends: cloud}\n  one: {extends: two}\n  two: {extends: one, rules: {probes/no-livenes: {ask: never}}}\n  three: {extends: clowd}\n",
    );
    scratch.write("v/pay.yaml", design("one"));
    transcript(
        "bound/profiles",
        &scratch,
        &[
            &["check", "./w", "--lang", "en"],
            &["check", "./v", "--lang", "en"],
            &["check", "./w", "--context", "payment", "--lang", "en"],
            &["check", "./w/api.yaml", "--context", "lab", "--lang", "fr", "--fail-on", "never"],
        ],
    );
}

/// The refactor of a lab: credentials in a Deployment's environment become a Secret and references to it.
#[test]
fn a_credential_becomes_a_secret() {
    let scratch = Scratch::new("bound-credential");
    scratch.write("w/epure.yaml", "epure: 1\n");
    scratch.write(
        "w/shop/web.yaml",
        r"apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4
          env:
            - name: LOG_LEVEL
              value: info
            - name: DB_PASSWORD
              value: hidden-value-one
            - name: API_TOKEN
              value: hidden-value-two
",
    );
    transcript(
        "bound/credential",
        &scratch,
        &[&["check", "./w", "--diff", "--lang", "en"], &["check", "./w", "--fix", "--lang", "fr"]],
    );
    let text = std::fs::read_to_string(scratch.join("w/shop/web.yaml")).unwrap();
    assert!(
        text.contains("secretKeyRef") && text.contains("kind: Secret") && text.contains("namespace: shop"),
        "{text}"
    );
    for value in ["hidden-value-one", "hidden-value-two"] {
        assert_eq!(text.matches(value).count(), 1, "the value moved into the Secret:\n{text}");
    }
}

/// `kubectl get … -o json` of a small cluster: what another object owns is folded into it, Nodes say where
/// and how large, the workspace's positions hold, the StorageClass and the volume from where data can be reached.
#[test]
fn the_dump_of_a_cluster() {
    let scratch = Scratch::new("bound-dump");
    let dump = std::fs::read_to_string(support::root().join("tests/bound/cluster.json")).unwrap();
    scratch.write("epure.yaml", "epure: 1\nrules: {stack/may-run-as-root: {ask: never}}\n");
    scratch.write("shop/cluster.json", &dump);
    transcript(
        "bound/dump",
        &scratch,
        &[
            &["check", "./shop/cluster.json", "--format", "csv", "--lang", "en"],
            &["import", "kubernetes", "./shop/cluster.json", "--name", "shop", "--lang", "en"],
        ],
    );
    // Without its StorageClass the bound volume still tells.
    let without = dump.replace("\"StorageClass\"", "\"CSIDriver\"");
    scratch.write("without.json", without);
    let ran = epure(&["import", "kubernetes", &scratch.join("without.json"), "--name", "shop", "--lang", "en"]);
    assert!(ran.out.contains("reach: zone"), "{}", ran.out);
    assert!(!ran.out.contains("dump-value-one") && !ran.err.contains("dump-value-one"), "{}", ran.out);
    scratch.write("w/shop.yaml", ran.out);
    let ran = epure(&["simulate", "shop", "--workspace", &scratch.join("w"), "--lang", "en"]);
    assert!(ran.code < 2, "{}", ran.err);
}

/// Whole clusters as `kubectl get` prints them, kube-system, static pods, evicted and finished pods and a Node
/// that is gone among them: what somebody deployed is judged, and the rest is set apart and said so.
#[test]
fn whole_clusters() {
    for name in ["eks", "k3s", "kubeadm"] {
        let scratch = Scratch::new(&format!("bound-live-{name}"));
        let dump = std::fs::read_to_string(support::root().join(format!("tests/bound/live/{name}.json"))).unwrap();
        scratch.write(&format!("{name}/dump.json"), dump);
        let from = format!("./{name}/dump.json");
        transcript(
            &format!("bound/live-{name}"),
            &scratch,
            &[
                &["check", &from, "--as-of", "2026-11-22", "--lang", "en"],
                &["check", &from, "--as-of", "2026-11-22", "--lang", "fr"],
                &["import", "kubernetes", &from, "--out", "./design/design.yaml", "--lang", "en"],
            ],
        );
        let design = std::fs::read_to_string(scratch.join("design/design.yaml")).unwrap();
        for left_out in ["coredns", "kube-proxy", "svclb", "helm-install", "etcd-cp-1", "migrate", "report", "debug"] {
            assert!(!design.contains(&format!("  {left_out}")), "{name}: {left_out} is part of the design");
        }
        let workspace = scratch.join("design");
        let report = epure(&["check", &workspace, "--format", "json", "--all", "--lang", "en"]);
        for family in ["\"schema/", "\"reference/", "\"internal/"] {
            assert!(!report.out.contains(family), "{name}: {}", report.out);
        }
        let simulated = epure(&["simulate", name, "--workspace", &workspace, "--lang", "en"]);
        assert!(
            simulated.code < 2 && simulated.out.contains("failures simulated"),
            "{name}: {}{}",
            simulated.out,
            simulated.err
        );
    }
}

/// A rule that a context leaves out is judged where a workspace asks for it, by a severity or by `ask`.
#[test]
fn a_rule_that_a_context_leaves_out() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostNetwork: true, containers: [{name: web, image: 'web:1.0.0'}]}\n";
    for (rules, severity) in [
        ("{}", None),
        ("{stack/host-namespaces: {ask: always}}", Some("error[stack/host-namespaces]")),
        ("{stack/host-namespaces: {severity: note}}", Some("note[stack/host-namespaces]")),
        ("{stack/host-namespaces: {ask: never, severity: note}}", None),
    ] {
        let scratch = Scratch::new("bound-left-out");
        scratch.write("epure.yaml", format!("epure: 1\nrules: {rules}\n")).write("web.yaml", pod);
        let ran = epure(&["check", &scratch.join("web.yaml"), "--context", "automotive", "--all", "--lang", "en"]);
        assert_eq!(ran.out.contains("stack/host-namespaces"), severity.is_some(), "{rules}: {}", ran.out);
        assert!(severity.is_none_or(|severity| ran.out.contains(severity)), "{rules}: {}", ran.out);
    }
}
