use std::collections::BTreeMap;

use super::*;

struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let folder = std::env::temp_dir().join(format!("epure-output-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Scratch(folder)
    }

    fn out(&self) -> PathBuf {
        self.0.join("out")
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Written, Refused> {
        let files: Vec<Output> = files.iter().map(|(path, text)| Output::text(*path, *text)).collect();
        OutputFolder::open(&self.out())?.replace(&files, &BTreeSet::new(), &Cache::default())
    }

    /// What is in the folder, without our accounts.
    fn holds(&self) -> BTreeMap<String, String> {
        fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
            for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
                let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
                if path == ACCOUNTS {
                    continue;
                } else if entry.path().is_dir() {
                    walk(&entry.path(), &format!("{path}/"), found);
                } else {
                    found.insert(path, fs::read_to_string(entry.path()).unwrap());
                }
            }
        }
        let mut found = BTreeMap::new();
        walk(&self.out(), "", &mut found);
        found
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn many(word: &str) -> Vec<(String, String)> {
    (0..30).map(|i| (format!("site/{word}/page-{i}.html"), format!("{word} {i}"))).collect()
}

fn refs(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

#[test]
fn only_what_is_ours_goes() {
    // Few files are renamed one by one, many by exchanging folders: both keep what is not ours.
    for (name, first, second) in [
        ("few", vec![("a.md".into(), "1".into()), ("b/c.md".into(), "2".into())], vec![("a.md".into(), "3".into())]),
        ("many", many("old"), many("new")),
    ] {
        let scratch = Scratch::new(name);
        let written = scratch.build(&refs(&first)).unwrap();
        assert_eq!((written.changed, written.removed), (first.len(), 0), "{name}");
        fs::create_dir_all(scratch.out().join("mine/empty")).unwrap();
        fs::write(scratch.out().join("mine/note.txt"), "keep").unwrap();
        let beside_ours = Path::new(&first[0].0).with_file_name("CNAME");
        fs::write(scratch.out().join(&beside_ours), "keep").unwrap();
        let written = scratch.build(&refs(&second)).unwrap();
        assert_eq!((written.changed, written.removed), (second.len(), if name == "few" { 1 } else { 30 }), "{name}");
        let mut expected: BTreeMap<String, String> = second.iter().cloned().collect();
        expected.insert("mine/note.txt".into(), "keep".into());
        expected.insert(beside_ours.to_string_lossy().into_owned(), "keep".into());
        assert_eq!(scratch.holds(), expected, "{name}");
        assert!(scratch.out().join("mine/empty").is_dir(), "{name}");
        assert!(!scratch.out().join("b").exists(), "{name}: a folder that held only ours goes with them");
        assert_eq!(fs::read_dir(&scratch.0).unwrap().count(), 1, "{name}: nothing is left beside the folder");
        assert_eq!(scratch.build(&refs(&second)).unwrap(), Written::default(), "{name}");
    }
}

#[test]
fn an_unchanged_file_is_not_touched() {
    let scratch = Scratch::new("unchanged");
    let mut files = many("same");
    scratch.build(&refs(&files)).unwrap();
    let stamp = |path: &str| fs::metadata(scratch.out().join(path)).unwrap().modified().unwrap();
    let before = stamp("site/same/page-3.html");
    std::thread::sleep(std::time::Duration::from_millis(20));
    for (_, text) in files.iter_mut().skip(10) {
        text.push('!');
    }
    assert_eq!(scratch.build(&refs(&files)).unwrap().changed, 20);
    assert_eq!(stamp("site/same/page-3.html"), before);
    assert!(stamp("site/same/page-12.html") > before);
}

#[test]
fn what_is_not_ours_is_refused_and_left_alone() {
    let scratch = Scratch::new("foreign");
    fs::create_dir(scratch.out()).unwrap();
    fs::write(scratch.out().join("thesis.tex"), "years").unwrap();
    assert!(matches!(scratch.build(&[("a.md", "1")]), Err(Refused::NotOurs)));
    assert_eq!(scratch.holds(), BTreeMap::from([("thesis.tex".to_owned(), "years".to_owned())]));

    let scratch = Scratch::new("in-the-way");
    scratch.build(&[("a.md", "1")]).unwrap();
    fs::write(scratch.out().join("b.md"), "mine").unwrap();
    let refused = scratch.build(&[("a.md", "2"), ("b.md", "2")]);
    assert!(matches!(&refused, Err(Refused::InTheWay(paths)) if paths == &["b.md"]), "{refused:?}");
    assert_eq!(scratch.holds()["a.md"], "1", "nothing was written");
    assert_eq!(scratch.holds()["b.md"], "mine");

    let scratch = Scratch::new("a-file");
    fs::write(scratch.out(), "x").unwrap();
    assert!(matches!(scratch.build(&[("a.md", "1")]), Err(Refused::NoFolder)));
}

#[test]
fn a_manifest_that_somebody_wrote_into_reaches_nothing_outside() {
    let scratch = Scratch::new("manifest");
    scratch.build(&[("a.md", "1"), ("b.md", "1")]).unwrap();
    fs::write(scratch.0.join("precious.txt"), "x").unwrap();
    let manifest = scratch.out().join(MANIFEST);
    let mut text = fs::read_to_string(&manifest).unwrap();
    text.push_str("../precious.txt\n/etc/hostname\n.epure/../../precious.txt\n");
    fs::write(&manifest, text).unwrap();
    assert_eq!(scratch.build(&[("a.md", "1")]).unwrap().removed, 1);
    assert!(scratch.0.join("precious.txt").is_file());
}

#[test]
fn a_link_to_a_folder_stays_a_link() {
    #[cfg(unix)]
    {
        let scratch = Scratch::new("link");
        fs::create_dir(scratch.0.join("real")).unwrap();
        std::os::unix::fs::symlink(scratch.0.join("real"), scratch.out()).unwrap();
        scratch.build(&refs(&many("x"))).unwrap();
        assert!(scratch.out().symlink_metadata().unwrap().is_symlink());
        assert!(scratch.0.join("real/site/x/page-1.html").is_file());
    }
}
