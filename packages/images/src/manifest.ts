/** The name of an osbuild module: a stage, input, source, device, mount or runner. */
export type ModuleName = `org.osbuild.${string}`;

/** A checksum as osbuild writes it: algorithm, colon, lower-case hexadecimal digits. */
export type Checksum = `sha256:${string}`;

/** A reference to an earlier pipeline of the same manifest. */
export type PipelineReference = `name:${string}`;

/** An osbuild manifest, format version 2 (`schemas/osbuild2.json`). */
export interface Manifest {
  readonly version: "2";
  readonly pipelines: readonly Pipeline[];
  readonly sources: Sources;
}

/** A sequence of stages that makes one tree. */
export interface Pipeline {
  readonly name: string;
  /** The pipeline whose tree the stages run in; the host's tree when it is left out. */
  readonly build?: PipelineReference;
  readonly runner?: ModuleName;
  readonly "source-epoch"?: number;
  readonly stages: readonly Stage[];
}

/** One step of a pipeline. */
export interface Stage<Options extends object = object> extends StageParts {
  readonly type: ModuleName;
  readonly options?: Options;
}

/** What a stage works with besides its options. */
export interface StageParts {
  readonly inputs?: Readonly<Record<string, Input>>;
  readonly devices?: Readonly<Record<string, Device>>;
  /** Mounted in this order, so a parent directory comes before what is mounted in it. */
  readonly mounts?: readonly Mount[];
}

/** What a stage reads: downloaded or inline files, files of a pipeline, or a pipeline's whole tree. */
export type Input = SourceFiles | PipelineFiles | PipelineTree;

/** Files that the manifest's sources provide, by checksum. */
export interface SourceFiles {
  readonly type: "org.osbuild.files";
  readonly origin: "org.osbuild.source";
  readonly references: readonly SourceFileReference[];
}

/** One file of a source; its metadata is read by the stage, `rpm.check_gpg` by org.osbuild.rpm. */
export interface SourceFileReference {
  readonly id: Checksum;
  readonly options?: { readonly metadata: Readonly<Record<string, boolean>> };
}

/** One file of another pipeline's tree. */
export interface PipelineFiles {
  readonly type: "org.osbuild.files";
  readonly origin: "org.osbuild.pipeline";
  readonly references: Readonly<Record<PipelineReference, { readonly file: string }>>;
}

/** The whole tree of another pipeline. */
export interface PipelineTree {
  readonly type: "org.osbuild.tree";
  readonly origin: "org.osbuild.pipeline";
  readonly references: readonly [PipelineReference];
}

/** A block device that osbuild sets up for one stage. */
export type Device = LoopbackDevice;

/** A file of the tree, or a part of it, as a block device; `start` and `size` in sectors of 512 bytes. */
export interface LoopbackDevice {
  readonly type: "org.osbuild.loopback";
  readonly options: {
    readonly filename: string;
    readonly start?: number;
    readonly size?: number;
    readonly "sector-size"?: number;
    readonly lock?: boolean;
    readonly partscan?: boolean;
    readonly "read-only"?: boolean;
  };
}

/** A file system that osbuild mounts for one stage; `source` names one of the stage's devices. */
export type Mount = BlockMount | FatMount;

/** A mounted ext4 or xfs file system. */
interface BlockMount extends MountPlace {
  readonly type: "org.osbuild.ext4" | "org.osbuild.xfs";
  readonly options?: { readonly readonly?: boolean; readonly norecovery?: boolean };
}

/** A mounted FAT file system. */
interface FatMount extends MountPlace {
  readonly type: "org.osbuild.fat";
  readonly options?: {
    readonly readonly?: boolean;
    readonly uid?: number;
    readonly gid?: number;
    readonly umask?: string;
    readonly shortname?: "lower" | "win95" | "winnt" | "mixed";
  };
}

/** From where to where a file system is mounted; `partition` counts from 1 when the device has partitions. */
interface MountPlace {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly partition?: number;
}

/** Where the files that pipelines refer to come from, by checksum. */
export interface Sources {
  readonly "org.osbuild.curl"?: CurlSource;
  readonly "org.osbuild.inline"?: InlineSource;
}

/** Files to download. */
export interface CurlSource {
  readonly items: Readonly<Record<Checksum, { readonly url: string }>>;
}

/** Files whose bytes stand in the manifest. */
export interface InlineSource {
  readonly items: Readonly<Record<Checksum, { readonly encoding: "base64"; readonly data: string }>>;
}
