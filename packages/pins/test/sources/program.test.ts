import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readPins } from "../../src/sources/read-pins.ts";
import { makeFolder, type Folder } from "../fixtures/folder.ts";

const a = { name: "a", urls: ["https://h.org/a"], sha256: "a".repeat(64) };

let folder: Folder;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => folder.remove());

async function readPrinted(script: string, more: object = {}) {
  await folder.write("s/print.mjs", script);
  await folder.write("s/p.pins.json", {
    sources: [{ kind: "program", argv: [process.execPath, "print.mjs"], ...more }],
  });
  return folder.read("s/p.pins.json");
}

const printing = (value: unknown): string =>
  `process.stdout.write(${JSON.stringify(JSON.stringify(value))});`;
const place = { path: "s/p.pins.json", pointer: "/sources/0", line: 3 };

describe("a program", () => {
  it("prints pins, which are from the line that names it or from where it says", async () => {
    const { pins, problems, documents } = await readPrinted(
      printing({
        pins: [
          a,
          { ...a, name: "b", sha256: "b".repeat(64), urls: ["https://h.org/b"], pinnedAt: { path: "x.py" } },
        ],
      }),
    );
    expect(problems).toEqual([]);
    expect(documents[1]).toMatch(/ print\.mjs$/);
    expect(pins.map(({ provenance }) => provenance)).toEqual([
      [place],
      [{ path: "x.py", pointer: null, line: null }],
    ]);
  });

  it("may print anything that a pattern finds pins in, and sees the variables that are laid over ours", async () => {
    const script = 'console.log(JSON.stringify({list:{x:{u:process.env.BASE+"/a",d:"a".repeat(64)}}}))';
    const { pins } = await readPrinted(script, {
      env: { BASE: "https://h.org" },
      pattern: { at: "/list/*", url: "/u", digest: "/d" },
    });
    expect(pins).toMatchObject([{ urls: ["https://h.org/a"], provenance: [place] }]);
  });

  it.each([
    [
      "fails",
      `${printing({ pins: [a] })} process.exitCode = 3;`,
      {},
      { outcome: { kind: "exited", exitCode: 3 } },
    ],
    ["hangs", "setInterval(() => {}, 1000);", { timeoutMs: 300 }, { outcome: { kind: "timed-out" } }],
    ["is not there", "", { argv: ["./no-such-program"] }, { outcome: { kind: "not-found" } }],
  ])("that %s fails closed", async (_, script, more, failure) => {
    const { pins, problems } = await readPrinted(script, more);
    expect(pins).toEqual([]);
    expect(problems).toMatchObject([{ reason: "pins-program-failed", place, ...failure }]);
  });

  it.each([
    ["nothing", "", "json-empty"],
    ["a log before its JSON", `console.log("hello"); ${printing({ pins: [a] })}`, "json-syntax"],
    ["half of it", 'process.stdout.write("{")', "json-syntax"],
  ])("that prints %s fails closed", async (_, script, reason) => {
    const { problems } = await readPrinted(script);
    expect(problems).toMatchObject([{ reason: "pins-program-output", place, cause: { reason } }]);
  });

  it.each([
    ["no pins file", { images: [] }, { printedAt: "/images", problem: "unknown-key" }],
    ["sources of its own", { pins: [a], sources: [] }, { printedAt: "/sources", problem: "unknown-key" }],
    ["a pin without urls", { pins: [{ sha256: "a" }] }, { printedAt: "/pins/0/urls", problem: "missing" }],
  ])("that prints %s fails closed", async (_, printed, problem) => {
    const { pins, problems } = await readPrinted(printing(printed));
    expect(pins).toEqual([]);
    expect(problems).toMatchObject([{ reason: "pin-field-invalid", place, ...problem }]);
  });

  it("that prints no pin is no reason to pass", async () => {
    expect((await readPrinted(printing({ pins: [] }))).problems).toMatchObject([{ reason: "pins-none" }]);
  });

  it("is not run once somebody has cancelled", async () => {
    await folder.write("p.pins.json", {
      sources: [{ kind: "program", argv: [process.execPath, "-e", "1"] }],
    });
    const options = { root: folder.root, signal: AbortSignal.abort(), allowLoopbackHttp: false };
    expect((await readPins(["p.pins.json"], options)).problems).toEqual([{ reason: "pins-cancelled" }]);
  });
});
