import { PassThrough } from "node:stream";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openProgress } from "../src/progress.ts";
import { openShell, type Shell } from "../src/shell/shell.ts";

interface Screen {
  readonly shell: Shell;
  readonly shown: () => string;
}

function openScreen(isTerminal: boolean): Screen {
  const stderr = Object.assign(new PassThrough(), { isTTY: isTerminal, columns: 60 });
  const shell = openShell({
    cwd: "/",
    env: {},
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr,
    signal: new AbortController().signal,
    rerun: "npx imagegate check",
  });
  return { shell, shown: () => String(stderr.read() ?? "") };
}

const done = { kind: "manifest-done", name: "one\u001b[2J", done: 1, total: 2, span: null } as const;
const slow = { thread: 1, startedAtMs: 0, durationMs: 2_500 };

afterEach(() => vi.restoreAllMocks());

describe("progress", () => {
  it("is one line in a log, and one more now and then while it takes long", () => {
    const { shell, shown } = openScreen(false);
    const now = vi.spyOn(performance, "now").mockReturnValue(0);
    const progress = openProgress("fedora", shell);
    progress.onEvent({ kind: "generator-started" });
    progress.onEvent(done);
    now.mockReturnValue(20_000);
    progress.onEvent({ ...done, done: 2, span: slow });
    progress.onEvent({ kind: "waiting-for-lock", pid: 7, host: "build" });
    progress.close();
    expect(shown()).toBe(
      "fedora: generating\nfedora: 2 of 2 manifests, 0.1 a second, slowest one\\u001b[2J (2.5 s)\nfedora: waiting for another run: process 7 on build\n",
    );
  });

  it("is a bar on a terminal that names cannot disturb, and is gone at the end", () => {
    const { shell, shown } = openScreen(true);
    const progress = openProgress("fedora", shell);
    progress.onEvent({ kind: "generator-started" });
    progress.onEvent(done);
    progress.close();
    const screen = shown();
    expect(screen).toContain("fedora");
    expect(screen).not.toContain("\u001b[2J");
    expect(screen.endsWith("\n")).toBe(false);
  });
});
