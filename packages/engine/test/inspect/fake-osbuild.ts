import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { computeIds, readJson } from "@imagegate/core";
import { onTestFinished, vi } from "vitest";
import { orThrow, program, sampleManifest, temporaryFolder } from "../workspace.ts";

/** The fake osbuild, first on PATH until the test ends. */
export interface FakeOsbuild {
  /** What it does from now on; `ok` prints its answer. */
  mode(mode: string): void;
  /** What it says its version is. */
  version(version: string): void;
  /** What `ok` prints. */
  answer(value: unknown): void;
  /** The arguments of its calls so far. */
  calls(): readonly string[];
}

/** Puts the fake on PATH; it answers with the true ids of `sampleManifest("a")`. */
export function fakeOsbuild(): FakeOsbuild {
  const folder = temporaryFolder();
  const calls = join(folder, "calls");
  const answer = join(folder, "answer.json");
  vi.stubEnv("PATH", `${dirname(program("osbuild"))}${delimiter}${process.env["PATH"] ?? ""}`);
  vi.stubEnv("OSBUILD_CALLS", calls);
  vi.stubEnv("OSBUILD_ANSWER", answer);
  vi.stubEnv("OSBUILD_MODE", "ok");
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  writeFileSync(answer, JSON.stringify(inspectionOf(sampleManifest("a"))));
  return {
    mode: (mode) => vi.stubEnv("OSBUILD_MODE", mode),
    version: (version) => vi.stubEnv("OSBUILD_VERSION", version),
    answer: (value) => writeFileSync(answer, JSON.stringify(value)),
    calls: () => (existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : []),
  };
}

/** What osbuild would print for a manifest. */
export function inspectionOf(manifest: unknown) {
  const ids = orThrow(computeIds(orThrow(readJson(JSON.stringify(manifest)))));
  return { version: "2", pipelines: ids.map(({ name, stages }) => ({ name, stages })) };
}
