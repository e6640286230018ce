import { describe, expect, it } from "vitest";
import { askOsbuildVersion, inspectManifest, type OsbuildConfig } from "../../src/inspect/osbuild.ts";
import { failureOf, orThrow, program, sampleManifest } from "../workspace.ts";
import { fakeOsbuild, inspectionOf } from "./fake-osbuild.ts";

const CONFIG: OsbuildConfig = {
  executable: "osbuild",
  args: ["--libdir", "/lib"],
  extraKey: "",
  crossCheck: false,
  timeoutMs: 60_000,
};
const ARGV = ["osbuild", "--libdir", "/lib", "--inspect", "-"];
const never = new AbortController().signal;

function inspect(mode: string, config: Partial<OsbuildConfig> = {}, signal = never) {
  fakeOsbuild().mode(mode);
  const bytes = Buffer.from(JSON.stringify(sampleManifest("a")));
  return inspectManifest(bytes, { ...CONFIG, ...config }, signal);
}

describe("inspectManifest", () => {
  it.each(["ok", "unread"])("gives the ids that osbuild prints (%s)", async (mode) => {
    const expected = inspectionOf(sampleManifest("a")).pipelines.map(({ name, stages }) => ({
      name,
      id: stages.at(-1)?.id,
      stages,
    }));
    expect(orThrow(await inspect(mode))).toEqual(expected);
  });

  it("lets osbuild read UTF-8 in any locale, and takes a pipeline without stages", async () => {
    expect(orThrow(await inspect("locale"))).toEqual([{ name: "PYTHONUTF8=1", id: null, stages: [] }]);
  });

  it.each(["bad-json", "other-json", "missing-ids"])("does not take %s for an answer", async (mode) => {
    expect(failureOf(await inspect(mode))).toMatchObject({ reason: "osbuild-output", argv: ARGV });
  });

  it("exit 1: the traceback is kept", async () => {
    expect(failureOf(await inspect("traceback"))).toMatchObject({
      reason: "osbuild-failed",
      argv: ARGV,
      outcome: {
        kind: "exited",
        exitCode: 1,
        stderr: expect.stringContaining('KeyError: "pipeline"') as string,
      },
    });
  });

  it("exit 2, JSON on stdout: osbuild's own errors with their paths", async () => {
    expect(failureOf(await inspect("schema"))).toEqual({
      reason: "osbuild-refused",
      argv: ARGV,
      title: "JSON Schema validation failed",
      errors: [
        { message: "1 is not of type string", path: ".pipelines[0].name" },
        { message: "no stage", path: ".x" },
      ],
    });
  });

  it("exit 2, text on stdout: osbuild's own words", async () => {
    expect(failureOf(await inspect("plain"))).toEqual({
      reason: "osbuild-refused",
      argv: ARGV,
      title: "Unsupported manifest format",
      errors: [],
    });
  });

  it("exit 2, text on stderr: an argument that osbuild does not know", async () => {
    expect(failureOf(await inspect("argument"))).toMatchObject({
      reason: "osbuild-failed",
      outcome: { exitCode: 2, stderr: "osbuild: error: unrecognized arguments: --bogus\n" },
    });
  });

  it("ends an osbuild that hangs, or is no longer wanted", async () => {
    expect(failureOf(await inspect("hang", { timeoutMs: 150 }))).toMatchObject({
      reason: "osbuild-failed",
      outcome: { kind: "timed-out", timeoutMs: 150 },
    });
    expect(failureOf(await inspect("hang", {}, AbortSignal.timeout(150)))).toMatchObject({
      outcome: { kind: "cancelled" },
    });
  });

  it("fails without osbuild", async () => {
    expect(failureOf(await inspect("ok", { executable: "no-such-osbuild" }))).toMatchObject({
      reason: "osbuild-failed",
      outcome: { kind: "not-found", executable: "no-such-osbuild" },
    });
  });
});

describe("askOsbuildVersion", () => {
  it("gives what is printed, trimmed", async () => {
    fakeOsbuild().version("  osbuild 192\n");
    expect(orThrow(await askOsbuildVersion(CONFIG, never))).toBe("osbuild 192");
    const executable = program("osbuild");
    expect(orThrow(await askOsbuildVersion({ ...CONFIG, executable }, never))).toBe("osbuild 192");
  });

  it.each([
    ["version-fails", { kind: "exited", exitCode: 1, stderr: "ImportError: jsonschema\n" }],
    ["version-empty", { kind: "exited", exitCode: 0 }],
  ])("fails: %s", async (mode, outcome) => {
    fakeOsbuild().mode(mode);
    expect(failureOf(await askOsbuildVersion(CONFIG, never))).toMatchObject({
      reason: "osbuild-version-failed",
      argv: ["osbuild", "--version"],
      outcome,
    });
  });
});
