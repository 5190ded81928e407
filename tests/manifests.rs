//! Other tools' files: what `check` and `import` make of them. Hundreds of real ones are read where
//! they are at hand beside the package.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use epure::source::{Sources, read};
use serde_json::Value;
use support::{Scratch, epure};

fn collection() -> Option<PathBuf> {
    let folder = support::root().join("../shared/data/manifests");
    if !folder.is_dir() {
        println!("there is no ../shared/data/manifests here: nothing was read");
        return None;
    }
    Some(folder.canonicalize().unwrap())
}

fn checked(path: &str) -> Value {
    let ran = epure(&["check", path, "--format", "json", "--lang", "en"]);
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}{}", ran.out, ran.err))
}

fn codes(report: &Value) -> BTreeSet<String> {
    let all = report["diagnostics"].as_array().unwrap().iter();
    all.map(|diagnostic| diagnostic["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn real_manifests_give_a_tree_or_a_diagnostic() {
    let Some(folder) = collection() else { return };
    let (mut files, mut documents, mut broken) = (0, 0, 0);
    for (path, file) in support::files(&folder) {
        if !path.ends_with(".yaml") && !path.ends_with(".yml") {
            continue;
        }
        let Ok(text) = String::from_utf8(std::fs::read(&file).unwrap()) else { continue };
        let blank = text
            .lines()
            .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#') || line.starts_with("---"));
        let mut sources = Sources::default();
        let id = sources.add(path.clone(), text);
        let (trees, problems) = read(&sources, id);
        let roots = trees.iter().filter(|tree| tree.root.is_some()).count();
        assert!(roots > 0 || !problems.is_empty() || blank, "{path}: neither a tree nor a diagnostic");
        for problem in &problems {
            let end = sources.file(id).text.len();
            assert!(problem.primary.span.range().end <= end, "{path}: a place outside the file");
        }
        files += 1;
        documents += roots;
        broken += usize::from(!problems.is_empty());
    }
    println!("{files} files, {documents} documents, {broken} files with a syntax error");
    assert!(files > 500, "only {files} files");
}

/// The files that are no YAML are named as templates; per workload, what is missing is what an
/// independent program found, but for the differences that `docs/manifests.md` explains.
#[test]
fn the_collection_is_read_whole_and_counted_alike() {
    let Some(folder) = collection() else { return };
    let report = checked(folder.to_str().unwrap());
    let prefix = format!("{}/", folder.display());
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let file = |diagnostic: &Value| diagnostic["file"].as_str().unwrap().replace(&prefix, "");
    let of = |code: &str| diagnostics.iter().filter(|one| one["code"] == code).map(file).collect::<BTreeSet<_>>();
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let unreadable: BTreeSet<String> = manifest
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|cells| cells.len() > 6 && !cells[6].is_empty())
        .map(|cells| format!("{}/{}", cells[0].replace('/', "__"), cells[1]))
        .collect();
    assert_eq!(of("manifest/template"), unreadable);
    assert!(!codes(&report).iter().any(|code| code.starts_with("internal/") || code.starts_with("syntax/")));
    let themes = std::fs::read_to_string(folder.join("THEMES.tsv")).unwrap();
    let names: Vec<&str> = themes.lines().next().unwrap().split('\t').collect();
    let patches = of("manifest/patch");
    for (columns, code) in [
        (vec!["no_readiness"], "probes/no-readiness"),
        (vec!["no_liveness"], "probes/no-liveness"),
        (vec!["no_cpu_req", "no_mem_req"], "capacity/no-requests"),
        (vec!["no_mem_lim"], "capacity/no-memory-limit"),
        (vec!["latest_or_untagged"], "delivery/unpinned-image"),
        (vec!["plain_secret_env"], "secrets/plaintext-credentials"),
    ] {
        let mut counted: BTreeMap<String, i32> = BTreeMap::new();
        let mut expected = 0;
        for line in themes.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |name: &str| cells[names.iter().position(|other| *other == name).unwrap()];
            let path = format!("{}/{}", cell("repo").replace('/', "__"), cell("path"));
            let count = i32::from(columns.iter().any(|column| cell(column).parse::<u32>().is_ok_and(|n| n > 0)));
            // Explained in the docs: Jobs end, a limit stands for a request, a name may only speak
            // about a credential.
            let ends = cell("kind") == "CronJob" && code.starts_with("probes/");
            if !ends && !patches.contains(&path) {
                *counted.entry(path).or_default() += count;
                expected += count;
            }
        }
        for diagnostic in diagnostics.iter().filter(|one| one["code"] == code) {
            if let Some(count) = counted.get_mut(&file(diagnostic)) {
                *count -= 1;
            }
        }
        let differing: Vec<_> = counted.iter().filter(|(_, count)| **count != 0).collect();
        let explained = match code {
            "capacity/no-requests" => 6,
            "secrets/plaintext-credentials" => 2,
            _ => 0,
        };
        println!("{code}: {expected} workloads, {} files counted otherwise: {differing:?}", differing.len());
        assert!(expected > 20 && differing.len() <= explained, "{code}: {differing:?}");
    }
}

