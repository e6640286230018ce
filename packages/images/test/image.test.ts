import { describe, expect, it } from "vitest";
import type { Customizations, ImageDefinition } from "../src/definition.ts";
import { orThrow } from "../src/failure.ts";
import { buildManifest, image } from "../src/image.ts";
import type { Manifest } from "../src/manifest.ts";
import { lockResolver } from "../src/packages/lock.ts";
import type { PackageLock } from "../src/packages/lock-file.ts";
import { mockResolver } from "../src/packages/mock.ts";
import type { PackageResolver, Transaction } from "../src/packages/resolver.ts";
import { hostname } from "../src/stages/system.ts";
import {
  optionsOf,
  sampleContainer,
  sampleDefinition,
  sampleDisk,
  sampleRelease,
  stagesOf,
  stageTypes,
} from "./samples.ts";

function manifestOf(changes: Partial<ImageDefinition> = {}): Manifest {
  return orThrow(buildManifest(sampleDefinition(changes)));
}

function failureOf(changes: Partial<ImageDefinition>): unknown {
  const built = buildManifest(sampleDefinition(changes));
  return built.ok ? null : built.failure;
}

function checksumsOf(manifest: Manifest): readonly string[] {
  return Object.keys(manifest.sources["org.osbuild.curl"]?.items ?? {});
}

const withoutKernel: PackageResolver = (request) =>
  mockResolver()({ ...request, install: request.install.filter((name) => name !== "kernel") });

/** A resolver that keeps what it was asked for. */
function recorder(): { readonly asked: Transaction[]; readonly resolver: PackageResolver } {
  const asked: Transaction[] = [];
  const mock = mockResolver();
  return {
    asked,
    resolver: (request) => {
      asked.push({ name: request.name, install: request.install, exclude: request.exclude });
      return mock(request);
    },
  };
}

/** A lock that has one package for every name that a definition asks for. */
function lockFor(definition: ImageDefinition): PackageLock {
  const { asked, resolver } = recorder();
  orThrow(buildManifest({ ...definition, resolver }));
  return {
    lockVersion: 1,
    release: "sample-1",
    arch: definition.arch,
    transactions: asked.map((transaction, index) => ({
      ...transaction,
      packages: transaction.install.map((name, position) => ({
        name,
        evra: name === "kernel" ? "3:6.17.1-300.x86_64" : "1-1.x86_64",
        checksum: `sha256:${String(index * 1000 + position).padStart(64, "0")}`,
        repository: position % 2 === 0 ? "base" : "updates",
        url: `Packages/${transaction.name}-${position}.rpm`,
      })),
    })),
  };
}

describe("buildManifest", () => {
  it("makes a disk from a build root, a tree and the form in which it is shipped", () => {
    const manifest = manifestOf();
    expect(manifest.pipelines.map(({ name }) => name)).toEqual(["build", "os", "image", "qcow2"]);
    expect(manifest.pipelines[0]?.runner).toBe("org.osbuild.fedora43");
    expect(manifest.pipelines.slice(1).map(({ build }) => build)).toEqual([
      "name:build",
      "name:build",
      "name:build",
    ]);
  });

  it("makes a container from a build root and a tree, with neither kernel, boot loader nor disk", () => {
    const manifest = manifestOf({ type: sampleContainer });
    expect(manifest.pipelines.map(({ name }) => name)).toEqual(["build", "os", "container"]);
    expect(stagesOf(manifest, "os").map(({ type }) => type)).toEqual(["org.osbuild.rpm"]);
    expect(stageTypes(manifest)).not.toContain("org.osbuild.truncate");
  });

  it("is the same for the same definition", () => {
    expect(JSON.stringify(manifestOf())).toBe(JSON.stringify(manifestOf()));
  });

  it("asks for what the image is for and for what its stages need", () => {
    const { asked, resolver } = recorder();
    manifestOf({ resolver, customizations: { packages: ["tmux"] } });
    expect(asked.map(({ name }) => name)).toEqual(["os", "build"]);
    expect(asked[0]?.install).toEqual(expect.arrayContaining(["@core", "grub2-pc", "kernel", "tmux"]));
    expect(asked[1]?.install).toEqual(
      expect.arrayContaining(["dosfstools", "e2fsprogs", "grub2-pc", "qemu-img"]),
    );
  });

  it("does not keep out what an image asks for by name", () => {
    const { asked, resolver } = recorder();
    const type = { ...sampleDisk, excludedPackages: ["tmux", "plymouth"] };
    manifestOf({ resolver, type, customizations: { packages: ["tmux"] } });
    expect(asked[0]?.exclude).toEqual(["plymouth"]);
  });

  it("starts with the kernel that was resolved", () => {
    const definition = sampleDefinition();
    const manifest = manifestOf({ resolver: lockResolver(lockFor(definition)) });
    expect(optionsOf(stagesOf(manifest, "os"), "org.osbuild.grub2")["saved_entry"]).toBe(
      `${"f".repeat(32)}-6.17.1-300.x86_64`,
    );
  });
});

describe("a snapshot that changes", () => {
  const locked = sampleDefinition();
  it.each([
    ["mock", mockResolver()],
    ["lock", lockResolver(lockFor(locked))],
  ])("moves the sources and no pipeline, with %s", (_, resolver) => {
    const before = manifestOf({ resolver });
    for (const release of [sampleRelease("20260102"), sampleRelease("20260101", "20260202")]) {
      const after = manifestOf({ resolver, release });
      expect(after.pipelines).toEqual(before.pipelines);
      expect(after.sources).not.toEqual(before.sources);
      expect(checksumsOf(after)).toEqual(checksumsOf(before));
    }
  });
});

