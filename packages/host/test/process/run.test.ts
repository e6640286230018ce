import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getDefaultHighWaterMark } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { runProcess, type ProcessOptions } from "../../src/process/run.ts";
import type { ProcessOutcome } from "../../src/process/outcome.ts";
import { program, script, temporaryFolder } from "../fixtures/paths.ts";

/** How long what must happen is waited for. */
const WAIT = { timeout: 20_000, interval: 10 };

async function exited(argv: [string, ...string[]], options: ProcessOptions = {}) {
  const outcome = await runProcess(argv, options);
  if (outcome.kind !== "exited") throw new Error(`unexpected outcome ${outcome.kind}`);
  return outcome;
}

function text(outcome: ProcessOutcome): string {
  return "stdout" in outcome ? Buffer.from(outcome.stdout).toString() : "";
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, "utf8"));
  } catch {
    return false;
  }
}

async function expectGone(pidFile: string): Promise<void> {
  const pid = Number(readFileSync(pidFile, "utf8"));
  expect(pid).toBeGreaterThan(1);
  await vi.waitUntil(() => !isRunning(pid), WAIT);
}

test("exit code, stdout and stderr", async () => {
  const outcome = await exited([program("both"), "3"]);
  expect(outcome).toMatchObject({ exitCode: 3, stderr: "err\n" });
  expect(text(outcome)).toBe("out\n");
  expect(outcome.durationMs).toBeGreaterThan(0);
});

test("arguments reach the program as they are, no shell reads them", async () => {
  const args = ["$HOME", "a b", "*", "'", "", ";true"];
  const cwd = temporaryFolder();
  const outcome = await exited([program("show-argv"), ...args], { cwd, env: { ADDED: "1" } });
  const seen = JSON.parse(text(outcome)) as unknown;
  expect(seen).toEqual({ argv: args, cwd, added: "1", home: process.env["HOME"] ?? null });
});

test("a replaced environment holds nothing else", async () => {
  const env = { ADDED: "1", PATH: process.env["PATH"] ?? "" };
  const outcome = await exited([program("show-argv")], { env, envMode: "replace" });
  expect(JSON.parse(text(outcome))).toMatchObject({ added: "1", home: null });
});

test("input as text and as bytes; none is an empty one", async () => {
  expect(text(await exited(["cat"], { stdin: "né" }))).toBe("né");
  const bytes = new Uint8Array(300_000).fill(0xff);
  expect((await exited(["cat"], { stdin: bytes })).stdout.length).toBe(300_000);
  expect(text(await exited(["cat"]))).toBe("");
});

test("a program that ends without reading its large input is no error", async () => {
  const outcome = await exited([program("leave-stdin")], { stdin: "x".repeat(5_000_000) });
  expect(outcome.exitCode).toBe(0);
});

test("the end of stderr is kept, in bounds, whatever its bytes", async () => {
  const outcome = await exited([program("noisy-stderr")], { maxStderrBytes: 1000 });
  expect(outcome.stderr.endsWith("caf\uFFFD é the end\n")).toBe(true);
  expect(Buffer.byteLength(outcome.stderr)).toBeLessThanOrEqual(1002);
  expect(outcome.stderr).not.toContain("line 0 of");
});

test("a signal from elsewhere", async () => {
  const outcome = await runProcess([program("kill-self")]);
  expect(outcome).toMatchObject({ kind: "signalled", signal: "SIGKILL" });
  expect(text(outcome)).toBe("before\n");
});

test("a missing executable is told from one that cannot start", async () => {
  expect(await runProcess(["imagegate-no-such-program"])).toMatchObject({
    kind: "not-found",
    executable: "imagegate-no-such-program",
  });
  expect(await runProcess([program("nothing-here")])).toMatchObject({ kind: "not-found" });
  expect(await runProcess([program("plain-file")])).toMatchObject({ kind: "not-started", code: "EACCES" });
  expect(await runProcess([program("")])).toMatchObject({ kind: "not-started", code: "EACCES" });
  expect(await runProcess([program("no-interpreter")])).toMatchObject({
    kind: "not-started",
    code: "ENOENT",
    subject: "executable",
  });
});

