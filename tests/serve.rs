//! `epure serve` under what people and editors do to a folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::{Scratch, epure};

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &str) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_epure"))
            .args(["serve", folder, "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address = first.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        // What it says further is read, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, address }
    }

    fn ask(&self, target: &str, host: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(stream, "GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut text = Vec::new();
        stream.read_to_end(&mut text).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    fn get(&self, target: &str) -> String {
        self.ask(target, &self.address.clone()).1
    }

    fn state(&self, page: &str) -> serde_json::Value {
        serde_json::from_str(&self.get(&format!("/_epure/wait?page={page}&seen=&known="))).unwrap()
    }

    fn until(&self, what: &str, met: impl Fn(&Server) -> bool) {
        let started = Instant::now();
        while !met(self) {
            assert!(started.elapsed() < Duration::from_secs(20), "{what} did not come");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A page without what serving adds to it, or the policy that it replaces.
fn plain(html: &str) -> String {
    let mut out = html.to_owned();
    for (start, end) in [
        ("<meta http-equiv=\"Content-Security-Policy\"", ">"),
        ("<link rel=\"stylesheet\" href=\"/_epure/live.css\">", "</script>"),
    ] {
        if let Some(from) = out.find(start) {
            let to = from + out[from..].find(end).unwrap() + end.len();
            out.replace_range(from..to, "");
        }
    }
    out
}

fn report(title: &str, text: &str) -> String {
    format!("---\nkind: report\ntitle: {title}\n---\n\n## Part\n\n{text}\n\n```epure\ndiagram: stack\nof: bare\n```\n")
}

fn workspace(scratch: &Scratch) {
    scratch.write("in/epure.yaml", "epure: 1\ntitle: Live\nlanguages: [en]\nas_of: 2026-11-22\n");
    scratch.write("in/bare.yaml", "kind: stack\nname: bare\ntitle: Bare\nlayers:\n  - {kind: hardware, per: host}\n  - {kind: application, per: application}\n");
    for i in 0..6 {
        scratch.write(&format!("in/r{i}.md"), report(&format!("Report {i}"), "First."));
    }
}

/// Whether every page that a fresh build makes is what is served.
fn served_is_fresh(server: &Server, scratch: &Scratch) -> bool {
    let ran = epure(&["build", &scratch.join("in"), "--out", &scratch.join("fresh"), "--format", "html"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    support::files(&scratch.0.join("fresh/site"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .all(|(path, file)| plain(&server.get(&format!("/{path}"))) == plain(&std::fs::read_to_string(file).unwrap()))
}

#[test]
fn a_mistake_is_shown_with_its_place_while_the_last_good_page_stays() {
    let scratch = Scratch::new("serve-mistake");
    workspace(&scratch);
    let server = Server::start(&scratch.join("in"));
    server.until("the first build", |server| server.get("/en/r0.html").contains("First."));
    scratch.write("in/bare.yaml", "kind: stack\nname: bare\ntitel: Bare\nlayers: []\n");
    server.until("the mistake", |server| server.state("en/r0.html")["text"].as_str().unwrap().contains("titel"));
    let state = server.state("en/r0.html");
    assert!(state["title"].as_str().unwrap().contains("the last good pages stay"), "{state}");
    assert!(
        state["text"].as_str().unwrap().contains("bare.yaml:3:1") && state["text"].as_str().unwrap().contains("^^^^^"),
        "{state}"
    );
    assert!(server.get("/en/r0.html").contains("First."));
    // A page that is written meanwhile appears once all is well again, and what was wrong is gone.
    scratch.write("in/r0.md", report("Report 0", "Second."));
    workspace(&scratch);
    scratch.write("in/r0.md", report("Report 0", "Third."));
    server.until("the mended page", |server| server.get("/en/r0.html").contains("Third."));
    server.until("silence", |server| server.state("en/r0.html")["title"] == "");
}

#[test]
fn only_this_machine_is_answered_and_no_file_of_the_disk() {
    let scratch = Scratch::new("serve-safe");
    workspace(&scratch);
    scratch.write("secret.txt", "secret");
    let server = Server::start(&scratch.join("in"));
    assert!(server.address.starts_with("127.0.0.1:"), "{}", server.address);
    server.until("the first build", |server| server.get("/").contains("Report 3"));
    for target in ["/../secret.txt", "/%2e%2e/secret.txt", "/epure.yaml", "//etc/hostname", "/en/../../secret.txt"] {
        let (head, body) = server.ask(target, &server.address.clone());
        assert!(head.starts_with("HTTP/1.1 404") && !body.contains("secret\n"), "{target}: {head}");
    }
    let (head, _) = server.ask("/", "rebound.example");
    assert!(head.starts_with("HTTP/1.1 403"), "{head}");
    // The page's own policy goes on, with this server's script allowed and nothing else.
    let (head, body) = server.ask("/en/r0.html", &server.address.clone());
    let policy = head.lines().find(|line| line.starts_with("Content-Security-Policy: ")).unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe") && !body.contains("http-equiv=\"Content-Security-Policy\""), "{policy}");
    // Nonsense ends a connection and not the server.
    for nonsense in [&b"\r\n\r\n"[..], b"GET", b"\xff\xfe\x00", b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n"] {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let _ = stream.write_all(nonsense);
    }
    assert!(server.get("/").contains("Report 3"));
}

#[test]
fn it_survives_two_hundred_edits_breakages_and_renames() {
    let scratch = Scratch::new("serve-storm");
    workspace(&scratch);
    let mut server = Server::start(&scratch.join("in"));
    // A small generator of our own: the same storm every time.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let folder = scratch.0.join("in");
    for step in 0..200 {
        let name = format!("in/r{}.md", next(8));
        let path = scratch.0.join(&name);
        match next(9) {
            0 | 1 => drop(std::fs::write(&path, report(&format!("Report {step}"), &format!("Step {step}.")))),
            2 => drop(std::fs::write(&path, "---\nkind: report\ntitle: [\n")),
            3 => drop(std::fs::rename(&path, folder.join(format!("r{}.md", next(8))))),
            4 => drop(std::fs::remove_file(&path)),
            5 => drop(std::fs::write(
                folder.join("bare.yaml"),
                format!("kind: stack\nname: bare\n{}", "x".repeat(next(40) as usize)),
            )),
            6 => workspace(&scratch),
            7 => {
                // The whole folder goes, and comes back.
                let away = scratch.0.join("away");
                let _ = std::fs::rename(&folder, &away);
                std::thread::sleep(Duration::from_millis(next(60)));
                let _ = std::fs::rename(&away, &folder);
            }
            _ => {
                drop(std::fs::write(folder.join(format!("new-{}.md", next(3))), report("New", &format!("At {step}."))));
            }
        }
        std::thread::sleep(Duration::from_millis(next(60)));
        if step % 20 == 0 {
            assert!(server.get("/").contains("</html>"), "after {step}");
        }
    }
    // Whatever the storm left, the author mends it; what is shown then is what a fresh build gives.
    workspace(&scratch);
    for (path, file) in support::files(&folder) {
        if path.ends_with(".md") && std::fs::read_to_string(&file).unwrap().contains("title: [") {
            std::fs::remove_file(file).unwrap();
        }
    }
    assert!(server.child.try_wait().unwrap().is_none(), "it died");
    server.until("the state of a fresh build", |server| served_is_fresh(server, &scratch));
    assert!(server.child.try_wait().unwrap().is_none(), "it died");
}

#[test]
fn a_folder_that_is_gone_is_said_and_waited_for() {
    let scratch = Scratch::new("serve-gone");
    workspace(&scratch);
    let server = Server::start(&scratch.join("in"));
    server.until("the first build", |server| server.get("/en/r0.html").contains("First."));
    std::fs::rename(scratch.0.join("in"), scratch.0.join("away")).unwrap();
    server.until("the word", |server| server.state("en/r0.html")["title"].as_str().unwrap().contains("cannot be read"));
    assert!(server.get("/en/r0.html").contains("First."));
    std::fs::rename(scratch.0.join("away"), scratch.0.join("in")).unwrap();
    server.until("silence", |server| server.state("en/r0.html")["title"] == "");
}
