// What other programs read of `epure check` can be read by programs of somebody else: SARIF against the
// schema of OASIS, JUnit by an XML parser. Every format names the findings that the JSON names.
//
// Usage: node formats.mjs PROGRAM

import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DOMParser, onErrorStopParsing } from "@xmldom/xmldom";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";

const program = process.argv[2];
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
let passed = 0;
const failures = [];

function check(name, run) {
  try {
    run();
    passed += 1;
  } catch (error) {
    failures.push(`${name}: ${error.message}`);
  }
}

function same(found, expected) {
  const [a, b] = [found, expected].map((list) => JSON.stringify([...list].sort()));
  if (a !== b) throw new Error(`${found.length} findings, the JSON has ${expected.length}`);
}

/** What a run prints, findings or none. */
function epure(...words) {
  try {
    return execFileSync(program, words, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw new Error(`epure ${words.join(" ")}: ${error.stderr}`);
  }
}

const schema = createRequire(import.meta.url)("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
// A pattern of the published schema is none in Unicode mode.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const valid = ajv.compile(schema);

const scratch = mkdtempSync(join(tmpdir(), "epure-formats-"));
const folders = [join(root, "designs")];
for (const name of readdirSync(join(root, "tests/bad_input")).sort()) {
  const folder = join(root, "tests/bad_input", name);
  if (statSync(folder).isDirectory()) folders.push(folder);
}
// Names that must be escaped in a URI, in XML and in CSV.
mkdirSync(join(scratch, "a b, c"), { recursive: true });
writeFileSync(join(scratch, "epure.yaml"), "epure: 1\n");
writeFileSync(
  join(scratch, "a b, c/é & <x> #1.yaml"),
  "kind: design\nname: odd\ncontext: cloud\ncomponents:\n  web: {kind: service, env: {DB_PASSWORD: correct-horse}}\nfunctions:\n  sell: {uses: [web]}\n",
);
folders.push(scratch);

try {
  const baseline = join(scratch, "baseline.json");
  writeFileSync(baseline, JSON.stringify({ version: 1, findings: [] }));
  for (const folder of folders) {
    for (const more of [[], ["--baseline", baseline], ["--lang", "fr"]]) {
      const run = (format) => epure("check", folder, "--as-of", "2026-11-26", "--format", format, ...more);
      const name = `${folder.replace(root, "")} ${more.join(" ")}`;
      const all = JSON.parse(run("json")).diagnostics;
      const named = all.map((one) => [one.code, one.start.line, one.message]);
      check(`${name} sarif`, () => {
        const log = JSON.parse(run("sarif"));
        if (!valid(log)) throw new Error(ajv.errorsText(valid.errors.slice(0, 5), { separator: "\n    " }));
        const results = log.runs[0].results;
        same(results.map((one) => [one.ruleId, one.locations[0].physicalLocation.region.startLine]), named.map(([code, line]) => [code, line]));
        for (const one of results) {
          const uri = one.locations[0].physicalLocation.artifactLocation.uri;
          if (new URL(uri, "file:///top/").href !== `file:///top/${uri}`) throw new Error(`${uri} is no relative URI`);
        }
      });
      check(`${name} junit`, () => {
        const tree = new DOMParser({ onError: onErrorStopParsing }).parseFromString(run("junit"), "text/xml");
        const cases = [...tree.getElementsByTagName("testcase")];
        const found = cases.filter((one) => one.getAttribute("line"));
        same(found.map((one) => [one.getAttribute("classname"), Number(one.getAttribute("line"))]), named.map(([code, line]) => [code, line]));
        for (const suite of [tree.documentElement, ...tree.getElementsByTagName("testsuite")]) {
          const count = (tag) => suite.getElementsByTagName(tag).length;
          for (const [attribute, tag] of [["tests", "testcase"], ["failures", "failure"], ["skipped", "skipped"]]) {
            if (Number(suite.getAttribute(attribute)) !== count(tag)) throw new Error(`${attribute} is not ${count(tag)}`);
          }
        }
      });
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

for (const failure of failures.slice(0, 40)) console.log(`  ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);
