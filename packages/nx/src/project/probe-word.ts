import * as z from "zod/mini";

const probe = z.strictObject({
  argv: z.tuple([z.string()], z.string()),
  folder: z.string(),
  env: z.record(z.string(), z.string()),
});

/** The probe that a word stands for; undefined when it stands for none. */
export function decodeProbe(encoded: string): z.infer<typeof probe> | undefined {
  return probe.safeParse(parseJson(Buffer.from(encoded, "base64url").toString("utf8"))).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
