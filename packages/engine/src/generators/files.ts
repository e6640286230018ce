import { basename, join } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { glob } from "tinyglobby";
import type { Project } from "../config/project.ts";
import type { GeneratorConfig } from "../config/schema.ts";
import type { GeneratorFailure } from "../failure.ts";
import type { ManifestSet } from "./manifest-set.ts";

type FilesConfig = Extract<GeneratorConfig, { kind: "files" }>;

/** Manifests that already exist, named after their files. A pattern that matches nothing fails. */
export async function findFiles(
  project: Project,
  { include }: FilesConfig,
): Promise<Result<ManifestSet, GeneratorFailure>> {
  const cwd = join(project.root, project.folder);
  const found = new Set<string>();
  for (const pattern of include) {
    const matches = await glob(pattern, { cwd, absolute: true, expandDirectories: false });
    const files = matches.filter((path) => basename(path) !== "imagegate.json");
    if (files.length === 0) return fail({ reason: "no-match", include: [pattern] });
    for (const path of files) found.add(path);
  }
  const manifests = [...found].map((path) => ({
    name: basename(path).replace(/\.json$/, ""),
    source: { kind: "file" as const, path },
  }));
  return ok({ manifests, isInPlace: true, close: async () => {} });
}
