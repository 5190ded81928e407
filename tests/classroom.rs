//! The classroom: a handout with blanks, and six submissions that one table tells apart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use support::{Scratch, epure};

const DAY: &str = "2026-11-26";

/// What a student who did everything writes, by the heading's number.
const ANSWERS: [(&str, &str); 8] = [
    (
        "## 1.",
        "Un conteneur partage le noyau de son hôte, une machine virtuelle apporte le sien, et tout le reste en découle : la frontière d'isolation, le nombre de systèmes à corriger, la mémoire perdue avant la première requête. On préfère une VM quand les locataires sont hostiles, quand il faut un autre noyau, ou quand le règlement l'impose. On combine presque toujours les deux : les nœuds d'un cluster sont des VM, et les applications sans état vivent dedans.",
    ),
    (
        "## 2.",
        "Le contrôleur de ReplicaSet a recréé le pod, parce qu'il compare sans cesse ce qui existe à ce que le Deployment demande. Nous avions prédit une dizaine de secondes et en avons relevé sept. Si la machine tombe, le plan de contrôle tombe avec elle : personne ne constate la panne, rien n'est évincé, et tout attend qu'un étudiant la rallume, puis que les conteneurs redémarrent.",
    ),
    (
        "## 3.",
        "Les requests servent à placer un pod sur un nœud, les limits bornent ce qu'il consomme ensuite. Le processeur est ralenti, la mémoire tue. Quand plusieurs équipes partagent un cluster, c'est le quota du namespace qui empêche l'une d'affamer les autres.",
    ),
    (
        "## 4.",
        "La readiness décide si le pod reçoit du trafic, la liveness si son conteneur doit être redémarré. Sans la première un déploiement produit des erreurs, sans la seconde un processus figé ne revient jamais. Une liveness ne doit pas dépendre de la base.",
    ),
    (
        "## 5.",
        "Sous notre k3s il y a un Linux invité, un hyperviseur et le portable de l'un de nous. Kubernetes ne remplace pas la virtualisation, il s'appuie sur des nœuds sans savoir ce qu'ils sont. Chez un fournisseur ce sont des instances, dans une voiture une partition, dans une banque des machines virtuelles.",
    ),
    (
        "## 6.",
        "Trois nœuds dans trois zones, trois réplicas étalés, la base chez le fournisseur avec une réplique synchrone et des sauvegardes restaurées chaque trimestre. Dans le cluster vivent l'application et son entrée, parce qu'elles n'ont pas d'état. La base est managée, car nous ne savons pas la réparer la nuit. Hors du cluster restent le répartiteur, le stockage des copies, et la sonde externe qui nous réveille.",
    ),
    (
        "## 7.",
        "Le mot de passe a quitté le manifeste, que tout le monde lit et qui reste dans l'historique. Le Secret a ses propres droits. Il n'est pas chiffré par défaut : le base64 n'est qu'une écriture, et k3s range la valeur telle quelle dans SQLite, sauf option contraire.",
    ),
    (
        "## Synthèse",
        "Ce que l'on partage décide de presque tout. Kubernetes répare, mais il faut savoir en combien de temps, et ce qu'il ne répare pas. Les secrets et les sauvegardes ne se font pas tout seuls.",
    ),
];

const PRODUCTION: &str = r#"kind: design
name: quote-app-production
title: Quote-app en production
context: cloud
status: proposed
functions:
  answer-quotes:
    uses: [entry, quote-app, quote-db]
    peak_load: 100/s
    recovery:
      node: {rto: 5 min, rpo: 0 s}
      corruption: {rto: 4 h, rpo: 1 h}
sites:
  region: {kind: region, zones: [zone-a, zone-b, zone-c]}
third_parties:
  provider: {provides: [bases de données, stockage], countries: [FR]}
hosts:
  workers: {count: 6, in: [zone-a, zone-b, zone-c], stack: k3s-on-a-vm, cpu: 2, memory: 8 GiB}
clusters:
  production:
    distribution: eks
    kubernetes: "1.35"
    workers: [workers]
    namespaces:
      quotes: {team: platform}
