import { describe, expect, it } from "vitest";
import {
  formattedPartitions,
  fstabEntry,
  makeFileSystem,
  partitionAt,
  partitionDevice,
  partitionMount,
} from "../../src/disk/file-systems.ts";
import { standardLayout } from "../../src/disk/layout.ts";
import { planDisk, type DiskPlan } from "../../src/disk/plan.ts";

function planOf(fileSystem: "ext4" | "xfs"): DiskPlan {
  const planned = planDisk({
    image: "image",
    layout: standardLayout("x86_64", fileSystem),
    sizeMib: 4096,
    fileSystemSizesMib: { "/var": 10 },
  });
  if (!planned.ok) throw new Error(JSON.stringify(planned.failure));
  return planned.value;
}

const plan = planOf("ext4");

function stageTypesOf(of: DiskPlan): readonly string[] {
  return formattedPartitions(of).map((partition) => makeFileSystem("disk.img", partition).type);
}

function passesOf(of: DiskPlan): readonly unknown[] {
  return formattedPartitions(of).map(({ fileSystem }) => fstabEntry(fileSystem).passno);
}

describe("formattedPartitions", () => {
  it("puts parents before what is mounted in them", () => {
    const mountPoints = formattedPartitions(plan).map(({ fileSystem }) => fileSystem.mountPoint);
    expect(mountPoints).toEqual(["/", "/boot", "/boot/efi", "/var"]);
  });
});

describe("partitionAt", () => {
  it("throws for a place where nothing is mounted", () => {
    expect(partitionAt(plan, "/").fileSystem.label).toBe("root");
    expect(() => partitionAt(plan, "/srv")).toThrow("/srv");
  });
});

describe("makeFileSystem", () => {
  it("formats the very part of the disk that the table gives", () => {
    for (const partition of formattedPartitions(plan)) {
      const { options } = partitionDevice("disk.img", partition);
      expect(options).toEqual({
        filename: "disk.img",
        start: partition.startSector,
        size: partition.sizeSectors,
      });
      const device = { type: "org.osbuild.loopback", options: { ...options, lock: true } };
      expect(makeFileSystem("disk.img", partition).devices).toEqual({ device });
    }
  });

  it("picks the stage of the file system", () => {
    expect(stageTypesOf(plan)).toEqual([
      "org.osbuild.mkfs.ext4",
      "org.osbuild.mkfs.ext4",
      "org.osbuild.mkfs.fat",
      "org.osbuild.mkfs.ext4",
    ]);
    expect(stageTypesOf(planOf("xfs"))[0]).toBe("org.osbuild.mkfs.xfs");
  });

  it("writes the volume id that /etc/fstab looks for", () => {
    const esp = partitionAt(plan, "/boot/efi");
    const volid = esp.fileSystem.uuid.replace("-", "");
    expect(makeFileSystem("disk.img", esp).options).toEqual({ volid, label: "ESP" });
    expect(fstabEntry(esp.fileSystem)).toMatchObject({ uuid: esp.fileSystem.uuid, vfs_type: "vfat" });
  });
});

describe("partitionMount", () => {
  it("mounts each file system with the module that knows it", () => {
    const mounts = formattedPartitions(plan).map(partitionMount);
    expect(mounts[2]).toEqual({
      name: "partition-2",
      source: "partition-2",
      target: "/boot/efi",
      type: "org.osbuild.fat",
    });
    expect(mounts[0]?.type).toBe("org.osbuild.ext4");
  });
});

describe("fstabEntry", () => {
  it("checks the root first, the others after it, and XFS never", () => {
    expect(passesOf(plan)).toEqual([1, 2, 2, 2]);
    expect(passesOf(planOf("xfs"))).toEqual([0, 0, 2, 0]);
  });
});
