//! The gallery in `docs/`: every kind of drawing, light and dark, beside the fence that asks for it.
//! `UPDATE_DOCS=1 cargo test --test gallery` draws it anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::fmt::Write as _;

struct Shown {
    /// The name of its files.
    file: &'static str,
    /// The fence's key and word, and what it is of.
    key: &'static str,
    word: &'static str,
    of: &'static [&'static str],
    /// The document that it is drawn from, under `designs/`.
    from: &'static str,
    /// What it shows, in English and in French.
    about: [&'static str; 2],
}

const SHOWN: [Shown; 10] = [
    Shown {
        file: "topology",
        key: "diagram",
        word: "topology",
        of: &["quote-app-cloud"],
        from: "cloud/quote-app.yaml",
        about: ["What runs where, and what talks to what", "Qui tourne où, et qui parle à qui"],
    },
    Shown {
        file: "network",
        key: "diagram",
        word: "network",
        of: &["quotes-bank"],
        from: "finance/quotes-bank.yaml",
        about: ["Segments, flows, and what is encrypted", "Segments, flux, et ce qui est chiffré"],
    },
    Shown {
        file: "difference",
        key: "diagram",
        word: "difference",
        of: &["quote-app-frugal"],
        from: "cloud/quote-app.yaml",
        about: ["A variant laid over its base", "Une variante posée sur sa base"],
    },
    Shown {
        file: "failure",
        key: "diagram",
        word: "failure",
        of: &["lose-a-zone"],
        from: "scenarios/cloud.yaml",
        about: ["What is down at the worst moment of a failure", "Ce qui est à terre au pire moment d’une panne"],
    },
    Shown {
        file: "vehicle",
        key: "diagram",
        word: "topology",
        of: &["cockpit"],
        from: "automotive/cockpit.yaml",
        about: ["Partitions of a vehicle’s computer", "Les partitions du calculateur d’un véhicule"],
    },
    Shown {
        file: "stack",
        key: "diagram",
        word: "stack",
        of: &["containers", "virtual-machines", "kubernetes-on-vms"],
        from: "stacks",
        about: ["Stacks side by side, from the ground up", "Des piles côte à côte, depuis le sol"],
    },
    Shown {
        file: "timeline",
        key: "timeline",
        word: "lose-a-worker",
        of: &[],
        from: "scenarios/cloud.yaml",
        about: ["Who repairs it, when, and because of what", "Qui répare, quand, et à cause de quoi"],
    },
    Shown {
        file: "served",
        key: "chart",
        word: "served",
        of: &["lose-a-datacentre"],
        from: "scenarios/bank.yaml",
        about: ["What users get meanwhile", "Ce que les utilisateurs reçoivent entre-temps"],
    },
    Shown {
        file: "capacity",
        key: "chart",
        word: "capacity",
        of: &["quote-app-cloud"],
        from: "cloud/quote-app.yaml",
        about: ["What fits, and what no longer does", "Ce qui tient, et ce qui ne tient plus"],
    },
    Shown {
        file: "memory",
        key: "chart",
        word: "memory-overhead",
        of: &["containers-or-vms"],
        from: "comparisons/containers-or-vms.yaml",
        about: [
            "What each stack costs as applications come",
            "Ce que coûte chaque pile quand viennent les applications",
        ],
    },
];

/// The drawing of an entry in a language and a theme.
fn drawn(shown: &Shown, lang: &str, theme: &str) -> String {
    let designs = support::root().join("designs").display().to_string();
    let mut line = vec!["draw", shown.word];
    line.extend(shown.of);
    line.extend(["-w", &designs, "--theme", theme, "--lang", lang]);
    let ran = support::epure(&line);
    assert_eq!(ran.code, 0, "{}: {}", shown.file, ran.err);
    ran.out
}

/// The fence that asks for an entry.
fn fence(shown: &Shown) -> String {
    let of = match shown.of {
        [] => String::new(),
        [one] => format!("of: {one}\n"),
        several => format!("of: [{}]\n", several.join(", ")),
    };
    format!("```epure\n{}: {}\n{of}```\n", shown.key, shown.word)
}

fn page(french: bool) -> String {
    let lang = usize::from(french);
    let [title, about, from, light, dark] = if french {
        [
            "La galerie",
            "Chaque sorte de dessin, claire et sombre, avec le bloc qui la demande dans un rapport. `epure draw` \
             dessine les mêmes ; `--format` et `--theme` en font du PNG, du Mermaid ou un fichier toujours sombre. \
             `tests/gallery.rs` les tient à jour.",
            "d’après",
            "clair",
            "sombre",
        ]
    } else {
        [
            "The gallery",
            "Every kind of drawing, light and dark, with the block that asks for it in a report. `epure draw` draws \
             the same; `--format` and `--theme` make it a PNG, Mermaid, or a file that is always dark. \
             `tests/gallery.rs` holds it current.",
            "from",
            "light",
            "dark",
        ]
    };
    let mut out = format!("# {title}\n\n{about}\n");
    for shown in &SHOWN {
        let Shown { file, about, from: document, .. } = shown;
        let code = if french { "fr" } else { "en" };
        let _ = write!(
            out,
            "\n## {0}\n\n{1}\n{from} [{document}](../designs/{document})\n\n![{0}, {light}](gallery/{file}-light.{code}.svg)\n\n![{0}, {dark}](gallery/{file}-dark.{code}.svg)\n",
            about[lang],
            fence(shown)
        );
    }
    out
}

#[test]
fn the_gallery_is_current() {
    let docs = support::root().join("docs");
    let mut made = vec![("gallery.md".to_owned(), page(false)), ("galerie.md".to_owned(), page(true))];
    for shown in &SHOWN {
        for (lang, theme) in [("en", "light"), ("en", "dark"), ("fr", "light"), ("fr", "dark")] {
            made.push((format!("gallery/{}-{theme}.{lang}.svg", shown.file), drawn(shown, lang, theme)));
        }
    }
    let mut stale = Vec::new();
    for (path, text) in &made {
        let file = docs.join(path);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, text).unwrap();
        } else if std::fs::read_to_string(&file).ok().as_ref() != Some(text) {
            stale.push(path.clone());
        }
    }
    assert!(stale.is_empty(), "run `UPDATE_DOCS=1 cargo test --test gallery`; not current: {}", stale.join(", "));
    let kept = support::files(&docs.join("gallery"));
    let unknown: Vec<&String> = kept
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !made.iter().any(|(path, _)| *path == format!("gallery/{name}")))
        .collect();
    assert!(unknown.is_empty(), "nothing shows these: {unknown:?}");
}