test("a bad folder, too many arguments and a NUL are reasons not to start", async () => {
  const cwd = join(temporaryFolder(), "missing");
  expect(await runProcess(["true"], { cwd })).toMatchObject({
    kind: "not-started",
    subject: "cwd",
    code: "ENOENT",
  });
  expect(await runProcess(["true", "x".repeat(5_000_000)])).toMatchObject({
    kind: "not-started",
    code: "E2BIG",
  });
  expect(await runProcess(["true", "a\0b"])).toMatchObject({ kind: "not-started", subject: "executable" });
});

test("stdout over its bound ends the program", async () => {
  const outcome = await runProcess([program("flood")], { maxStdoutBytes: 100_000 });
  expect(outcome).toMatchObject({ kind: "output-too-large", bound: "stdout", limitBytes: 100_000 });
});

test("stdout of exactly its bound is no trouble", async () => {
  expect(text(await exited([program("both")], { maxStdoutBytes: 4 }))).toBe("out\n");
  expect(await runProcess([program("both")], { maxStdoutBytes: 3 })).toMatchObject({
    kind: "output-too-large",
  });
});

describe("stdout that is dropped", () => {
  const stdout = "drop";

  test("is read all the same, whatever its length", async () => {
    const outcome = await exited(["head", "-c", "50000000", "/dev/zero"], { stdout });
    expect(outcome).toMatchObject({ exitCode: 0, stdout: new Uint8Array() });
  });

  test("changes nothing for the exit code and the end of stderr", async () => {
    const usual = getDefaultHighWaterMark(false);
    expect(await exited([program("both"), "3"], { stdout })).toMatchObject({ exitCode: 3, stderr: "err\n" });
    const noisy = await exited([program("noisy-stderr")], { stdout, maxStderrBytes: 1000 });
    expect(noisy.stderr.endsWith("line 2999 of noise\ncaf\uFFFD é the end\n")).toBe(true);
    expect(getDefaultHighWaterMark(false)).toBe(usual);
  });

  test("is doubtful all the same when a child left behind holds it", async () => {
    const pidFile = join(temporaryFolder(), "pid");
    const held = await runProcess([program("leave-child"), "held", pidFile], { stdout, drainMs: 200 });
    expect(held.kind).toBe("stdout-held-open");
    await expectGone(pidFile);
  });
});

// The programs must have started when their time is up, however slow the machine is.
describe.concurrent("a timeout", () => {
  test("tells the program to end and keeps its last words", async ({ expect }) => {
    const outcome = await runProcess([program("hang")], { timeoutMs: 5_000, graceMs: 20_000 });
    expect(outcome).toMatchObject({
      kind: "timed-out",
      timeoutMs: 5_000,
      stderr: expect.stringContaining("told to end\n") as unknown,
    });
    expect(text(outcome)).toBe("started\n");
  });

  test("keeps the last words of a program whose stdout is dropped", async ({ expect }) => {
    const outcome = await runProcess([program("hang")], {
      stdout: "drop",
      timeoutMs: 5_000,
      graceMs: 20_000,
    });
    expect(outcome).toMatchObject({
      kind: "timed-out",
      stderr: expect.stringContaining("told to end\n") as unknown,
    });
  });

  test("ends a grandchild that ignores SIGTERM and holds the pipes", async ({ expect }) => {
    const pidFile = join(temporaryFolder(), "pid");
    const outcome = await runProcess([program("stubborn-family"), pidFile], {
      timeoutMs: 5_000,
      graceMs: 100,
    });
    expect(outcome.kind).toBe("timed-out");
    await expectGone(pidFile);
  });
});

test("cancelling ends the whole group", async () => {
  const pidFile = join(temporaryFolder(), "pid");
  const controller = new AbortController();
  const outcome = await runProcess([program("stubborn-family"), pidFile], {
    signal: controller.signal,
    graceMs: 100,
    onStdoutLine: () => controller.abort(),
  });
  expect(outcome.kind).toBe("cancelled");
  await expectGone(pidFile);
});

