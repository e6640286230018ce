import { join } from "node:path";
import { runProcess } from "@imagegate/host";
import { expect } from "vitest";
import type { Project } from "../../src/config/project.ts";
import { generate } from "../../src/run/generate.ts";
import type { Session } from "../../src/run/session.ts";
import {
  contentsOf,
  makeWorkspace,
  OFFERED,
  offerManifests,
  orThrow,
  sampleManifest,
  script,
  temporaryFolder,
  type Workspace,
} from "../workspace.ts";

const NAMES = Array.from({ length: 60 }, (_, index) => `image-${index}`);
/** Two generations of a family that share most of their names. */
const OLD = NAMES.slice(0, 50);
const NEW = NAMES.slice(10);

/** Offers sample manifests whose contents depend on a tag. */
export function offer(workspace: Workspace, names: readonly string[], tag: string): void {
  offerManifests(
    workspace,
    Object.fromEntries(names.map((name) => [name, sampleManifest(`${tag}-${name}`)])),
  );
}

/** The command that generates a family in a process of its own. */
export function generateApart(
  { root, storeRoot }: Workspace,
  { configPath }: Project,
  ...more: readonly string[]
) {
  return [process.execPath, script("generate.js"), root, configPath, storeRoot, ...more] as const;
}

/**
 * Kills runs that replace the old generation by the new one, some among the manifests and most while records are put
 * in place; counts what the records were then.
 */
export async function killOften(session: Session, kills: number): Promise<Readonly<Record<string, number>>> {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED });
  const records = join(workspace.root, "checksums/demo");
  const record = async (names: readonly string[], tag: string) => {
    offer(workspace, names, tag);
    orThrow(await generate(project, session));
    return contentsOf(records);
  };
  const whole = await record(NEW, "new");
  const old = await record(OLD, "old");
  // What a killed run leaves there is nobody's to remove.
  const TMPDIR = temporaryFolder();
  const seen = { old: 0, mixed: 0, new: 0 };
  for (let kill = 0; kill < kills; kill++) {
    offer(workspace, NEW, "new");
    const KILL_AT = kill % 4 === 0 ? `${1 + ((kill * 7) % 50)} 0` : `50 ${(kill * 11) % 17}`;
    await runProcess(generateApart(workspace, project), { env: { KILL_AT, TMPDIR } });
    const found = contentsOf(records);
    for (const name of new Set([...Object.keys(old), ...Object.keys(whole)])) {
      expect([old[name], whole[name]], `${name} after a kill at ${KILL_AT}`).toContain(found[name]);
    }
    const state = isSame(found, old) ? "old" : isSame(found, whole) ? "new" : "mixed";
    seen[state] += 1;
    if (state !== "old") {
      expect(await record(NEW, "new")).toEqual(whole);
      expect(await record(OLD, "old")).toEqual(old);
    }
  }
  expect(await record(NEW, "new")).toEqual(whole);
  expect(workspace.list("dist/manifests/.imagegate")).toEqual([]);
  expect(workspace.list("dist/manifests/demo")).toEqual(NEW.map((name) => `${name}.json`).sort());
  return seen;
}

function isSame(left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
