export type { PinsFailure, UnsupportedReason } from "./failure.ts";
export type { SyntaxFailure, TextFailure } from "./documents/document.ts";
export { formatDigest } from "./pin/digest.ts";
export type { Allowance, DigestAlgorithm, Pin, PinDigest, Provenance, Trust } from "./pin/pin.ts";
export type { Claim, PinProblem } from "./pin/problem.ts";
export { pinsJsonSchema } from "./pins-file/schema.ts";
export { findPinsFiles, PINS_FILE_ENDING } from "./sources/discovery.ts";
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
