import { join } from "node:path";
import { runProcess } from "@imagegate/host";
import { expect, it } from "vitest";
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
  sharedSession,
  type Workspace,
} from "../workspace.ts";

const shared = sharedSession();
const NAMES = ["a", "Z", "_", "10", "9", "ab", "a-b", "a.b"];
const SORTED = ["10", "9", "Z", "_", "a", "a-b", "a.b", "ab"];

/** A family in a workspace of its own, offered in an order. */
async function family(names: readonly string[]): Promise<{ workspace: Workspace; project: Project }> {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED });
  offerManifests(workspace, Object.fromEntries(names.map((name) => [name, sampleManifest(`é-${name}`)])));
  return { workspace, project };
}

async function recordsOf(names: readonly string[], session: Session) {
  const { workspace, project } = await family(names);
  const done: string[] = [];
  const report = await generate(project, session, {
    onEvent: (event) => void (event.kind === "manifest-done" && done.push(event.name)),
  });
  expect(orThrow(report).added).toEqual(SORTED);
  expect(done).toEqual(SORTED);
  return contentsOf(join(workspace.root, "checksums/demo"));
}

it("writes the same records on one thread and on two, in two checkouts, whatever the order", async () => {
  const one = await recordsOf(NAMES, shared);
  const two = await recordsOf(NAMES.toReversed(), makeWorkspace().session({ concurrency: 2 }));
  expect(Object.keys(one)).toHaveLength(NAMES.length);
  expect(two).toEqual(one);
});

it("writes the same records in any locale and time zone", async () => {
  const records = [];
  for (const env of [
    { LC_ALL: "C", TZ: "UTC" },
    { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", TZ: "Pacific/Chatham" },
  ]) {
    const { workspace, project } = await family(NAMES);
    const argv = [
      process.execPath,
      script("generate.js"),
      workspace.root,
      project.configPath,
      workspace.storeRoot,
    ] as const;
    const outcome = await runProcess(argv, { env });
    expect(outcome).toMatchObject({ kind: "exited", exitCode: 0 });
    records.push(contentsOf(join(workspace.root, "checksums/demo")));
  }
  expect(records[1]).toEqual(records[0]);
  expect(records[0]).toEqual(await recordsOf(NAMES, shared));
});
