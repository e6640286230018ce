import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../../core/test/shared-data.ts";
import { makeFolder } from "../fixtures/folder.ts";

const data = sharedData("image-builder");

describe.skipIf(data === undefined)("a real repository's 1,833 manifests", () => {
  it("give their pins by configuration alone; mocked urls that are none are told", async () => {
    const folder = await makeFolder({
      "all.pins.json": {
        sources: [
          {
            kind: "osbuild",
            include: ["m/*.json"],
            unverified: [
              "org.osbuild.ostree",
              "org.osbuild.skopeo",
              "org.osbuild.skopeo-index",
              "org.osbuild.containers-storage",
            ],
          },
        ],
      },
    });
    mkdirSync(join(folder.root, "m"));
    const archive = fileURLToPath(new URL("manifests.tar.xz", data));
    expect(spawnSync("tar", ["-xJf", archive, "-C", join(folder.root, "m")]).status).toBe(0);
    const set = await folder.read();
    await folder.remove();
    const { documents, pins, places, problems } = set;
    expect({ documents: documents.length, pins: pins.length, places }).toEqual({
      documents: 1834,
      pins: 30_424,
      places: 152_698,
    });
    expect(set.inline.filter((verdict) => verdict.class === "ok")).toHaveLength(45);
    expect(set.inline).toHaveLength(45);
    expect(set.unverified.reduce((sum, { count }) => sum + count, 0)).toBe(1018);
    // All of one kind: files of blueprints, mocked as file: urls. No url has two digests.
    expect(problems).toHaveLength(18);
    for (const problem of problems) {
      expect(problem).toMatchObject({
        reason: "pin-url-invalid",
        problem: "not-https",
        found: expect.stringMatching(/^file:/),
      });
    }
  }, 120_000);
});
