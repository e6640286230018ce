export type { Allowance, DigestAlgorithm, Pin, PinDigest, Provenance, Trust } from "./pin/pin.ts";
export type {
  Evidence,
  Method,
  PinVerdict,
  Verification,
  VerificationExit,
  VerdictClass,
} from "./verify/verdict.ts";