components:
  people: {kind: person}
  entry: {kind: gateway, runs_on: production, namespace: quotes, replicas: 2, requests: {cpu: 100m, memory: 128 MiB}, probes: {readiness: {http: /ready}, liveness: {http: /live}}}
  quote-app: {kind: service, runs_on: production, namespace: quotes, image: "quote-app:1.4.2", replicas: 3, requests: {cpu: 100m, memory: 128 MiB}, limits: {memory: 256 MiB}, probes: {readiness: {http: /ready}, liveness: {http: /live}}}
  quote-db:
    kind: database
    product: PostgreSQL 17
    runs_on: provider
    in: region
    storage: {size: 20 GiB}
    replication: {members: 2, mode: synchronous, strict: true, failover: managed, clients_follow: dns}
    backups:
      base: {kind: base, every: 1 day, keep: 14 days, to: copies}
      log: {kind: log, every: 5 min, keep: 14 days, to: copies}
  copies: {kind: object-storage, runs_on: provider, in: region}
connections:
  browse: {from: people, to: entry, protocol: https, port: 443, needs: hard}
  serve: {from: entry, to: quote-app, protocol: http, port: 8080, needs: hard}
  store: {from: quote-app, to: quote-db, protocol: postgresql, port: 5432, needs: hard}
"#;

const OBSERVED: &str = "\
2026-11-20T10:00:00Z pod/quote-app-7d9c6b7f5-aaaaa Terminating
2026-11-20T10:00:00Z pod/quote-app-7d9c6b7f5-bbbbb created
2026-11-20T10:00:00Z pod/quote-app-7d9c6b7f5-bbbbb scheduled
2026-11-20T10:00:07Z pod/quote-app-7d9c6b7f5-bbbbb Ready
";

fn edit(folder: &Path, path: &str, change: impl Fn(String) -> String) {
    let file = folder.join(path);
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = change(text.clone());
    assert!(changed != text, "{path} has nothing to change");
    std::fs::write(file, changed).unwrap();
}

/// Fills a handout in: the first `sections` of the answers, figures, designs, a prediction.
fn answered(folder: &Path, sections: usize, ready: &str) {
    edit(folder, "compte-rendu.md", |mut text| {
        for (heading, answer) in &ANSWERS[..sections] {
            let at = text.find(heading).unwrap();
            let end = text[at + 3..].find("\n## ").map_or(text.len(), |end| at + 3 + end);
            text.insert_str(end, &format!("\n{answer}\n"));
        }
        text
    });
    if sections < ANSWERS.len() {
        return;
    }
    edit(folder, "compte-rendu.md", |text| {
        text.replace(
            "# la comparaison de comparisons/containers-or-vms.yaml : `table: containers-or-vms`",
            "table: containers-or-vms",
        )
        .replace(
            "# timeline: delete-a-pod\n# predicted: {ready: …}\n# observed: evidence/delete-a-pod.txt",
            &format!("timeline: delete-a-pod\npredicted: {{ready: {ready}}}\nobserved: evidence/delete-a-pod.txt"),
        )
        .replace("# timeline: lose-the-lab-node", "timeline: lose-the-lab-node")
        .replace("# `table: capacity` de quote-app-lab", "table: capacity\nof: quote-app-lab")
        .replace(
            "# timeline: hang\n# predicted: {unready: …, restarted: …}",
            "timeline: hang\npredicted: {unready: 15 s, restarted: 1 min}",
        )
        .replace("# `table: layers` de quote-app-lab", "table: layers\nof: quote-app-lab")
        .replace("# `diagram: topology` de quote-app-production", "diagram: topology\nof: quote-app-production")
        .replace("# `table: placement` de quote-app-production", "table: placement\nof: quote-app-production")
        .replace("# `table: secrets` de quote-app-lab", "table: secrets\nof: quote-app-lab")
    });
    edit(folder, "designs/lab.yaml", |text| {
        let password = text.lines().find(|line| line.contains("DB_PASSWORD")).unwrap().to_owned();
        text.replace(&password, "    requests: {cpu: 100m, memory: 128 MiB}\n    limits: {memory: 256 MiB}\n    env_from_secrets: {DB_PASSWORD: {secret: db, key: password}}")
            .replace("datastore: etcd", "datastore: sqlite")
            .replace("    # encryption_at_rest: {secrets: …}", "    holds: [db]\n    encryption_at_rest: {secrets: none}")
            .replace("    replicas: 1\n    starts_in: 3 s", "    replicas: 1\n    requests: {cpu: 100m, memory: 256 MiB}\n    starts_in: 3 s")
            .replace("    replicas: 1\n    starts_in: 2 s", "    replicas: 1\n    requests: {cpu: 50m, memory: 64 MiB}\n    starts_in: 2 s")
    });
    std::fs::write(folder.join("designs/production.yaml"), PRODUCTION).unwrap();
    std::fs::write(folder.join("evidence/delete-a-pod.txt"), OBSERVED).unwrap();
    edit(folder, "comparisons/containers-or-vms.yaml", |text| {
        format!("{text}  - kernel-sharing\n  - isolation-boundary\n  - operating-systems-to-patch\n  - start-time\n")
    });
}

