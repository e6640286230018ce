export type { Allowance, DigestAlgorithm, Pin, PinDigest, Provenance, Trust } from "./pin/pin.ts";
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
export type { FindingOptions, KeepOptions } from "./verify/inquiry.ts";
export type { MemoryOptions } from "./verify/memory.ts";
