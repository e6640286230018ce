import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fingerprintDocument, readJson } from "@imagegate/core";
import { openFileReader } from "@imagegate/host";

// As a thread of ours reads.
const readFile = openFileReader();
const MAX_BYTES = 1 << 28;

/** What nobody can do without: read, `JSON.parse`, sha256 of the bytes. */
export function floor(path) {
  const bytes = readFileSync(path);
  JSON.parse(bytes);
  createHash("sha256").update(bytes).digest("hex");
}

/** Everything that a record holds: read, parse, sha256 of canonical bytes and of the sources, all ids. */
export function fingerprint(path) {
  required(fingerprintDocument(required(readJson(required(readFile(path, MAX_BYTES)))), "osbuild-ids"));
}

/** The same without ids. */
export function fingerprintWithoutIds(path) {
  required(fingerprintDocument(required(readJson(required(readFile(path, MAX_BYTES)))), "osbuild"));
}

/** A value that must be there. */
export function required(result) {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