/// The same answers, as somebody would write who did not copy: every word, in an order of their own.
fn in_own_words(folder: &Path, step: usize) {
    edit(folder, "compte-rendu.md", |mut text| {
        for (_, answer) in ANSWERS {
            let words: Vec<&str> = answer.split(' ').collect();
            let own: Vec<&str> = (0..step).flat_map(|from| words.iter().skip(from).step_by(step).copied()).collect();
            text = text.replace(answer, &own.join(" "));
        }
        text
    });
}

fn copy(from: &Path, to: &Path) {
    for (path, file) in support::files(from) {
        let target = to.join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(file, target).unwrap();
    }
}

/// Rows of a CSV without quoted line ends, by the first column.
fn rows(csv: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let split = |line: &str| -> Vec<String> {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    };
    let mut lines = csv.lines();
    let head = split(lines.next().unwrap());
    lines
        .map(|line| {
            let cells = split(line);
            assert_eq!(cells.len(), head.len(), "{line}");
            (cells[0].clone(), head.iter().cloned().zip(cells).collect())
        })
        .collect()
}

#[test]
fn six_submissions_are_told_apart() {
    let scratch = Scratch::new("classroom");
    let submission = |name: &str| scratch.0.join("submissions").join(name);
    for name in ["ali", "bea", "chloe", "emile"] {
        let ran = epure(&["new", &submission(name).display().to_string(), "--template", "lab-res507", "--lang", "fr"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    answered(&submission("ali"), 8, "8 s"); // complete
    answered(&submission("bea"), 3, ""); // partial
    in_own_words(&submission("bea"), 3);
    answered(&submission("chloe"), 8, "8 s"); // broken YAML
    in_own_words(&submission("chloe"), 5);
    edit(&submission("chloe"), "designs/production.yaml", |text| text.replace("replicas: 3", "replicas: [3"));
    copy(&submission("ali"), &submission("david")); // copied, a word changed
    edit(&submission("david"), "compte-rendu.md", |text| {
        text.replace("une dizaine de secondes", "environ dix secondes")
    });
    answered(&submission("emile"), 8, "6 min"); // wrong prediction, in words of its own
    in_own_words(&submission("emile"), 7);
    std::fs::create_dir_all(submission("farah")).unwrap(); // empty
    // A workspace above the folders is the instructor's, and nobody's submission.
    scratch.write("epure.yaml", "epure: 1\ntitle: Instructor\n");

    let names = ["ali", "bea", "chloe", "david", "emile", "farah"];
    let mut line = vec!["check".to_owned(), "--each".to_owned()];
    line.extend(names.iter().map(|name| submission(name).display().to_string()));
    line.extend(["--format", "csv", "--as-of", DAY, "--lang", "fr"].map(str::to_owned));
    let ran = epure(&line);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{}", ran.out);
    let table = rows(&ran.out);
    let cell = |name: &str, column: &str| table[name][column].clone();
    let number = |name: &str, column: &str| cell(name, column).parse::<usize>().unwrap();
    let expected = number("ali", "expected");
    assert!(expected > 20, "{}", ran.out);

    assert_eq!((cell("ali", "builds").as_str(), number("ali", "answered")), ("yes", expected), "{}", ran.out);
    assert_eq!((number("ali", "predicted"), number("ali", "predicted_within")), (3, 3), "{}", ran.out);
    assert!(
        number("ali", "observed") >= 2 && number("ali", "observed") == number("ali", "observed_within"),
        "{}",
        ran.out
    );

    assert_eq!(cell("bea", "builds"), "yes", "{}", ran.out);
    assert_eq!(number("bea", "answered"), 3, "{}", ran.out);
    assert!(
        cell("bea", "missing").contains("4. Sondes") && !cell("bea", "missing").contains("3. Requests"),
        "{}",
        ran.out
    );

    assert_eq!(cell("chloe", "builds"), "no", "{}", ran.out);
    assert!(number("chloe", "errors") > 0 && number("chloe", "words") > 200, "{}", ran.out);

    assert_eq!((cell("david", "copy_of").as_str(), cell("ali", "copy_of").as_str()), ("ali", "david"), "{}", ran.out);
    assert!(number("david", "alike_percent") > 90, "{}", ran.out);

    assert_eq!((number("emile", "predicted"), number("emile", "predicted_within")), (3, 2), "{}", ran.out);
    assert_eq!(cell("emile", "copy_of"), "", "{}", ran.out);

    assert_eq!(
        (cell("farah", "builds").as_str(), number("farah", "answered"), cell("farah", "fingerprint").as_str()),
        ("no", 0, ""),
        "{}",
        ran.out
    );
    assert!(!cell("farah", "note").is_empty(), "{}", ran.out);

    // Each row differs from every other in what an instructor looks at.
    let mut fingerprints: Vec<String> = names.iter().map(|name| cell(name, "fingerprint")).collect();
    fingerprints.sort();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), names.len(), "{}", ran.out);
}

#[test]
fn the_handout_builds_and_asks() {
    for (lang, report) in [("fr", "compte-rendu"), ("en", "report")] {
        let scratch = Scratch::new(&format!("handout-{lang}"));
        let folder = scratch.join("lab");
        assert_eq!(epure(&["new", &folder, "--template", "lab-res507", "--lang", lang]).code, 0);
        let ran = epure(&["build", &folder, "--out", &scratch.join("out"), "--as-of", DAY]);
        assert_eq!(ran.code, 0, "{lang}: {}", ran.err);
        let page = std::fs::read_to_string(scratch.0.join(format!("out/{lang}/{report}.md"))).unwrap();
        // Questions, and none of the answers: what is simulated is seen once it was predicted.
        assert!(page.contains("> ") && !page.contains(".svg"), "{lang}: {page}");
        let text = std::fs::read_to_string(scratch.0.join(format!("lab/{report}.md"))).unwrap();
        for answer in ["ReplicaSet", "SQLite", "sqlite", "base64", "NotReady"] {
            assert!(!text.contains(answer), "{lang}: the handout gives {answer} away");
        }
        let ran = epure(&["check", &folder, "--as-of", DAY, "--fail-on", "never", "--all"]);
        for code in ["lab/section", "lab/figure", "lab/prediction", "lab/observation", "lab/rule", "report/empty-fence"]
        {
            assert!(ran.out.contains(&format!("[{code}]")), "{lang}: no {code} in {}", ran.out);
        }
    }
}

#[test]
fn the_instructors_expectations_count_and_not_the_students() {
    let scratch = Scratch::new("classroom-handout");
    epure(&["new", &scratch.join("handout"), "--template", "lab-res507", "--lang", "fr"]);
    copy(&scratch.0.join("handout"), &scratch.0.join("sly"));
    scratch.write(
        "sly/epure.yaml",
        "epure: 1\ntitle: All done\nlanguages: [fr]\nteams: {students: Nous, platform: Eux}\nlab: {expects: {}}\n",
    );
    let each = |more: &[&str]| {
        let (sly, handout) = (scratch.join("sly"), scratch.join("handout"));
        let mut line = vec!["check", "--each", &sly, "--format", "json", "--as-of", DAY];
        line.extend(more);
        line.extend(if more.is_empty() { vec![] } else { vec![handout.as_str()] });
        let ran = epure(&line);
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        json["folders"][0]["expected"].as_u64().unwrap()
    };
    assert_eq!(each(&[]), 0);
    assert!(each(&["--handout"]) > 20);
}

#[test]
fn what_nobody_can_meet_is_a_mistake_of_the_labs() {
    let scratch = Scratch::new("classroom-unknown");
    epure(&["new", &scratch.join("lab"), "--template", "lab-res507", "--lang", "en"]);
    edit(&scratch.0.join("lab"), "epure.yaml", |text| {
        text.replace("timeline: hang", "timeline: hangs").replace("data/no-backup", "data/no-backups")
    });
    let ran = epure(&["check", &scratch.join("lab"), "--as-of", DAY, "--all"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out.matches("error[lab/unknown]").count(), 2, "{}", ran.out);
    assert!(
        ran.out.contains("did you mean `timeline: hang`?") && ran.out.contains("did you mean `data/no-backup`?"),
        "{}",
        ran.out
    );
}
