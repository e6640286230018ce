import { errors } from "undici";

/** Why an exchange ended before its time. */
export interface ExchangeFailure {
  /** The system's code, or a word of ours for what only undici has a code for. */
  readonly cause: string;
  /** Whether it may pass by itself. */
  readonly isTransient: boolean;
}

/** An end that we made ourselves. */
export class Interruption extends Error {
  readonly failure: ExchangeFailure;

  constructor(cause: string, isTransient: boolean) {
    super(cause);
    this.failure = { cause, isTransient };
  }
}

const OWN_WORDS: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: "connection-cut",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "connection-cut",
  UND_ERR_CONNECT_TIMEOUT: "connect-timeout",
  UND_ERR_HEADERS_OVERFLOW: "headers-too-large",
  UND_ERR_ABORTED: "proxy-refused",
  UND_ERR_INVALID_ARG: "proxy-refused",
};
const TRANSIENT = new Set([
  "connection-cut",
  "connect-timeout",
  "malformed-answer",
  "proxy-refused",
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
]);

/** What an error of undici or of the system means; messages are left out, since they may quote a header. */
export function describeError(error: unknown): ExchangeFailure {
  if (error instanceof Interruption) return error.failure;
  const code = codeOf(error);
  const cause = OWN_WORDS[code] ?? (isMalformed(error, code) ? "malformed-answer" : code);
  return { cause, isTransient: TRANSIENT.has(cause) };
}

/** Of the parser's errors some have no code. */
function isMalformed(error: unknown, code: string): boolean {
  return code.startsWith("HPE_") || error instanceof errors.HTTPParserError;
}

function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === "string") return code;
  }
  return "UNKNOWN";
}
