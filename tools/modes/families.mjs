import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Two families over the same manifests: what one records is a bare digest, what the other records are ids. */
const RECORDS = {
  digests: { form: "digest", of: "compact-line", extension: ".sum" },
  ids: { form: "pipeline-ids", extension: ".sum" },
};

/**
 * What a repository committed and what osbuild computed, as the text of each record by family and name, and the number
 * of facts in each: a digest, or the ids of all pipelines. A manifest without a line is an error.
 */
export function readExpected(folder, paths) {
  const digests = new Map(
    readFields(folder, "upstream-digests.txt").map(([digest, , name]) => [name, digest]),
  );
  const ids = new Map();
  for (const [name, pipeline, id] of readFields(folder, "pipeline-ids.txt"))
    ids.set(`${name} ${pipeline}`, id);
  const expected = { digests: new Map(), ids: new Map() };
  for (const path of paths) {
    const name = basename(path, ".json");
    const pipelines = JSON.parse(readFileSync(path, "utf8")).pipelines.map((pipeline) => pipeline.name);
    const lines = pipelines.map((pipeline) => `${taken(ids, `${name} ${pipeline}`)}: ${pipeline}\n`);
    expected.digests.set(name, { text: `${taken(digests, name)}\n`, facts: 1 });
    expected.ids.set(name, { text: lines.join(""), facts: lines.length });
  }
  if (digests.size > 0 || ids.size > 0)
    throw new Error(`${digests.size} digests and ${ids.size} ids of no manifest`);
  return expected;
}

function readFields(folder, file) {
  const lines = readFileSync(join(folder, file), "utf8").trimEnd().split("\n");
  return lines.map((line) => line.split(" "));
}

/** What stands under a key, which nobody may ask for again. */
function taken(map, key) {
  const value = map.get(key);
  if (value === undefined) throw new Error(`nothing is known of ${key}`);
  map.delete(key);
  return value;
}

/** Writes the manifests and the two families. */
export function writeFamilies(root, paths) {
  mkdirSync(join(root, "m"));
  for (const path of paths) copyFileSync(path, join(root, "m", basename(path)));
  const generator = { kind: "files", include: ["../m/*.json"] };
  for (const [family, records] of Object.entries(RECORDS)) {
    mkdirSync(join(root, family));
    writeFileSync(join(root, family, "imagegate.json"), JSON.stringify({ generator, records }));
  }
}

/** Writes the records as they must be, and nothing else. */
export function writeRecords(root, expected) {
  removeRecords(root);
  for (const [family, records] of Object.entries(expected)) {
    mkdirSync(join(root, "checksums", family), { recursive: true });
    for (const [name, { text }] of records) writeFileSync(recordPath(root, family, name), text);
  }
}

/** Removes all records. */
export function removeRecords(root) {
  rmSync(join(root, "checksums"), { recursive: true, force: true });
}

/** Makes the first record of each family wrong: one digit of a digest, or of an id. */
export function falsifyRecords(root, expected) {
  for (const [family, records] of Object.entries(expected)) {
    const [name, { text }] = [...records][0];
    const wrong = text.replace(/[0-9a-f]/, (digit) => (digit === "0" ? "1" : "0"));
    writeFileSync(recordPath(root, family, name), wrong);
  }
}

function recordPath(root, family, name) {
  return join(root, "checksums", family, `${name}.sum`);
}
