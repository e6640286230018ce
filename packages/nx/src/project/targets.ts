import type { ProjectConfiguration, TargetConfiguration } from "@nx/devkit";
import { CHECKSUMS_FOLDER, type Project } from "@imagegate/engine/project";
import type { PluginOptions } from "../plugin/options.ts";
import { filesOnDisk, type Input } from "./input.ts";
import { familyInputs, recordExclusions, recordInputs, type PluginContext } from "./inputs.ts";
import { familyPinsTarget, GENERATED_PINS_TAG, hasGeneratedPins } from "./pins.ts";

/** The Nx project that guards the records as a whole. */
const RECORDS_PROJECT = "checksums";

/** The named input that both targets of a family share. */
const NAMED_INPUT = "imagegate";

/** What a plugin run knows of one family. */
export interface FamilyContext extends PluginContext {
  /** The pins files in its folder, relative to the workspace. */
  readonly pinsFiles: readonly string[];
}

/** The Nx project of a family: one task a target, however many images it has. */
export function familyProject(
  project: Project,
  options: PluginOptions,
  context: FamilyContext,
): ProjectConfiguration {
  const { family, folder, recordsFolder, outputFolder, config } = project;
  const { inputs, gaps } = familyInputs(project, context);
  const uncached = gaps.length > 0 ? ` Never cached: ${gaps.join("; ")}.` : "";
  const shared = { cache: gaps.length === 0, options: runOptions(options) };
  return {
    root: folder,
    name: family,
    tags: ["imagegate", ...(hasGeneratedPins(project) ? [GENERATED_PINS_TAG] : [])],
    namedInputs: { [NAMED_INPUT]: [...inputs] },
    metadata: {
      description: `Image manifests of ${family} (${config.generator.kind} generator)`,
      technologies: config.manifest === "osbuild" ? ["imagegate", "osbuild"] : ["imagegate"],
    },
    targets: {
      [options.generateTargetName]: {
        ...shared,
        executor: "@imagegate/nx:generate",
        inputs: [NAMED_INPUT, ...recordExclusions(project)],
        outputs: [`{workspaceRoot}/${outputFolder}`, `{workspaceRoot}/${recordsFolder}`],
        metadata: targetMetadata(
          `Generates the manifests of ${family} and records them in ${recordsFolder}.${uncached}`,
          `nx run ${family}:${options.generateTargetName}`,
        ),
      },
      [options.checkTargetName]: {
        ...shared,
        executor: "@imagegate/nx:check",
        inputs: [NAMED_INPUT, ...recordInputs(project)],
        metadata: targetMetadata(
          `Compares the manifests of ${family} with their records in ${recordsFolder}; writes nothing.${uncached}`,
          `nx run ${family}:${options.checkTargetName}`,
        ),
      },
      ...shardTargets(project, options, shared),
      ...familyPinsTarget(project, context.pinsFiles, { options, inputs: [NAMED_INPUT] }),
    },
  };
}

/**
 * A check of each shard, for machines that share the work, and one target that stands for all of them. Together they
 * say what the whole check says. Records are written by one task only: it alone knows which are to go.
 */
function shardTargets(
  project: Project,
  { checkTargetName }: PluginOptions,
  shared: TargetConfiguration,
): Record<string, TargetConfiguration> {
  const { family, config } = project;
  if (config.split === undefined) return {};
  const sum = `${checkTargetName}-shards`;
  const checks = config.split.shards.map((shard): [string, TargetConfiguration] => {
    const target = `${sum}--${shard}`;
    const description = `Compares the manifests of ${family} in shard ${shard} with their records; writes nothing`;
    return [
      target,
      {
        ...shared,
        executor: "@imagegate/nx:check",
        options: { ...(shared.options as object), shard },
        inputs: [NAMED_INPUT, ...recordInputs(project)],
        metadata: targetMetadata(description, `nx run ${family}:${target}`),
      },
    ];
  });
  return {
    ...Object.fromEntries(checks),
    [sum]: {
      executor: "nx:noop",
      dependsOn: checks.map(([target]) => ({ target, params: "forward" as const })),
      metadata: targetMetadata(`Checks all shards of ${family}`, `nx run ${family}:${sum}`),
    },
  };
}

/** The Nx project of the record folder: records whose family is gone fail its check. */
export function recordsProject(options: PluginOptions, context: PluginContext): ProjectConfiguration {
  const inputs: Input[] = [
    filesOnDisk(`${CHECKSUMS_FOLDER}/**/*`),
    { fileset: "{workspaceRoot}/**/imagegate.json" },
    ...context.ownCode.inputs,
  ];
  return {
    root: CHECKSUMS_FOLDER,
    name: RECORDS_PROJECT,
    tags: ["imagegate"],
    metadata: { description: "The recorded checksums of all families", technologies: ["imagegate"] },
    targets: {
      [options.checkTargetName]: {
        executor: "@imagegate/nx:check",
        cache: context.ownCode.gaps.length === 0,
        inputs,
        metadata: targetMetadata(
          `Fails when a folder in ${CHECKSUMS_FOLDER} belongs to no family`,
          `nx run ${RECORDS_PROJECT}:${options.checkTargetName}`,
        ),
      },
    },
  };
}

function runOptions({ ids, concurrency }: PluginOptions): Record<string, unknown> {
  return { ...(ids === undefined ? {} : { ids }), ...(concurrency === undefined ? {} : { concurrency }) };
}

function targetMetadata(description: string, command: string): NonNullable<TargetConfiguration["metadata"]> {
  return {
    description,
    technologies: ["imagegate"],
    help: { command: `npx ${command} --help`, example: { options: { concurrency: 2 } } },
  };
}
