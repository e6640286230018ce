import type { LoopbackDevice, Mount, Stage } from "../manifest.ts";
import { mkfsExt4, mkfsFat, mkfsXfs, type FstabEntry } from "../stages/storage.ts";
import type { DiskPlan, PlannedFileSystem, PlannedPartition } from "./plan.ts";

/** A planned partition that holds a file system. */
export type FormattedPartition = PlannedPartition & { readonly fileSystem: PlannedFileSystem };

/** The partitions with file systems, sorted by mount point, so that a parent comes before what is mounted in it. */
export function formattedPartitions(plan: DiskPlan): readonly FormattedPartition[] {
  return plan.partitions
    .filter((partition): partition is FormattedPartition => partition.fileSystem !== undefined)
    .toSorted((left, right) => (left.fileSystem.mountPoint < right.fileSystem.mountPoint ? -1 : 1));
}

/** The partition that is mounted at a place; a plan without it is a broken invariant. */
export function partitionAt(plan: DiskPlan, mountPoint: string): FormattedPartition {
  const found = formattedPartitions(plan).find((partition) => partition.fileSystem.mountPoint === mountPoint);
  if (found === undefined) throw new Error(`no partition is mounted at ${mountPoint}`);
  return found;
}

/** The part of the disk's file that a partition takes. */
export function partitionDevice(filename: string, partition: PlannedPartition): LoopbackDevice {
  return {
    type: "org.osbuild.loopback",
    options: { filename, start: partition.startSector, size: partition.sizeSectors },
  };
}

/** The stage that makes a partition's file system. */
export function makeFileSystem(filename: string, { fileSystem, ...place }: FormattedPartition): Stage {
  const { options, ...device } = partitionDevice(filename, place);
  const locked = { ...device, options: { ...options, lock: true } };
  const label = fileSystem.label === undefined ? {} : { label: fileSystem.label };
  switch (fileSystem.type) {
    case "ext4":
      return mkfsExt4({ uuid: fileSystem.uuid, ...label }, locked);
    case "xfs":
      return mkfsXfs({ uuid: fileSystem.uuid, ...label }, locked);
    case "vfat":
      return mkfsFat({ volid: fileSystem.uuid.replace("-", ""), ...label }, locked);
  }
}

/** The name of a partition's device and mount within a stage; unlike mount points, numbers cannot collide. */
export function partitionName(partition: PlannedPartition): string {
  return `partition-${partition.number}`;
}

/** How a stage mounts a partition's file system. */
export function partitionMount(partition: FormattedPartition): Mount {
  const { type, mountPoint } = partition.fileSystem;
  const name = partitionName(partition);
  const place = { name, source: name, target: mountPoint };
  return type === "vfat" ? { ...place, type: "org.osbuild.fat" } : { ...place, type: `org.osbuild.${type}` };
}

/** The line of /etc/fstab for a file system. */
export function fstabEntry({ type, mountPoint, uuid }: PlannedFileSystem): FstabEntry {
  const entry = { uuid, path: mountPoint, vfs_type: type };
  switch (type) {
    case "vfat":
      return { ...entry, options: "defaults,umask=0077,shortname=winnt", passno: 2 };
    case "ext4":
      return { ...entry, options: "defaults", passno: mountPoint === "/" ? 1 : 2 };
    case "xfs":
      // XFS checks itself when it is mounted.
      return { ...entry, options: "defaults", passno: 0 };
  }
}
