import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { digestScripts } from "@imagegate/engine/project";

/**
 * What texts were parsed into, kept between commands of Nx: loading what parses them would be most of what this plugin
 * costs a command that has everything cached. A value is found by its text and by the code that parsed it, and verified.
 */
export interface RememberedParses {
  /** The value of a text, of values of that kind; `parse` is asked for what is not known, and what it throws is thrown. */
  of<T>(kind: string, text: string, parse: () => Promise<T>): Promise<T>;
  /** Keeps what was asked for and nothing else; a failing write loses no more than time. */
  save(): Promise<void>;
}

const FILE = "imagegate-parsed.json";

/** What an earlier command remembered in Nx's folder for such things; nothing where there is none. */
export function openRemembered(
  workspaceRoot: string,
  env: Readonly<Record<string, string | undefined>>,
): RememberedParses {
  const folder = resolve(workspaceRoot, env["NX_WORKSPACE_DATA_DIRECTORY"] || join(".nx", "workspace-data"));
  const path = join(folder, FILE);
  const known = readKnown(path);
  const asked = new Map<string, unknown>();
  let isNew = false;
  return {
    async of<T>(kind: string, text: string, parse: () => Promise<T>): Promise<T> {
      const key = sha256(JSON.stringify([codeDigest(), kind, text]));
      const value = known.has(key) ? known.get(key) : await parse();
      isNew ||= !known.has(key);
      asked.set(key, value);
      return value as T;
    },
    async save() {
      if (!isNew || !existsSync(folder)) return;
      const entries = JSON.stringify([...asked]);
      const { writeFileAtomic } = await import("@imagegate/host");
      await writeFileAtomic(path, JSON.stringify({ sha256: sha256(entries), entries }));
    },
  };
}

function readKnown(path: string): ReadonlyMap<string, unknown> {
  try {
    const { sha256: digest, entries } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    if (typeof entries !== "string" || sha256(entries) !== digest) return new Map();
    return new Map(JSON.parse(entries) as [string, unknown][]);
  } catch {
    return new Map();
  }
}

let knownCode: string | undefined;

/** Other code may parse otherwise: that of the schemas, which holds what they are written in. */
function codeDigest(): string {
  if (knownCode !== undefined) return knownCode;
  const own = createRequire(import.meta.url);
  const entries = ["@imagegate/nx", "@imagegate/engine/config"];
  knownCode = entries.map((entry) => digestScripts(dirname(own.resolve(entry)), "js")).join();
  return knownCode;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
