import { fail, ok, type Result } from "@imagegate/core";
import { deriveUuid, deriveVolumeId } from "../identity.ts";
import { isAbsolutePath } from "../path.ts";
import { resizeLayout, type FileSystemType, type PartitionSpec } from "./layout.ts";

/** What a disk is planned from. */
export interface DiskRequest {
  /** The image's name, from which every UUID derives. */
  readonly image: string;
  /** In partition order; the last one takes what the disk has left. */
  readonly layout: readonly PartitionSpec[];
  /** The disk's size; it becomes larger when the partitions need more. */
  readonly sizeMib: number;
  /** Sizes that file systems must have at least, in MiB by mount point. */
  readonly fileSystemSizesMib?: Readonly<Record<string, number>>;
}

/** A disk's geometry; every stage that deals with the disk derives from it. */
export interface DiskPlan {
  readonly sizeBytes: number;
  readonly uuid: string;
  readonly partitions: readonly PlannedPartition[];
}

/** A partition in its place. */
export interface PlannedPartition {
  /** Counts from 1. */
  readonly number: number;
  readonly startSector: number;
  readonly sizeSectors: number;
  readonly type: string;
  readonly uuid: string;
  readonly bootable?: true;
  readonly fileSystem?: PlannedFileSystem;
}

/** A file system in its partition. */
export interface PlannedFileSystem {
  readonly type: FileSystemType;
  readonly mountPoint: string;
  /** As /etc/fstab names it: a UUID, or `ABCD-1234` for FAT. */
  readonly uuid: string;
  readonly label?: string;
}

/** Why a disk cannot be planned. */
export type DiskProblem =
  | { readonly reason: "size-invalid"; readonly mountPoint: string | null; readonly sizeMib: number }
  | { readonly reason: "mount-point-invalid"; readonly mountPoint: string }
  | { readonly reason: "mount-point-reserved"; readonly mountPoint: string };

/** Sectors in a MiB; osbuild counts partitions in sectors of 512 bytes. */
export const SECTORS_PER_MIB = 2048;

const BYTES_PER_MIB = 1024 * 1024;

/** Before the first partition and after the last, for the two copies of the table, so that all stays aligned. */
const TABLE_MIB = 1;

/** Places that are not on a disk, or that the root must hold for the system to start. */
const RESERVED = ["/bin", "/dev", "/etc", "/lib", "/lib64", "/proc", "/run", "/sbin", "/sys"];

/** Lays partitions out on a disk, aligned to MiB; the problems are all that there are. */
export function planDisk(request: DiskRequest): Result<DiskPlan, readonly DiskProblem[]> {
  const sizesMib = request.fileSystemSizesMib ?? {};
  const problems = [...sizeProblems(null, request.sizeMib), ...fileSystemProblems(sizesMib)];
  if (problems.length > 0) return fail(problems);

  const specs = resizeLayout(request.layout, sizesMib);
  const neededMib = 2 * TABLE_MIB + specs.reduce((sum, spec) => sum + spec.minSizeMib, 0);
  const diskMib = Math.max(request.sizeMib, neededMib);
  const spareMib = diskMib - neededMib;

  let startMib = TABLE_MIB;
  const partitions = specs.map((spec, index) => {
    const sizeMib = spec.minSizeMib + (index === specs.length - 1 ? spareMib : 0);
    const partition = placePartition(request.image, spec, { number: index + 1, startMib, sizeMib });
    startMib += sizeMib;
    return partition;
  });
  return ok({ sizeBytes: diskMib * BYTES_PER_MIB, uuid: deriveUuid(request.image, "disk"), partitions });
}

function placePartition(
  image: string,
  spec: PartitionSpec,
  place: { readonly number: number; readonly startMib: number; readonly sizeMib: number },
): PlannedPartition {
  const purpose = spec.fileSystem?.mountPoint ?? spec.type;
  return {
    number: place.number,
    startSector: place.startMib * SECTORS_PER_MIB,
    sizeSectors: place.sizeMib * SECTORS_PER_MIB,
    type: spec.type,
    uuid: deriveUuid(image, `partition ${purpose}`),
    ...(spec.bootable === true && { bootable: spec.bootable }),
    ...(spec.fileSystem !== undefined && {
      fileSystem: { ...spec.fileSystem, uuid: fileSystemUuid(image, spec.fileSystem) },
    }),
  };
}

/** Derived from the mount point, so that another partition or another order moves no other file system. */
function fileSystemUuid(image: string, fileSystem: { type: FileSystemType; mountPoint: string }): string {
  const purpose = `file system ${fileSystem.mountPoint}`;
  if (fileSystem.type !== "vfat") return deriveUuid(image, purpose);
  const volumeId = deriveVolumeId(image, purpose);
  return `${volumeId.slice(0, 4)}-${volumeId.slice(4)}`;
}

function fileSystemProblems(sizesMib: Readonly<Record<string, number>>): readonly DiskProblem[] {
  return Object.entries(sizesMib).flatMap(([mountPoint, sizeMib]) => [
    ...mountPointProblems(mountPoint),
    ...sizeProblems(mountPoint, sizeMib),
  ]);
}

function mountPointProblems(mountPoint: string): readonly DiskProblem[] {
  const isNormal = mountPoint === "/" || isAbsolutePath(mountPoint);
  if (!isNormal) return [{ reason: "mount-point-invalid", mountPoint }];
  const isReserved = RESERVED.some((path) => mountPoint === path || mountPoint.startsWith(`${path}/`));
  return isReserved ? [{ reason: "mount-point-reserved", mountPoint }] : [];
}

function sizeProblems(mountPoint: string | null, sizeMib: number): readonly DiskProblem[] {
  const isSize = Number.isInteger(sizeMib) && sizeMib > 0 && Number.isSafeInteger(sizeMib * BYTES_PER_MIB);
  return isSize ? [] : [{ reason: "size-invalid", mountPoint, sizeMib }];
}
