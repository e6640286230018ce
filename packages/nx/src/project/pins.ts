import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectConfiguration, TargetConfiguration } from "@nx/devkit";
import type { Project } from "@imagegate/engine/project";
import type { PluginOptions } from "../plugin/options.ts";
import type { Input } from "./input.ts";
import { pinsInputs } from "./pins-files.ts";

/** The tag of families that must have generated before their pins can be verified. */
export const GENERATED_PINS_TAG = "imagegate-generated-pins";

/** What pins something in one folder. */
export interface PinnedFolder {
  readonly root: string;
  /** Relative to the workspace, POSIX. */
  readonly folder: string;
  /** The pins files right in it, relative to the workspace. */
  readonly files: readonly string[];
}

/** The Nx project of a folder that has pins files and is no family. */
export function pinsProject(pinned: PinnedFolder, options: PluginOptions): ProjectConfiguration {
  const { root, folder, files } = pinned;
  const name = givenName(pinned) ?? (folder === "." ? "pins" : `${folder}/pins`);
  const description = `Artifacts pinned in ${files.join(", ")}`;
  const target = verifyTarget(name, options, {
    what: files.join(", "),
    inputs: pinsInputs(root, files),
    report: reportPath(folder),
    selection: { files },
  });
  return {
    root: folder,
    name,
    tags: ["imagegate"],
    metadata: { description, technologies: ["imagegate"] },
    targets: { [options.verifyPinsTargetName]: target },
  };
}

/** The name that a `project.json` in the folder gives: Nx lets it stand, whatever a plugin says. */
function givenName({ root, folder }: PinnedFolder): string | null {
  try {
    const found: unknown = JSON.parse(readFileSync(join(root, folder, "project.json"), "utf8"));
    const name = typeof found === "object" && found !== null && "name" in found ? found.name : null;
    return typeof name === "string" && name !== "" ? name : null;
  } catch {
    // What else is wrong with it Nx tells itself.
    return null;
  }
}

/** Whether the pins of a family stand in manifests that a run of its generator writes. */
export function hasGeneratedPins({ config }: Project): boolean {
  return config.pins !== undefined && config.generator.kind !== "files";
}

/** The target of a family that has its manifests verified, or pins files in its folder; none otherwise. */
export function familyPinsTarget(
  project: Project,
  files: readonly string[],
  { options, inputs }: { readonly options: PluginOptions; readonly inputs: readonly Input[] },
): Record<string, TargetConfiguration> {
  const { root, family, folder, config } = project;
  const isAsked = config.pins !== undefined;
  if (!isAsked && files.length === 0) return {};
  const target = verifyTarget(family, options, {
    what: [...(isAsked ? [`the manifests of ${family}`] : []), ...files].join(", "),
    inputs: [...(isAsked ? inputs : []), ...pinsInputs(root, files)],
    report: reportPath(folder),
    selection: { files, families: isAsked ? [family] : [] },
  });
  const dependsOn = hasGeneratedPins(project) ? { dependsOn: [options.generateTargetName] } : {};
  return { [options.verifyPinsTargetName]: { ...target, ...dependsOn } };
}

interface Verified {
  readonly what: string;
  readonly inputs: readonly Input[];
  readonly report: string;
  readonly selection: { readonly files: readonly string[]; readonly families?: readonly string[] };
}

/** Never cached: the same files say nothing of what a server sends today. */
function verifyTarget(
  name: string,
  { verifyPinsTargetName }: PluginOptions,
  { what, inputs, report, selection }: Verified,
): TargetConfiguration {
  return {
    executor: "@imagegate/nx:verify-pins",
    cache: false,
    inputs: [...inputs],
    outputs: [`{workspaceRoot}/${report}`],
    options: { ...selection, report },
    metadata: {
      description: `Downloads and hashes what ${what} pin. Never cached: it asks what servers send today.`,
      technologies: ["imagegate"],
      help: {
        command: `npx nx run ${name}:${verifyPinsTargetName} --help`,
        example: { options: { maxAge: "7d" } },
      },
    },
  };
}

function reportPath(folder: string): string {
  return folder === "." ? "dist/pins.json" : `dist/pins/${folder}.json`;
}
