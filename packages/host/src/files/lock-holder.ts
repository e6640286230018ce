import type { ProcessIdentity } from "../process/identity.ts";

/** Who holds a lock. */
export interface LockHolder extends ProcessIdentity {
  /** Unique to one acquisition. */
  readonly token: string;
  /** When it was acquired: ISO 8601, UTC, for people to read and never to decide by. */
  readonly since: string;
}

const FORMAT = "imagegate-lock 1";

/** The content of a lock file. */
export function formatHolder(holder: LockHolder): string {
  return `${JSON.stringify({ format: FORMAT, ...holder })}\n`;
}

/** The holder that a lock file names, or nothing for any other content. */
export function parseHolder(bytes: Uint8Array): LockHolder | undefined {
  const value = parseJson(Buffer.from(bytes).toString("utf8"));
  if (typeof value !== "object" || value === null) return undefined;
  const { format, pid, host, machine, namespace, boot, start, token, since } = value as Record<
    string,
    unknown
  >;
  if (format !== FORMAT || !isPid(pid) || !isToken(token)) return undefined;
  if (typeof host !== "string" || typeof since !== "string") return undefined;
  if (!isOptional(machine) || !isOptional(namespace) || !isOptional(boot) || !isOptional(start))
    return undefined;
  return { pid, host, machine, namespace, boot, start, token, since };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// process.kill takes 0 and negative numbers for groups, so they must never be taken for a pid.
function isPid(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

// The token becomes part of a file name.
function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{32}$/.test(value);
}

function isOptional(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}
