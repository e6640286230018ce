import { describe, expect, it } from "vitest";
import { bootRequirements, buildTools } from "../../src/packages/requirements.ts";
import { selinux } from "../../src/stages/packages.ts";
import { stage } from "../../src/stages/stage.ts";

describe("buildTools", () => {
  it("has what every build root needs", () => {
    expect(buildTools([])).toEqual([
      "coreutils",
      "glibc",
      "python3",
      "rpm",
      "selinux-policy-targeted",
      "systemd",
    ]);
  });

  it("adds what the stages run, once and sorted", () => {
    const tools = buildTools([
      stage("org.osbuild.xz", {}),
      selinux({ labels: {} }),
      stage("org.osbuild.xz", {}),
    ]);
    expect(tools).toEqual([
      "coreutils",
      "glibc",
      "policycoreutils",
      "python3",
      "rpm",
      "selinux-policy-targeted",
      "systemd",
      "xz",
    ]);
  });
});

describe("bootRequirements", () => {
  it("has GRUB for BIOS on x86_64 only", () => {
    const type = { kernel: "kernel", fileSystem: "xfs" } as const;
    expect(bootRequirements("x86_64", type)).toEqual(
      expect.arrayContaining(["grub2-pc", "kernel", "xfsprogs"]),
    );
    expect(bootRequirements("aarch64", type)).not.toContain("grub2-pc");
    expect(bootRequirements("aarch64", type)).toContain("shim-aa64");
  });
});
