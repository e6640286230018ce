import { describe, expect, it } from "vitest";
import { fileStages } from "../../src/pipelines/files.ts";
import { inlineChecksum } from "../../src/sources.ts";
import { optionsOf } from "../samples.ts";

describe("fileStages", () => {
  it("has no stage without a file", () => {
    expect(fileStages([])).toEqual([]);
  });

  it("makes folders, then copies, then sets modes and owners", () => {
    const stages = fileStages([
      { path: "/etc/motd.d/a", content: "same" },
      { path: "/b", content: "same", mode: "0600", owner: { user: 1000 } },
    ]);
    const checksum = inlineChecksum("same");
    const input = checksum.replace("sha256:", "file-");
    expect(optionsOf(stages, "org.osbuild.mkdir")["paths"]).toEqual([
      { path: "/", parents: true, exist_ok: true },
      { path: "/etc/motd.d", parents: true, exist_ok: true },
    ]);
    expect(optionsOf(stages, "org.osbuild.copy")["paths"]).toEqual([
      { from: `input://${input}/${checksum}`, to: "tree:///etc/motd.d/a", remove_destination: true },
      { from: `input://${input}/${checksum}`, to: "tree:///b", remove_destination: true },
    ]);
    expect(Object.keys(stages[1]?.inputs ?? {})).toEqual([input]);
    expect(optionsOf(stages, "org.osbuild.chmod")["items"]).toEqual({
      "/etc/motd.d/a": { mode: "0644" },
      "/b": { mode: "0600" },
    });
    expect(optionsOf(stages, "org.osbuild.chown")["items"]).toEqual({
      "/etc/motd.d/a": { user: "root", group: "root" },
      "/b": { user: 1000 },
    });
  });
});
