// zod/mini, since a configuration is parsed before anything else happens: all of zod took longer to load than that.
import * as z from "zod/mini";

z.config(z.locales.en());

/** A text that says something. */
const text = z.string().check(z.minLength(1));

/** A path inside the workspace, POSIX, without `..`. */
const workspacePath = text.check(
  z.regex(/^(?!\/)(?!.*\\)(?!(?:.*\/)?\.\.(?:\/|$)).+$/, "a relative POSIX path without .."),
);

/** At most what a timer can count to: one more, and Node ends it at once. */
const milliseconds = z.int().check(z.positive(), z.maximum(2 ** 31 - 1));

const argv = z.array(z.string()).check(z.minLength(1));

const extension = z.string().check(z.regex(/^(\.[A-Za-z0-9._-]+)?$/));

const moduleGenerator = z
  .strictObject({
    kind: z.literal("module"),
    entry: text.check(
      z.describe(
        "The TypeScript or JavaScript module, relative to this file, whose default export lists the images",
      ),
    ),
    packages: z
      .optional(z.array(text))
      .check(
        z.describe(
          "Packages that the definitions may import; by default the dependencies of the nearest package.json",
        ),
      ),
    timeoutMs: z
      ._default(milliseconds, 120_000)
      .check(z.describe("How long one manifest may take, in milliseconds")),
  })
  .check(z.describe("Images defined by a module; each is generated in a worker thread"));

const commandGenerator = z
  .strictObject({
    kind: z.literal("command"),
    argv: argv.check(
      z.describe(
        "The program and its arguments, run in this folder without a shell; {outDir} stands for a fresh folder, {workspaceRoot} for the workspace",
      ),
    ),
    output: z
      .enum(["directory", "ndjson", "single"])
      .check(
        z.describe(
          'directory: NAME.json files in {outDir}; ndjson: lines {"name":…,"manifest":…} on stdout; single: one manifest on stdout',
        ),
      ),
    list: z
      .optional(z.array(text))
      .check(
        z.describe(
          "The names that must come out, all of them and no others; of a single output, its one name",
        ),
      ),
    env: z
      ._default(z.record(z.string(), z.string()), {})
      .check(z.describe("Environment variables laid over the caller's")),
    timeoutMs: z
      ._default(milliseconds, 3_600_000)
      .check(z.describe("How long the command may take, in milliseconds")),
  })
  .check(z.describe("Any program that writes manifests"));

const filesGenerator = z
  .strictObject({
    kind: z.literal("files"),
    include: z
      .array(text)
      .check(z.minLength(1), z.describe("Globs of manifests, relative to this file; names are base names")),
  })
  .check(z.describe("Manifests that already exist"));

const linesRecords = z.strictObject({
  form: z._default(z.literal("lines"), "lines"),
  folder: z.optional(workspacePath),
  extension: z._default(extension, ".sum"),
});

const digestRecords = z.strictObject({
  form: z.literal("digest"),
  algorithm: z._default(z.enum(["sha256", "sha1"]), "sha256"),
  of: z.enum(["canonical", "raw", "compact-line"]),
  folder: z.optional(workspacePath),
  extension: z._default(extension, ""),
});

const pipelineIdsRecords = z.strictObject({
  form: z.literal("pipeline-ids"),
  folder: z.optional(workspacePath),
  extension: z._default(extension, ".ids"),
});

const split = z
  .strictObject({
    pattern: text.check(
      z.describe("A regular expression whose first group captures the shard in a manifest's name"),
    ),
    shards: z
      .array(z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/)))
      .check(z.minLength(1), z.describe("All shards; a manifest of another one fails the run")),
  })
  .check(
    z.superRefine(({ pattern, shards }, context) => {
      const issue = (path: string, message: string): void =>
        context.addIssue({ code: "custom", path: [path], message });
      const groups = countGroups(pattern);
      if (groups === null) issue("pattern", "no regular expression");
      else if (groups === 0) issue("pattern", "a group that captures the shard is missing");
      const twice = shards.find((shard, index) => shards.indexOf(shard) !== index);
      if (twice !== undefined) issue("shards", `${twice} stands there twice`);
    }),
    z.describe("Parts that can be checked apart, each by a task of its own"),
  );

/** A regular expression with these named groups at least. */
function expressionWith(...groups: readonly string[]) {
  return text.check(
    z.refine((pattern) => countGroups(pattern) !== null, "no regular expression"),
    z.refine(
      (pattern) => groups.every((group) => pattern.includes(`(?<${group}>`)),
      `a named group is missing: it takes ${groups.join(", ")}`,
    ),
  );
}

