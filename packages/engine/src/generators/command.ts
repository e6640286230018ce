import { readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import {
  runProcess,
  type Argv,
  type LineSink,
  type ProcessOptions,
  type WriteFailure,
} from "@imagegate/host";
import type { Project } from "../config/project.ts";
import type { GeneratorConfig } from "../config/schema.ts";
import type { GeneratorFailure } from "../failure.ts";
import { environmentElsewhere } from "../git/environment.ts";
import type { ManifestSet, OfferedManifest } from "./manifest-set.ts";
import { NdjsonReader } from "./ndjson.ts";
import { makeOutFolder } from "./out-folder.ts";
import { readAhead, type AheadReader } from "./read-ahead.ts";

type CommandConfig = Extract<GeneratorConfig, { kind: "command" }>;
type Offered = Result<readonly OfferedManifest[], GeneratorFailure>;

/** How much of a command's stderr a failure can show. */
const MAX_STDERR_BYTES = 16 * 1024;

/** What a command is run with. */
export interface CommandRun {
  readonly signal: AbortSignal;
  /** Who reads the manifests of a directory while the command still runs. */
  readonly ahead: AheadReader;
}

/**
 * Runs a command in the family's folder. Anything but a clean exit with all the names that were asked for, and no
 * others, fails; the folder that stands for `{outDir}` is gone afterwards on every path.
 */
export async function runCommand(
  project: Project,
  generator: CommandConfig,
  { signal, ahead }: CommandRun,
): Promise<Result<ManifestSet, GeneratorFailure | WriteFailure>> {
  const outDir = await makeOutFolder().catch((cause: unknown) => refuse(tmpdir(), cause));
  if (typeof outDir !== "string") return outDir;
  const close = (): Promise<void> => rm(outDir, { recursive: true, force: true });
  try {
    const offered = await collect(project, generator, { outDir, signal, ahead });
    const complete = offered.ok ? requireNames(offered.value, generator) : offered;
    if (complete.ok) return ok({ manifests: complete.value, isInPlace: false, close });
    await close();
    return complete;
  } catch (cause) {
    await close();
    signal.throwIfAborted();
    return refuse(outDir, cause);
  }
}

/** A folder for the output that cannot be made, filled or read; what is not the system's doing is thrown on. */
function refuse(path: string, cause: unknown): Result<never, WriteFailure> {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === undefined) throw cause;
  return fail({ reason: "write-failed", path, code, cause });
}

interface Run extends CommandRun {
  readonly outDir: string;
}

async function collect(project: Project, generator: CommandConfig, run: Run): Promise<Offered> {
  const start = (more: Partial<ProcessOptions>): Promise<Result<Uint8Array, GeneratorFailure>> =>
    startCommand(project, generator, { outDir: run.outDir, signal: run.signal, ...more });
  switch (generator.output) {
    case "directory": {
      const reading = readAhead(run.outDir, run.ahead);
      const exited = await start({ stdout: "drop" }).finally(() => reading.stop());
      return exited.ok ? listOutput(run.outDir) : exited;
    }
    case "ndjson": {
      const reader = new NdjsonReader(run.outDir);
      const onStdoutLine: LineSink = (line) => reader.take(line);
      const exited = await start({ onStdoutLine, maxLineBytes: project.config.maxManifestBytes });
      return exited.ok ? reader.result() : exited;
    }
    case "single": {
      const exited = await start({ maxStdoutBytes: project.config.maxManifestBytes });
      if (!exited.ok) return exited;
      if (exited.value.length === 0) return fail({ reason: "generator-empty" });
      const path = join(run.outDir, "manifest.json");
      await writeFile(path, exited.value);
      return ok([{ name: generator.list?.[0] ?? project.family, source: { kind: "file", path } }]);
    }
  }
}

async function startCommand(
  project: Project,
  generator: CommandConfig,
  { outDir, signal, ...more }: Omit<Run, "ahead"> & Partial<ProcessOptions>,
): Promise<Result<Uint8Array, GeneratorFailure>> {
  const argv = generator.argv.map((arg) =>
    arg.replaceAll("{outDir}", outDir).replaceAll("{workspaceRoot}", project.root),
  ) as unknown as Argv;
  const outcome = await runProcess(argv, {
    cwd: join(project.root, project.folder),
    // Asked by a hook, git in the command would speak of the hook's repository and index, wherever the family stands.
    env: { ...environmentElsewhere(), ...generator.env },
    envMode: "replace",
    timeoutMs: generator.timeoutMs,
    maxStderrBytes: MAX_STDERR_BYTES,
    signal,
    ...more,
  });
  if (outcome.kind === "exited" && outcome.exitCode === 0) return ok(outcome.stdout);
  signal.throwIfAborted();
  return fail({ reason: "command-failed", argv: generator.argv, outcome });
}

/** Every entry must be a manifest: what a command leaves besides is a misunderstanding. */
async function listOutput(outDir: string): Promise<Offered> {
  const entries = await readdir(outDir, { withFileTypes: true });
  const stranger = entries.find((entry) => !entry.isFile() || !entry.name.endsWith(".json"));
  if (stranger !== undefined) return fail({ reason: "output-stranger", path: stranger.name });
  return ok(
    entries.map(({ name }) => ({
      name: name.slice(0, -".json".length),
      source: { kind: "file", path: join(outDir, name) },
    })),
  );
}

function requireNames(offered: readonly OfferedManifest[], { list }: CommandConfig): Offered {
  if (list === undefined) return ok(offered);
  const names = new Set(offered.map(({ name }) => name));
  const missing = list.filter((name) => !names.has(name));
  if (missing.length > 0) return fail({ reason: "names-missing", names: missing });
  const unexpected = [...names].filter((name) => !list.includes(name)).sort();
  return unexpected.length > 0 ? fail({ reason: "names-unexpected", names: unexpected }) : ok(offered);
}
