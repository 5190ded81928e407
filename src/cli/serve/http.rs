//! As much of HTTP as a browser on this machine needs: GET and HEAD, one request a connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::live::{Live, SCRIPT, STYLE};

/// The most bytes of a request's head.
const HEAD: u64 = 16 * 1024;
/// The most connections at once; browsers keep some open that wait.
const MOST: usize = 128;
/// How long a connection may be silent.
const SILENCE: Duration = Duration::from_secs(10);

/// Answers every connection on threads of their own, for as long as the program runs.
pub fn serve(listener: TcpListener, live: Arc<Live>) {
    let open = Arc::new(AtomicUsize::new(0));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else {
                // Too many open files, say: a rest, and on.
                std::thread::sleep(Duration::from_millis(50));
                continue;
            };
            if open.load(Ordering::SeqCst) >= MOST {
                continue;
            }
            let (live, open) = (Arc::clone(&live), Arc::clone(&open));
            open.fetch_add(1, Ordering::SeqCst);
            std::thread::spawn(move || {
                // Whoever hangs up in the middle is gone, and that is all.
                let _ = answer(&stream, &live);
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
}

struct Answer {
    status: &'static str,
    kind: &'static str,
    policy: String,
    body: Vec<u8>,
}

impl Answer {
    fn new(status: &'static str, kind: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status, kind, policy: "default-src 'none'".to_owned(), body: body.into() }
    }
}

fn answer(stream: &TcpStream, live: &Live) -> io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    let mut reader = BufReader::new(stream.take(HEAD));
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut host = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("host")
        {
            value.trim().clone_into(&mut host);
        }
    }
    let mut words = first.split_whitespace();
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let answer = match method {
        // A page elsewhere that calls itself by another name must not read what is shown here.
        _ if !is_local(&host) => Answer::new("403 Forbidden", "text/plain; charset=utf-8", "this is 127.0.0.1\n"),
        "GET" | "HEAD" => respond(target, live),
        _ => Answer::new("405 Method Not Allowed", "text/plain; charset=utf-8", "GET or HEAD\n"),
    };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nContent-Security-Policy: {}\r\n\
         X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n",
        answer.status,
        answer.kind,
        answer.body.len(),
        answer.policy
    )?;
    if method != "HEAD" {
        stream.write_all(&answer.body)?;
    }
    stream.flush()
}

/// Whether a host's name is one of this machine's own.
fn is_local(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn respond(target: &str, live: &Live) -> Answer {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    match path {
        "/_epure/live.js" => return Answer::new("200 OK", "text/javascript; charset=utf-8", SCRIPT),
        "/_epure/live.css" => return Answer::new("200 OK", "text/css; charset=utf-8", STYLE),
        "/_epure/wait" => {
            let [page, seen, known] = ["page", "seen", "known"].map(|name| parameter(query, name));
            return Answer::new("200 OK", "application/json", live.wait(&page, &seen, &known));
        }
        _ => {}
    }
    let mut path = decoded(path.trim_start_matches('/'));
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    // Looked up in memory: no path leads to a file of the disk.
    let found = live.file(&path);
    let kind = kind(&path);
    match found {
        Some(bytes) if path.ends_with(".html") => page("200 OK", live.dressed(&path, &String::from_utf8_lossy(&bytes))),
        Some(bytes) => Answer::new("200 OK", kind, bytes.to_vec()),
        None if path.ends_with(".html") || !path.contains('.') => {
            page("404 Not Found", live.dressed(&path, &live.missing(&path)))
        }
        None => Answer::new("404 Not Found", "text/plain; charset=utf-8", "not found\n"),
    }
}

fn page(status: &'static str, (html, policy): (String, String)) -> Answer {
    Answer { status, kind: "text/html; charset=utf-8", policy, body: html.into_bytes() }
}

fn parameter(query: &str, name: &str) -> String {
    let found = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
    found.map(|(_, value)| decoded(value)).unwrap_or_default()
}

/// A text with its `%20`s read; what is no such number stands as it is.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let digits = bytes.get(i + 1..i + 3).filter(|_| bytes[i] == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_answered() {
        for host in ["127.0.0.1:4747", "localhost", "localhost:80", "[::1]:4747", "[::1]"] {
            assert!(is_local(host), "{host}");
        }
        for host in ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:4747"] {
            assert!(!is_local(host), "{host}");
        }
    }

    #[test]
    fn paths_are_read_as_browsers_write_them() {
        assert_eq!(decoded("fr/l%C3%A9.html%"), "fr/lé.html%");
        assert_eq!(parameter("page=fr%2Fa.html&seen=1", "page"), "fr/a.html");
    }
}