describe("customizations", () => {
  const customizations: Customizations = {
    locale: "de_DE.UTF-8",
    keymap: "de",
    timezone: "Europe/Berlin",
    hostname: "fleet",
    groups: { operators: { gid: 1100 } },
    users: { operator: { keys: ["ssh-ed25519 AAAA"] } },
    files: [{ path: "/etc/motd.d/fleet", content: "hello\n" }],
    enabledServices: ["sshd.service"],
    maskedServices: ["rpcbind.service"],
    stages: [hostname({ hostname: "late" })],
    disk: { kernelArguments: ["audit=1"], fileSystemSizesMib: { "/": 9000, "/home": 500 } },
  };
  const manifest = manifestOf({ customizations });
  const os = stagesOf(manifest, "os");

  it("reach the stages that are made for them", () => {
    expect(optionsOf(os, "org.osbuild.locale")).toEqual({ language: "de_DE.UTF-8" });
    expect(optionsOf(os, "org.osbuild.keymap")).toEqual({ keymap: "de" });
    expect(optionsOf(os, "org.osbuild.timezone")).toEqual({ zone: "Europe/Berlin" });
    expect(optionsOf(os, "org.osbuild.groups")).toEqual({ groups: customizations.groups });
    expect(optionsOf(os, "org.osbuild.users")).toEqual({ users: customizations.users });
    expect(optionsOf(os, "org.osbuild.systemd")).toEqual({
      enabled_services: ["sshd.service"],
      masked_services: ["rpcbind.service"],
    });
    const hostnames = os.filter(({ type }) => type === "org.osbuild.hostname");
    expect(hostnames.map(({ options }) => options)).toEqual([{ hostname: "fleet" }, { hostname: "late" }]);
  });

  it("bring files along", () => {
    expect(Object.values(manifest.sources["org.osbuild.inline"]?.items ?? {})).toEqual([
      { encoding: "base64", data: "aGVsbG8K" },
    ]);
    expect(optionsOf(os, "org.osbuild.chmod")).toEqual({ items: { "/etc/motd.d/fleet": { mode: "0644" } } });
  });

  it("reach the kernel and the boot loader", () => {
    expect(optionsOf(os, "org.osbuild.kernel-cmdline")["kernel_opts"]).toBe("quiet audit=1");
    expect(optionsOf(os, "org.osbuild.grub2")["kernel_opts"]).toBe("quiet audit=1");
  });

  it("make room on the disk, and mount what is new", () => {
    const sizeMib = 2 + 1 + 200 + 1024 + 500 + 9000;
    expect(optionsOf(stagesOf(manifest, "image"), "org.osbuild.truncate")["size"]).toBe(
      String(sizeMib * 1024 * 1024),
    );
    const { filesystems } = optionsOf(os, "org.osbuild.fstab") as { filesystems: { path: string }[] };
    expect(filesystems.map(({ path }) => path)).toEqual(["/", "/boot", "/boot/efi", "/home"]);
  });

  it("leave SELinux labels to the end", () => {
    expect(os.at(-1)?.type).toBe("org.osbuild.selinux");
  });

  it("that only a disk can have do not reach a container", () => {
    const { disk: _, ...others } = customizations;
    const [all, some] = [customizations, others].map((each) =>
      manifestOf({ type: sampleContainer, customizations: each }),
    );
    expect(all).toEqual(some);
  });
});

describe("image", () => {
  it("throws what buildManifest refuses", () => {
    const { name, manifest } = image(sampleDefinition({ name: ".hidden" }));
    expect(name).toBe(".hidden");
    expect(manifest).toThrow(
      expect.objectContaining({ failure: { reason: "image-name-invalid", name: ".hidden" } }),
    );
  });
});

describe("a definition that gives no manifest", () => {
  it.each(["", "a/b", ".a", "a b", "ä"])("is named %j", (name) => {
    expect(failureOf({ name })).toEqual({ reason: "image-name-invalid", name });
  });

  it("has repositories that cannot be reached", () => {
    const release = { ...sampleRelease(), repositories: () => [{ id: "a", baseurl: "here", gpgKeys: [] }] };
    expect(failureOf({ release })).toEqual({
      reason: "repository-url-invalid",
      repository: "a",
      url: "here",
    });
  });

  it("has files in no place", () => {
    const files = [{ path: "/etc/../motd", content: "" }] as const;
    expect(failureOf({ customizations: { files } })).toEqual({
      reason: "file-paths-invalid",
      paths: ["/etc/../motd"],
    });
  });

  it("has a disk that cannot be planned", () => {
    const customizations = { disk: { fileSystemSizesMib: { "/proc": 1 } } };
    expect(failureOf({ customizations })).toEqual({
      reason: "disk-invalid",
      problems: [{ reason: "mount-point-reserved", mountPoint: "/proc" }],
    });
  });

  it("has no kernel among its packages", () => {
    expect(failureOf({ resolver: withoutKernel })).toEqual({
      reason: "kernel-not-resolved",
      transaction: "os",
      kernel: "kernel",
    });
  });

  it.each([sampleDisk, sampleContainer])("is not covered by its lock ($kind)", (type) => {
    const lock = lockFor(sampleDefinition({ type }));
    const resolver = lockResolver(lock);
    expect(failureOf({ type, resolver })).toBeNull();
    expect(failureOf({ type, resolver, customizations: { packages: ["tmux"] } })).toMatchObject({
      reason: "transaction-not-locked",
    });
    const build = { ...sampleRelease(), buildPackages: ["jq"] };
    expect(failureOf({ type, resolver, release: build })).toMatchObject({ reason: "transaction-not-locked" });
  });
});
