import * as z from "zod";

/** A path inside the workspace, POSIX, without `..`. */
const workspacePath = z
  .string()
  .min(1)
  .regex(/^(?!\/)(?!.*\\)(?!(?:.*\/)?\.\.(?:\/|$)).+$/, "a relative POSIX path without ..");

/** At most what a timer can count to: one more, and Node ends it at once. */
const milliseconds = z
  .int()
  .positive()
  .max(2 ** 31 - 1);

const argv = z.array(z.string()).min(1);

const moduleGenerator = z
  .strictObject({
    kind: z.literal("module"),
    entry: z
      .string()
      .min(1)
      .describe(
        "The TypeScript or JavaScript module, relative to this file, whose default export lists the images",
      ),
    packages: z
      .array(z.string().min(1))
      .optional()
      .describe(
        "Packages that the definitions may import; by default the dependencies of the nearest package.json",
      ),
    timeoutMs: milliseconds.default(120_000).describe("How long one manifest may take, in milliseconds"),
  })
  .describe("Images defined by a module; each is generated in a worker thread");

const commandGenerator = z
  .strictObject({
    kind: z.literal("command"),
    argv: argv.describe(
      "The program and its arguments, run in this folder without a shell; {outDir} stands for a fresh folder, {workspaceRoot} for the workspace",
    ),
    output: z
      .enum(["directory", "ndjson", "single"])
      .describe(
        'directory: NAME.json files in {outDir}; ndjson: lines {"name":…,"manifest":…} on stdout; single: one manifest on stdout',
      ),
    list: z
      .array(z.string().min(1))
      .optional()
      .describe("The names that must come out, all of them and no others; of a single output, its one name"),
    env: z
      .record(z.string(), z.string())
      .default({})
      .describe("Environment variables laid over the caller's"),
    timeoutMs: milliseconds.default(3_600_000).describe("How long the command may take, in milliseconds"),
  })
  .describe("Any program that writes manifests");

const filesGenerator = z
  .strictObject({
    kind: z.literal("files"),
    include: z
      .array(z.string().min(1))
      .min(1)
      .describe("Globs of manifests, relative to this file; names are base names"),
  })
  .describe("Manifests that already exist");

const linesRecords = z.strictObject({
  form: z.literal("lines").default("lines"),
  folder: workspacePath.optional(),
  extension: z
    .string()
    .regex(/^(\.[A-Za-z0-9._-]+)?$/)
    .default(".sum"),
});

const digestRecords = z.strictObject({
  form: z.literal("digest"),
  algorithm: z.enum(["sha256", "sha1"]).default("sha256"),
  of: z.enum(["canonical", "raw", "compact-line"]),
  folder: workspacePath.optional(),
  extension: z
    .string()
    .regex(/^(\.[A-Za-z0-9._-]+)?$/)
    .default(""),
});

const pipelineIdsRecords = z.strictObject({
  form: z.literal("pipeline-ids"),
  folder: workspacePath.optional(),
  extension: z
    .string()
    .regex(/^(\.[A-Za-z0-9._-]+)?$/)
    .default(".ids"),
});

const split = z
  .strictObject({
    pattern: z
      .string()
      .min(1)
      .describe("A regular expression whose first group captures the shard in a manifest's name"),
    shards: z
      .array(z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/))
      .min(1)
      .describe("All shards; a manifest of another one fails the run"),
  })
  .superRefine(({ pattern, shards }, context) => {
    const issue = (path: string, message: string): void =>
      context.addIssue({ code: "custom", path: [path], message });
    const groups = countGroups(pattern);
    if (groups === null) issue("pattern", "no regular expression");
    else if (groups === 0) issue("pattern", "a group that captures the shard is missing");
    const twice = shards.find((shard, index) => shards.indexOf(shard) !== index);
    if (twice !== undefined) issue("shards", `${twice} stands there twice`);
  })
  .describe("Parts that can be checked apart, each by a task of its own");

/** A regular expression with these named groups at least. */
function expressionWith(...groups: readonly string[]) {
  return z
    .string()
    .min(1)
    .refine((pattern) => countGroups(pattern) !== null, "no regular expression")
    .refine(
      (pattern) => groups.every((group) => pattern.includes(`(?<${group}>`)),
      `a named group is missing: it takes ${groups.join(", ")}`,
    );
}

const profile = z
  .strictObject({
    separator: z.string().min(1).optional().describe("What stands between the parts of a manifest's name"),
    parts: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          word: z.string().default("").describe("What stands before its values in words, such as of"),
        }),
      )
      .min(1)
      .optional()
      .describe("The parts of a name, in order; by default distro, arch, type, config"),
    spellings: z
      .record(z.string(), z.array(z.string().min(1)))
      .optional()
      .describe("How else values of parts are spelled in names of packages, such as x64 for x86_64"),
    release: expressionWith("family", "release")
      .optional()
      .describe("Splits the first part of a name, by groups family and release"),
    packages: z
      .array(expressionWith("name"))
      .optional()
      .describe(
        "How file names of packages are read, by groups name and version; the first that matches wins",
      ),
    markers: expressionWith().optional().describe("File names that look like packages and are none"),
  })
  .describe("How explanations read names; a repository has one, which any of its families may hold");