test("the last words are kept when this thread was busy while they were said", async () => {
  const controller = new AbortController();
  const outcome = await runProcess([program("hang")], {
    signal: controller.signal,
    graceMs: 20_000,
    onStdoutLine: () => {
      controller.abort();
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000));
    },
  });
  expect(outcome).toMatchObject({
    kind: "cancelled",
    stderr: expect.stringContaining("told to end\n") as unknown,
  });
});

test("one signal cancels many processes, without a warning", async () => {
  const warnings: string[] = [];
  const warn = (warning: Error): void => void warnings.push(warning.name);
  process.on("warning", warn);
  const controller = new AbortController();
  const { signal } = controller;
  const pidFiles = Array.from({ length: 20 }, () => join(temporaryFolder(), "pid"));
  const running = pidFiles.map((pidFile) =>
    runProcess(["sh", "-c", 'echo $$ >"$1"; exec sleep 600', "sh", pidFile], { signal }),
  );
  await vi.waitUntil(() => pidFiles.every(existsSync), WAIT);
  controller.abort();
  const outcomes = await Promise.all(running);
  process.off("warning", warn);
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["cancelled"]));
  // Others may be of whatever else was loaded meanwhile.
  expect(warnings).not.toContain("MaxListenersExceededWarning");
});

test("a signal that was aborted before starts nothing", async () => {
  const pidFile = join(temporaryFolder(), "pid");
  const outcome = await runProcess([program("leave-child"), "quiet", pidFile], {
    signal: AbortSignal.abort(),
  });
  expect(outcome.kind).toBe("cancelled");
  expect(existsSync(pidFile)).toBe(false);
});

test("a child left behind is ended, and one that holds stdout makes the output doubtful", async () => {
  const pidFile = join(temporaryFolder(), "pid");
  const quiet = await exited([program("leave-child"), "quiet", pidFile]);
  expect(text(quiet)).toBe("done\n");
  await expectGone(pidFile);
  const held = await runProcess([program("leave-child"), "held", pidFile], { drainMs: 200 });
  expect(held.kind).toBe("stdout-held-open");
  await expectGone(pidFile);
});

test("lines arrive one by one, the next not before the last was taken", async () => {
  const lines: string[] = [];
  let inside = 0;
  const outcome = await exited(["printf", "a\\n\\nb\\r\\nlast"], {
    onStdoutLine: async (line) => {
      inside += 1;
      expect(inside).toBe(1);
      await sleep(5);
      lines.push(Buffer.from(line).toString());
      inside -= 1;
    },
  });
  expect(lines).toEqual(["a", "", "b\r", "last"]);
  expect(outcome.stdout.length).toBe(0);
});

test("a slow receiver of lines holds the program back and does not make it look silent", async () => {
  let lines = 0;
  const outcome = await exited(["seq", "1", "50000"], {
    drainMs: 100,
    onStdoutLine: async () => {
      lines += 1;
      if (lines === 1) await sleep(500);
    },
  });
  expect([outcome.exitCode, lines]).toEqual([0, 50_000]);
});

test("a line over its bound ends the program after the lines before it", async () => {
  const lines: string[] = [];
  const outcome = await runProcess([program("long-line")], {
    maxLineBytes: 100_000,
    onStdoutLine: (line) => void lines.push(Buffer.from(line).toString()),
  });
  expect(outcome).toMatchObject({ kind: "output-too-large", bound: "line", limitBytes: 100_000 });
  expect(lines).toEqual(["short"]);
});

test("what the receiver of lines throws comes out, and the program ends", async () => {
  const trouble = new Error("receiver");
  const running = runProcess([program("flood")], {
    onStdoutLine: () => {
      throw trouble;
    },
  });
  await expect(running).rejects.toBe(trouble);
});

test("when this process exits, so do the groups that it started", async () => {
  const pidFile = join(temporaryFolder(), "pid");
  await exited(["node", script("run-and-exit.js"), program("stubborn-family"), pidFile]);
  await expectGone(pidFile);
});
