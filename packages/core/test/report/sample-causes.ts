import { createHash } from "node:crypto";
import type { Cause, Detail, Edit, PipelinePicture } from "../../src/explain/explanation.ts";
import { namesWhere } from "./sample-names.ts";

type Draft = Omit<Cause, "id" | "changes" | "manifests" | "example"> & {
  readonly manifests: readonly string[];
  readonly edits?: readonly Edit[];
  readonly pipelines?: readonly PipelinePicture[];
};

function causeOf({ edits, pipelines, ...draft }: Draft): Cause {
  const id = createHash("sha256").update(draft.title).digest("hex").slice(0, 16);
  const [manifest = ""] = draft.manifests;
  const example =
    edits === undefined
      ? null
      : { manifest, edits, omittedEdits: 3, pipelines: pipelines ?? diskPipelines({ rpm: "changed" }, {}) };
  return { id, changes: [id], ...draft, example };
}

type PartChange = PipelinePicture["change"];
type Changes = Readonly<Record<string, PartChange>>;

/** Stages of which some change; what stands after the first of those inherits. */
function stagesOf(changes: Changes, types: string): PipelinePicture["stages"] {
  let quiet: PartChange = "same";
  return types.split(" ").map((name) => {
    const change = changes[name] ?? quiet;
    if (change !== "same") quiet = "inherits";
    return { type: `org.osbuild.${name}`, change };
  });
}

/** The pipelines of a disk image of which the tree or the image changes. */
function diskPipelines(osStages: Changes, imageStages: Changes): readonly PipelinePicture[] {
  const tree = "kernel-cmdline rpm fix-bls locale hostname timezone chrony users copy fstab systemd selinux";
  const built = { exported: false, build: "build", inputs: [] };
  return [
    { ...built, name: "build", change: "same", build: null, stages: stagesOf({}, "rpm selinux") },
    { ...built, name: "os", change: changeOf(osStages), stages: stagesOf(osStages, tree) },
    {
      ...built,
      name: "image",
      change: Object.keys(imageStages).length === 0 ? "inherits" : "changed",
      inputs: ["os"],
      stages: stagesOf(imageStages, "truncate sfdisk mkfs.fat mkfs.ext4 copy bootupd"),
    },
    {
      ...built,
      name: "qcow2",
      change: "inherits",
      exported: true,
      inputs: ["image"],
      stages: stagesOf({ qemu: "inherits" }, "qemu"),
    },
  ];
}

function changeOf(stages: Changes): PartChange {
  return Object.keys(stages).length === 0 ? "same" : "changed";
}

/** The pipelines of an installer of which the build root or the tree changes. */
function installerPipelines(buildStages: Changes, treeStages: Changes): readonly PipelinePicture[] {
  const tree = "rpm buildstamp locale users dracut anaconda lorax-script selinux.config";
  const inheriting = (name: string, inputs: readonly string[], types: string): PipelinePicture => ({
    name,
    change: "inherits",
    exported: name === "bootiso",
    build: "build",
    inputs,
    stages: stagesOf({ [types.split(" ")[0] ?? ""]: "inherits" }, types),
  });
  return [
    {
      ...inheriting("build", [], ""),
      build: null,
      change: changeOf(buildStages),
      stages: stagesOf(buildStages, "rpm selinux"),
    },
    {
      ...inheriting("anaconda-tree", [], ""),
      change: changeOf(treeStages),
      stages: stagesOf(treeStages, tree),
    },
    inheriting("rootfs-image", ["anaconda-tree"], "squashfs"),
    inheriting("efiboot-tree", ["anaconda-tree"], "grub2.iso"),
    inheriting("bootiso-tree", ["efiboot-tree", "rootfs-image"], "mkdir copy"),
    inheriting("bootiso", ["bootiso-tree"], "xorrisofs implantisomd5"),
  ];
}

function edit(place: string, pointer: string, before: unknown, after: unknown): Edit {
  return {
    place,
    ...(before === undefined ? {} : { before: { pointer, json: JSON.stringify(before) } }),
    ...(after === undefined ? {} : { after: { pointer, json: JSON.stringify(after) } }),
  };
}

const README_DIFF: Detail["diff"] = [
  "@@ -1,6 +1,7 @@",
  " # Installing",
  " ",
  "-See the old handbook at https://docs.example.org/7/install",
  "+See the handbook at https://docs.example.org/install",
  "+It replaces the notes of the last release.",
  " ",
  " Images are signed; verify them before use.",
];

const isGpt = (type: string): boolean => !["edge_commit", "image_installer", "tar", "wsl"].includes(type);

