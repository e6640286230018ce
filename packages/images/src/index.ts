export type { Architecture } from "./architecture.ts";
export type {
  ContainerImageType,
  Customizations,
  DiskImageType,
  DiskOutput,
  FileSpec,
  ImageDefinition,
  ImageType,
  Release,
  SystemSettings,
} from "./definition.ts";
export type { RootFileSystem } from "./disk/layout.ts";
export type { DiskProblem } from "./disk/plan.ts";
export { DefinitionError, orThrow, type ImageFailure } from "./failure.ts";
export { family, imageName, type Family } from "./family.ts";
export { buildManifest, image, type Image } from "./image.ts";
export { pipelineFile, pipelineReference, pipelineTree, sourceFile } from "./inputs.ts";
export type {
  Checksum,
  Device,
  Input,
  Manifest,
  ModuleName,
  Mount,
  Pipeline,
  Sources,
  Stage,
  StageParts,
} from "./manifest.ts";
export { lockResolver } from "./packages/lock.ts";
export {
  parseLock,
  type LockedPackage,
  type LockedTransaction,
  type LockFailure,
  type LockProblem,
  type PackageLock,
} from "./packages/lock-file.ts";
export { mockResolver } from "./packages/mock.ts";
export type {
  PackageRequest,
  PackageResolver,
  ResolvedPackage,
  ResolveFailure,
  Transaction,
} from "./packages/resolver.ts";
export type { FixedRepository, Repository, SnapshotRepository } from "./repository.ts";
export {
  fixBls,
  grub2,
  grub2Inst,
  kernelCmdline,
  type FileSystemIdentity,
  type FixBlsOptions,
  type Grub2InstOptions,
  type Grub2Options,
  type GrubConfig,
  type KernelCmdlineOptions,
} from "./stages/boot.ts";
export {
  ociArchive,
  qemu,
  xz,
  type OciArchiveOptions,
  type OciConfig,
  type QemuFormat,
  type QemuOptions,
  type XzOptions,
} from "./stages/export.ts";
export {
  chmod,
  chown,
  copy,
  mkdir,
  type ChmodOptions,
  type ChownOptions,
  type CopyDestination,
  type CopyOptions,
  type CopySource,
  type MkdirOptions,
  type Ownership,
} from "./stages/files.ts";
export { rpm, selinux, type RpmOptions, type SelinuxLabels, type SelinuxOptions } from "./stages/packages.ts";
export {
  chrony,
  cloudInit,
  sshdConfig,
  systemd,
  type ChronyOptions,
  type ChronyServer,
  type CloudInitOptions,
  type CloudInitReporter,
  type SshdConfigOptions,
  type SystemdOptions,
} from "./stages/services.ts";
export { stage, stageBuilder } from "./stages/stage.ts";
export {
  fstab,
  mkfsExt4,
  mkfsFat,
  mkfsXfs,
  sfdisk,
  truncate,
  type FstabEntry,
  type FstabOptions,
  type MkfsExt4Options,
  type MkfsFatOptions,
  type MkfsXfsOptions,
  type SfdiskOptions,
  type SfdiskPartition,
  type TruncateOptions,
} from "./stages/storage.ts";
export {
  dnfConfig,
  hostname,
  keymap,
  locale,
  machineId,
  sysconfig,
  timezone,
  type DnfConfigOptions,
  type DnfTransactionFlag,
  type HostnameOptions,
  type KeymapOptions,
  type LocaleOptions,
  type MachineIdOptions,
  type SysconfigOptions,
  type TimezoneOptions,
} from "./stages/system.ts";
export { groups, users, type GroupsOptions, type UserOptions, type UsersOptions } from "./stages/users.ts";
