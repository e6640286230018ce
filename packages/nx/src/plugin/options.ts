import * as z from "zod";

const idsMode = z.enum(["none", "builtin", "osbuild"]);

const pluginOptions = z.strictObject({
  generateTargetName: z.string().min(1).default("generate"),
  checkTargetName: z.string().min(1).default("check"),
  ids: idsMode.optional(),
  concurrency: z.int().positive().optional(),
});

const runOptions = z.strictObject({
  ids: idsMode.optional(),
  shard: z.string().min(1).optional(),
  concurrency: z.int().positive().optional(),
});

/** The options of the plugin in `nx.json`, with their defaults. */
export type PluginOptions = z.infer<typeof pluginOptions>;

/** The options of a `generate` or `check` task. */
export type RunTaskOptions = z.infer<typeof runOptions>;

/** Parses the plugin's options; throws with all that is wrong, for Nx knows no other answer. */
export function parsePluginOptions(options: unknown): PluginOptions {
  const parsed = pluginOptions.safeParse(options ?? {});
  if (!parsed.success) throw new Error(problemText("options of @imagegate/nx in nx.json", parsed.error));
  const { generateTargetName, checkTargetName } = parsed.data;
  if (generateTargetName !== checkTargetName) return parsed.data;
  throw new Error("options of @imagegate/nx in nx.json: generateTargetName and checkTargetName are the same");
}

/** Parses the options of a task; throws with all that is wrong. */
export function parseRunTaskOptions(options: unknown): RunTaskOptions {
  const parsed = runOptions.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  throw new Error(problemText("options of the task", parsed.error));
}

function problemText(what: string, error: z.ZodError): string {
  const problems = error.issues.map(
    ({ path, message }) => `  ${path.map(String).join(".") || "(all)"}: ${message}`,
  );
  return [`${what}:`, ...problems].join("\n");
}
