/** A template: what stands in `imagegate.json`, and the files beside it. */
export interface TemplateFiles {
  readonly config: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
}

/** Definitions in TypeScript, with the authoring library. */
export function moduleFiles(name: string): TemplateFiles {
  return {
    config: { generator: { kind: "module", entry: "./images.ts", packages: ["@imagegate/images"] } },
    files: { "images.ts": moduleText(name) },
  };
}

/** A program that prints one manifest a line. */
export function commandFiles(name: string): TemplateFiles {
  return {
    config: {
      generator: { kind: "command", argv: ["node", "generate.mjs"], output: "ndjson" },
      inputs: { versions: [["node", "--version"]] },
    },
    files: { "generate.mjs": commandText(name) },
  };
}

/** Manifests that exist already. */
export function filesFiles(name: string): TemplateFiles {
  const example = JSON.stringify(exampleManifest(name), null, 2);
  return {
    config: { generator: { kind: "files", include: ["./images/*.json"] } },
    files: { [`images/${name}-x86_64-tree-empty.json`]: `${example}\n` },
  };
}

/** osbuild/image-builder as it stands: its own generator, and the checksum files that it has. */
export function imageBuilderFiles(): TemplateFiles {
  const generator = {
    kind: "command",
    argv: [
      "./build/gen-manifests",
      "--packages=false",
      "--containers=false",
      "--commits=false",
      "--flatpaks=false",
      "--metadata=false",
      "--fake-bootc=true",
      "--arches=x86_64,aarch64,ppc64le,s390x",
      "--output={outDir}",
    ],
    output: "directory",
    env: {
      OSBUILD_TESTING_RNG_SEED: "0",
      IMAGE_BUILDER_EXPERIMENTAL: "gen-manifest-mock-bpfile-uris",
    },
  };
  return {
    config: {
      generator,
      inputs: { files: ["build/gen-manifests"], env: ["TMPDIR"] },
      records: { form: "digest", of: "compact-line", folder: "test/data/manifest-checksums" },
      output: "build/manifests",
    },
    files: {},
  };
}

function exampleManifest(name: string): unknown {
  const stages = [{ type: "org.osbuild.hostname", options: { hostname: hostName(name) } }];
  return { version: "2", pipelines: [{ name: "tree", stages }], sources: {} };
}

function hostName(name: string): string {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return label === "" ? "image" : label;
}

function moduleText(name: string): string {
  return `import { image, mockResolver, type Release } from "@imagegate/images";

const release: Release = {
  distro: "fedora",
  version: "43",
  runner: "org.osbuild.fedora43",
  repositories: (arch) => [{ id: "fedora", baseurl: \`https://mirror.example/43/\${arch}\`, gpgKeys: [] }],
};

const type = {
  kind: "container",
  name: "shell",
  packages: ["bash"],
  filename: "shell.tar",
  config: {},
} as const;

const name = ${JSON.stringify(`${name}-x86_64-shell-empty`)};

// Stand-ins for packages, so that the definition can be gated before its packages are locked.
const resolver = mockResolver();

export default [image({ name, release, arch: "x86_64", type, resolver })];
`;
}

function commandText(name: string): string {
  return `const architectures = ["x86_64", "aarch64"];

for (const arch of architectures) {
  const hostname = [${JSON.stringify(hostName(name))}, arch.replace("_", "-")].join("-");
  const stages = [{ type: "org.osbuild.hostname", options: { hostname } }];
  const manifest = { version: "2", pipelines: [{ name: "tree", stages }], sources: {} };
  console.log(JSON.stringify({ name: \`${name}-\${arch}-tree-empty\`, manifest }));
}
`;
}
