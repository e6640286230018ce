import { describe, expect, it } from "vitest";
import { findOrphanedRecords } from "../../src/run/orphans.ts";
import { failureOf, makeWorkspace, OFFERED, orThrow } from "../workspace.ts";

describe("findOrphanedRecords", () => {
  it("finds folders of families that are gone, and loose files", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: OFFERED });
    for (const path of [
      "demo/a.sum",
      "gone/a.sum",
      "gone/b.sum",
      "gone/deep/.hidden",
      "loose.sum",
      ".gitkeep",
    ]) {
      workspace.write(`checksums/${path}`, "");
    }
    expect(orThrow(await findOrphanedRecords(workspace.root, [project]))).toEqual([
      { folder: "checksums/gone", files: 3 },
      { folder: "checksums/loose.sum", files: 1 },
    ]);
  });

  it("looks beside the folders of families that lie deeper", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: OFFERED, records: { folder: "checksums/rhel/9" } });
    for (const path of ["rhel/9/a.sum", "rhel/8/a.sum", "rhel/9x/a.sum"])
      workspace.write(`checksums/${path}`, "");
    expect(orThrow(await findOrphanedRecords(workspace.root, [project]))).toEqual([
      { folder: "checksums/rhel/8", files: 1 },
      { folder: "checksums/rhel/9x", files: 1 },
    ]);
  });

  it("leaves all of checksums to a family that claims it, and finds nothing in none", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: OFFERED, records: { folder: "checksums" } });
    expect(orThrow(await findOrphanedRecords(workspace.root, [project]))).toEqual([]);
    workspace.write("checksums/a.sum", "");
    expect(orThrow(await findOrphanedRecords(workspace.root, [project]))).toEqual([]);
  });

  it("fails when it cannot look", async () => {
    const workspace = makeWorkspace();
    workspace.write("checksums", "a file");
    expect(failureOf(await findOrphanedRecords(workspace.root, []))).toMatchObject({
      reason: "records-unreadable",
      folder: "checksums",
      code: "ENOTDIR",
    });
  });
});
