import { PIN_CLASSES, PIN_REPORT_VERSION, standingOf, type PinReport } from "@imagegate/core/report";
import * as z from "zod";

const count = z.int().nonnegative();
const pinClass = z.enum(PIN_CLASSES);

const place = z.strictObject({
  path: z.string().min(1),
  pointer: z.string().nullable(),
  line: z.int().positive().nullable(),
});

const result = z.strictObject({
  name: z.string(),
  url: z.string(),
  class: pinClass,
  allowedClass: pinClass.nullable(),
  allowed: z.boolean(),
  allowance: z.strictObject({ reason: z.string(), expires: z.string() }).nullable(),
  method: z.enum(["hashed", "attested", "remembered", "inline", "none"]),
  cause: z.string().nullable(),
  expected: z.array(z.string()),
  expectedSize: count.nullable(),
  got: z.array(z.string()),
  size: count.nullable(),
  contentType: z.string().nullable(),
  firstText: z.string().nullable(),
  status: z.int().nullable(),
  finalUrl: z.string().nullable(),
  proxied: z.boolean(),
  trust: z.enum(["tls", "sums", "signed"]),
  attempts: count,
  provenance: z.array(place),
});

/** The shape of what `pins verify --json` prints; a verdict that its results do not bear out is refused. */
export const pinReportSchema = z
  .strictObject({
    version: z.literal(PIN_REPORT_VERSION),
    exitCode: z.union([z.literal(0), z.literal(1), z.literal(2)]),
    counts: z.partialRecord(pinClass, count),
    downloads: count,
    downloadedBytes: count,
    proxied: z.boolean(),
    results: z.array(result),
    problems: z.array(
      z.strictObject({ reason: z.string(), message: z.string(), provenance: z.array(place) }),
    ),
    unverified: z.array(z.strictObject({ what: z.string(), count, provenance: place })),
  })
  .superRefine((document, context) => {
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: "custom", path: [path], message });
    if (document.exitCode !== exitOfDocument(document)) refuse("exitCode", "the results say another one");
    const isOff = PIN_CLASSES.some((name) => (document.counts[name] ?? 0) !== countOf(document, name));
    if (isOff) refuse("counts", "the results are others");
  });

/** A document of that shape. */
export type PinReportDocument = z.infer<typeof pinReportSchema>;

type Judged = Pick<PinReportDocument, "problems"> & {
  readonly results: readonly { readonly class: (typeof PIN_CLASSES)[number]; readonly allowed: boolean }[];
};

function exitOfDocument({ results, problems }: Judged): PinReport["exitCode"] {
  const standings = results.map((each) => standingOf({ class: each.class, isAllowed: each.allowed }));
  if (problems.length > 0) return 2;
  if (standings.includes("failed")) return 1;
  return standings.includes("passed") && !standings.includes("undecided") ? 0 : 2;
}

function countOf({ results }: Judged, name: (typeof PIN_CLASSES)[number]): number {
  return results.filter((each) => each.class === name).length;
}
