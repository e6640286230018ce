import { stageBuilder } from "./stage.ts";

/** Options of org.osbuild.fix-bls. */
export interface FixBlsOptions {
  /** What paths in boot loader entries begin with: `/boot`, or nothing when /boot is a partition of its own. */
  readonly prefix?: string;
  readonly require_boot_prefix?: boolean;
}

/** Rewrites boot loader entries that packages wrote for the build host. */
export const fixBls = stageBuilder<FixBlsOptions>("org.osbuild.fix-bls");

/** Options of org.osbuild.kernel-cmdline. */
export interface KernelCmdlineOptions {
  readonly root_fs_uuid?: string;
  /** Arguments, separated by spaces. */
  readonly kernel_opts?: string;
  readonly kernel_cmdline_size?: number;
}

/** Writes `/etc/kernel/cmdline`; stands before the kernel's installation, which reads it. */
export const kernelCmdline = stageBuilder<KernelCmdlineOptions>("org.osbuild.kernel-cmdline");

/** Options of org.osbuild.grub2: the root file system by UUID, or by UUID or label. */
export type Grub2Options = Grub2Settings &
  ({ readonly root_fs_uuid: string } | { readonly rootfs: FileSystemIdentity });

/** A file system as GRUB finds it. */
export type FileSystemIdentity = { readonly uuid: string } | { readonly label: string };

/** What org.osbuild.grub2 takes besides the root file system. */
interface Grub2Settings {
  /** 2 is the behaviour that is not kept for old bugs. */
  readonly compat_version?: 1 | 2;
  readonly boot_fs_uuid?: string;
  readonly bootfs?: FileSystemIdentity;
  readonly kernel_opts?: string;
  /** GRUB's platform, `i386-pc` for example. */
  readonly legacy?: boolean | string;
  readonly uefi?: {
    /** The folder under `/boot/efi/EFI`. */
    readonly vendor: string;
    readonly efi_src_dir?: string;
    readonly install?: boolean;
    readonly unified?: boolean;
  };
  readonly saved_entry?: string;
  readonly write_defaults?: boolean;
  readonly write_cmdline?: boolean;
  readonly ignition?: boolean;
  readonly greenboot?: boolean;
  readonly config?: GrubConfig;
}

/** `/etc/default/grub`. */
export interface GrubConfig {
  readonly default?: string;
  readonly disable_recovery?: boolean;
  readonly disable_submenu?: boolean;
  readonly distributor?: string;
  readonly terminal?: readonly string[];
  readonly terminal_input?: readonly string[];
  readonly terminal_output?: readonly string[];
  /** In seconds. */
  readonly timeout?: number;
  readonly timeout_style?: "hidden" | "menu" | "countdown";
  readonly serial?: string;
}

/** Configures GRUB in the tree. */
export const grub2 = stageBuilder<Grub2Options>("org.osbuild.grub2");

/** Options of org.osbuild.grub2.inst. */
export interface Grub2InstOptions {
  readonly filename: string;
  readonly platform: string;
  /** The sector where the core image goes; without it the file is the core image. */
  readonly location?: number;
  readonly core: {
    readonly type: "mkimage";
    readonly partlabel: "gpt" | "dos";
    readonly filesystem: "ext4" | "xfs" | "btrfs" | "iso9660";
    readonly binary?: string;
  };
  readonly prefix:
    | {
        readonly type: "partition";
        readonly partlabel: "gpt" | "dos";
        /** Counts from 0. */
        readonly number: number;
        readonly path: string;
      }
    | { readonly path: string };
  readonly "sector-size"?: number;
}

/** Writes GRUB's core image and boot sector into a disk. */
export const grub2Inst = stageBuilder<Grub2InstOptions>("org.osbuild.grub2.inst");
