import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Architecture } from "../../src/architecture.ts";
import { standardLayout } from "../../src/disk/layout.ts";
import { planDisk, SECTORS_PER_MIB, type DiskPlan } from "../../src/disk/plan.ts";

const MIB = 1024 * 1024;

function plan(
  sizeMib: number,
  fileSystemSizesMib: Readonly<Record<string, number>> = {},
  arch: Architecture = "x86_64",
): DiskPlan {
  const planned = planDisk({
    image: "image",
    layout: standardLayout(arch, "ext4"),
    sizeMib,
    fileSystemSizesMib,
  });
  if (!planned.ok) throw new Error(JSON.stringify(planned.failure));
  return planned.value;
}

function rootSectors({ partitions }: DiskPlan): number | undefined {
  return partitions.at(-1)?.sizeSectors;
}

function uuidsOf({ partitions }: DiskPlan): ReadonlyMap<string | undefined, readonly unknown[]> {
  return new Map(
    partitions.map(({ fileSystem, uuid }) => [fileSystem?.mountPoint, [uuid, fileSystem?.uuid]]),
  );
}

describe("planDisk", () => {
  it("aligns every partition to MiB, lets none overlap and keeps all off the table's copies", () => {
    const sizes = fc.dictionary(
      fc.constantFrom("/", "/boot", "/boot/efi", "/home", "/var", "/var/log", "/srv/data"),
      fc.integer({ min: 1, max: 100_000 }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200_000 }),
        sizes,
        fc.constantFrom<Architecture>("x86_64", "aarch64"),
        (sizeMib, fileSystemSizesMib, arch) => {
          const { sizeBytes, partitions } = plan(sizeMib, fileSystemSizesMib, arch);
          let free = SECTORS_PER_MIB;
          for (const [index, { number, startSector, sizeSectors, fileSystem }] of partitions.entries()) {
            expect(number).toBe(index + 1);
            expect(startSector).toBe(free);
            expect(startSector % SECTORS_PER_MIB).toBe(0);
            expect(sizeSectors % SECTORS_PER_MIB).toBe(0);
            const wantedMib = fileSystemSizesMib[fileSystem?.mountPoint ?? ""] ?? 1;
            expect(sizeSectors).toBeGreaterThanOrEqual(wantedMib * SECTORS_PER_MIB);
            free = startSector + sizeSectors;
          }
          expect(sizeBytes).toBe((free + SECTORS_PER_MIB) * 512);
          expect(sizeBytes).toBeGreaterThanOrEqual(sizeMib * MIB);
          expect(new Set(partitions.map(({ uuid }) => uuid)).size).toBe(partitions.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("gives the root what the disk has left", () => {
    expect(plan(4096).sizeBytes).toBe(4096 * MIB);
    expect(rootSectors(plan(4096))).toBe((4096 - 2 - 1 - 200 - 1024) * SECTORS_PER_MIB);
    expect(rootSectors(plan(4097))).toBe((4097 - 2 - 1 - 200 - 1024) * SECTORS_PER_MIB);
  });

  it("grows the disk when the partitions need more", () => {
    const { sizeBytes } = plan(4096, { "/": 8192, "/home": 1000 });
    expect(sizeBytes).toBe((2 + 1 + 200 + 1024 + 1000 + 8192) * MIB);
  });

  it("keeps every other file system's UUID when a mount point is added", () => {
    const [before, after] = [uuidsOf(plan(4096)), uuidsOf(plan(4096, { "/home": 10 }))];
    expect(after.size).toBe(before.size + 1);
    for (const [mountPoint, uuid] of before) expect(after.get(mountPoint)).toEqual(uuid);
  });

  it("names a FAT file system by its volume id", () => {
    const esp = plan(4096).partitions.find(({ fileSystem }) => fileSystem?.type === "vfat");
    expect(esp?.fileSystem?.uuid).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}$/);
  });

  it("reports every problem at once", () => {
    const planned = planDisk({
      image: "image",
      layout: standardLayout("x86_64", "ext4"),
      sizeMib: 0,
      fileSystemSizesMib: { "/home/../etc": 10, "/proc/x": 10, "/srv": 1.5, home: Number.NaN },
    });
    expect(planned).toEqual({
      ok: false,
      failure: [
        { reason: "size-invalid", mountPoint: null, sizeMib: 0 },
        { reason: "mount-point-invalid", mountPoint: "/home/../etc" },
        { reason: "mount-point-reserved", mountPoint: "/proc/x" },
        { reason: "size-invalid", mountPoint: "/srv", sizeMib: 1.5 },
        { reason: "mount-point-invalid", mountPoint: "home" },
        { reason: "size-invalid", mountPoint: "home", sizeMib: Number.NaN },
      ],
    });
  });

  it.each([Number.POSITIVE_INFINITY, 2 ** 53, -1])("refuses a size of %d MiB", (sizeMib) => {
    const planned = planDisk({ image: "image", layout: standardLayout("x86_64", "ext4"), sizeMib });
    expect(planned).toEqual({ ok: false, failure: [{ reason: "size-invalid", mountPoint: null, sizeMib }] });
  });
});
