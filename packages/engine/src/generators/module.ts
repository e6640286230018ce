import { join } from "node:path";
import { ok, type Result } from "@imagegate/core";
import { findFiles } from "@imagegate/host";
import type { Project } from "../config/project.ts";
import type { GeneratorConfig } from "../config/schema.ts";
import type { GeneratorFailure } from "../failure.ts";
import type { WorkerPool } from "../pool/pool.ts";
import type { ModuleSource } from "../pool/task.ts";
import type { ManifestSet } from "./manifest-set.ts";

type ModuleConfig = Extract<GeneratorConfig, { kind: "module" }>;
type Environment = Readonly<Record<string, string | undefined>>;

/** The images of a module: only their names are known here, workers make the manifests. */
export async function listModule(
  project: Project,
  generator: ModuleConfig,
  { pool, env, signal }: { pool: WorkerPool; env: Environment; signal: AbortSignal },
): Promise<Result<ManifestSet, GeneratorFailure>> {
  const { inputs } = project.config;
  const files = await findFiles(inputs?.files ?? [], { cwd: project.root, absolute: true, dot: true });
  if (!files.ok) return files;
  const source = moduleSource(project, generator, { files: files.value, env });
  const names = await pool.list({ task: "list", source }, { signal, timeoutMs: generator.timeoutMs });
  if (!names.ok) return names;
  const manifests = names.value.map((name) => ({ name, source }));
  return ok({ manifests, isInPlace: false, close: async () => {} });
}

function moduleSource(
  { root, folder, config }: Project,
  generator: ModuleConfig,
  { files, env }: { readonly files: readonly string[]; readonly env: Environment },
): ModuleSource {
  const declared = (config.inputs?.env ?? []).flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    kind: "module",
    entry: join(root, folder, generator.entry),
    root,
    folder: join(root, folder),
    packages: generator.packages,
    files,
    env: Object.fromEntries(declared),
  };
}
