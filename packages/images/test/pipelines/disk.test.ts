import { describe, expect, it } from "vitest";
import type { Architecture } from "../../src/architecture.ts";
import { standardLayout } from "../../src/disk/layout.ts";
import { planDisk, type DiskPlan } from "../../src/disk/plan.ts";
import type { LoopbackDevice, Pipeline } from "../../src/manifest.ts";
import { diskPipeline } from "../../src/pipelines/disk.ts";
import type { SfdiskPartition } from "../../src/stages/storage.ts";
import { optionsOf } from "../samples.ts";

function planOf(arch: Architecture): DiskPlan {
  const planned = planDisk({
    image: "image",
    layout: standardLayout(arch, "xfs"),
    sizeMib: 8192,
    fileSystemSizesMib: { "/home": 512 },
  });
  if (!planned.ok) throw new Error(JSON.stringify(planned.failure));
  return planned.value;
}

function diskOf(arch: Architecture): Pipeline {
  return diskPipeline(planOf(arch), "disk.img");
}

function tableOf({ stages }: Pipeline): readonly SfdiskPartition[] {
  return optionsOf(stages, "org.osbuild.sfdisk")["partitions"] as readonly SfdiskPartition[];
}

describe.each<Architecture>(["x86_64", "aarch64"])("diskPipeline for %s", (arch) => {
  const pipeline = diskOf(arch);

  it("formats and mounts exactly the partitions of its table", () => {
    const places = new Set(tableOf(pipeline).map(({ start, size }) => `${start}+${size}`));
    const devices = pipeline.stages
      .flatMap((stage) => Object.values(stage.devices ?? {}))
      .map((device: LoopbackDevice) => device.options)
      .filter(({ start }) => start !== undefined);
    expect(devices.length).toBe(8);
    for (const { start, size, filename } of devices) {
      expect(filename).toBe("disk.img");
      expect(places).toContain(`${start}+${size}`);
    }
  });

  it("copies the tree to the root, with all else mounted in it", () => {
    const copy = pipeline.stages.find(({ type }) => type === "org.osbuild.copy");
    const targets = copy?.mounts?.map(({ target }) => target);
    expect(targets).toEqual(["/", "/boot", "/boot/efi", "/home"]);
    expect(copy?.options).toEqual({
      paths: [{ from: "input://tree/", to: `mount://${copy?.mounts?.[0]?.name}/` }],
    });
    const sources = copy?.mounts?.map(({ source }) => source);
    expect(Object.keys(copy?.devices ?? {})).toEqual(sources);
  });

  it("ends its table before the disk does", () => {
    const { size } = optionsOf(pipeline.stages, "org.osbuild.truncate");
    const last = tableOf(pipeline).at(-1);
    expect(((last?.start ?? 0) + (last?.size ?? 0) + 2048) * 512).toBe(Number(size));
  });
});

describe("the boot loader", () => {
  it("for BIOS lies in its partition and finds /boot, counted from 0", () => {
    const pipeline = diskOf("x86_64");
    const table = tableOf(pipeline);
    expect(optionsOf(pipeline.stages, "org.osbuild.grub2.inst")).toEqual({
      filename: "disk.img",
      platform: "i386-pc",
      location: table[0]?.start,
      core: { type: "mkimage", partlabel: "gpt", filesystem: "xfs" },
      prefix: { type: "partition", partlabel: "gpt", number: 2, path: "/grub2" },
    });
    expect(table[0]?.bootable).toBe(true);
  });

  it("is UEFI's alone on aarch64", () => {
    const pipeline = diskOf("aarch64");
    expect(pipeline.stages.map(({ type }) => type)).not.toContain("org.osbuild.grub2.inst");
    expect(tableOf(pipeline).some(({ bootable }) => bootable)).toBe(false);
  });
});
