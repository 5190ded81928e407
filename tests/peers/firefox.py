#!/usr/bin/env python3
"""The site in Firefox: every page from files, one of each kind over HTTP. No message of its policy, no error of a
script, search and replay at work. firefox.py SITE. Needs Firefox and `marionette_driver` from PyPI."""

import functools
import http.server
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

from marionette_driver.marionette import Marionette

SITE = pathlib.Path(sys.argv[1]).resolve()
PORT = 28280

LISTEN = """
  const [page] = arguments;
  return Services.console.getMessageArray()
    .map(message => { try { return message.QueryInterface(Ci.nsIScriptError); } catch { return null; } })
    .filter(message => message
      && ((message.sourceName || "").startsWith(page) || /Content-Security-Policy/.test(message.errorMessage)))
    .map(message => `${message.sourceName}:${message.lineNumber}: ${message.errorMessage}`);
"""
CLEAR = "Services.console.reset();"
HOSTS = "return performance.getEntriesByType('resource').map(entry => entry.name)"


SEARCH = """
  const [question, done] = arguments;
  document.getElementById("search-open").click();
  const field = document.getElementById("search-field");
  field.value = question;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  const wait = setInterval(() => {
    const text = document.getElementById("search-results").textContent;
    if (text.trim() !== "") { clearInterval(wait); done(text); }
  }, 50);
"""
STEP = """
  const [done] = arguments;
  const now = () => document.querySelector("#replay .now").textContent;
  const wait = setInterval(() => {
    const on = document.querySelector("#replay:not([hidden]) [data-do=on]");
    if (!on) return;
    clearInterval(wait);
    const before = now();
    on.click(); on.click();
    setTimeout(() => done([before, now()]), 300);
  }, 50);
"""


def messages(browser, start):
    with browser.using_context("chrome"):
        found = browser.execute_script(LISTEN, script_args=[start], sandbox="system")
        browser.execute_script(CLEAR, sandbox="system")
    return found


def main():
    pages = sorted(SITE.rglob("*.html"))
    profile = tempfile.mkdtemp()
    process = subprocess.Popen(
        ["firefox", "--headless", "--marionette", "--remote-allow-system-access", "--profile", profile, "--no-remote"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    browser = Marionette(host="127.0.0.1", port=2828)
    for _ in range(60):
        try:
            browser.start_session()
            break
        except Exception:
            time.sleep(0.5)
    bad = []
    try:
        for page in pages:
            browser.navigate(page.as_uri())
            found = messages(browser, "file://")
            foreign = [one for one in browser.execute_script(HOSTS) if not one.startswith("file:")]
            bad += [f"{page.relative_to(SITE)}: {one}" for one in found + foreign]
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(SITE))
        http.server.SimpleHTTPRequestHandler.log_message = lambda *_: None
        server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{PORT}"
        for page in pages[:: max(1, len(pages) // 30)]:
            browser.navigate(f"{host}/{page.relative_to(SITE)}")
            found = messages(browser, host)
            foreign = [one for one in browser.execute_script(HOSTS) if not one.startswith(host)]
            bad += [f"{page.relative_to(SITE)} over HTTP: {one}" for one in found + foreign]
        # What a reader does: searches, and plays a failure.
        browser.navigate((SITE / "fr/index.html").as_uri())
        browser.set_window_rect(width=1280, height=900)
        found = browser.execute_async_script(SEARCH, script_args=["reconcil"], script_timeout=20000)
        if "RES507" not in found:
            bad.append(f"search: {found[:200]!r}")
        played = next(page for page in pages if page.parent.name == "fr" and 'id="replay"' in page.read_text())
        browser.navigate(played.as_uri())
        before, after = browser.execute_async_script(STEP, script_args=[], script_timeout=20000)
        if before == after:
            bad.append(f"replay: {before!r} after a step, too")
        bad += messages(browser, "file://")
    finally:
        browser.delete_session()
        process.terminate()
    for line in bad:
        print(line)
    print(f"{len(pages)} pages in Firefox, {len(bad)} messages")
    sys.exit(1 if bad else 0)


main()
