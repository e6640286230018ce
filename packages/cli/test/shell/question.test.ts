import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { askYesOrNo, canAsk, type Answer } from "../../src/shell/question.ts";
import { openShell, type Shell } from "../../src/shell/shell.ts";

function terminal(over: { env?: Record<string, string>; isTTY?: boolean; signal?: AbortSignal } = {}): Shell {
  const { env = {}, isTTY = true, signal = new AbortController().signal } = over;
  const stream = (): PassThrough & { isTTY: boolean } => Object.assign(new PassThrough(), { isTTY });
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  return openShell({ cwd: "/", env, stdin, stdout, stderr, signal, rerun: "" });
}

function answer(text: string): Promise<Answer> {
  const shell = terminal();
  (shell.stdin as PassThrough).end(text);
  return askYesOrNo("Write?", shell);
}

describe("a question", () => {
  it.each(["y\n", "yes\n", " YES \n", "Y\r\n"])("is answered with yes by %j", async (text) => {
    expect(await answer(text)).toBe("yes");
  });

  it.each(["\n", "n\n", "no\n", "yesterday\n", "y n\n", "", "\u0004"])("is not by %j", async (text) => {
    expect(await answer(text)).toBe("no");
  });

  it("ends by the key Ctrl-C, whatever stands before it", async () => {
    expect(await answer("\u0003")).toBe("interrupted");
    expect(await answer("y\u0003")).toBe("interrupted");
  });

  it("ends by a signal", async () => {
    const interruption = new AbortController();
    const asked = askYesOrNo("Write?", terminal({ signal: interruption.signal }));
    interruption.abort();
    expect(await asked).toBe("interrupted");
  });
});

it.each([
  [{}, true],
  [{ env: { CI: "" } }, true],
  [{ env: { CI: "false" } }, true],
  [{ env: { CI: "true" } }, false],
  [{ env: { CI: "1" } }, false],
  [{ isTTY: false }, false],
])("somebody is there to ask, or not: %j", (over, expected) => {
  expect(canAsk(terminal(over))).toBe(expected);
});
