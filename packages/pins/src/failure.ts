import type { ListingFailure, ProcessOutcome, ReadFailure } from "@imagegate/host";
import type { DocumentFormat, TextFailure } from "./documents/document.ts";
import type { Provenance } from "./pin/pin.ts";
import type { PinProblem } from "./pin/problem.ts";
import type { VerdictClass } from "./verify/verdict.ts";

/** Why pins cannot be used; paths are relative to the folder that the run works in. */
export type PinsFailure =
  | PinProblem
  | ListingFailure
  | {
      readonly reason: "pins-document-unreadable";
      readonly path: string;
      readonly cause: ReadFailure | TextFailure;
    }
  /** Neither a pins file nor an osbuild manifest, and no configuration says how to read it. */
  | { readonly reason: "pins-document-unknown"; readonly path: string }
  /** A file whose name does not tell its format, and whose source does not either. */
  | {
      readonly reason: "pins-format-unknown";
      readonly path: string;
      readonly known: readonly DocumentFormat[];
    }
  /** A part of a document that is not what its place asks for. */
  | {
      readonly reason: "pins-document-shape";
      readonly place: Provenance;
      readonly expected: string;
      readonly found: string;
    }
  | {
      readonly reason: "pins-source-unsupported";
      readonly place: Provenance;
      /** Such as `org.osbuild.ostree`. */
      readonly type: string;
      readonly because: UnsupportedReason;
    }
  | { readonly reason: "pins-no-match"; readonly place: Provenance; readonly include: readonly string[] }
  | { readonly reason: "pins-pattern-empty"; readonly path: string; readonly pattern: string }
  | {
      readonly reason: "pins-program-failed";
      readonly place: Provenance;
      readonly argv: readonly string[];
      /** Never a clean exit. */
      readonly outcome: ProcessOutcome;
    }
  | {
      readonly reason: "pins-program-output";
      readonly place: Provenance;
      readonly argv: readonly string[];
      readonly cause: TextFailure;
    }
  /** Nothing names any pin: what checks nothing must not pass. */
  | { readonly reason: "pins-none"; readonly files: readonly string[] }
  | {
      readonly reason: "pin-unknown";
      readonly path: string;
      readonly names: readonly string[];
      readonly known: readonly string[];
    }
  /** A pin that cannot be updated: nobody can say what its bytes are today. */
  | {
      readonly reason: "pin-not-fetched";
      readonly name: string;
      readonly place: Provenance;
      readonly url: string;
      readonly class: VerdictClass;
      readonly cause: string;
    }
  | {
      readonly reason: "pin-mirrors-differ";
      readonly name: string;
      readonly place: Provenance;
      readonly mirrors: readonly { readonly url: string; readonly found: string }[];
    }
  /** Pins of the file that would contradict the new ones, of the same url. */
  | {
      readonly reason: "pin-left-behind";
      readonly path: string;
      /** Those that were not to be updated. */
      readonly pins: readonly { readonly name: string; readonly place: Provenance; readonly url: string }[];
      /** All that have to be updated together, in the file's order. */
      readonly names: readonly string[];
    }
  /** Somebody else wrote the file while it was looked at. */
  | { readonly reason: "pins-file-moved"; readonly path: string }
  | { readonly reason: "pins-file-none"; readonly root: string }
  /** While documents were read: nothing was asked for yet. */
  | { readonly reason: "pins-cancelled" };

/** Why bytes of a source of osbuild cannot be asked for by url and digest. */
export type UnsupportedReason =
  /** Commits and images are no files with a digest of their bytes. */
  | "no-file"
  /** Where the file lies is decided by a list of mirrors when it is downloaded. */
  | "mirror-list"
  | "encoding"
  | "unknown";
