import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

const program = fileURLToPath(new URL("../test-report.mjs", import.meta.url));

interface Test {
  readonly title: string;
  readonly status: "passed" | "failed" | "pending";
  readonly message?: string;
}

interface Suite {
  readonly file: string;
  readonly tests: readonly Test[];
  readonly status?: "passed" | "failed";
  readonly message?: string;
}

/** What vitest's JSON reporter writes of a run in the folder. */
function reportOf(folder: string, suites: readonly Suite[]): string {
  const tests = suites.flatMap((suite) => suite.tests);
  const count = (status: Test["status"]): number => tests.filter((test) => test.status === status).length;
  return JSON.stringify({
    numPassedTests: count("passed"),
    numFailedTests: count("failed"),
    numPendingTests: count("pending"),
    numTodoTests: 0,
    testResults: suites.map((suite) => ({
      name: join(folder, suite.file),
      status: suite.status ?? (suite.tests.some(({ status }) => status === "failed") ? "failed" : "passed"),
      message: suite.message ?? "",
      assertionResults: suite.tests.map(({ title, status, message }) => ({
        ancestorTitles: ["", "a door"],
        title,
        status,
        failureMessages: message === undefined ? [] : [message],
      })),
    })),
  });
}

/** What is printed about reports, of which each is a list of suites or a file's text. */
function print(...reports: readonly (readonly Suite[] | string)[]) {
  const folder = mkdtempSync(join(tmpdir(), "imagegate-report-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const paths = reports.map((report, index) => {
    const path = join(folder, `${index}.json`);
    writeFileSync(path, typeof report === "string" ? report : reportOf(folder, report));
    return path;
  });
  const { stdout, status } = spawnSync(process.execPath, [program, ...paths], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, lines: stdout.trimEnd().split("\n") };
}

const passing: Suite = { file: "test/a.test.ts", tests: [{ title: "opens", status: "passed" }] };

describe("the report on the tests", () => {
  it("is one line when all is well, over all runs", () => {
    expect(print([passing, passing], [passing])).toEqual({ status: 0, lines: ["3 passed, 0 failed"] });
  });

  it("names every failed test with what it said, before its last line", () => {
    const failed: Test = {
      title: "shuts",
      status: "failed",
      message: "Error: it is open\n\n    at door.ts:3",
    };
    expect(print([passing], [{ file: "test/b.test.ts", tests: [failed, ...passing.tests] }])).toEqual({
      status: 1,
      lines: [
        "✗ test/b.test.ts > a door > shuts",
        "    Error: it is open",
        "        at door.ts:3",
        "2 passed, 1 failed",
      ],
    });
  });

  it("counts a suite that could not run, be it for its file or for a hook", () => {
    const broken = { status: "failed", message: "no such module" } as const;
    const hook: Suite = { ...broken, file: "c.test.ts", tests: [{ title: "opens", status: "pending" }] };
    expect(print([passing, { ...broken, file: "b.test.ts", tests: [] }, hook])).toEqual({
      status: 1,
      lines: [
        "✗ could not run b.test.ts",
        "    no such module",
        "✗ could not run c.test.ts",
        "    no such module",
        "1 tests were skipped: see above what each of them needs",
        "1 passed, 2 failed",
      ],
    });
  });

  it("is bounded in tests, lines and their length", () => {
    const message = Array.from({ length: 15 }, (_, index) => `${index} ${"x".repeat(1_000)}`).join("\n");
    const tests = Array.from({ length: 23 }, (_, index): Test => {
      return { title: `way ${index}`, status: "failed", message };
    });
    const { lines } = print([passing, { file: "b.test.ts", tests }]);
    expect(lines).toHaveLength(20 * (1 + 12 + 1) + 2);
    expect(Math.max(...lines.map((line) => line.length))).toBe(304);
    expect(lines[13]).toBe("    … 3 more lines");
    expect(lines.slice(-2)).toEqual(["✗ and 3 more: see above", "1 passed, 23 failed"]);
  });

  it("fails for a run without a report or with half of one, and when nothing ran", () => {
    for (const half of ["", '{"numPassedTests":']) {
      const { status, lines } = print([passing], half);
      expect([status, lines[0], lines.at(-1)]).toEqual([
        1,
        expect.stringMatching(/^✗ no report .*1\.json$/) as unknown,
        "1 passed, 1 failed",
      ]);
    }
    expect(print()).toEqual({ status: 1, lines: ["0 passed, 0 failed"] });
    expect(print([])).toEqual({ status: 1, lines: ["0 passed, 0 failed"] });
  });
});