/// No value that stands in a file only as a secret is printed, nor what it is in base64.
#[test]
fn secret_values_are_printed_nowhere() {
    let scratch = Scratch::new("secret-values");
    let dump = r#"apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Secret
  metadata:
    name: db
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: '{"data":{"password":"bGFzdC1hcHBsaWVkLXZhbHVl"}}'
  data: {password: c2VjcmV0LWluLWJhc2U2NA==}
  stringData: {token: plain-secret-value}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: settings}
  data:
    DB_PASSWORD: config-map-value
    url: postgres://app:url-password-value@db/app
    id_rsa: "-----BEGIN RSA PRIVATE KEY-----\nprivate-key-value"
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web}
  spec:
    selector: {matchLabels: {app: web}}
    template:
      metadata: {labels: {app: web}}
      spec:
        containers:
        - name: web
          image: registry.example/web
          args: [--password=argument-value, "--token", "second-argument-value"]
          env: [{name: API_KEY, value: environment-value}, {name: DSN, value: "Host=db;Password=connection-value"}]
          livenessProbe: {exec: {command: [sh, -c, "PGPASSWORD=probe-value psql"]}}
"#;
    let values = [
        "bGFzdC1hcHBsaWVkLXZhbHVl",
        "c2VjcmV0LWluLWJhc2U2NA",
        "plain-secret-value",
        "config-map-value",
        "url-password-value",
        "private-key-value",
        "argument-value",
        "environment-value",
        "connection-value",
        "probe-value",
    ];
    scratch.write("dump.yaml", dump);
    let compose = "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: compose-value-one\n      - X\n";
    let compose = compose.replace("      - X\n", "");
    scratch.write("compose/compose.yaml", &compose);
    let folder = scratch.path();
    let mut outputs = Vec::new();
    for lang in ["en", "fr"] {
        for format in ["human", "json"] {
            outputs.push(epure(&["check", &folder, "--format", format, "--lang", lang]));
        }
        outputs.push(epure(&["import", "kubernetes", &folder, "--lang", lang]));
        outputs.push(epure(&["import", "compose", &folder, "--lang", lang]));
    }
    assert!(outputs[0].out.contains("secrets/plaintext-credentials"), "{}", outputs[0].out);
    for ran in outputs {
        for value in values.iter().chain(&["compose-value-one"]) {
            assert!(!ran.out.contains(value) && !ran.err.contains(value), "`{value}` is printed:\n{}", ran.out);
        }
    }
}

