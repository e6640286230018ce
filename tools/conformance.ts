/**
 * Compares the ids that `@imagegate/core` computes with those that an osbuild on PATH prints (`osbuild --inspect`).
 *
 *     jiti tools/conformance.ts [--osbuild PROGRAM] [FILE|DIRECTORY …]
 *
 * Directories are searched for `*.json`; the default is dist/manifests, so run `generate` first. Exit 1: an id
 * differs, or osbuild refuses a manifest. Exit 2: there is no osbuild, or no manifest.
 */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { computeIds, readJson, type PipelineIds } from "@imagegate/core";
import { runProcess } from "@imagegate/host";

/** What `osbuild --inspect` prints, as far as it is looked at. */
interface Inspection {
  readonly pipelines: readonly {
    readonly name: string;
    readonly stages?: readonly { readonly type: string; readonly id: string }[];
  }[];
}

const CONCURRENCY = 2;
const TIMEOUT_MS = 120_000;
const SHOWN_DISAGREEMENTS = 10;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { osbuild: { type: "string", default: "osbuild" } },
});
const root = fileURLToPath(new URL("..", import.meta.url));

const version = await runOsbuild(["--version"]);
if (!version.ok) stop(`NOT RUN: ${options.osbuild} does not run here (${version.why})`);
const paths = (positionals.length > 0 ? positionals : [join(root, "dist/manifests")]).flatMap(manifestsIn);
if (paths.length === 0) stop("no manifests; run `npx nx run-many -t generate` first");

const disagreements: string[] = [];
let stages = 0;
const queue = paths.values();
await Promise.all(
  Array.from({ length: CONCURRENCY }, async () => {
    for (const path of queue) await compare(path);
  }),
);

for (const line of disagreements.slice(0, SHOWN_DISAGREEMENTS)) console.error(line);
console.log(
  `${version.stdout.trim()}: ${paths.length} manifests, ${stages} stages, ${disagreements.length} disagreements`,
);
process.exit(disagreements.length > 0 ? 1 : 0);

async function compare(path: string): Promise<void> {
  const bytes = readFileSync(path);
  const theirs = await inspect(bytes);
  const ours = idsOf(bytes);
  if (typeof theirs === "string") return disagree(path, `osbuild refuses it: ${theirs}`);
  if (typeof ours === "string") return disagree(path, `refused here: ${ours}`);
  stages += ours.reduce((sum, pipeline) => sum + pipeline.stages.length, 0);
  if (theirs.pipelines.length !== ours.length) {
    return disagree(path, `${ours.length} pipelines here, ${theirs.pipelines.length} in osbuild`);
  }
  for (const [index, pipeline] of ours.entries()) {
    const expected = theirs.pipelines[index];
    const expectedStages = (expected?.stages ?? []).map(({ type, id }) => ({ type, id }));
    if (
      expected?.name === pipeline.name &&
      JSON.stringify(expectedStages) === JSON.stringify(pipeline.stages)
    )
      continue;
    const first = pipeline.stages.findIndex((stage, at) => stage.id !== expectedStages[at]?.id);
    disagree(
      path,
      `pipeline ${pipeline.name}, stage ${first}: ${pipeline.stages[first]?.id} is not ${expectedStages[first]?.id}`,
    );
  }
}

function disagree(path: string, what: string): void {
  disagreements.push(`${relative(root, path)}: ${what}`);
}

function idsOf(bytes: Uint8Array): readonly PipelineIds[] | string {
  const read = readJson(bytes);
  const ids = read.ok ? computeIds(read.value) : read;
  return ids.ok ? ids.value : JSON.stringify(ids.failure);
}

async function inspect(manifest: Uint8Array): Promise<Inspection | string> {
  const run = await runOsbuild(["--inspect", "-"], manifest);
  if (!run.ok) return run.why;
  try {
    return JSON.parse(run.stdout) as Inspection;
  } catch {
    return `no JSON but ${run.stdout.slice(0, 200)}`;
  }
}

type Run = { readonly ok: true; readonly stdout: string } | { readonly ok: false; readonly why: string };

async function runOsbuild(args: readonly string[], stdin: Uint8Array | string = ""): Promise<Run> {
  const outcome = await runProcess([options.osbuild, ...args], {
    timeoutMs: TIMEOUT_MS,
    env: { PYTHONUTF8: "1" },
    stdin,
  });
  if (outcome.kind === "not-found") return { ok: false, why: "there is none" };
  if (outcome.kind === "not-started") return { ok: false, why: outcome.code };
  const stdout = Buffer.from(outcome.stdout).toString();
  if (outcome.kind === "exited" && outcome.exitCode === 0) return { ok: true, stdout };
  const exit = outcome.kind === "exited" ? `exit ${outcome.exitCode}` : outcome.kind;
  return { ok: false, why: `${exit}: ${stdout}${outcome.stderr}`.trim().slice(-500) };
}

function manifestsIn(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) stop(`${path} does not exist; run \`npx nx run-many -t generate\` first`);
  if (!stat.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .map((name) => join(path, name));
}

function stop(why: string): never {
  console.error(`conformance: ${why}`);
  process.exit(2);
}
