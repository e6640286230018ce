import type { Device, Stage } from "../manifest.ts";
import { stage, stageBuilder } from "./stage.ts";

/** Options of org.osbuild.truncate. */
export interface TruncateOptions {
  readonly filename: string;
  /** In bytes, as a decimal text. */
  readonly size: string;
}

/** Makes an empty file of a size. */
export const truncate = stageBuilder<TruncateOptions>("org.osbuild.truncate");

/** Options of org.osbuild.sfdisk. */
export interface SfdiskOptions {
  readonly label: "mbr" | "dos" | "gpt";
  readonly uuid: string;
  readonly partitions?: readonly SfdiskPartition[];
}

/** A partition of org.osbuild.sfdisk; `start` and `size` in sectors of 512 bytes. */
export interface SfdiskPartition {
  readonly start?: number;
  readonly size?: number;
  readonly type?: string;
  readonly uuid?: string;
  readonly name?: string;
  readonly partnum?: number;
  readonly bootable?: boolean;
  readonly attrs?: readonly number[];
}

/** Writes a partition table. */
export function sfdisk(options: SfdiskOptions, device: Device): Stage<SfdiskOptions> {
  return stage("org.osbuild.sfdisk", options, { devices: { device } });
}

/** Options of org.osbuild.mkfs.ext4. */
export interface MkfsExt4Options {
  readonly uuid: string;
  readonly label?: string;
  readonly lazy_init?: boolean;
  readonly metadata_csum_seed?: boolean;
  readonly orphan_file?: boolean;
  readonly verity?: boolean;
}

/** Makes an ext4 file system. */
export function mkfsExt4(options: MkfsExt4Options, device: Device): Stage<MkfsExt4Options> {
  return stage("org.osbuild.mkfs.ext4", options, { devices: { device } });
}

/** Options of org.osbuild.mkfs.xfs. */
export interface MkfsXfsOptions {
  readonly uuid: string;
  readonly label?: string;
  readonly agcount?: number;
}

/** Makes an XFS file system. */
export function mkfsXfs(options: MkfsXfsOptions, device: Device): Stage<MkfsXfsOptions> {
  return stage("org.osbuild.mkfs.xfs", options, { devices: { device } });
}

/** Options of org.osbuild.mkfs.fat. */
export interface MkfsFatOptions {
  /** Eight hexadecimal digits. */
  readonly volid: string;
  readonly label?: string;
  readonly "fat-size"?: 12 | 16 | 32;
  readonly geometry?: { readonly heads: number; readonly "sectors-per-track": number };
}

/** Makes a FAT file system. */
export function mkfsFat(options: MkfsFatOptions, device: Device): Stage<MkfsFatOptions> {
  return stage("org.osbuild.mkfs.fat", options, { devices: { device } });
}

/** Options of org.osbuild.fstab; what an ostree deployment adds is left out. */
export interface FstabOptions {
  readonly filesystems: readonly FstabEntry[];
}

/** A line of `/etc/fstab`. */
export type FstabEntry = FstabSettings &
  (
    | { readonly uuid: string }
    | { readonly label: string }
    | { readonly partlabel: string }
    | { readonly device: string }
  );

/** What every line of `/etc/fstab` has besides the file system's name. */
interface FstabSettings {
  readonly path: string;
  readonly vfs_type?: string;
  /** Separated by commas. */
  readonly options?: string;
  readonly freq?: number;
  readonly passno?: number;
}

/** Writes `/etc/fstab`. */
export const fstab = stageBuilder<FstabOptions>("org.osbuild.fstab");