/// What runs once and is called, then what loses data; what nothing calls is a note.
#[test]
fn what_is_called_weighs_more_than_what_is_not() {
    let Some(folder) = collection() else { return };
    let report = checked(folder.join("GoogleCloudPlatform__microservices-demo/release").to_str().unwrap());
    let of = |code: &str, severity: &str| {
        let all = report["diagnostics"].as_array().unwrap().iter();
        all.filter(|one| one["code"] == code && one["severity"] == severity)
            .map(|one| one["path"].as_str().unwrap().rsplit('.').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("availability/single-replica", "error").len(), 11);
    assert_eq!(of("data/no-persistence", "error"), ["redis-cart"]);
    assert_eq!(of("probes/no-readiness", "note"), ["loadgenerator"]);
    assert!(
        of("probes/no-readiness", "error").is_empty()
            && !of("availability/single-replica", "error").contains(&"loadgenerator".to_owned())
    );
}

/// An imported design passes the check of its structure, and simulates.
#[test]
fn imported_designs_check_and_simulate() {
    let Some(folder) = collection() else { return };
    for (form, path) in [
        ("kubernetes", "GoogleCloudPlatform__microservices-demo/release"),
        ("kubernetes", "GoogleCloudPlatform__bank-of-anthos/kubernetes-manifests"),
        ("compose", "docker__awesome-compose/react-express-mysql"),
        ("compose", "docker__awesome-compose/nginx-golang-postgres"),
        ("compose", "docker__awesome-compose/wordpress-mysql"),
        ("compose", "docker__awesome-compose/prometheus-grafana"),
        ("compose", "dockersamples__example-voting-app"),
        ("ankaios", "eclipse-ankaios__ankaios/server/resources"),
    ] {
        let from = folder.join(path);
        assert!(from.exists(), "{path}");
        let scratch = Scratch::new(&format!("import-{}", path.replace('/', "-")));
        let file = PathBuf::from(scratch.join("design.yaml"));
        let ran = epure(&["import", form, from.to_str().unwrap(), "--out", file.to_str().unwrap(), "--lang", "en"]);
        assert_eq!(ran.code, 0, "{path}: {}", ran.err);
        let report = checked(&scratch.path());
        let structural: Vec<String> = codes(&report)
            .into_iter()
            .filter(|code| {
                ["schema/", "reference/", "syntax/", "document/", "internal/"]
                    .iter()
                    .any(|family| code.starts_with(family))
            })
            .collect();
        assert!(structural.is_empty(), "{path}: {structural:?}\n{}", std::fs::read_to_string(&file).unwrap());
        assert!(report["summary"]["components"].as_u64().unwrap() > 0, "{path}");
        let text = std::fs::read_to_string(&file).unwrap();
        let out = scratch.join("out");
        let built = epure(&["build", &scratch.path(), "--out", &out, "--format", "markdown"]);
        assert_eq!(built.code, 0, "{path}: {}", built.err);
        for name in text.lines().filter_map(|line| line.strip_prefix("name: ")) {
            let made = support::files(PathBuf::from(&out).as_path());
            assert!(made.iter().any(|(file, _)| file.contains(name) && file.ends_with(".svg")), "{path}: {made:?}");
            let drawn = epure(&["draw", "topology", name, "--workspace", &scratch.path(), "--lang", "en"]);
            assert!(drawn.code == 0 && drawn.out.contains("</svg>"), "{path}: {}", drawn.err);
            let simulated = epure(&["simulate", name, "--workspace", &scratch.path(), "--lang", "en"]);
            assert!(simulated.code < 2, "{path}: {}", simulated.err);
        }
    }
}

/// A component of an imported design: what the tools that run it would agree on.
#[derive(Debug, Default, PartialEq)]
struct Told {
    image: Option<String>,
    ports: BTreeSet<String>,
    env: BTreeMap<String, String>,
    /// The paths that are mounted: what lies behind each is an option of kompose's.
    volumes: BTreeSet<String>,
    replicas: String,
}

fn told(form: &str, path: &std::path::Path, options: &[&str]) -> BTreeMap<String, Told> {
    let ran = epure(&[&["import", form, path.to_str().unwrap(), "--lang", "en"], options].concat());
    assert_eq!(ran.code, 0, "{}: {}", path.display(), ran.err);
    let mut sources = Sources::default();
    let file = sources.add("design.yaml", ran.out);
    let mut all = BTreeMap::new();
    for root in read(&sources, file).0.into_iter().filter_map(|document| document.root) {
        for entry in root.get("components").unwrap().entries() {
            let node = &entry.value;
            let text = |key: &str| node.get(key).and_then(|node| node.scalar()).map(str::to_owned);
            if ["person", "secret-store"].contains(&text("kind").unwrap().as_str()) {
                continue;
            }
            let pairs = |key: &str| -> Vec<(String, String)> {
                let entries = node.get(key).map(|node| node.entries()).unwrap_or_default();
                entries.iter().map(|e| (e.key.clone(), e.value.scalar().unwrap().to_owned())).collect()
            };
            let ports = node.get("ports").map(|node| node.items()).unwrap_or_default();
            let told = Told {
                image: text("image"),
                ports: ports.iter().map(|port| port.scalar().unwrap().to_owned()).collect(),
                env: pairs("env").into_iter().collect(),
                volumes: pairs("volumes").into_iter().map(|(path, _)| path).collect(),
                replicas: text("replicas").or(text("members")).unwrap_or("1".to_owned()),
            };
            all.insert(entry.key.clone(), told);
        }
    }
    all
}

/// How an import of a Compose file and one of the objects that were made from it differ. What the Compose
/// file itself leaves to another file is not compared: a variable without a value, what an `env_file` adds
/// or says otherwise, the image of what is built.
fn differences(compose: &BTreeMap<String, Told>, objects: &BTreeMap<String, Told>, env_file: bool) -> Vec<String> {
    let mut found = Vec::new();
    if !compose.keys().eq(objects.keys()) {
        found.push(format!("names {:?} and {:?}", compose.keys(), objects.keys()));
    }
    for (name, one) in compose {
        let Some(other) = objects.get(name) else { continue };
        let mut differs = |what: &str, differ: bool| {
            if differ {
                found.push(format!("{what} of {name}"));
            }
        };
        differs("image", one.image.is_some() && one.image != other.image);
        differs("ports", one.ports != other.ports);
        differs("volumes", one.volumes != other.volumes);
        differs("replicas", one.replicas != other.replicas);
        let open = |value: &String| value.contains("${");
        let same = |key: &str, value: &String| other.env.get(key).is_some_and(|other| env_file || other == value);
        let missing = one.env.iter().any(|(key, value)| !open(value) && !same(key, value));
        let more = !env_file && other.env.keys().any(|key| !one.env.contains_key(key));
        differs("environment", missing || more);
    }
    found
}

/// The pairs that were made with an option of kompose's that puts services into one pod, and the option.
const GROUPED: [(&str, &[&str]); 2] =
    [("security-contexts", &["--service-group-mode", "label"]), ("service-group", &["--service-group-mode", "volume"])];

/// What kompose makes of a Compose file is the same design, but for the pairs that the docs explain.
#[test]
fn compose_files_and_what_kompose_makes_of_them_agree() {
    let Some(folder) = collection() else { return };
    let root = folder.join("kubernetes__kompose/script/test/fixtures");
    let mut folders: BTreeMap<PathBuf, (Vec<PathBuf>, Vec<PathBuf>)> = BTreeMap::new();
    for (_, file) in support::files(&root) {
        let both = folders.entry(file.parent().unwrap().to_owned()).or_default();
        let is_output = file.file_name().unwrap().to_str().unwrap().starts_with("output");
        if is_output { both.1.push(file) } else { both.0.push(file) }
    }
    let (mut pairs, mut differing, mut facts) = (0, Vec::new(), BTreeMap::new());
    for (inputs, outputs) in folders.values() {
        for output in outputs {
            let stem = output.file_stem().unwrap().to_str().unwrap();
            // `output-os-2` is of `compose-2`, where there are several.
            let words: Vec<&str> = stem.split('-').filter(|word| !["output", "k8s", "os"].contains(word)).collect();
            let ending = words.join("-");
            let of = |input: &&PathBuf| {
                let stem = input.file_stem().unwrap().to_str().unwrap();
                if ending.is_empty() { ["compose", "docker-compose"].contains(&stem) } else { stem.ends_with(&ending) }
            };
            let input = inputs.iter().find(of).or_else(|| inputs.first().filter(|_| inputs.len() == 1));
            // One output beside two inputs without a number was made from both.
            let input = input.filter(|_| !ending.is_empty() || inputs.len() <= outputs.len());
            let Some(input) = input else {
                println!("{}: made from several files", output.strip_prefix(&root).unwrap().display());
                continue;
            };
            let env_file = std::fs::read_to_string(input).unwrap().contains("env_file");
            let folder = input.parent().unwrap().file_name().unwrap().to_str().unwrap();
            let options = GROUPED.iter().find(|(name, _)| *name == folder).map_or(&[][..], |(_, options)| options);
            let found = differences(&told("compose", input, options), &told("kubernetes", output, &[]), env_file);
            pairs += 1;
            let kinds: BTreeSet<&str> = found.iter().map(|one| one.split(' ').next().unwrap()).collect();
            kinds.into_iter().for_each(|kind| *facts.entry(kind.to_owned()).or_insert(0) += 1);
            if !found.is_empty() {
                differing.push(format!("{}: {}", output.strip_prefix(&root).unwrap().display(), found.join(", ")));
            }
        }
    }
    println!("{pairs} pairs, {} differ, {facts:?}:\n{}", differing.len(), differing.join("\n"));
    let agreed = |differ: usize| (pairs - differ) * 100 >= pairs * 95;
    assert!(pairs >= 60 && facts.values().all(|differ| agreed(*differ)), "{facts:?} of {pairs} differ");
    assert!(agreed(differing.len()) && differing.len() <= 3, "the docs explain three: {differing:#?}");
}

/// What could be a patch is one where something is there to be patched, and all there is where nothing is.
#[test]
fn a_part_of_a_workload_is_judged_where_nothing_completes_it() {
    let part =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {hostNetwork: true}}}\n";
    let scratch = Scratch::new("part");
    scratch.write("alone/web.yaml", part).write("overlay/web.yaml", part);
    scratch.write("overlay/kustomization.yaml", "kind: Kustomization\nresources: [../base]\n");
    let judged = |folder: &str| codes(&checked(&scratch.join(folder))).contains("stack/host-namespaces");
    assert!(judged("alone") && !judged("overlay"));
    let whole =
        "spec: {selector: {matchLabels: {a: b}}, template: {spec: {containers: [{name: web, image: 'web:1'}]}}}\n";
    scratch
        .write("alone/whole.yaml", format!("apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\n{whole}"));
    assert!(!judged("alone"), "the whole object is the one that runs");
}

#[test]
fn hostile_files_cost_little_and_the_others_are_still_checked() {
    let scratch = Scratch::new("hostile");
    let good = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: web}]}\n";
    scratch.write("good.yaml", good);
    scratch.write("nested.yaml", "[".repeat(100_000));
    scratch.write("documents.yaml", "---\na: 1\n".repeat(1_000_000));
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for i in 1..9 {
        bomb.push_str(&format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(", ")));
    }
    scratch.write("bomb.yaml", &bomb);
    scratch.write("binary.yaml", "\0\u{1}\0");
    scratch.write("twice.yaml", "apiVersion: v1\nkind: Service\nkind: Service\nmetadata: {name: a}\n");
    std::fs::File::create(scratch.join("large.yaml")).unwrap().set_len(100 << 20).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(scratch.path(), scratch.join("circle")).unwrap();
    let report = checked(&scratch.path());
    let codes = codes(&report);
    for code in [
        "syntax/too-large",
        "syntax/too-many-values",
        "syntax/utf-8",
        "schema/duplicate-key",
        "delivery/unpinned-image",
    ] {
        assert!(codes.contains(code), "{code} is not among {codes:?}");
    }
}
