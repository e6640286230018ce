import { describe, expect, it } from "vitest";
import { treePipeline } from "../../src/pipelines/tree.ts";
import { optionsOf } from "../samples.ts";

const packages = { packages: [], gpgKeys: [] };

describe("treePipeline", () => {
  it("has no stage for a setting that is not made", () => {
    const { stages, build } = treePipeline({
      packages,
      withoutDocs: false,
      system: { users: {}, files: [] },
    });
    expect(build).toBe("name:build");
    expect(stages.map(({ type }) => type)).toEqual(["org.osbuild.rpm"]);
  });

  it("installs no documentation when told so", () => {
    const { stages } = treePipeline({ packages, withoutDocs: true, system: {} });
    expect(optionsOf(stages, "org.osbuild.rpm")).toEqual({ exclude: { docs: true } });
  });

  it("adds groups before the users in them, and users before the files that they own", () => {
    const { stages } = treePipeline({
      packages,
      withoutDocs: false,
      system: {
        files: [{ path: "/home/a/x", content: "", owner: { user: "a" } }],
        users: { a: { groups: ["g"] } },
        groups: { g: {} },
        enabledServices: ["x.service", "x.service"],
        defaultTarget: "multi-user.target",
      },
    });
    expect(stages.map(({ type }) => type.replace("org.osbuild.", ""))).toEqual([
      "rpm",
      "groups",
      "users",
      "mkdir",
      "copy",
      "chmod",
      "chown",
      "systemd",
    ]);
    expect(optionsOf(stages, "org.osbuild.systemd")).toEqual({
      enabled_services: ["x.service"],
      default_target: "multi-user.target",
    });
  });
});
