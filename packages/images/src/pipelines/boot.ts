import { ARCHITECTURES, type Architecture } from "../architecture.ts";
import { formattedPartitions, fstabEntry, partitionAt } from "../disk/file-systems.ts";
import type { DiskPlan } from "../disk/plan.ts";
import type { Stage } from "../manifest.ts";
import type { ResolvedPackage } from "../packages/resolver.ts";
import { grub2 } from "../stages/boot.ts";
import { fstab } from "../stages/storage.ts";

/** GRUB's platform for machines that boot from BIOS. */
export const BIOS_PLATFORM = "i386-pc";

/** What a tree needs to boot from its disk. */
export interface BootSettings {
  readonly arch: Architecture;
  readonly plan: DiskPlan;
  readonly efiVendor: string;
  readonly kernel: ResolvedPackage;
  readonly kernelArguments: readonly string[];
}

/** Mounts the disk's file systems and configures GRUB. */
export function bootStages(boot: BootSettings): readonly Stage[] {
  return [
    fstab({ filesystems: formattedPartitions(boot.plan).map(({ fileSystem }) => fstabEntry(fileSystem)) }),
    grub2({
      compat_version: 2,
      root_fs_uuid: rootUuid(boot.plan),
      boot_fs_uuid: partitionAt(boot.plan, "/boot").fileSystem.uuid,
      kernel_opts: boot.kernelArguments.join(" "),
      ...(ARCHITECTURES[boot.arch].bootsFromBios && { legacy: BIOS_PLATFORM }),
      uefi: { vendor: boot.efiVendor, unified: true },
      saved_entry: bootEntry(boot.kernel),
      write_cmdline: false,
      config: { default: "saved" },
    }),
  ];
}

/** The UUID of the root file system, which the kernel looks for. */
export function rootUuid(plan: DiskPlan): string {
  return partitionAt(plan, "/").fileSystem.uuid;
}

/** The name of a kernel's boot entry, as fix-bls leaves it: no machine's id, then the version without an epoch. */
function bootEntry({ evra }: ResolvedPackage): string {
  return `${"f".repeat(32)}-${evra.replace(/^\d+:/, "")}`;
}
