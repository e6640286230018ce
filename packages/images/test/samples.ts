import type { ContainerImageType, DiskImageType, ImageDefinition, Release } from "../src/definition.ts";
import type { Manifest, Stage } from "../src/manifest.ts";
import { mockResolver } from "../src/packages/mock.ts";
import type { Repository } from "../src/repository.ts";

/** A repository on a mirror, at a snapshot. */
export function mirrored(id: string, snapshot: string): Repository {
  return { id, mirror: `https://mirror.example/${id}-{snapshot}/`, snapshot, gpgKeys: [`key of ${id}`] };
}

/** A release whose two repositories stand at a snapshot each. */
export function sampleRelease(base = "20260101", updates = "20260201"): Release {
  return {
    distro: "sample",
    version: "1",
    runner: "org.osbuild.fedora43",
    repositories: () => [mirrored("base", base), mirrored("updates", updates)],
  };
}

export const sampleDisk: DiskImageType = {
  kind: "disk",
  name: "qcow2",
  packages: ["@core"],
  sizeMib: 4096,
  fileSystem: "ext4",
  efiVendor: "sample",
  kernel: "kernel",
  kernelArguments: ["quiet"],
  output: { format: "qemu", filename: "disk.qcow2", options: { type: "qcow2" } },
};

export const sampleContainer: ContainerImageType = {
  kind: "container",
  name: "container",
  packages: ["bash"],
  filename: "container.tar",
  config: {},
};

/** A definition that gives a manifest, with some of it replaced. */
export function sampleDefinition(changes: Partial<ImageDefinition> = {}): ImageDefinition {
  return {
    name: "sample_1-x86_64-qcow2-empty",
    release: sampleRelease(),
    arch: "x86_64",
    type: sampleDisk,
    resolver: mockResolver(),
    ...changes,
  };
}

/** The types of all stages of a manifest, in order. */
export function stageTypes(manifest: Manifest): readonly string[] {
  return manifest.pipelines.flatMap(({ stages }) => stages.map(({ type }) => type));
}

/** The options of the only stage of a type; none or two are a failure of the test. */
export function optionsOf(stages: readonly Stage[], type: string): Readonly<Record<string, unknown>> {
  const found = stages.filter((stage) => stage.type === type);
  if (found.length !== 1) throw new Error(`${found.length} stages of type ${type}`);
  return { ...found[0]?.options };
}

/** The stages of a pipeline. */
export function stagesOf(manifest: Manifest, pipeline: string): readonly Stage[] {
  const found = manifest.pipelines.find(({ name }) => name === pipeline);
  if (found === undefined) throw new Error(`no pipeline ${pipeline}`);
  return found.stages;
}
