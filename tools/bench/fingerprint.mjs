import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { computeIds, fingerprintDocument, readJson } from "@imagegate/core";
import { isOnPath } from "./path.mjs";
import { measureInterleaved, printTable } from "./measure.mjs";

const JQ_SAMPLE = 100;
const OSBUILD_SAMPLE = 5;

/** One thread: everything that a record holds, against reading, parsing and hashing alone. */
export async function benchFingerprint(paths, runs) {
  const subjects = [
    { name: "floor: read, JSON.parse, sha256 of the bytes", work: () => paths.forEach(floor) },
    {
      name: "fingerprint: read, parse, canonical sha256, sources, ids",
      work: () => paths.forEach(fingerprint),
    },
    { name: "the same without ids", work: () => paths.forEach(fingerprintWithoutIds) },
  ];
  const rows = await measureInterleaved(subjects, runs);
  printTable(
    `Fingerprint, one thread, medians of ${runs} interleaved runs`,
    rows.map((row) => ({ ...row, each: paths.length })),
    subjects[0].name,
  );
}

/** Against the tools that do a part of it today, on a sample, a manifest. */
export async function benchTools(paths, runs) {
  if (isOnPath("jq")) {
    const sample = everyNth(paths, JQ_SAMPLE);
    const subjects = [
      { name: "fingerprint, in-process", work: () => sample.forEach(fingerprint) },
      { name: "jq -cS . | sha256sum, in a loop", work: () => jqLoop(sample) },
    ];
    const rows = await measureInterleaved(subjects, Math.min(runs, 3));
    const each = sample.length;
    printTable(
      `Against jq, ${each} of the manifests`,
      rows.map((row) => ({ ...row, each })),
      subjects[0].name,
    );
  } else {
    console.log("\nNot measured: jq is not on PATH");
  }
  if (isOnPath("osbuild")) {
    const sample = everyNth(paths, OSBUILD_SAMPLE);
    const tapes = sample.map((path) => readJson(readFileSync(path)).value);
    const subjects = [
      { name: "builtin ids, in-process", work: () => tapes.forEach((tape) => computeIds(tape)) },
      { name: "osbuild --inspect", work: () => sample.forEach(inspect) },
    ];
    const rows = await measureInterleaved(subjects, Math.min(runs, 3));
    const each = sample.length;
    printTable(
      `Ids, ${each} of the manifests`,
      rows.map((row) => ({ ...row, each })),
      subjects[0].name,
    );
  } else {
    console.log("\nNot measured: osbuild is not on PATH");
  }
}

function floor(path) {
  const bytes = readFileSync(path);
  JSON.parse(bytes);
  createHash("sha256").update(bytes).digest("hex");
}

function fingerprint(path) {
  required(fingerprintDocument(required(readJson(readFileSync(path))), "osbuild-ids"));
}

function fingerprintWithoutIds(path) {
  required(fingerprintDocument(required(readJson(readFileSync(path))), "osbuild"));
}

function required(result) {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

function jqLoop(paths) {
  const script = 'for file; do jq -cS . "$file" | sha256sum; done';
  requireExit0(spawnSync("bash", ["-c", script, "bash", ...paths], { maxBuffer: 1 << 28 }));
}

function inspect(path) {
  requireExit0(spawnSync("osbuild", ["--inspect", path], { maxBuffer: 1 << 28 }));
}

function requireExit0({ status, stderr }) {
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}`);
}

function everyNth(paths, count) {
  const step = Math.max(1, Math.floor(paths.length / count));
  return paths.filter((_, index) => index % step === 0).slice(0, count);
}
