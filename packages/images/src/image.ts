import { fail, ok, type Result } from "@imagegate/core";
import type { ContainerImageType, DiskImageType, ImageDefinition, SystemSettings } from "./definition.ts";
import { standardLayout } from "./disk/layout.ts";
import { planDisk } from "./disk/plan.ts";
import { orThrow, type ImageFailure } from "./failure.ts";
import type { Manifest, Pipeline } from "./manifest.ts";
import { packageSet, type PackageSet } from "./packages/package-set.ts";
import { bootRequirements, buildTools } from "./packages/requirements.ts";
import type { ResolveFailure, Transaction } from "./packages/resolver.ts";
import { isAbsolutePath } from "./path.ts";
import { BUILD, buildPipeline } from "./pipelines/build.ts";
import { diskPipeline } from "./pipelines/disk.ts";
import { containerPipeline, diskExportPipelines, rawFilename } from "./pipelines/export.ts";
import { TREE, treePipeline } from "./pipelines/tree.ts";
import { repositoryProblem } from "./repository.ts";
import { mergeSettings } from "./settings.ts";
import { collectSources } from "./sources.ts";

/** An image as a generator takes it: nothing is made before `manifest` is called. */
export interface Image {
  readonly name: string;
  /** Throws a `DefinitionError` when the definition gives no manifest. */
  readonly manifest: () => Manifest;
}

/** The image of a definition. */
export function image(definition: ImageDefinition): Image {
  return { name: definition.name, manifest: () => orThrow(buildManifest(definition)) };
}

/** The manifest of a definition: always the same for the same definition. */
export function buildManifest(definition: ImageDefinition): Result<Manifest, ImageFailure> {
  const { name, release, arch, type } = definition;
  if (!/^[A-Za-z0-9_+-][A-Za-z0-9._+-]*$/.test(name)) return fail({ reason: "image-name-invalid", name });
  const problem = repositoryProblem(release.repositories(arch));
  if (problem !== null) return fail(problem);
  const files = systemOf(definition).files ?? [];
  const misplaced = files.map(({ path }) => path).filter((path) => !isAbsolutePath(path));
  if (misplaced.length > 0) return fail({ reason: "file-paths-invalid", paths: misplaced });

  const product = type.kind === "disk" ? makeDisk(definition, type) : makeContainer(definition, type);
  if (!product.ok) return product;
  const { pipelines, packages } = product.value;

  const build = resolveBuild(definition, pipelines);
  if (!build.ok) return build;

  const allPackages = [...build.value.packages, ...packages.packages];
  const contents = files.map(({ content }) => content);
  return ok({
    version: "2",
    pipelines: [buildPipeline(release.runner, build.value), ...pipelines],
    sources: collectSources(allPackages, contents),
  });
}

/** The pipelines after the build root, and the packages of the tree among them. */
interface Product {
  readonly pipelines: readonly Pipeline[];
  readonly packages: PackageSet;
}

function makeDisk(definition: ImageDefinition, type: DiskImageType): Result<Product, ImageFailure> {
  const { name, arch, customizations = {} } = definition;
  const { kernelArguments = [], fileSystemSizesMib = {} } = customizations.disk ?? {};
  const layout = standardLayout(arch, type.fileSystem);
  const planned = planDisk({ image: name, layout, sizeMib: type.sizeMib, fileSystemSizesMib });
  if (!planned.ok) return fail({ reason: "disk-invalid", problems: planned.failure });
  const plan = planned.value;

  const resolved = resolveTree(definition, bootRequirements(arch, type));
  if (!resolved.ok) return resolved;
  const packages = resolved.value;
  const kernel = packages.packages.find((entry) => entry.name === type.kernel);
  if (kernel === undefined) {
    return fail({ reason: "kernel-not-resolved", transaction: TREE, kernel: type.kernel });
  }

  const tree = treePipeline({
    packages,
    withoutDocs: type.withoutDocs ?? false,
    system: systemOf(definition),
    boot: {
      arch,
      plan,
      efiVendor: type.efiVendor,
      kernel,
      kernelArguments: [...type.kernelArguments, ...kernelArguments],
    },
  });
  const disk = diskPipeline(plan, rawFilename(type.output));
  return ok({ pipelines: [tree, disk, ...diskExportPipelines(type.output)], packages });
}

function makeContainer(definition: ImageDefinition, type: ContainerImageType): Result<Product, ImageFailure> {
  const resolved = resolveTree(definition, []);
  if (!resolved.ok) return resolved;
  const packages = resolved.value;
  const tree = treePipeline({
    packages,
    withoutDocs: type.withoutDocs ?? false,
    system: systemOf(definition),
  });
  return ok({ pipelines: [tree, containerPipeline(type, definition.arch)], packages });
}

function systemOf({ type, customizations }: ImageDefinition): SystemSettings {
  return mergeSettings(type.system ?? {}, customizations ?? {});
}

function resolveTree(
  definition: ImageDefinition,
  required: readonly string[],
): Result<PackageSet, ResolveFailure> {
  const { type, customizations } = definition;
  const install = [...type.packages, ...(customizations?.packages ?? []), ...required];
  // What an image asks for by name is not kept out by its type.
  const exclude = (type.excludedPackages ?? []).filter((name) => !install.includes(name));
  return resolve(definition, { name: TREE, install, exclude });
}

function resolveBuild(
  definition: ImageDefinition,
  pipelines: readonly Pipeline[],
): Result<PackageSet, ResolveFailure> {
  const tools = buildTools(pipelines.flatMap(({ stages }) => stages));
  const install = [...tools, ...(definition.release.buildPackages ?? [])];
  return resolve(definition, { name: BUILD, install, exclude: [] });
}

/** Names are sorted, so that an author may order a list as it reads best. */
function resolve(
  { release, arch, resolver }: ImageDefinition,
  { name, install, exclude }: Transaction,
): Result<PackageSet, ResolveFailure> {
  const repositories = release.repositories(arch);
  const resolved = resolver({
    name,
    install: [...new Set(install)].toSorted(),
    exclude: [...new Set(exclude)].toSorted(),
    release: `${release.distro}-${release.version}`,
    arch,
    repositories,
  });
  return resolved.ok ? ok(packageSet(resolved.value, repositories)) : resolved;
}
