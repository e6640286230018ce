import type { FingerprintFailure } from "@imagegate/engine";
import { thenRun, type Describers } from "./failure-text.ts";
import { FILE_TEXTS } from "./files.ts";
import { GENERATOR_TEXTS } from "./generator.ts";
import { INSPECT_TEXTS } from "./inspect.ts";
import { JSON_TEXTS, MANIFEST_TEXTS, VALUE_TEXTS } from "./json.ts";

/** Manifests that cannot be fingerprinted. */
export const FINGERPRINT_TEXTS: Describers<FingerprintFailure> = {
  ...JSON_TEXTS,
  ...MANIFEST_TEXTS,
  ...VALUE_TEXTS,
  ...FILE_TEXTS,
  ...INSPECT_TEXTS,
  ...GENERATOR_TEXTS,
  "no-pipelines": (_, { rerun }) => ({
    what: "the manifest has no pipelines, so a record of pipeline ids would be empty and vouch for nothing",
    expected: "at least one pipeline",
    next: thenRun('correct the manifest, or set "records.form" to "lines"', rerun),
  }),
};
