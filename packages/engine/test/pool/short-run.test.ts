import { setFlagsFromString } from "node:v8";
import { expect, test, vi } from "vitest";
import { countLoadedThread, openShortRun } from "../../src/pool/short-run.ts";

vi.mock("node:v8", () => ({ setFlagsFromString: vi.fn() }));

test("V8 is told when the last thread that started has loaded its code, and once", () => {
  vi.stubGlobal("process", { ...process, version: "v20.19.0" });
  const run = openShortRun(2);
  countLoadedThread(run);
  expect(setFlagsFromString).not.toHaveBeenCalled();
  // As a thread has it: a copy that shares the number.
  countLoadedThread({ ...run, loaded: new Int32Array(run.loaded.buffer) });
  expect(vi.mocked(setFlagsFromString).mock.calls.flat()).toEqual([
    "--interrupt-budget=300000",
    "--max-inlined-bytecode-size-cumulative=200",
  ]);
  countLoadedThread(run);
  expect(setFlagsFromString).toHaveBeenCalledTimes(2);
  vi.unstubAllGlobals();
});

test("flags of one version of V8 are not tried on another", () => {
  vi.mocked(setFlagsFromString).mockClear();
  vi.stubGlobal("process", { ...process, version: "v24.1.0" });
  countLoadedThread(openShortRun(1));
  expect(setFlagsFromString).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
});
