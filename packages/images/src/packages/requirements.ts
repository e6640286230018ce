import { ARCHITECTURES, type Architecture } from "../architecture.ts";
import type { RootFileSystem } from "../disk/layout.ts";
import type { ModuleName, Stage } from "../manifest.ts";

/** What every build root needs to run osbuild's stages and to be labelled itself. */
const BUILD_BASE = ["coreutils", "glibc", "python3", "rpm", "selinux-policy-targeted", "systemd"];

/** The packages whose programs a stage runs in the build root, beyond the base. */
const BUILD_BY_STAGE: Readonly<Record<ModuleName, readonly string[]>> = {
  "org.osbuild.grub2.inst": ["grub2-pc"],
  "org.osbuild.mkfs.ext4": ["e2fsprogs"],
  "org.osbuild.mkfs.fat": ["dosfstools"],
  "org.osbuild.mkfs.xfs": ["xfsprogs"],
  "org.osbuild.oci-archive": ["tar"],
  "org.osbuild.qemu": ["qemu-img"],
  "org.osbuild.selinux": ["policycoreutils"],
  "org.osbuild.sfdisk": ["util-linux"],
  "org.osbuild.xz": ["xz"],
};

/** The packages that a build root needs for these stages, sorted; a definition adds what its own stages need. */
export function buildTools(stages: readonly Stage[]): readonly string[] {
  return [
    ...new Set([...BUILD_BASE, ...stages.flatMap(({ type }) => BUILD_BY_STAGE[type] ?? [])]),
  ].toSorted();
}

const FILE_SYSTEM_TOOLS: Readonly<Record<RootFileSystem, string>> = { ext4: "e2fsprogs", xfs: "xfsprogs" };

/** The packages that a tree needs to boot: its kernel and boot loader, checks of its file systems, its policy. */
export function bootRequirements(
  arch: Architecture,
  type: { readonly kernel: string; readonly fileSystem: RootFileSystem },
): readonly string[] {
  return [
    ...ARCHITECTURES[arch].bootLoaderPackages,
    "dosfstools",
    // Without it the initramfs has the drivers of the machine that built it, not of the one that boots it.
    "dracut-config-generic",
    FILE_SYSTEM_TOOLS[type.fileSystem],
    type.kernel,
    "selinux-policy-targeted",
  ];
}
