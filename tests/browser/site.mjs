// What a reader does with a built site, in a browser from the disk: searches, plays a failure, changes
// the language and the colours, prints. Usage: node site.mjs SITE [BROWSER]
//
// The samples are bilingual and their scenario `lose-a-worker` is played.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const site = resolve(process.argv[2]);
const executablePath = process.argv[3] ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
let passed = 0;
const failures = [];
const problems = [];

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => /^(file|data|about):/.test(request.url()) || problems.push(`asks ${request.url()}`));
  await page.goto(pathToFileURL(join(site, path)).href, { waitUntil: "load" });
  return page;
}

async function test(name, run) {
  problems.length = 0;
  try {
    await run();
    if (problems.length > 0) throw new Error(problems.join("; "));
    passed += 1;
  } catch (error) {
    failures.push(`${name}: ${error.message.split("\n").slice(0, 4).join(" ")}`);
  }
}

function holds(what, message) {
  if (!what) throw new Error(message);
}

/** Types a question and gives the results as groups of titles. */
async function ask(page, question) {
  await page.keyboard.press("/");
  await page.fill("#search-field", question);
  await page.waitForFunction((question) => {
    const told = document.getElementById("search-told").textContent;
    return document.getElementById("search-field").value === question && told !== "";
  }, question);
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll("#search-results [role=group]")].map((group) => [
    group.querySelector("p").textContent,
    [...group.querySelectorAll("[role=option]")].map((option) => [option.querySelector("b").textContent, option.getAttribute("href")]),
  ])));
}

const titles = (found) => Object.values(found).flat().map(([title]) => title);

await test("words are found without accents, articles and plurals", async () => {
  const page = await open("fr/index.html");
  const page_words = await page.evaluate(async () => {
    await new Promise((done) => { const old = setInterval(() => document.querySelector("#search-open:not([hidden])") && (clearInterval(old), done()), 20); });
    return true;
  });
  holds(page_words, "the search is not shown");
  const plain = titles(await ask(page, "decision"));
  holds(plain.length > 0, "`decision` finds nothing");
  await page.keyboard.press("Escape");
  const accented = titles(await ask(page, "l’équipe"));
  holds(accented.length > 0, "`l’équipe` finds nothing");
  await page.keyboard.press("Escape");
  const same = titles(await ask(page, "equipes"));
  holds(JSON.stringify(same) === JSON.stringify(accented) || same.length > 0, "`equipes` finds nothing");
  await page.keyboard.press("Escape");
  const mistyped = titles(await ask(page, "hyperviseru"));
  holds(mistyped.some((title) => /hyperviseur|machine/i.test(title)), `a swap of letters finds ${mistyped}`);
});

await test("the start of a word finds it: `reconcil`, « réconciliation »", async () => {
  const page = await open("fr/index.html");
  const found = titles(await ask(page, "reconcil"));
  holds(found.length > 0, "nothing");
});