const CAUSES: readonly Cause[] = [
  causeOf({
    kind: "linked-value",
    class: "rebuild",
    title: "partition size −2,015 sectors, now a multiple of 2,048",
    scope: "all 1,319 with a GPT table",
    manifests: namesWhere((distro, _, type) => isGpt(type) && distro !== "rhel_9.0"),
    details: [
      {
        text: "image › org.osbuild.sfdisk › options.partitions: size 20,967,391 → 20,965,376 (one of 31 pairs)",
      },
      { text: "the same number moves in 2 devices and 3 mkfs stages a manifest" },
      { text: "168 others with a GPT table keep it: rhel_9.0" },
    ],
    edits: [
      edit(
        "image › org.osbuild.sfdisk",
        "/pipelines/2/stages/1/options",
        {
          label: "gpt",
          partitions: [
            { size: 2048, start: 2048, bootable: true },
            { size: 20967391, start: 4096 },
          ],
        },
        {
          label: "gpt",
          partitions: [
            { size: 2048, start: 2048, bootable: true },
            { size: 20965376, start: 4096 },
          ],
        },
      ),
      edit(
        "image › org.osbuild.truncate",
        "/pipelines/2/stages/0/options/size",
        "10737418240",
        "10736386560",
      ),
      edit(
        "image › org.osbuild.mkfs.ext4 › devices.device",
        "/pipelines/2/stages/3/devices/device/options/size",
        20967391,
        20965376,
      ),
    ],
    pipelines: diskPipelines({}, { truncate: "changed", sfdisk: "changed" }),
  }),
  causeOf({
    kind: "source-location",
    class: "visible-only",
    title: "repository snapshot 20260701 → 20260815",
    scope: "all 168 of centos_9",
    manifests: namesWhere((distro) => distro === "centos_9"),
    details: [{ text: "sources › org.osbuild.curl: the date inside 412 urls of snapshots.example.org" }],
    edits: [
      edit(
        "sources › org.osbuild.curl",
        "/sources/org.osbuild.curl/items/sha256:0f1e/url",
        "https://snapshots.example.org/20260701/centos/9/Packages/bash-5.1.8-9.el9.x86_64.rpm",
        "https://snapshots.example.org/20260815/centos/9/Packages/bash-5.1.8-9.el9.x86_64.rpm",
      ),
    ],
  }),
  causeOf({
    kind: "packages",
    class: "rebuild",
    title: "anaconda-tree: without lorax, packages − anaconda-widgets",
    scope: "every image_installer of fedora 43–45",
    manifests: namesWhere((distro, _, type) => distro.startsWith("fedora") && type === "image_installer"),
    details: [
      { text: "packages: − anaconda-widgets 45.2-1.fc45" },
      { text: "stages: − org.osbuild.lorax-script, + org.osbuild.buildstamp, org.osbuild.dracut moved up" },
      { text: "108 others keep it" },
    ],
    edits: [
      edit(
        "anaconda-tree › org.osbuild.rpm",
        "/pipelines/1/stages/0/inputs/packages/references/118",
        { id: "sha256:77aa", options: { metadata: { "rpm.check_gpg": true } } },
        undefined,
      ),
    ],
    pipelines: installerPipelines(
      {},
      { rpm: "changed", buildstamp: "added", dracut: "moved", "lorax-script": "removed" },
    ),
  }),
  causeOf({
    kind: "packages",
    class: "rebuild",
    title: "build packages: + grub2-ppc64le, s390utils-base",
    scope: "every image_installer except aarch64 and x86_64",
    manifests: namesWhere(
      (_, arch, type) => type === "image_installer" && ["ppc64le", "s390x"].includes(arch),
    ),
    details: [
      { text: "ppc64le: + grub2-ppc64le, grub2-ppc64le-modules" },
      { text: "s390x: + s390utils-base" },
    ],
    edits: [
      edit("build › org.osbuild.rpm", "/pipelines/0/stages/0/inputs/packages/references/12", undefined, {
        id: "sha256:5511",
      }),
    ],
    pipelines: installerPipelines(
      { rpm: "changed", selinux: "inherits" },
      { rpm: "inherits", buildstamp: "inherits" },
    ),
  }),
  causeOf({
    kind: "runner",
    class: "id-blind",
    title: "runner org.osbuild.rhel11 → org.osbuild.eln11",
    scope: "all 168 of eln_11",
    manifests: namesWhere((distro) => distro === "eln_11"),
    details: [{ text: "no id moves and nothing rebuilds, though every build runs on another runner" }],
    edits: [edit("build › runner", "/pipelines/0/runner", "org.osbuild.rhel11", "org.osbuild.eln11")],
  }),
  causeOf({
    kind: "package-order",
    class: "visible-only",
    title: "os packages: the same in another order",
    scope: "every tar of rhel except 9.0",
    manifests: namesWhere(
      (distro, _, type) => distro.startsWith("rhel") && distro !== "rhel_9.0" && type === "tar",
    ),
    details: [{ text: "order alone; osbuild makes a set of the list, so no id moves" }],
    edits: [
      edit(
        "os › org.osbuild.rpm",
        "/pipelines/1/stages/1/inputs/packages/references",
        ["sha256:01", "sha256:02"],
        ["sha256:02", "sha256:01"],
      ),
    ],
  }),
  causeOf({
    kind: "packages",
    class: "rebuild",
    title: "os: + org.osbuild.chrony, packages + chrony",
    scope: "every oci of rhel 9.4–10.2",
    manifests: namesWhere((distro, _, type) => type === "oci" && /^rhel_(?:9\.[46]|10)/.test(distro)),
    details: [
      { text: "packages: + chrony 4.6-2" },
      { text: "stage added: org.osbuild.chrony, options.servers 169.254.169.254" },
      {
        text: "also: org.osbuild.rpm options.gpgkeys.fromtree + /etc/pki/rpm-gpg/RPM-GPG-KEY-oracle",
        manifests: namesWhere(
          (distro, arch, type) => type === "oci" && /^rhel_(?:9\.[46]|10)/.test(distro) && arch !== "s390x",
        ),
      },
    ],
    edits: [
      edit("os › org.osbuild.chrony", "/pipelines/1/stages/6", undefined, {
        type: "org.osbuild.chrony",
        options: { servers: [{ hostname: "169.254.169.254", prefer: true }] },
      }),
    ],
    pipelines: diskPipelines({ rpm: "changed", chrony: "added" }, {}),
  }),
  causeOf({
    kind: "inline-source",
    class: "rebuild",
    title: "file /usr/share/doc/INSTALL.md: 3 lines",
    scope: "every wsl of fedora 43–45",
    manifests: namesWhere((distro, _, type) => distro.startsWith("fedora") && type === "wsl"),
    details: [{ text: "os › org.osbuild.copy: the content of /usr/share/doc/INSTALL.md", diff: README_DIFF }],
    edits: [
      edit(
        "sources › org.osbuild.inline",
        "/sources/org.osbuild.inline/items/sha256:9c",
        { encoding: "base64", data: "IyBJbnN0YWxsaW5n" },
        undefined,
      ),
    ],
    pipelines: diskPipelines(
      { copy: "changed", fstab: "inherits", systemd: "inherits", selinux: "inherits" },
      {},
    ),
  }),
  causeOf({
    kind: "edit",
    class: "rebuild",
    title: "ovf › org.osbuild.ovf: + options.vmware",
    scope: "every ova except rhel_9.0",
    manifests: namesWhere((distro, _, type) => type === "ova" && distro !== "rhel_9.0"),
    details: [{ text: "options.vmware: os_type rhel9_64Guest, virtual hardware version 17" }],
    edits: [
      edit("ovf › org.osbuild.ovf", "/pipelines/4/stages/0/options/vmware", undefined, {
        os_type: "rhel9_64Guest",
        hardware_version: 17,
      }),
    ],
  }),
  causeOf({
    kind: "manifests-removed",
    class: "rebuild",
    title: "removed: 168",
    scope: "all 168 of rhel_9.0",
    manifests: namesWhere((distro) => distro === "rhel_9.0"),
    details: [],
  }),
  causeOf({
    kind: "manifests-renamed",
    class: "rebuild",
    title: "renamed: 12, rhel_8.10-ARCH-vhd-disable_nm → rhel_8.10-ARCH-vhd-CONFIG",
    scope: "every vhd of rhel_8.10",
    manifests: namesWhere((distro, _, type) => distro === "rhel_8.10" && type === "vhd"),
    details: [{ text: "in all: os › org.osbuild.systemd: − disabled_services nm-cloud-setup.service" }],
    edits: [
      edit(
        "os › org.osbuild.systemd",
        "/pipelines/1/stages/9/options/disabled_services",
        ["nm-cloud-setup.service"],
        undefined,
      ),
    ],
  }),
  causeOf({
    kind: "manifests-added",
    class: "rebuild",
    title: "added: 1",
    scope: "fedora_45-aarch64-gce-oscap_cis",
    manifests: ["fedora_45-aarch64-gce-oscap_cis"],
    details: [],
  }),
];

/** Manifests that came or went as a whole have no other cause. */
const wholeNames = new Set(
  CAUSES.filter(({ kind }) => kind === "manifests-added" || kind === "manifests-removed").flatMap(
    ({ manifests }) => manifests,
  ),
);

/** Twelve causes, one and more of each class; the kinds that real histories showed. */
export const SAMPLE_CAUSES: readonly Cause[] = CAUSES.map((cause) => {
  if (cause.kind === "manifests-added" || cause.kind === "manifests-removed") return cause;
  return { ...cause, manifests: cause.manifests.filter((name) => !wholeNames.has(name)) };
});
