import type { Architecture } from "./architecture.ts";
import type { RootFileSystem } from "./disk/layout.ts";
import type { ModuleName, Stage } from "./manifest.ts";
import type { PackageResolver } from "./packages/resolver.ts";
import type { Repository } from "./repository.ts";
import type { OciConfig, QemuFormat } from "./stages/export.ts";
import type { Ownership } from "./stages/files.ts";
import type { UserOptions } from "./stages/users.ts";

/** One release of a distribution. */
export interface Release {
  /** As names of images begin, `fedora` for example. */
  readonly distro: string;
  readonly version: string;
  /** The osbuild runner that knows this release's build root. */
  readonly runner: ModuleName;
  /** Packages that the build root needs beyond what the stages tell. */
  readonly buildPackages?: readonly string[];
  readonly repositories: (arch: Architecture) => readonly Repository[];
}

/** What an image is for, and the form in which it is shipped. */
export type ImageType = DiskImageType | ContainerImageType;

/** An image that boots: a disk with a kernel, a boot loader and an SELinux policy. */
export interface DiskImageType extends ImageTypeBase {
  readonly kind: "disk";
  readonly sizeMib: number;
  readonly fileSystem: RootFileSystem;
  /** The folder of the distribution on the EFI system partition. */
  readonly efiVendor: string;
  /** The package that the kernel's version is read from, for the boot entry to start with. */
  readonly kernel: string;
  readonly kernelArguments: readonly string[];
  readonly output: DiskOutput;
}

/** How a disk is shipped. */
export type DiskOutput =
  | { readonly format: "raw"; readonly filename: string }
  | { readonly format: "raw.xz"; readonly filename: string }
  | { readonly format: "qemu"; readonly filename: string; readonly options: QemuFormat };

/** An image for container engines, which bring their own kernel. */
export interface ContainerImageType extends ImageTypeBase {
  readonly kind: "container";
  readonly filename: string;
  readonly config: OciConfig;
}

/** What every image type has. */
interface ImageTypeBase {
  /** As it stands in names of images. */
  readonly name: string;
  /** What the image is for; what its own stages need is added. */
  readonly packages: readonly string[];
  readonly excludedPackages?: readonly string[];
  readonly withoutDocs?: boolean;
  readonly system?: SystemSettings;
}

/** How the installed system is set up. */
export interface SystemSettings {
  readonly locale?: string;
  readonly keymap?: string;
  readonly timezone?: string;
  readonly hostname?: string;
  readonly groups?: Readonly<Record<string, { readonly gid?: number }>>;
  readonly users?: Readonly<Record<string, UserOptions>>;
  readonly files?: readonly FileSpec[];
  readonly enabledServices?: readonly string[];
  readonly disabledServices?: readonly string[];
  readonly maskedServices?: readonly string[];
  readonly defaultTarget?: string;
  /** Any other stages, run after all of the above. */
  readonly stages?: readonly Stage[];
}

/** A text file of the image. */
export interface FileSpec {
  /** Absolute; missing parent directories are made. */
  readonly path: `/${string}`;
  readonly content: string;
  /** As chmod(1) takes it; `0644` when left out. */
  readonly mode?: string;
  /** root when left out. */
  readonly owner?: Ownership;
}

/** What an image changes of its type: single settings replace the type's, lists and accounts add to them. */
export interface Customizations extends SystemSettings {
  readonly packages?: readonly string[];
  /** What only an image that boots can have; a container leaves it out. */
  readonly disk?: {
    readonly kernelArguments?: readonly string[];
    /** Sizes that file systems have at least, in MiB by mount point. */
    readonly fileSystemSizesMib?: Readonly<Record<string, number>>;
  };
}

/** All that a manifest is made from. */
export interface ImageDefinition {
  readonly name: string;
  readonly release: Release;
  readonly arch: Architecture;
  readonly type: ImageType;
  readonly resolver: PackageResolver;
  readonly customizations?: Customizations;
}