const profile = z
  .strictObject({
    separator: z.optional(text).check(z.describe("What stands between the parts of a manifest's name")),
    parts: z
      .optional(
        z
          .array(
            z.strictObject({
              name: text,
              word: z
                ._default(z.string(), "")
                .check(z.describe("What stands before its values in words, such as of")),
            }),
          )
          .check(z.minLength(1)),
      )
      .check(z.describe("The parts of a name, in order; by default distro, arch, type, config")),
    spellings: z
      .optional(z.record(z.string(), z.array(text)))
      .check(z.describe("How else values of parts are spelled in names of packages, such as x64 for x86_64")),
    release: z
      .optional(expressionWith("family", "release"))
      .check(z.describe("Splits the first part of a name, by groups family and release")),
    packages: z
      .optional(z.array(expressionWith("name")))
      .check(
        z.describe(
          "How file names of packages are read, by groups name and version; the first that matches wins",
        ),
      ),
    markers: z
      .optional(expressionWith())
      .check(z.describe("File names that look like packages and are none")),
  })
  .check(z.describe("How explanations read names; a repository has one, which any of its families may hold"));

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
    $schema: z.optional(z.string()).check(z.describe("The JSON Schema of this file, for editors")),
    family: z
      .optional(z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/)))
      .check(z.describe("The family's name, by default the name of this folder")),
    generator: z
      .discriminatedUnion("kind", [moduleGenerator, commandGenerator, filesGenerator])
      .check(z.describe("Where the manifests come from")),
    manifest: z
      ._default(z.enum(["osbuild", "json"]), "osbuild")
      .check(
        z.describe(
          "osbuild: manifests of format version 2; json: any JSON document, without ids and sources",
        ),
      ),
    ids: z
      ._default(z.enum(["none", "builtin", "osbuild"]), "builtin")
      .check(
        z.describe("How pipeline ids are computed: not at all, in this process, or by osbuild --inspect"),
      ),
    osbuild: z
      .prefault(
        z.strictObject({
          executable: z._default(text, "osbuild"),
          args: z
            ._default(z.array(z.string()), [])
            .check(z.describe("Arguments before --inspect, --libdir DIR for example")),
          extraKey: z._default(z.string(), "").check(z.describe("Text that becomes part of the cache key")),
          crossCheck: z
            ._default(z.boolean(), false)
            .check(z.describe("Fail when osbuild and the built-in ids disagree")),
          timeoutMs: z._default(milliseconds, 120_000),
        }),
        {},
      )
      .check(z.describe("How osbuild is called for ids: osbuild")),
    inputs: z
      .optional(
        z.strictObject({
          files: z
            ._default(z.array(workspacePath), [])
            .check(z.describe("Globs of files outside this folder, relative to the workspace")),
          env: z
            ._default(z.array(z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/))), [])
            .check(z.describe("Environment variables that the generator reads")),
          versions: z
            ._default(z.array(argv), [])
            .check(z.describe("Commands whose output tells the version of a tool")),
        }),
      )
      .check(
        z.describe("What the generator reads outside this folder; a command without inputs is never cached"),
      ),
    records: z
      .prefault(z.discriminatedUnion("form", [linesRecords, digestRecords, pipelineIdsRecords]), {
        form: "lines",
      })
      .check(z.describe("The recorded checksum files, by default checksums/FAMILY/NAME.sum")),
    setup: z
      .optional(argv)
      .check(
        z.describe(
          "A command that makes a fresh checkout of a commit ready to generate, run in the workspace without a shell: builds and, where node_modules is missing, installs",
        ),
      ),
    exports: z
      .optional(z.array(text))
      .check(
        z.describe(
          "The pipelines that get built, by default those that no other refers to; explanations use it",
        ),
      ),
    profile: z.optional(profile),
    split: z.optional(split),
    pins: z
      .optional(
        z.strictObject({
          unverified: z
            ._default(z.array(text), [])
            .check(
              z.describe(
                "Types of sources that cannot be verified by url and digest, reported instead of refused",
              ),
            ),
        }),
      )
      .check(
        z.describe("Has the sources of the generated manifests verified: what they pin by url and digest"),
      ),
    output: z
      .optional(workspacePath)
      .check(z.describe("Where generated manifests go, by default dist/manifests/FAMILY")),
    concurrency: z
      .optional(z.int().check(z.positive()))
      .check(z.describe("Worker threads, at most the machine's parallelism")),
    maxManifestBytes: z
      ._default(z.int().check(z.positive()), 64 * 1024 * 1024)
      .check(z.describe("A larger manifest is refused, in bytes")),
  })
  .check(
    z.superRefine((config, context) => {
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
    }),
    z.describe("A family of image definitions and the gate over its manifests"),
  );

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
