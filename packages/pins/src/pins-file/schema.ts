import * as z from "zod";
import { DOCUMENT_FORMATS } from "../documents/document.ts";
import { POINTER_PATTERN } from "../documents/pointer-pattern.ts";
import { isDay } from "../pin/day.ts";
import { VISIBLE_NAME } from "../pin/name.ts";

/** A path below the file's folder, POSIX, without `..`. */
const relativePath = z
  .string()
  .min(1)
  .regex(/^(?!\/)(?!.*\\)(?!(?:.*\/)?\.\.(?:\/|$)).+$/, "a relative POSIX path without ..");

const pattern = z.string().regex(POINTER_PATTERN, "a JSON Pointer, in which a step * is every member");

// Its width and its characters are judged with all other pins, so that a placeholder is told as what it is.
const digest = (algorithm: string, digits: number) =>
  z.string().optional().describe(`The ${digits} hexadecimal digits of the bytes' ${algorithm}`);

const trust = z
  .enum(["tls", "sums", "signed"])
  .default("tls")
  .describe("How the digest was come by: over TLS only, from a list of sums, from a signed list");

const allowance = z
  .strictObject({
    reason: z.string().trim().min(1).describe("Why this is put up with"),
    expires: z
      .string()
      .refine(isDay, "a day such as 2027-01-31")
      .describe("The last day on which it holds, in UTC"),
  })
  .describe("Puts up with an artifact that cannot be had; never with bytes that differ");

/** The one source of the parser and of the published JSON Schema of a pin in a pins file. */
const pinEntrySchema = z
  .strictObject({
    name: z
      .string()
      .max(255)
      .regex(VISIBLE_NAME, "a name that can be seen, without control characters")
      .optional()
      .describe("By default the last part of the url's path"),
    urls: z
      .array(z.string())
      .min(1)
      .describe("Where the artifact lies, then its mirrors: each of them is verified"),
    sha256: digest("sha256", 64),
    sha512: digest("sha512", 128),
    sha1: digest("sha1", 40),
    size: z.int().nonnegative().optional().describe("In bytes"),
    mediaType: z.string().min(1).optional(),
    trust,
    allow: allowance.optional(),
    pinnedAt: z
      .strictObject({ path: relativePath, line: z.int().positive().optional() })
      .optional()
      .describe("Where the pin really stands, when this is printed by a program that read it there"),
  })
  .describe("An artifact by where it lies and what its bytes must be; all given digests must hold");

/** What is left of an entry when the members that are wrong are taken out. */
export const partialEntrySchema = pinEntrySchema.extend({ urls: z.array(z.string()).default([]) });

const entryPattern = z
  .strictObject({
    at: pattern.describe("The entries, such as /images/*; an empty text is the whole document"),
    url: pattern.describe("From an entry to its url; where it leads to several, the others are mirrors"),
    digest: pattern.describe("From an entry to its digest, bare or after its algorithm: sha512:ab12…"),
    name: pattern.optional().describe("From an entry to its name"),
    size: pattern.optional().describe("From an entry to its size in bytes"),
    algorithm: z.enum(["sha256", "sha512", "sha1"]).default("sha256").describe("What a bare digest is of"),
    trust,
    undigested: z
      .enum(["refuse", "report"])
      .default("refuse")
      .describe("What becomes of entries with a url and no digest: an error, or a line in the report"),
  })
  .describe("Where pins stand in a document");

const files = {
  include: z.array(relativePath).min(1).describe("Globs of files, relative to this file"),
  exclude: z.array(relativePath).default([]).describe("Globs of files that are left out"),
};

const osbuildSource = z
  .strictObject({
    kind: z.literal("osbuild"),
    ...files,
    unverified: z
      .array(z.string().min(1))
      .default([])
      .describe("Types of sources that cannot be verified by url and digest, reported instead of refused"),
  })
  .describe("The sources of osbuild manifests");

const documentsSource = z
  .strictObject({
    kind: z.literal("documents"),
    ...files,
    format: z.enum(DOCUMENT_FORMATS).optional().describe("By default what the extension says"),
    pattern: entryPattern,
  })
  .describe("Any JSON, YAML or TOML");

const programSource = z
  .strictObject({
    kind: z.literal("program"),
    argv: z
      .tuple([z.string().min(1)], z.string())
      .describe("The program and its arguments, run in this file's folder without a shell"),
    env: z
      .record(z.string(), z.string())
      .default({})
      .describe("Environment variables laid over the caller's"),
    timeoutMs: z
      .int()
      .positive()
      .max(2 ** 31 - 1)
      .default(60_000)
      .describe("How long it may take, in milliseconds"),
    pattern: entryPattern.optional().describe('By default it prints a document of this schema: {"pins":[…]}'),
  })
  .describe("A program that prints JSON");

/** A place that further pins come from. */
export const sourceSchema = z.discriminatedUnion("kind", [osbuildSource, documentsSource, programSource]);

/** The one source of the parser and of the published JSON Schema of a pins file. */
export const pinsFileSchema = z
  .strictObject({
    $schema: z.string().optional().describe("The JSON Schema of this file, for editors"),
    pins: z.array(pinEntrySchema).default([]),
    sources: z.array(sourceSchema).default([]).describe("Where further pins come from"),
  })
  .describe("Artifacts pinned by url and digest");

/** A pins file with its defaults filled in. */
type PinsFile = z.infer<typeof pinsFileSchema>;

/** A pin as a pins file has it. */
export type PinEntry = z.infer<typeof pinEntrySchema>;

/** Where a document has its pins. */
export type EntryPattern = z.infer<typeof entryPattern>;

/** A place that further pins come from, as a pins file has it. */
export type SourceConfig = PinsFile["sources"][number];

/** The JSON Schema (draft 2020-12) of a pins file. */
export function pinsJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(pinsFileSchema, { io: "input" });
}
