import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { family, mockResolver, type Image, type Manifest, type Release } from "@imagegate/images";
import centos from "../../../manifests/centos/images.ts";
import * as centosReleases from "../../../manifests/centos/releases.ts";
import * as centosTypes from "../../../manifests/centos/image-types.ts";
import { customized as centosCustomized } from "../../../manifests/centos/customizations.ts";
import fedora from "../../../manifests/fedora/images.ts";
import * as fedoraReleases from "../../../manifests/fedora/releases.ts";
import * as fedoraTypes from "../../../manifests/fedora/image-types.ts";
import { customized as fedoraCustomized } from "../../../manifests/fedora/customizations.ts";
import locked from "../examples/locked/images.ts";
import { optionsOf, stagesOf, stageTypes } from "./samples.ts";

const images: readonly Image[] = [...fedora, ...centos];
const manifests = new Map([...images, ...locked].map(({ name, manifest }) => [name, manifest()]));

const ARCHITECTURES = ["x86_64", "aarch64"] as const;

function manifestOf(name: string): Manifest {
  const manifest = manifests.get(name);
  if (manifest === undefined) throw new Error(`no manifest ${name}`);
  return manifest;
}

/** Names of images, of both architectures and both sets of customizations unless they are told apart. */
function namesOf(pattern: RegExp): readonly string[] {
  return images.map(({ name }) => name).filter((name) => pattern.test(name));
}

/** The release with one of its repositories at another snapshot. */
function moved(release: Release, id: string): Release {
  const repositories: Release["repositories"] = (arch) =>
    release
      .repositories(arch)
      .map((repository) =>
        repository.id === id && "mirror" in repository ? { ...repository, snapshot: "20300101" } : repository,
      );
  return { ...release, repositories };
}

describe("the families", () => {
  it("have these 64 images", () => {
    const expected = ["fedora_43", "fedora_44", "centos_9", "centos_10"].flatMap((release) =>
      ARCHITECTURES.flatMap((arch) =>
        ["qcow2", "ami", "container", "minimal_raw"].flatMap((type) =>
          ["empty", "customized"].map((set) => `${release}-${arch}-${type}-${set}`),
        ),
      ),
    );
    expect(images.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
    expect(new Set(expected).size).toBe(64);
  });

  it("give the same manifests again", () => {
    for (const { name, manifest } of images) {
      expect(JSON.stringify(manifest())).toBe(JSON.stringify(manifestOf(name)));
    }
  });

  it("give manifests that JSON holds without loss", () => {
    for (const manifest of manifests.values()) {
      expect(JSON.parse(JSON.stringify(manifest))).toStrictEqual(manifest);
    }
  });

  it("give manifests that no two images share", () => {
    expect(new Set([...manifests.values()].map((manifest) => JSON.stringify(manifest))).size).toBe(
      manifests.size,
    );
  });

  it("refer to no file that their sources lack, and have no source that they do not use", () => {
    for (const manifest of manifests.values()) {
      const used = manifest.pipelines
        .flatMap(({ stages }) => stages.flatMap(({ inputs }) => Object.values(inputs ?? {})))
        .flatMap((input) => (input.origin === "org.osbuild.source" ? input.references : []))
        .map(({ id }) => id);
      const provided = Object.values(manifest.sources).flatMap(({ items }) => Object.keys(items));
      expect(provided.toSorted()).toEqual([...new Set(used)].toSorted());
    }
  });

  it("derive no UUID twice", () => {
    const uuids = [...manifests.values()].flatMap(
      (manifest) =>
        JSON.stringify(manifest.pipelines.find(({ name }) => name === "image") ?? {}).match(
          /"uuid":"[^"]+"/g,
        ) ?? [],
    );
    expect(uuids.length).toBeGreaterThan(300);
    expect(new Set(uuids).size).toBe(uuids.length);
  });

  it("have the ids that osbuild printed for exactly these stages", () => {
    const fixture = new URL("fixtures/osbuild-ids.json", import.meta.url);
    const recorded = JSON.parse(readFileSync(fixture, "utf8")) as {
      readonly manifests: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
    };
    const theirs = Object.entries(recorded.manifests).map(([name, pipelines]) => [
      name,
      Object.entries(pipelines).map(([pipeline, ids]) => [pipeline, ids.length]),
    ]);
    const ours = [...manifests].map(([name, { pipelines }]) => [
      name,
      pipelines.map((pipeline) => [pipeline.name, pipeline.stages.length]),
    ]);
    expect(Object.fromEntries(theirs)).toEqual(Object.fromEntries(ours));
  });
});

