import type { Stage, StageParts } from "../manifest.ts";
import { stage, stageBuilder } from "./stage.ts";

/** A place outside, inside or mounted into the tree, as org.osbuild.copy writes it. */
export type CopySource = `input://${string}` | `mount://${string}` | `tree:///${string}`;

/** A place that org.osbuild.copy writes to. */
export type CopyDestination = `mount://${string}` | `tree:///${string}`;

/** Options of org.osbuild.copy. */
export interface CopyOptions {
  readonly paths: readonly {
    readonly from: CopySource;
    readonly to: CopyDestination;
    readonly remove_destination?: boolean;
  }[];
}

/** Copies files or whole trees. */
export function copy(options: CopyOptions, parts: StageParts): Stage<CopyOptions> {
  return stage("org.osbuild.copy", options, parts);
}

/** Options of org.osbuild.mkdir. */
export interface MkdirOptions {
  readonly paths: readonly {
    readonly path: string;
    readonly mode?: number;
    readonly parents?: boolean;
    readonly exist_ok?: boolean;
  }[];
}

/** Makes directories. */
export const mkdir = stageBuilder<MkdirOptions>("org.osbuild.mkdir");

/** Options of org.osbuild.chmod: modes by absolute path. */
export interface ChmodOptions {
  /** A mode is what chmod(1) takes, `0644` for example. */
  readonly items: Readonly<Record<string, { readonly mode: string; readonly recursive?: boolean }>>;
}

/** Changes modes. */
export const chmod = stageBuilder<ChmodOptions>("org.osbuild.chmod");

/** Options of org.osbuild.chown: owners by absolute path. */
export interface ChownOptions {
  readonly items: Readonly<Record<string, Ownership & { readonly recursive?: boolean }>>;
}

/** An owner, a group or both, by name or by number. */
export type Ownership =
  | { readonly user: string | number; readonly group?: string | number }
  | { readonly user?: string | number; readonly group: string | number };

/** Changes owners. */
export const chown = stageBuilder<ChownOptions>("org.osbuild.chown");
