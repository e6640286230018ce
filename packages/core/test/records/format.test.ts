import { describe, expect, it } from "vitest";
import { formatRecord } from "../../src/records/format.ts";
import { digestOf } from "./records.ts";

describe("formatRecord", () => {
  it("writes imagegate's own lines", () => {
    const text = formatRecord({
      form: "lines",
      manifest: digestOf("a"),
      sources: digestOf("b"),
      pipelines: [
        { name: "build", id: digestOf("c") },
        { name: "empty", id: null },
        { name: "two words", id: digestOf("d") },
      ],
    });
    expect(text).toBe(
      `sha256:${"a".repeat(64)}  manifest\n` +
        `sha256:${"b".repeat(64)}  sources\n` +
        `sha256:${"c".repeat(64)}  pipeline build\n` +
        `-  pipeline empty\n` +
        `sha256:${"d".repeat(64)}  pipeline "two words"\n`,
    );
  });

  it("leaves out what a manifest does not have", () => {
    const text = formatRecord({ form: "lines", manifest: digestOf("a"), sources: null, pipelines: [] });
    expect(text).toBe(`sha256:${"a".repeat(64)}  manifest\n`);
  });

  it("writes a bare digest as one line", () => {
    expect(formatRecord({ form: "digest", algorithm: "sha1", digest: "f".repeat(40) })).toBe(
      `${"f".repeat(40)}\n`,
    );
  });

  it("writes one id and its pipeline a line", () => {
    const text = formatRecord({
      form: "pipeline-ids",
      pipelines: [
        { name: "os", id: digestOf("1") },
        { name: "tree", id: null },
      ],
    });
    expect(text).toBe(`${"1".repeat(64)}: os\n-: tree\n`);
  });
});
