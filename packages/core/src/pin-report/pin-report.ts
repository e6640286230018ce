/** What a pinned url turned out to be. */
export type PinClass =
  | "ok"
  | "drift"
  | "gone"
  | "denied"
  | "unreachable"
  | "truncated"
  | "size-mismatch"
  | "not-an-artifact"
  | "blocked"
  | "expired-allowance";

/** Where a pin is written. */
export interface PinPlace {
  /** POSIX, relative to the repository. */
  readonly path: string;
  /** JSON Pointer, null where the file has no such structure. */
  readonly pointer: string | null;
  /** From 1; null where nobody knows. */
  readonly line: number | null;
}

/** What was found at one url of one pin. */
export interface PinResult {
  readonly name: string;
  readonly url: string;
  readonly class: PinClass;
  /** With an expired allowance, the class that it had allowed. */
  readonly allowedClass: PinClass | null;
  /** Whether an allowance takes this out of the verdict. */
  readonly isAllowed: boolean;
  readonly allowance: { readonly reason: string; readonly expires: string } | null;
  /** How it was come by: `hashed`, `attested`, `remembered`, `inline`, `none`. */
  readonly method: string;
  /** A word of code, null with `ok`. */
  readonly cause: string | null;
  /** `sha256:ab12…`, one an algorithm. */
  readonly expected: readonly string[];
  readonly expectedSizeBytes: number | null;
  /** In the same algorithms; empty where no whole body was read. */
  readonly got: readonly string[];
  readonly sizeBytes: number | null;
  readonly contentType: string | null;
  readonly firstText: string | null;
  readonly status: number | null;
  readonly finalUrl: string | null;
  /** Whether it was asked through a proxy, which resolves names in our place. */
  readonly isProxied: boolean;
  readonly trust: string;
  readonly attempts: number;
  /** At least one. */
  readonly places: readonly PinPlace[];
}

/** Why pins could not be used. */
export interface PinReportProblem {
  readonly reason: string;
  /** In plain words, one line. */
  readonly message: string;
  readonly places: readonly PinPlace[];
}

/** All that a verification of pins tells; every format renders this and nothing else. */
export interface PinReport {
  /** In the order of the pins and their urls. */
  readonly results: readonly PinResult[];
  /** Where there is one, nothing was asked for. */
  readonly problems: readonly PinReportProblem[];
  /** What stands in the documents and was said to be left unverified. */
  readonly unverified: readonly {
    readonly what: string;
    readonly count: number;
    readonly place: PinPlace;
  }[];
  /** 0: every byte is what was reviewed. 1: something is not. 2: nobody could tell. */
  readonly exitCode: 0 | 1 | 2;
  readonly downloads: number;
  readonly downloadedBytes: number;
  /** Whether any url was asked through a proxy. */
  readonly isProxied: boolean;
}
