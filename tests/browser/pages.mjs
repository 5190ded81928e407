// Every page of a built site in a browser, from the disk: no error on the console and no breach of the
// pages' own policy, no request to anywhere, every link and anchor leads somewhere, every drawing with a
// size and readable text, no page wider than a phone. By axe (WCAG 2.2 AA and its best practices) nothing
// at all: on the first pages of each kind and language in light and dark at 320 and 1280 px, on all others
// in light at 1280 px.
//
// Usage: node pages.mjs SITE [BROWSER]

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const site = resolve(process.argv[2]);
const executablePath = process.argv[3] ?? "/usr/bin/chromium";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** The smallest text of a drawing, in pixels on a wide page. */
const SMALLEST = 9;

function files(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const pages = files(site).filter((path) => path.endsWith(".html"));
if (pages.length === 0) {
  console.log(`there is no page in ${process.argv[2]}\n0 passed, 1 failed`);
  process.exit(1);
}
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
let passed = 0;
const failures = [];
/** How many pages of each kind and language are looked at in every way. */
const THOROUGH = 2;
const kinds = new Map();
/** The anchors of each page, and every link to a file. */
const known = new Map();
const led = [];

const WITHIN = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Everything that axe finds; it may fetch nothing, not even the stylesheet. */
async function violations(page) {
  const options = { runOnly: { type: "tag", values: WITHIN }, resultTypes: ["violations"], preload: false };
  const result = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  return result.violations
    .map((one) => {
      const node = one.nodes[0];
      return `axe ${one.impact} ${one.id} (${one.nodes.length}): ${node.html.slice(0, 120)} ${node.any[0]?.message ?? node.failureSummary}`;
    });
}

async function look(path) {
  const found = [];
  const context = await browser.newContext({ colorScheme: "light", viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && found.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => found.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => found.push(`not found: ${request.url().split("/").pop()}`));
  page.on("request", (request) => {
    if (!/^(file|data|about):/.test(request.url())) found.push(`asks ${request.url()}`);
  });
  await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
  found.push(...(await page.evaluate((smallest) => {
    const wrong = [];
    for (const svg of document.querySelectorAll("svg")) {
      if (svg.closest("details:not([open])")) continue;
      const { width, height } = svg.getBoundingClientRect();
      const name = svg.id || svg.getAttribute("aria-label") || svg.querySelector("title")?.textContent || "a drawing";
      if (width < 1 || height < 1) wrong.push(`no size: ${name}`);
      const small = [...svg.querySelectorAll("text")]
        .map((text) => [parseFloat(getComputedStyle(text).fontSize) * Math.abs(text.getScreenCTM()?.a ?? 1), text.textContent])
        .filter(([size]) => size < smallest - 0.05);
      if (small.length > 0) wrong.push(`${small.length} texts under ${smallest} px in ${name}: ${small[0][0].toFixed(1)} px "${small[0][1].slice(0, 40)}"`);
    }
    for (const image of document.images) if (image.complete && image.naturalWidth === 0) wrong.push(`no image: ${image.getAttribute("src")}`);
    for (const link of document.querySelectorAll("a[href^='#']")) {
      const id = decodeURIComponent(link.getAttribute("href").slice(1));
      if (id && !document.getElementById(id)) wrong.push(`a link to nowhere: #${id}`);
    }
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
    if (twice.length > 0) wrong.push(`an id stands twice: ${twice[0]}`);
    return wrong;
  }, SMALLEST)));
  const { ids, links, kind } = await page.evaluate(() => ({
    ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
    links: [...document.querySelectorAll("a[href],link[href],script[src],img[src]")].map((one) => one.href ?? one.src).map((one) => one.baseVal ?? one),
    kind: `${document.documentElement.lang} ${document.querySelector(".rail [data-here]")?.firstChild.textContent ?? document.querySelector("main")?.className ?? ""}`,
  }));
  known.set(path, new Set(ids));
  led.push(...links.filter((link) => link.startsWith("file:")).map((link) => [path, link]));
  const seen = (kinds.get(kind) ?? 0) + 1;
  kinds.set(kind, seen);
  await page.evaluate(axe);
  found.push(...(await violations(page)));
  const narrow = () => page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    if (wide <= document.documentElement.clientWidth + 1) return [];
    // Something inside a region that scrolls by itself does not widen the page.
    const scrolls = (one) => one && (["auto", "scroll", "hidden"].includes(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    const guilty = [...document.body.querySelectorAll("*")].find((one) => one.getBoundingClientRect().right > 322 && !scrolls(one.parentElement));
    return [`${wide} px wide at 320: ${guilty ? guilty.outerHTML.slice(0, 100) : "?"}`];
  });
  if (seen <= THOROUGH) {
    await page.emulateMedia({ colorScheme: "dark" });
    found.push(...(await violations(page)).map((one) => `in dark: ${one}`));
    await page.setViewportSize({ width: 320, height: 640 });
    found.push(...(await violations(page)).map((one) => `in dark at 320 px: ${one}`));
    await page.emulateMedia({ colorScheme: "light" });
    found.push(...(await violations(page)).map((one) => `at 320 px: ${one}`));
  } else await page.setViewportSize({ width: 320, height: 640 });
  found.push(...(await narrow()));
  await context.close();
  return found;
}

const jobs = [...pages];
async function worker() {
  for (let path = jobs.shift(); path; path = jobs.shift()) {
    const found = await look(path).catch((error) => [String(error)]);
    if (found.length === 0) passed += 1;
    else failures.push(`${relative(site, path)}\n${[...new Set(found)].map((one) => `    ${one}`).join("\n")}`);
  }
}
await Promise.all([worker(), worker()]);
await browser.close();
for (const [path, link] of led) {
  const [file, anchor] = link.split("#");
  const to = fileURLToPath(file);
  const there = existsSync(to);
  const id = anchor === undefined ? "" : decodeURIComponent(anchor);
  if (!there) failures.push(`${relative(site, path)}\n    leads to no file: ${relative(site, to)}`);
  else if (id && known.has(to) && !known.get(to).has(id)) failures.push(`${relative(site, path)}\n    leads to no anchor: ${relative(site, to)}#${id}`);
}
console.log(`${led.length} links followed; kinds: ${[...kinds.keys()].sort().join(", ")}`);
for (const failure of failures.sort().slice(0, 40)) console.log(`  ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);
