import { ARCHITECTURES, type Architecture } from "../architecture.ts";

/** A file system that a partition can hold. */
export type FileSystemType = RootFileSystem | "vfat";

/** A file system that Linux can run from. */
export type RootFileSystem = "ext4" | "xfs";

/** What a partition must be; where it lies is the plan's business. */
export interface PartitionSpec {
  /** The GPT type. */
  readonly type: string;
  /** In MiB; the last partition of a layout takes what the disk has left. */
  readonly minSizeMib: number;
  readonly bootable?: true;
  readonly fileSystem?: FileSystemSpec;
}

/** The file system of a partition. */
interface FileSystemSpec {
  readonly type: FileSystemType;
  readonly mountPoint: string;
  readonly label?: string;
}

/** GPT types (UEFI specification, Discoverable Partitions Specification). */
const PARTITION_TYPES = {
  biosBoot: "21686148-6449-6E6F-744E-656564454649",
  efiSystem: "C12A7328-F81F-11D2-BA4B-00A0C93EC93B",
  extendedBoot: "BC13C2FF-59E6-4262-A352-B275FD6F7172",
  linuxData: "0FC63DAF-8483-4772-8E79-3D69D8477DE4",
} as const;

/**
 * The partitions of an image that boots: GRUB's core image where the architecture boots from BIOS, the EFI system
 * partition, /boot, and the root last, so that it can grow on the machine.
 */
export function standardLayout(arch: Architecture, fileSystem: RootFileSystem): readonly PartitionSpec[] {
  const { bootsFromBios, rootPartitionType } = ARCHITECTURES[arch];
  const biosBoot: PartitionSpec = { type: PARTITION_TYPES.biosBoot, minSizeMib: 1, bootable: true };
  return [
    ...(bootsFromBios ? [biosBoot] : []),
    {
      type: PARTITION_TYPES.efiSystem,
      minSizeMib: 200,
      fileSystem: { type: "vfat", mountPoint: "/boot/efi", label: "ESP" },
    },
    {
      type: PARTITION_TYPES.extendedBoot,
      minSizeMib: 1024,
      fileSystem: { type: fileSystem, mountPoint: "/boot", label: "boot" },
    },
    {
      type: rootPartitionType,
      minSizeMib: 2048,
      fileSystem: { type: fileSystem, mountPoint: "/", label: "root" },
    },
  ];
}

/**
 * The layout with room for file systems of at least the given sizes, in MiB by mount point.
 *
 * A mount point that the layout has grows; another becomes a partition of its own, in the order of the names, before
 * the root.
 */
export function resizeLayout(
  layout: readonly PartitionSpec[],
  sizesMib: Readonly<Record<string, number>>,
): readonly PartitionSpec[] {
  const resized = layout.map((spec) => {
    const wantedMib = sizesMib[spec.fileSystem?.mountPoint ?? ""] ?? 0;
    return { ...spec, minSizeMib: Math.max(spec.minSizeMib, wantedMib) };
  });
  const known = new Set(layout.map((spec) => spec.fileSystem?.mountPoint));
  const type = layout.at(-1)?.fileSystem?.type ?? "ext4";
  const added = Object.keys(sizesMib)
    .filter((mountPoint) => !known.has(mountPoint))
    .toSorted()
    .map((mountPoint) => ({
      type: PARTITION_TYPES.linuxData,
      minSizeMib: sizesMib[mountPoint] ?? 0,
      fileSystem: { type, mountPoint },
    }));
  return [...resized.slice(0, -1), ...added, ...resized.slice(-1)];
}
