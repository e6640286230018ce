import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PIN_CLASS_WORDS, PIN_CLASSES, standingOf } from "@imagegate/core/report";
import { readPins } from "@imagegate/pins";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const guide = readFileSync(new URL("../../docs/pins.md", import.meta.url), "utf8");
const blocks = (language: string): readonly string[] =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([^\`]*)\`\`\``, "g"))].map(
    (match) => match[1] as string,
  );

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "imagegate-guide-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function read(file: string) {
  return readPins([file], { root, signal: new AbortController().signal, allowLoopbackHttp: false });
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) console.warn("NOT RUN: there is no python3 for the example of docs/pins.md");

describe("docs/pins.md", () => {
  it.skipIf(!hasPython)("configures a Python project's job in ten lines", async () => {
    const [config = ""] = blocks("json");
    const [artifacts = "", printer = ""] = blocks("python");
    expect(config.trimEnd().split("\n").length).toBeLessThanOrEqual(10);
    mkdirSync(join(root, "smoke"));
    writeFileSync(join(root, "smoke.pins.json"), config);
    writeFileSync(join(root, "smoke/artifacts.py"), artifacts);
    writeFileSync(join(root, "smoke/print_pins.py"), printer);
    const { pins, problems } = await read("smoke.pins.json");
    expect(problems).toEqual([]);
    expect(pins.map(({ name }) => name)).toEqual(["alpine-kernel", "alpine-initramfs"]);
    expect(pins[0]?.provenance).toEqual([{ path: "smoke.pins.json", pointer: "/sources/0", line: 4 }]);
  });

  it("shows pins files that are some", async () => {
    const [, ...files] = blocks("json");
    expect(files).toHaveLength(2);
    for (const [index, text] of files.entries()) {
      writeFileSync(join(root, `${index}.pins.json`), text);
      const { problems } = await read(`${index}.pins.json`);
      // Nothing that the sources look for is there.
      expect(problems.filter(({ reason }) => !/^pins-(?:no-match|program-failed)$/.test(reason))).toEqual([]);
    }
  });

  it("says what each class means and what to do as the code does", () => {
    const rows = guide.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    const exits = { passed: "0", allowed: "0", failed: "1", undecided: "2" };
    for (const name of PIN_CLASSES) {
      const { sentence, next } = PIN_CLASS_WORDS[name];
      const exit = exits[standingOf({ class: name, isAllowed: false })];
      expect(rows.find(([, cell]) => cell === `\`${name}\``)).toEqual([
        "",
        `\`${name}\``,
        exit,
        sentence,
        next,
        "",
      ]);
    }
  });
});
