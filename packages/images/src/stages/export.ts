import type { PipelineFiles, PipelineTree, Stage } from "../manifest.ts";
import { stage } from "./stage.ts";

/** Options of org.osbuild.qemu. */
export interface QemuOptions {
  readonly filename: string;
  readonly format: QemuFormat;
}

/** A disk format of qemu-img. */
export type QemuFormat =
  | { readonly type: "qcow2"; readonly compat?: string; readonly compression?: boolean }
  | { readonly type: "vdi" }
  | { readonly type: "vhdx" }
  | { readonly type: "vpc"; readonly force_size?: boolean; readonly subformat?: "fixed" | "dynamic" }
  | {
      readonly type: "vmdk";
      readonly adapter_type?: "ide" | "lsilogic" | "buslogic" | "legacyESX";
      readonly compat6?: boolean;
      readonly compression?: boolean;
      readonly subformat?:
        | "monolithicSparse"
        | "monolithicFlat"
        | "twoGbMaxExtentSparse"
        | "twoGbMaxExtentFlat"
        | "streamOptimized";
    };

/** Converts a raw disk. */
export function qemu(options: QemuOptions, image: PipelineFiles): Stage<QemuOptions> {
  return stage("org.osbuild.qemu", options, { inputs: { image } });
}

/** Options of org.osbuild.xz. */
export interface XzOptions {
  readonly filename: string;
}

/** Compresses a file. */
export function xz(options: XzOptions, file: PipelineFiles): Stage<XzOptions> {
  return stage("org.osbuild.xz", options, { inputs: { file } });
}

/** Options of org.osbuild.oci-archive. */
export interface OciArchiveOptions {
  /** As the OCI image specification names it. */
  readonly architecture: string;
  readonly variant?: string;
  readonly filename: string;
  readonly config?: OciConfig;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** How a container engine runs the image; osbuild's schema misspells `StopSignal`, which is left out here. */
export interface OciConfig {
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Env?: readonly string[];
  readonly ExposedPorts?: readonly string[];
  readonly User?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Volumes?: readonly string[];
  readonly WorkingDir?: string;
}

/** Packs a tree as a container image. */
export function ociArchive(options: OciArchiveOptions, base: PipelineTree): Stage<OciArchiveOptions> {
  return stage("org.osbuild.oci-archive", options, { inputs: { base } });
}
