/**
 * Edits real osbuild manifests one place at a time: every edit must move the manifest's digest, and no other order of
 * keys, white space or spelling of strings may. The quick form of this stands in core's own tests.
 *
 *     jiti tools/mutate.ts [--edits 10000] [--seed N] [DIRECTORY]
 *
 * DIRECTORY holds manifests (`*.json`), by default those of ../shared/data/osbuild. Exit 1: an edit was missed, or a
 * respelling seen. Exit 2: nothing could be tried.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fingerprintDocument, readJson, type JsonTape } from "@imagegate/core";
import { EDITS, findPlaces, respell, seededRandom } from "../packages/core/test/mutations.ts";

const RESPELLINGS_PER_MANIFEST = 20;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    edits: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const directory = positionals[0] ?? fileURLToPath(new URL("../../shared/data/osbuild/", import.meta.url));
const wanted = Number(options.edits);
const seed = Number(options.seed);
console.log(`seed ${seed}`);

const paths = existsSync(directory)
  ? readdirSync(directory)
      .filter((name) => name.endsWith(".json") && name !== "expected-ids.json")
      .map((name) => join(directory, name))
  : [];
if (paths.length === 0 || !(wanted > 0)) {
  console.error(`mutate: NOT RUN: no manifests in ${directory}, or no edits wanted`);
  process.exit(2);
}

const random = seededRandom(seed);
const kinds = Object.entries(EDITS);
const rounds = Math.ceil(wanted / (paths.length * kinds.length));
const edits = new Map<string, number>();
const missed: string[] = [];
let respellings = 0;

for (const path of paths) {
  const tape = read(readFileSync(path));
  const before = digestOf(tape);
  const places = findPlaces(tape);
  for (const [kind, edit] of kinds) {
    for (let round = 0; round < rounds; round++) {
      const edited = edit(places, random);
      if (edited === undefined) continue;
      edits.set(kind, (edits.get(kind) ?? 0) + 1);
      if (digestOf(read(edited)) === before) missed.push(`${path}: ${kind} was changed and not seen`);
    }
  }
  for (let round = 0; round < RESPELLINGS_PER_MANIFEST; round++) {
    respellings += 1;
    if (digestOf(read(respell(tape, random))) !== before)
      missed.push(`${path}: was only respelled, and seen`);
  }
}

const total = [...edits.values()].reduce((sum, times) => sum + times, 0);
console.log(`${paths.length} manifests, ${total} edits, ${respellings} respellings:`);
for (const [kind, times] of edits) console.log(`  ${String(times).padStart(6)}  ${kind}`);
for (const line of missed.slice(0, 10)) console.error(line);
console.log(`${missed.length} wrong`);
if (missed.length > 0) process.exitCode = 1;
else if (total < wanted) {
  console.error(`mutate: only ${total} of ${wanted} edits found a place`);
  process.exitCode = 2;
}

function read(bytes: Uint8Array | string): JsonTape {
  const result = readJson(bytes);
  if (!result.ok) throw new Error(`unreadable: ${JSON.stringify(result.failure)}`);
  return result.value;
}

function digestOf(tape: JsonTape): string {
  const document = fingerprintDocument(tape, "osbuild");
  if (!document.ok) throw new Error(`no fingerprint: ${JSON.stringify(document.failure)}`);
  return document.value.fingerprint.manifest;
}