await test("a rule’s code finds the rule, a name its component; by keyboard alone", async () => {
  const page = await open("en/index.html");
  const rule = readdirSync(join(site, "en")).find((name) => name.startsWith("rule-"));
  const listed = await open(`en/${rule}`);
  const code = await listed.textContent(".subtitle");
  const found = await ask(page, code);
  holds(found.Rules?.[0]?.[1].endsWith(rule), `${code} finds ${JSON.stringify(found.Rules)}`);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/${rule}`);
  const component = await ask(page, "quote-db");
  holds(component.Components?.some(([title, href]) => title === "quote-db" && href.includes("#component-quote-db")), JSON.stringify(component));
  for (let i = 0; i < 40; i += 1) {
    const chosen = await page.evaluate(() => document.querySelector("[aria-selected]")?.getAttribute("href") ?? "");
    if (chosen.includes("#component-quote-db")) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.waitForURL("**#component-quote-db");
  holds(await page.evaluate(() => document.querySelector("tr:target th") !== null), "the row is not the target");
});

await test("a question without an answer says so, and Escape gives the page back", async () => {
  const page = await open("fr/index.html");
  await page.keyboard.press("Control+k");
  await page.fill("#search-field", "xyzzyplugh");
  await page.waitForSelector("#search-told:not(.heard)");
  await page.keyboard.press("Escape");
  holds(await page.evaluate(() => !document.getElementById("search").open), "it stays open");
});

await test("a failure is played, paused, stepped and slid, by mouse and keyboard", async () => {
  const page = await open("en/lose-a-worker.html");
  await page.waitForSelector("#replay:not([hidden])");
  const state = () => page.evaluate(() => ({
    at: Number(document.querySelector("#replay input").value),
    now: document.querySelector("#replay .now").textContent,
    down: document.querySelectorAll("#replay svg .is-down, #replay svg .is-less").length,
    rows: document.querySelectorAll("#replay tr.down, #replay tr.less").length,
    cursors: [...document.querySelectorAll(".cursor")].map((line) => line.getAttribute("d")),
    current: document.querySelector("#replay li[aria-current]")?.textContent ?? "",
  }));
  const worst = await state();
  holds(worst.rows > 0 && worst.down > 0, "at the worst moment nothing is down");
  holds(worst.cursors.length >= 2, "no line stands across the timeline and the chart");
  await page.focus("#replay input");
  await page.keyboard.press("Home");
  const first = await state();
  holds(first.at === 0, `Home leads to ${first.at}`);
  await page.keyboard.press("ArrowRight");
  const second = await state();
  holds(second.at > 0 && second.now !== first.now || second.at > first.at, "a step does not move");
  holds(JSON.stringify(second.cursors) !== JSON.stringify(first.cursors), "the lines do not follow");
  await page.click("#replay [data-do=on]");
  const third = await state();
  holds(third.at > second.at, "the button does not step");
  await page.click("#replay [data-do=back]");
  holds((await state()).at === second.at, "the button does not step back");
  await page.focus("#replay input");
  await page.keyboard.press("End");
  const last = await state();
  holds(last.rows === 0 || last.rows < worst.rows, "at the end it is as at the worst");
  await page.keyboard.press("Home");
  await page.click("#replay [data-do=play]");
  await page.waitForFunction(() => Number(document.querySelector("#replay input").value) > 0);
  await page.click("#replay [data-do=play]");
  const paused = (await state()).at;
  await page.waitForTimeout(250);
  holds((await state()).at === paused, "it goes on when paused");
  await page.click("#replay .events li:not([hidden]) button");
  holds((await state()).current !== "", "no moment is current");
});

await test("without scripts the page shows the whole timeline", async () => {
  const page = await open("en/lose-a-worker.html", { javaScriptEnabled: false });
  holds(!(await page.isVisible("#replay")), "the replay is shown without its script");
  holds(await page.isVisible("#figure-lose-a-worker-timeline svg"), "no timeline");
  holds((await page.locator("#figure-lose-a-worker-steps tbody tr").count()) > 3, "no steps");
  holds(!(await page.isVisible("#search-open")) && !(await page.isVisible("#theme")), "a tool is shown without its script");
});

await test("the switch of languages keeps the place", async () => {
  const page = await open("fr/quote-app-cloud.html");
  const place = () => page.evaluate(() => {
    const all = [...document.querySelectorAll("main :is(h2,h3,h4,figure)[id]")];
    return all.findLastIndex((one) => one.getBoundingClientRect().top <= 97);
  });
  for (const at of [9, 4]) {
    await page.goto(pathToFileURL(join(site, "fr/quote-app-cloud.html")).href);
    await page.evaluate((at) => {
      const one = [...document.querySelectorAll("main :is(h2,h3,h4,figure)[id]")][at];
      scrollTo(0, scrollY + one.getBoundingClientRect().top - 80);
    }, at);
    const before = await place();
    await page.click(".languages a[lang=en]");
    await page.waitForURL("**/en/quote-app-cloud.html*");
    await page.waitForFunction(() => !location.hash.startsWith("#~"));
    const after = await place();
    holds(before === after, `from ${before} to ${after}`);
  }
});

await test("the colours are the reader’s, and stay", async () => {
  const page = await open("en/index.html");
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.click("#theme");
  await page.click("#theme");
  const dark = await paper();
  holds(light !== dark, "dark is light");
  await page.goto(pathToFileURL(join(site, "en/lose-a-worker.html")).href);
  holds((await paper()) === dark, "the next page forgets");
  await page.emulateMedia({ media: "print" });
  holds(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--sheet").trim() === "#ffffff"), "print is not light");
});

// A mark at the start and the end of every row and drawing: both must be printed on one page.
const MARKED = ["quote-app-cloud", "lose-a-worker", "containers-or-vms", "res507", "virtual-machines", "decision-lab-or-production"];
const paper = mkdtempSync(join(tmpdir(), "epure-print-"));
for (const name of MARKED.filter((name) => existsSync(join(site, "fr", `${name}.html`)))) {
  await test(`no printed page cuts a row or a drawing of ${name}`, async () => {
    const page = await open(`fr/${name}.html`);
    const count = await page.evaluate(() => {
      let count = 0;
      for (const row of document.querySelectorAll("main tr")) {
        if (row.closest("#replay")) continue;
        const [first, last] = [row.cells[0], row.cells[row.cells.length - 1]];
        first.prepend(`zq${count}b `);
        last.append(` zq${count}e`);
        count += 1;
      }
      for (const svg of document.querySelectorAll("main .drawn svg")) {
        if (svg.closest("#replay")) continue;
        const box = svg.viewBox.baseVal;
        for (const [y, end] of [[box.y + 8, "b"], [box.y + box.height - 2, "e"]]) {
          const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
          text.setAttribute("x", box.x + 2);
          text.setAttribute("y", y);
          text.setAttribute("font-size", "8");
          text.textContent = `zq${count}${end}`;
          svg.append(text);
        }
        count += 1;
      }
      return count;
    });
    const file = join(paper, `${name}.pdf`);
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    const pages = execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8", maxBuffer: 1e8 }).split("\f");
    const where = (mark) => pages.findIndex((text) => new RegExp(`${mark}(?![0-9])`).test(text));
    const cut = [];
    for (let i = 0; i < count; i += 1) {
      const [from, to] = [where(`zq${i}b`), where(`zq${i}e`)];
      if (from < 0 || to < 0) cut.push(`${i} is not printed whole`);
      else if (from !== to) cut.push(`${i}: pages ${from + 1} and ${to + 1}`);
    }
    holds(cut.length === 0, `${cut.length} of ${count}: ${cut.slice(0, 5).join(", ")}`);
  });
}
if (process.argv[4] !== "keep") rmSync(paper, { recursive: true });

await browser.close();
for (const failure of failures) console.log(`  ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);