/** How many groups a regular expression captures; null when it is none. */
function countGroups(pattern: string): number | null {
  try {
    return (new RegExp(`${pattern}|`, "u").exec("")?.length ?? 1) - 1;
  } catch {
    return null;
  }
}

/** The one source of the parser and of the published JSON Schema of `imagegate.json`. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe("The JSON Schema of this file, for editors"),
    family: z
      .string()
      .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/)
      .optional()
      .describe("The family's name, by default the name of this folder"),
    generator: z
      .discriminatedUnion("kind", [moduleGenerator, commandGenerator, filesGenerator])
      .describe("Where the manifests come from"),
    manifest: z
      .enum(["osbuild", "json"])
      .default("osbuild")
      .describe("osbuild: manifests of format version 2; json: any JSON document, without ids and sources"),
    ids: z
      .enum(["none", "builtin", "osbuild"])
      .default("builtin")
      .describe("How pipeline ids are computed: not at all, in this process, or by osbuild --inspect"),
    osbuild: z
      .strictObject({
        executable: z.string().min(1).default("osbuild"),
        args: z
          .array(z.string())
          .default([])
          .describe("Arguments before --inspect, --libdir DIR for example"),
        extraKey: z.string().default("").describe("Text that becomes part of the cache key"),
        crossCheck: z.boolean().default(false).describe("Fail when osbuild and the built-in ids disagree"),
        timeoutMs: milliseconds.default(120_000),
      })
      .prefault({})
      .describe("How osbuild is called for ids: osbuild"),
    inputs: z
      .strictObject({
        files: z
          .array(workspacePath)
          .default([])
          .describe("Globs of files outside this folder, relative to the workspace"),
        env: z
          .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/))
          .default([])
          .describe("Environment variables that the generator reads"),
        versions: z.array(argv).default([]).describe("Commands whose output tells the version of a tool"),
      })
      .optional()
      .describe("What the generator reads outside this folder; a command without inputs is never cached"),
    records: z
      .discriminatedUnion("form", [linesRecords, digestRecords, pipelineIdsRecords])
      .prefault({ form: "lines" })
      .describe("The recorded checksum files, by default checksums/FAMILY/NAME.sum"),
    setup: argv
      .optional()
      .describe(
        "A command that makes a fresh checkout of a commit ready to generate, run in the workspace without a shell: builds and, where node_modules is missing, installs",
      ),
    exports: z
      .array(z.string().min(1))
      .optional()
      .describe(
        "The pipelines that get built, by default those that no other refers to; explanations use it",
      ),
    profile: profile.optional(),
    split: split.optional(),
    pins: z
      .strictObject({
        unverified: z
          .array(z.string().min(1))
          .default([])
          .describe(
            "Types of sources that cannot be verified by url and digest, reported instead of refused",
          ),
      })
      .optional()
      .describe("Has the sources of the generated manifests verified: what they pin by url and digest"),
    output: workspacePath
      .optional()
      .describe("Where generated manifests go, by default dist/manifests/FAMILY"),
    concurrency: z.int().positive().optional().describe("Worker threads, at most the machine's parallelism"),
    maxManifestBytes: z
      .int()
      .positive()
      .default(64 * 1024 * 1024)
      .describe("A larger manifest is refused, in bytes"),
  })
  .superRefine((config, context) => {
    const isPipelineIds = config.records.form === "pipeline-ids";
    if (isPipelineIds && (config.ids === "none" || config.manifest === "json")) {
      context.addIssue({
        code: "custom",
        path: ["records", "form"],
        message: "pipeline-ids needs ids, which ids: none and manifest: json do not have",
      });
    }
    if (config.pins !== undefined && config.manifest === "json") {
      context.addIssue({
        code: "custom",
        path: ["pins"],
        message: "what manifest: json allows has no sources to verify",
      });
    }
    if (config.ids === "osbuild" && config.manifest === "json") {
      context.addIssue({
        code: "custom",
        path: ["ids"],
        message: "osbuild cannot inspect what manifest: json allows",
      });
    }
  })
  .describe("A family of image definitions and the gate over its manifests");

/** A configuration with its defaults filled in. */
export type ProjectConfig = z.infer<typeof configSchema>;

/** Where the manifests of a family come from. */
export type GeneratorConfig = ProjectConfig["generator"];

/** How a family is taken apart. */
export type SplitConfig = NonNullable<ProjectConfig["split"]>;

/** How the records of a family are written. */
export type RecordsConfig = ProjectConfig["records"];

/** How `imagegate.json` says it, before defaults. */
export type RecordsInput = NonNullable<z.input<typeof configSchema>["records"]>;

/** The JSON Schema (draft 2020-12) of `imagegate.json`. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(configSchema, { io: "input" });
}
