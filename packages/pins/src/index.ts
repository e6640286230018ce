export type { PinsFailure, UnsupportedReason } from "./failure.ts";
export type { SyntaxFailure, TextFailure } from "./documents/document.ts";
export { formatDigest } from "./pin/digest.ts";
export type { Allowance, DigestAlgorithm, Pin, PinDigest, Provenance, Trust } from "./pin/pin.ts";
export type { Claim, PinProblem } from "./pin/problem.ts";
export { pinsJsonSchema } from "./pins-file/schema.ts";
export { parsePinReport, type PinReportFailure } from "./report/parse.ts";
export { findPinsFiles, PINS_FILE_ENDING } from "./sources/discovery.ts";
export type { ManifestFiles } from "./sources/manifest-files.ts";
export { readPins, type PinSet, type ReadOptions } from "./sources/read-pins.ts";
export type { Unverified } from "./sources/source.ts";
export type {
  Evidence,
  Method,
  PinVerdict,
  Verification,
  VerificationExit,
  VerdictClass,
} from "./verify/verdict.ts";
export type { ResolvedAddress, Resolve } from "./http/connector.ts";
export { LIMITS, type Limits } from "./http/limits.ts";
export { exitOf } from "./verify/exit.ts";
export { fetchDigests, type FetchedDigests, type FetchTarget } from "./verify/fetch.ts";
export type { Concurrency, RunOptions } from "./verify/run.ts";
export { verifyPins, type VerifyOptions } from "./verify/verify.ts";
export {
  openPinsDocument,
  selectEntries,
  type OpenOptions,
  type PinsDocument,
  type UpdatableEntry,
} from "./update/pins-document.ts";
export type { FetchedBytes, FieldChange, PinUpdate } from "./update/pin-update.ts";
export { planUpdates } from "./update/plan.ts";
export { applyUpdates, writeUpdates } from "./update/write.ts";
export type { FindingOptions, KeepOptions } from "./verify/inquiry.ts";
export type { MemoryOptions } from "./verify/memory.ts";
