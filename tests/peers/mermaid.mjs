// Every drawing of boxes and flows of a workspace, written as Mermaid and rendered by Mermaid itself.
//
// Usage: node mermaid.mjs EPURE WORKSPACE [PICTURES]

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { chromium } from "playwright-core";

const [epure, workspace, pictures] = process.argv.slice(2).map((path) => resolve(path));
const mermaid = join(dirname(createRequire(import.meta.url).resolve("mermaid/package.json")), "dist/mermaid.min.js");

/** What `epure` can draw, by asking for what is not there: it names all that is. */
function known(figure) {
  try {
    execFileSync(epure, ["draw", figure, "-w", workspace, "--lang", "en"], { stdio: "pipe" });
  } catch (error) {
    return /There are: (.*)/.exec(error.stderr.toString())?.[1].split(", ") ?? [];
  }
  return [];
}

function written(figure, of, lang) {
  try {
    return execFileSync(epure, ["draw", figure, of, "-w", workspace, "--lang", lang, "--format", "mermaid"], { stdio: "pipe" }).toString();
  } catch {
    return undefined; // Nothing to draw.
  }
}

const browser = await chromium.launch({ executablePath: process.env.BROWSER ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const page = await browser.newPage();
await page.setContent("<!doctype html><body><div id=out></div></body>");
await page.addScriptTag({ content: readFileSync(mermaid, "utf8") });
await page.evaluate(() => globalThis.mermaid.initialize({ startOnLoad: false, securityLevel: "strict" }));
let [passed, failed] = [0, 0];
for (const figure of ["topology", "network", "difference", "failure"]) {
  for (const of of known(figure)) {
    for (const lang of ["en", "fr"]) {
      const text = written(figure, of, lang);
      if (text === undefined) continue;
      const wanted = new Set([...text.matchAll(/^\s*(n\d+)[[(]/gm)].map((found) => found[1])).size;
      const found = await page.evaluate(async (text) => {
        try {
          const { svg } = await globalThis.mermaid.render("drawing", text);
          document.getElementById("out").innerHTML = svg;
          return { nodes: document.querySelectorAll("#out g.node").length, edges: document.querySelectorAll("#out path.flowchart-link").length };
        } catch (error) {
          return { error: String(error) };
        }
      }, text);
      const edges = text.split("\n").filter((line) => line.includes("-->") || line.includes("-.->")).length;
      const wrong = found.error ?? (found.nodes < wanted ? `${found.nodes} of ${wanted} boxes` : found.edges < edges ? `${found.edges} of ${edges} flows` : undefined);
      if (wrong) console.log(`${figure} ${of} ${lang}: ${wrong}`);
      wrong ? failed++ : passed++;
      if (pictures && !wrong) {
        mkdirSync(pictures, { recursive: true });
        await page.locator("#out svg").screenshot({ path: join(pictures, `${figure}-${of}-${lang}.png`) });
      }
    }
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
