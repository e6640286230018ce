import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { formatTrace } from "../../src/families/timings.ts";
import { filesFamily, makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

let workspace: Workspace;
afterEach(() => workspace.remove());

it("writes the figures and, beside them, a trace of every manifest", async () => {
  workspace = await makeWorkspace({ ...filesFamily("alpha", ["a", "b"]), ...filesFamily("beta", ["c"]) });
  expect(await workspace.run(["generate", "--timings", "t.json"])).toMatchObject({ code: 0 });
  const read = async (name: string) => JSON.parse(await readFile(join(workspace.root, name), "utf8"));
  expect((await read("t.json")).families).toMatchObject([{ family: "alpha" }, { family: "beta" }]);
  const { traceEvents } = await read("t.trace.json");
  expect(traceEvents.map(({ cat, name }: { cat: string; name: string }) => `${cat} ${name}`)).toEqual([
    "family alpha",
    "manifest a",
    "manifest b",
    "family beta",
    "manifest c",
  ]);
  const [family, ...manifests] = traceEvents.slice(0, 3);
  for (const { ph, tid, ts, dur } of manifests) {
    expect(ph).toBe("X");
    expect(tid).toBeGreaterThan(0);
    expect(ts).toBeGreaterThanOrEqual(family.ts);
    expect(ts + dur).toBeLessThanOrEqual(family.ts + family.dur);
  }
});

it("counts in microseconds from the first family", () => {
  const span = { thread: 2, startedAtMs: 1_000.25, durationMs: 1.5 };
  const trace = { family: "f", startedAtMs: 1_000, endedAtMs: 1_002, manifests: [{ name: "m", span }] };
  expect(formatTrace([trace])).toMatchObject({
    traceEvents: [
      { name: "f", tid: 0, ts: 0, dur: 2_000 },
      { name: "m", tid: 2, ts: 250, dur: 1_500, args: { family: "f" } },
    ],
  });
});
