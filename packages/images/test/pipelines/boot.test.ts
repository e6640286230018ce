import { describe, expect, it } from "vitest";
import type { Architecture } from "../../src/architecture.ts";
import { standardLayout } from "../../src/disk/layout.ts";
import { planDisk } from "../../src/disk/plan.ts";
import { bootStages, rootUuid } from "../../src/pipelines/boot.ts";
import { optionsOf } from "../samples.ts";

const planned = planDisk({ image: "image", layout: standardLayout("x86_64", "ext4"), sizeMib: 4096 });
if (!planned.ok) throw new Error(JSON.stringify(planned.failure));
const plan = planned.value;

function grubOf(arch: Architecture): Readonly<Record<string, unknown>> {
  const kernel = {
    name: "kernel",
    evra: "2:1.0-3.x",
    checksum: "sha256:aa",
    url: "",
    isSigned: true,
  } as const;
  const stages = bootStages({ arch, plan, efiVendor: "fedora", kernel, kernelArguments: ["a", "b=c"] });
  return optionsOf(stages, "org.osbuild.grub2");
}

describe("bootStages", () => {
  it("names the file systems of the plan", () => {
    const boot = plan.partitions.find(({ fileSystem }) => fileSystem?.mountPoint === "/boot");
    expect(grubOf("x86_64")).toMatchObject({
      root_fs_uuid: rootUuid(plan),
      boot_fs_uuid: boot?.fileSystem?.uuid,
      kernel_opts: "a b=c",
      saved_entry: `${"f".repeat(32)}-1.0-3.x`,
    });
  });

  it("configures GRUB for BIOS on x86_64 only", () => {
    expect(grubOf("x86_64")["legacy"]).toBe("i386-pc");
    expect(grubOf("aarch64")).not.toHaveProperty("legacy");
    expect(grubOf("aarch64")["uefi"]).toEqual({ vendor: "fedora", unified: true });
  });
});
