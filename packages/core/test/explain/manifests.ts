import { describeChange } from "../../src/explain/describe-change.ts";
import { explainChanges, type ChangeSet } from "../../src/explain/explain-changes.ts";
import type { Explanation } from "../../src/explain/explanation.ts";
import type { ManifestChange } from "../../src/explain/manifest-change.ts";
import { defaultProfile } from "../../src/explain/profile.ts";
import { sha256 } from "../../src/digest/sha256.ts";
import { readTape } from "../json/read-tape.ts";

/** What a test may choose of a manifest; all else is fixed. */
export interface Choice {
  /** File names of packages, by the pipeline that installs them. */
  readonly build?: readonly string[];
  readonly os?: readonly string[];
  readonly mirror?: string;
  readonly readme?: string;
  readonly rootUuid?: string;
  readonly rootSize?: number;
  readonly runner?: string;
  readonly kernelOptions?: string;
  /** More stages at the end of `os`. */
  readonly stages?: readonly unknown[];
  readonly sourceKind?: "librepo" | "curl";
  readonly osName?: string;
}

/** The file name of a mocked package. */
export function mocked(name: string, set = "os", transaction = 0): string {
  return `${name}-0:1-2.pkgset~${set}^trans~${transaction}.x86_64.rpm`;
}

const digest = (text: string): string => `sha256:${sha256(text)}`;

/** A small manifest of the shape of real ones: packages, a file, a disk with a file system, an image. */
export function manifest(choice: Choice = {}): Record<string, unknown> {
  const {
    build = [mocked("rpm", "build")],
    os = [mocked("bash"), mocked("kernel")],
    mirror = "https://mirror.example/f43/f43-x86_64-fedora-20260101",
    readme = "one\ntwo\n",
    rootUuid = "48a79ee0-b10d-4946-9185-0fd4a178892e",
    rootSize = 20_559_839,
    runner = "org.osbuild.fedora43",
    kernelOptions = "ro console=tty0",
    stages = [],
    sourceKind = "librepo",
    osName = "os",
  } = choice;
  const device = { device: { type: "org.osbuild.loopback", options: { start: 2048, size: rootSize } } };
  return {
    version: "2",
    pipelines: [
      { name: "build", runner, stages: [rpm(build)] },
      {
        name: osName,
        build: "name:build",
        stages: [
          {
            type: "org.osbuild.kernel-cmdline",
            options: { root_fs_uuid: rootUuid, kernel_opts: kernelOptions },
          },
          rpm(os),
          copyFile(readme),
          { type: "org.osbuild.fstab", options: { filesystems: [{ uuid: rootUuid, path: "/" }] } },
          ...stages,
        ],
      },
      {
        name: "image",
        build: "name:build",
        stages: [
          { type: "org.osbuild.sfdisk", options: { partitions: [{ start: 2048, size: rootSize }] } },
          { type: "org.osbuild.mkfs.xfs", options: { uuid: rootUuid }, devices: device },
          {
            type: "org.osbuild.copy",
            inputs: {
              tree: {
                type: "org.osbuild.tree",
                origin: "org.osbuild.pipeline",
                references: [`name:${osName}`],
              },
            },
            options: { paths: [{ from: "input://tree/", to: "mount://-/" }] },
            devices: device,
            mounts: [{ name: "-", type: "org.osbuild.xfs", source: "device", target: "/" }],
          },
        ],
      },
    ],
    sources: {
      "org.osbuild.inline": {
        items: { [digest(readme)]: { encoding: "base64", data: Buffer.from(readme).toString("base64") } },
      },
      ...packageSources([...build, ...os], mirror, sourceKind),
    },
  };
}

function rpm(packages: readonly string[]): unknown {
  const references = packages.map((file) => ({ id: digest(file) }));
  const input = { type: "org.osbuild.files", origin: "org.osbuild.source", references };
  return { type: "org.osbuild.rpm", inputs: { packages: input } };
}

/** A stage that copies an inline file. */
function copyFile(text: string, to = "tree:///README"): unknown {
  const name = `file-${sha256(text)}`;
  return {
    type: "org.osbuild.copy",
    inputs: {
      [name]: {
        type: "org.osbuild.files",
        origin: "org.osbuild.source",
        references: [{ id: digest(text) }],
      },
    },
    options: { paths: [{ from: `input://${name}/${digest(text)}`, to }] },
  };
}

function packageSources(files: readonly string[], mirror: string, kind: "librepo" | "curl"): object {
  const sorted = [...new Set(files)].toSorted();
  if (kind === "curl") {
    const items = sorted.map((file) => [digest(file), { url: `${mirror}/packages/${file}` }]);
    return { "org.osbuild.curl": { items: Object.fromEntries(items) } };
  }
  const key = sha256(mirror);
  const items = sorted.map((file) => [digest(file), { path: `packages/${file}`, mirror: key }]);
  const mirrors = { [key]: { url: mirror, type: "baseurl" } };
  return { "org.osbuild.librepo": { items: Object.fromEntries(items), options: { mirrors } } };
}

/** How one document became another. */
export function describePair(before: unknown, after: unknown): ManifestChange {
  return describeChange(readTape(JSON.stringify(before)), readTape(JSON.stringify(after)), {
    profile: defaultProfile,
    exports: null,
  });
}

/** How a manifest became another by some choices. */
export function change(before: Choice, after: Choice): ManifestChange {
  return describePair(manifest(before), manifest(after));
}

/** The items of a change as `kind class: text`. */
export function texts({ items }: ManifestChange): readonly string[] {
  return items.map((item) => `${item.kind} ${item.class}: ${item.text}`);
}

/** The explanation of some changes by name among all these names. */
export function explain(
  changes: Readonly<Record<string, ManifestChange>>,
  others: readonly string[] = [],
  rest: Partial<ChangeSet> = {},
): Explanation {
  const names = [...Object.keys(changes), ...others];
  return explainChanges({
    before: names,
    after: names,
    changes: Object.entries(changes).map(([name, change]) => ({ name, change })),
    renames: [],
    digests: new Map(),
    unexplained: [],
    profile: defaultProfile,
    ...rest,
  });
}