describe("an image", () => {
  it.each(namesOf(/-container-/))("that is a container has no kernel, boot loader or disk: %s", (name) => {
    const manifest = manifestOf(name);
    expect(stageTypes(manifest).join(" ")).not.toMatch(/grub2|kernel|bls|fstab|sfdisk|mkfs|truncate/);
    expect(JSON.stringify(manifest.sources)).not.toMatch(/\/os\/(kernel|grub2|shim)[^/]*\.rpm/);
  });

  it.each(namesOf(/-aarch64-(qcow2|ami|minimal_raw)-/))("for aarch64 boots from UEFI only: %s", (name) => {
    const text = JSON.stringify(manifestOf(name));
    expect(text).not.toMatch(
      /i386-pc|grub2-pc|21686148-6449-6E6F-744E-656564454649|org\.osbuild\.grub2\.inst/,
    );
    expect(text).toContain("C12A7328-F81F-11D2-BA4B-00A0C93EC93B");
  });

  it.each(namesOf(/-x86_64-(qcow2|ami|minimal_raw)-/))("for x86_64 boots from BIOS and UEFI: %s", (name) => {
    const manifest = manifestOf(name);
    expect(optionsOf(stagesOf(manifest, "image"), "org.osbuild.grub2.inst")["platform"]).toBe("i386-pc");
    expect(optionsOf(stagesOf(manifest, "os"), "org.osbuild.grub2")["uefi"]).toBeDefined();
  });

  it.each(namesOf(/-customized$/))("that is customized shows it: %s", (name) => {
    const manifest = manifestOf(name);
    const custom = name.startsWith("fedora") ? fedoraCustomized : centosCustomized;
    const os = stagesOf(manifest, "os");
    expect(optionsOf(os, "org.osbuild.users")).toEqual({ users: custom.users });
    expect(optionsOf(os, "org.osbuild.timezone")).toEqual({ zone: custom.timezone });
    expect(optionsOf(os, "org.osbuild.systemd")["enabled_services"]).toEqual(
      expect.arrayContaining([...(custom.enabledServices ?? [])]),
    );
    expect(Object.keys(manifest.sources["org.osbuild.inline"]?.items ?? {})).toHaveLength(
      custom.files?.length ?? 0,
    );
    if (name.includes("-container-")) return;
    const { kernelArguments = [], fileSystemSizesMib = {} } = custom.disk ?? {};
    expect(optionsOf(os, "org.osbuild.grub2")["kernel_opts"]).toContain(kernelArguments.join(" "));
    expect(JSON.stringify(optionsOf(os, "org.osbuild.fstab"))).toContain(
      Object.keys(fileSystemSizesMib).at(-1),
    );
  });
});

describe("a snapshot that changes", () => {
  const cases = [
    {
      release: fedoraReleases.fedora43,
      types: fedoraTypes,
      customized: fedoraCustomized,
      ids: ["fedora", "updates"],
    },
    {
      release: centosReleases.centos10,
      types: centosTypes,
      customized: centosCustomized,
      ids: ["baseos", "appstream"],
    },
  ];

  it.each(cases)(
    "moves the sources of every image of $release.distro, and no pipeline",
    ({ release, types, customized, ids }) => {
      const build = (of: Release) =>
        family({
          releases: [of],
          architectures: ARCHITECTURES,
          types: Object.values(types),
          customizations: { empty: {}, customized },
          resolver: mockResolver,
        });
      for (const id of ids) {
        const after = build(moved(release, id));
        expect(after).toHaveLength(16);
        for (const { name, manifest } of after) {
          expect(manifest().pipelines).toEqual(manifestOf(name).pipelines);
          expect(manifest().sources).not.toEqual(manifestOf(name).sources);
        }
      }
    },
  );
});

describe("the locked example", () => {
  it("takes its packages from the lock", () => {
    const [only] = locked;
    const { items } = manifestOf(only?.name ?? "").sources["org.osbuild.curl"] ?? {};
    expect(Object.values(items ?? {}).map(({ url }) => url)).toContain(
      "https://rpmrepo.osbuild.org/v2/mirror/public/f43/f43-x86_64-fedora-20260106/Packages/b/bash-5.3.0-2.fc43.x86_64.rpm",
    );
  });
});
