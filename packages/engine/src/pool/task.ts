import type { Fingerprint, FingerprintMode, RecordedPipeline, RecordKind, Result } from "@imagegate/core";
import type { ExplainProfile, ManifestChange, ManifestSketch } from "@imagegate/core/explain";
import type { SealedEntries } from "@imagegate/host";
import type { DocumentFailure, FingerprintFailure, GeneratorFailure } from "../failure.ts";
import type { InspectedManifest } from "../inspect/inspector.ts";
import type { WorkSpan } from "../report.ts";

/** A module of definitions and what it may see; paths are absolute. */
export interface ModuleSource {
  readonly kind: "module";
  readonly entry: string;
  readonly root: string;
  /** The family's folder: everything in it may be read. */
  readonly folder: string;
  readonly packages: readonly string[] | undefined;
  /** Files outside the folder that may be read. */
  readonly files: readonly string[];
  /** The whole environment of the definitions. */
  readonly env: Readonly<Record<string, string>>;
}

/** A manifest that stands in a file, or comes out of a module. */
export type ManifestSource = { readonly kind: "file"; readonly path: string } | ModuleSource;

/** Asks a worker for the names of a module's images. */
export interface ListTask {
  readonly task: "list";
  readonly source: ModuleSource;
}

/** What is wanted of all manifests of a task. */
export interface FingerprintSettings {
  readonly mode: FingerprintMode;
  readonly recordKind: RecordKind;
  readonly maxManifestBytes: number;
  readonly storeRoot: string;
  /** `ignored` parses bytes that are known too, so that the store has all of the manifest again. */
  readonly known: "used" | "ignored";
  /** Whether osbuild is asked as well, which takes the ids of all stages… */
  readonly isInspected: boolean;
  /** …and the manifest's bytes, which are only wanted back for that. */
  readonly returnInspected: boolean;
}

/** One manifest to read or generate. */
export interface ManifestTask {
  readonly name: string;
  readonly source: ManifestSource;
  /** Where the manifest is written, absolute; null writes nothing. */
  readonly outputPath: string | null;
}

/** Asks a worker for some manifests: handing out a task costs as much as reading one. */
export interface FingerprintTask {
  readonly task: "fingerprint";
  readonly settings: FingerprintSettings;
  readonly manifests: readonly ManifestTask[];
}

/** As much of a fingerprint as records hold: the ids of stages are most of one, and dear to hand over. */
export interface RecordedFingerprint extends Omit<Fingerprint, "pipelines"> {
  /** In the manifest's order; null when ids were not asked for. */
  readonly pipelines: readonly RecordedPipeline[] | null;
}

/** What a worker found out about one manifest. */
export interface FingerprintedManifest {
  readonly name: string;
  readonly fingerprint: RecordedFingerprint;
  /** The bare digest, when the records are of that form. */
  readonly bareDigest: string | null;
  /** What osbuild is to be asked about; null when it is not. */
  readonly inspected: InspectedManifest | null;
  readonly generationMs: number;
  readonly span: WorkSpan;
  /** Entries that were found damaged in the store. */
  readonly damagedEntries: number;
}

/** Where the text of a manifest is to be had; paths are absolute. */
export type DocumentSource =
  | { readonly kind: "file"; readonly path: string; readonly maxBytes: number }
  | { readonly kind: "stored"; readonly storeRoot: string; readonly digest: string };

/** Two texts of a manifest. */
export interface DocumentPair {
  readonly before: DocumentSource;
  readonly after: DocumentSource;
  /** The pipelines that get built; null for those that no other refers to. */
  readonly exports: readonly string[] | null;
}

/** Asks a worker what changed in some manifests: handing out a task costs as much as comparing a few. */
export interface DescribeTask {
  readonly task: "describe";
  readonly pairs: readonly DocumentPair[];
  readonly profile: ExplainProfile;
}

/** Asks a worker for what some manifests may be recognised by. */
export interface SketchTask {
  readonly task: "sketch";
  readonly sources: readonly DocumentSource[];
}

/** What a worker found out about two texts; `unknown` when the store does not have one of them whole. */
export type DescribedPair =
  | { readonly kind: "same" }
  | { readonly kind: "changed"; readonly change: ManifestChange }
  | { readonly kind: "unknown"; readonly side: "before" | "after" };

/** What a worker answers. */
export type DescribeAnswer = Result<readonly DescribedPair[], DocumentFailure>;
export type SketchAnswer = Result<readonly (ManifestSketch | null)[], DocumentFailure>;
export type ListAnswer = Result<readonly string[], GeneratorFailure>;
export type ManifestAnswer = Result<FingerprintedManifest, FingerprintFailure>;

/** What a worker found out about the manifests of a task. */
export interface FingerprintAnswer {
  /** In the order of the task. */
  readonly manifests: readonly ManifestAnswer[];
  /** What the store lacks of them. The thread takes it for kept from now on. */
  readonly sealed: readonly SealedEntries[];
}

/** All that a worker is asked, and all that it answers. */
export type Task = ListTask | FingerprintTask | DescribeTask | SketchTask;
export type Answer = ListAnswer | FingerprintAnswer | DescribeAnswer | SketchAnswer;
