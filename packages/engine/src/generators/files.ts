import { basename, join } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { findFiles } from "@imagegate/host";
import type { Project } from "../config/project.ts";
import type { GeneratorConfig } from "../config/schema.ts";
import type { GeneratorFailure } from "../failure.ts";
import type { ManifestSet } from "./manifest-set.ts";

type FilesConfig = Extract<GeneratorConfig, { kind: "files" }>;

/** Manifests that already exist, named after their files. A pattern that matches nothing fails. */
export async function offerFiles(
  project: Project,
  { include }: FilesConfig,
): Promise<Result<ManifestSet, GeneratorFailure>> {
  const cwd = join(project.root, project.folder);
  const found = new Set<string>();
  for (const pattern of include) {
    const matches = await findFiles([pattern], { cwd, absolute: true });
    if (!matches.ok) return matches;
    const files = matches.value.filter((path) => basename(path) !== "imagegate.json");
    if (files.length === 0) return fail({ reason: "no-match", include: [pattern] });
    for (const path of files) found.add(path);
  }
  const manifests = [...found].map((path) => ({
    name: basename(path).replace(/\.json$/, ""),
    source: { kind: "file" as const, path },
  }));
  return ok({ manifests, isInPlace: true, close: async () => {} });
}
