import * as z from "zod";

const probe = z.strictObject({
  argv: z.tuple([z.string()], z.string()),
  folder: z.string(),
  env: z.record(z.string(), z.string()),
});

/** A version command, the folder it runs in (relative to the workspace) and variables laid over the caller's. */
export interface ToolProbe {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A probe as one word that no shell takes apart. */
export function encodeProbe(tool: ToolProbe): string {
  return Buffer.from(JSON.stringify(tool)).toString("base64url");
}

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
