import { image, mockResolver, type Release } from "@imagegate/images";

const fedora: Release = {
  distro: "fedora",
  version: "43",
  runner: "org.osbuild.fedora43",
  repositories: (arch) => [{ id: "fedora", baseurl: `https://mirror.example/43/${arch}`, gpgKeys: [] }],
};

const type = {
  kind: "container",
  name: "shell",
  packages: ["bash"],
  filename: "shell.tar",
  config: {},
} as const;

const name = "fedora_43-x86_64-shell-empty";

export default [image({ name, release: fedora, arch: "x86_64", type, resolver: mockResolver() })];
