import type { EngineFailure, UnreadableRecord } from "@imagegate/engine";
import type { ForgeFailure } from "@imagegate/forge";
import type { FindFailure, ImportFailure } from "@imagegate/host";
import type { PinReportFailure, PinsFailure } from "@imagegate/pins";

/** What only the command line can run into. */
export type CliFailure =
  | {
      readonly reason: "usage";
      /** All that is wrong with the arguments. */
      readonly problems: readonly string[];
      /** The command whose help says more; null when none was recognised. */
      readonly command: string | null;
    }
  | { readonly reason: "config-outside-root"; readonly path: string; readonly root: string }
  /** What was named as the workspace is no folder. */
  | { readonly reason: "root-unusable"; readonly path: string; readonly found: string }
  | { readonly reason: "input-failed"; readonly code: string; readonly cause: unknown }
  | { readonly reason: "output-failed"; readonly code: string; readonly cause: unknown }
  | {
      readonly reason: "body-too-large";
      readonly path: string;
      readonly sizeBytes: number;
      readonly limitBytes: number;
    }
  | { readonly reason: "body-not-utf8"; readonly path: string }
  /** A command that needs a terminal has none. */
  | { readonly reason: "terminal-missing" }
  /** A command that would write asks first, and nobody is there to answer. */
  | { readonly reason: "agreement-missing"; readonly what: string }
  | {
      /** What was accepted, every manifest has together with something else, so no record could be written. */
      readonly reason: "acceptance-held-back";
      readonly manifests: readonly string[];
      /** The causes that were accepted, and those that were not. */
      readonly accepted: readonly string[];
      readonly missing: readonly string[];
    }
  | {
      /** Nothing that differs is what was accepted. */
      readonly reason: "acceptance-empty";
      /** How many manifests differ. */
      readonly manifests: number;
    }
  | { readonly reason: "store-key-unknown"; readonly key: string; readonly root: string }
  | { readonly reason: "internal-error"; readonly message: string; readonly stack: string };

/** Everything that has a text. */
export type DescribedFailure =
  | EngineFailure
  | UnreadableRecord
  | FindFailure
  | ImportFailure
  | ForgeFailure
  | PinsFailure
  | PinReportFailure
  | CliFailure;
