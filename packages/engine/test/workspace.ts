import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { lstat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Result } from "@imagegate/core";
import { openStore } from "@imagegate/host";
import { afterAll, onTestFinished } from "vitest";
import { loadProject } from "../src/config/workspace.ts";
import type { Project } from "../src/config/project.ts";
import { Inspector } from "../src/inspect/inspector.ts";
import { openSession, type Session, type SessionOptions } from "../src/run/session.ts";

/** What a family's `imagegate.json` may say, right or wrong. */
export type ConfigText = Readonly<Record<string, unknown>>;

/** Memory, where there is enough: records are brought to the disk one by one, and hundreds of tests would wait for it. */
const PARENT = realpathSync(hasRoom("/dev/shm") ? "/dev/shm" : tmpdir());

/** A container's `/dev/shm` has 64 MiB, when nobody asked for more, and all tests that run at once share it. */
function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > 2 ** 30;
}

/** A private folder, by its real path, that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(PARENT, "imagegate-engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A workspace of one family or more in a private folder, with a store beside it. */
export interface Workspace {
  readonly root: string;
  readonly storeRoot: string;
  /** Writes a file; what is no text is written as JSON. */
  write(path: string, content: unknown): void;
  read(path: string): string;
  remove(path: string): void;
  /** Names in a folder, sorted; none when it is missing. */
  list(folder: string): readonly string[];
  /** Writes a family's configuration and loads it. */
  family(config: ConfigText, folder?: string): Promise<Project>;
  session(options?: SessionOptions): Session;
}

/** Makes a workspace; its parts are made as they are asked for. */
export function makeWorkspace(): Workspace {
  return workspaceAt(temporaryFolder(), temporaryFolder());
}

/** A workspace in folders that exist. */
export function workspaceAt(root: string, storeRoot: string): Workspace {
  const write = (path: string, content: unknown): void => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    const isText = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(target, isText ? content : `${JSON.stringify(content, null, 2)}\n`);
  };
  return {
    root,
    storeRoot,
    write,
    read: (path) => readFileSync(join(root, path), "utf8"),
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    list: (folder) => listNames(join(root, folder)),
    family: async (config, folder = "images/demo") => {
      write(`${folder}/imagegate.json`, config);
      return orThrow(await loadProject(root, `${folder}/imagegate.json`));
    },
    session: (options = {}) => {
      const session = openSession({ storeRoot, concurrency: 1, env: {}, ...options });
      onTestFinished(() => session.close());
      return session;
    },
  };
}

/** One session for the tests of a file that do not care for threads and stores: starting a thread costs a while. */
export function sharedSession(): Session {
  const store = mkdtempSync(join(PARENT, "imagegate-engine-"));
  const session = openSession({ storeRoot: store, concurrency: 1, env: {} });
  afterAll(async () => {
    await session.close();
    rmSync(store, { recursive: true, force: true });
  });
  return session;
}

/** A session that remembers nothing, on threads that run already; it has time for whatever may be read ahead. */
export function freshSession({ pool, concurrency, env }: Session, storeRoot: string): Session {
  const store = openStore({ root: storeRoot });
  const inspector = new Inspector(store, concurrency);
  const processors = { free: () => 1 };
  return { concurrency, env, store, pool, inspector, processors, close: async () => {} };
}

/** The value of a success; a failure is the test's. */
export function orThrow<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`expected a success, not ${JSON.stringify(result.failure, null, 2)}`);
}

/** The failure of a result; a success is the test's failure. */
export function failureOf<F>(result: Result<unknown, F>): F {
  if (!result.ok) return result.failure;
  throw new Error("expected a failure");
}

/** A manifest that osbuild would load: `tag` is an option of its last stage. */
export function sampleManifest(tag: string) {
  return {
    version: "2",
    pipelines: [
      {
        name: "build",
        runner: "org.osbuild.fedora43",
        // Long enough to be a blob of the store.
        stages: [{ type: "org.osbuild.locale", options: { language: "C".repeat(600) } }],
      },
      {
        name: "os",
        build: "name:build",
        stages: [{ type: "org.osbuild.hostname", options: { hostname: tag } }],
      },
    ],
    sources: { "org.osbuild.inline": { items: {} } },
  };
}

/** A generator that prints the manifests of `offerManifests`. */
export const OFFERED = { kind: "command", argv: ["cat", "offered.ndjson"], output: "ndjson" } as const;

/** What a family with the generator `OFFERED` generates from now on, in this order. */
export function offerManifests(
  workspace: Workspace,
  manifests: Readonly<Record<string, unknown>>,
  folder = "images/demo",
): void {
  const lines = Object.entries(manifests).map(([name, manifest]) => JSON.stringify({ name, manifest }));
  workspace.write(`${folder}/offered.ndjson`, lines.join("\n"));
}

/** Sample manifests of some names, each tagged with its name. */
export function sampleManifests(...names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map((name) => [name, sampleManifest(name)]));
}

/** A program in `fixtures/bin`. */
export function program(name: string): string {
  return new URL(`fixtures/bin/${name}`, import.meta.url).pathname;
}

/** A script in `fixtures`, which uses the built package. */
export function script(name: string): string {
  return new URL(`fixtures/${name}`, import.meta.url).pathname;
}

/** Every file and folder below a folder with its kind, size, mtime and inode: what must not move when nothing is written. */
export async function snapshotOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const { mode, size, mtimeNs, ino } = await lstat(join(folder, name), { bigint: true });
    entries.set(name, `${mode} ${size} ${mtimeNs} ${ino}`);
  }
  return entries;
}

/** The bytes of every file directly in a folder, by name. */
export function contentsOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listNames(folder).map((name) => [name, readFileSync(join(folder, name), "latin1")]),
  );
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
