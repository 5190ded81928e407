// The published schema means the same as the program's own check: a validator of somebody else's
// judges every YAML document of the samples and fixtures, and several hundred spoilt ones, and must
// agree with `epure check` on each. Names that refer to nothing are the program's alone to find.
//
// Usage: node schema.mjs PROGRAM

import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import { LineCounter, parseAllDocuments } from "yaml";

const program = process.argv[2];
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
let passed = 0;
const failures = [];

function epure(...words) {
  try {
    return execFileSync(program, words, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw new Error(`epure ${words.join(" ")}: ${error.stderr}`);
  }
}

const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: false });
const valid = ajv.compile(JSON.parse(epure("schema")));

/** Codes that say that a document does not have the shape of the schema. */
function structural(code) {
  return code.startsWith("schema/") || code === "document/no-kind" || code === "document/unknown-kind"
    || code === "document/foreign" || code === "document/newer-language";
}

function files(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

/** Compares both verdicts on every document of a workspace. */
function agree(workspace, what) {
  const report = JSON.parse(epure("check", workspace, "--format", "json", "--fail-on", "never"));
  for (const path of files(workspace).filter((path) => /\.ya?ml$/.test(path))) {
    const bytes = readFileSync(path);
    const text = bytes.toString("utf8");
    const file = relative(workspace, path).replaceAll("\\", "/");
    const said = report.diagnostics.filter((one) => one.file === file);
    if (said.some((one) => one.code.startsWith("syntax/") || one.code === "document/empty")) continue;
    const lines = new LineCounter();
    for (const document of parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true })) {
      const value = document.errors.length > 0 ? undefined : document.toJS();
      // A variant says only what differs, and may leave out what its base says.
      if (value && typeof value === "object" && "extends" in value) continue;
      const first = lines.linePos(document.range[0]).line;
      const last = lines.linePos(document.range[2]).line;
      const ours = said.filter((one) => structural(one.code) && one.start.line >= first && one.start.line <= last);
      // Two documents of one name: the second is not looked into.
      if (said.some((one) => one.code === "document/duplicate-name")) continue;
      const theirs = value !== undefined && valid(value);
      if (theirs === (ours.length === 0)) {
        passed += 1;
      } else if (theirs) {
        failures.push(`${what} ${file}:${first}: the schema passes it, the check says ${ours[0].code}: ${ours[0].message}`);
      } else {
        const why = value === undefined ? String(document.errors[0]) : ajv.errorsText(valid.errors);
        failures.push(`${what} ${file}:${first}: the check passes it, the schema says ${why}`);
      }
    }
  }
}

agree(join(root, "designs"), "designs");
for (const name of readdirSync(join(root, "tests/bad_input")).sort()) {
  const folder = join(root, "tests/bad_input", name);
  if (statSync(folder).isDirectory()) agree(folder, name);
}

// Spoilt samples: each document with one place changed, always the same ones.
let state = 20261122;
const random = (below) => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return (state >> 8) % below;
};
const values = [
  0, 1, 3, -1, 70000, 1.5, true, null, "", "3", "word", "linux", "eks", "none", "30 s", "512 MiB", "250m", "99.9 %", "300/s",
  "14 days", "2026-11-22", "2026-02-31x", 2026, 1.33, [], {}, ["a", "b"], { value: "30 s", source: "x" }, { en: "a", fr: "b" },
];
function places(value, found = []) {
  if (value && typeof value === "object") {
    for (const key of Object.keys(value)) {
      found.push([value, key]);
      places(value[key], found);
    }
  }
  return found;
}
const scratch = mkdtempSync(join(tmpdir(), "epure-schema-"));
try {
  mkdirSync(join(scratch, "spoilt"));
  writeFileSync(join(scratch, "epure.yaml"), readFileSync(join(root, "designs/epure.yaml")));
  const documents = files(join(root, "designs"))
    .filter((path) => path.endsWith(".yaml") && !path.endsWith("epure.yaml"))
    .flatMap((path) => parseAllDocuments(readFileSync(path, "utf8")).map((document) => document.toJS()))
    .filter((value) => !("extends" in value));
  for (let i = 0; i < 1500; i += 1) {
    const value = structuredClone(documents[i % documents.length]);
    value.name = `${value.name}-${i}`;
    const all = places(value).filter(([holder, key]) => !(holder === value && (key === "kind" || key === "name")));
    const [holder, key] = all[random(all.length)];
    const change = random(4);
    if (change === 0 && !Array.isArray(holder)) delete holder[key];
    else if (change === 1 && !Array.isArray(holder)) {
      holder[`${key}x`] = holder[key];
      delete holder[key];
    } else holder[key] = values[random(values.length)];
    if ("extends" in value) continue;
    writeFileSync(join(scratch, `spoilt/${String(i).padStart(4, "0")}.yaml`), JSON.stringify(value));
  }
  agree(scratch, "spoilt");
  if (failures.length > 0 && process.env.KEEP) console.log(`kept: ${scratch}`);
} finally {
  if (!process.env.KEEP) rmSync(scratch, { recursive: true, force: true });
}

for (const failure of failures.slice(0, 40)) console.log(`  ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);
