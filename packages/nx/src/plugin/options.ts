// zod/mini: all of zod took longer to load than most tasks take.
import * as z from "zod/mini";

z.config(z.locales.en());

const text = z.string().check(z.minLength(1));
const idsMode = z.enum(["none", "builtin", "osbuild"]);
const concurrency = z.int().check(z.positive());

const pluginOptions = z.strictObject({
  generateTargetName: z._default(text, "generate"),
  checkTargetName: z._default(text, "check"),
  verifyPinsTargetName: z._default(text, "verify-pins"),
  ids: z.optional(idsMode),
  concurrency: z.optional(concurrency),
});

const verifyPinsOptions = z.strictObject({
  files: z._default(z.array(text), []),
  families: z._default(z.array(text), []),
  report: z.optional(text),
  also: z._default(z.array(text), []),
  maxAge: z.optional(text),
  attested: z._default(z.boolean(), false),
  concurrency: z.optional(concurrency),
  allowLoopbackHttp: z._default(z.boolean(), false),
});

const runOptions = z.strictObject({
  ids: z.optional(idsMode),
  shard: z.optional(text),
  concurrency: z.optional(concurrency),
});

/** The options of the plugin in `nx.json`, with their defaults. */
export type PluginOptions = z.infer<typeof pluginOptions>;

/** The options of a `generate` or `check` task. */
export type RunTaskOptions = z.infer<typeof runOptions>;

/** The options of a `verify-pins` task, with their defaults. */
export type VerifyPinsOptions = z.infer<typeof verifyPinsOptions>;

/** Parses the plugin's options; throws with all that is wrong, for Nx knows no other answer. */
export function parsePluginOptions(options: unknown): PluginOptions {
  const parsed = pluginOptions.safeParse(options ?? {});
  if (!parsed.success) throw new Error(problemText("options of @imagegate/nx in nx.json", parsed.error));
  const { generateTargetName, checkTargetName, verifyPinsTargetName } = parsed.data;
  const names = { generateTargetName, checkTargetName, verifyPinsTargetName };
  if (new Set(Object.values(names)).size === 3) return parsed.data;
  const all = Object.keys(names).join(", ");
  throw new Error(`options of @imagegate/nx in nx.json: two of ${all} are the same`);
}

/** Parses the options of a task; throws with all that is wrong. */
export function parseRunTaskOptions(options: unknown): RunTaskOptions {
  const parsed = runOptions.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  throw new Error(problemText("options of the task", parsed.error));
}

/** Parses the options of a task that verifies pins; throws with all that is wrong. */
export function parseVerifyPinsOptions(options: unknown): VerifyPinsOptions {
  const parsed = verifyPinsOptions.safeParse(options ?? {});
  if (!parsed.success) throw new Error(problemText("options of the task", parsed.error));
  const { files, families } = parsed.data;
  // Without either the command line would take the whole workspace.
  if (files.length + families.length > 0) return parsed.data;
  throw new Error("options of the task: neither files nor families say what is to be verified");
}

function problemText(what: string, error: z.core.$ZodError): string {
  const problems = error.issues.map(
    ({ path, message }) => `  ${path.map(String).join(".") || "(all)"}: ${message}`,
  );
  return [`${what}:`, ...problems].join("\n");
}
