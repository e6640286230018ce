import { image, lockResolver, orThrow, parseLock } from "@imagegate/images";
import type { ContainerImageType, Release } from "@imagegate/images";
import lock from "./packages.lock.json" with { type: "json" };

const MIRROR = "https://rpmrepo.osbuild.org/v2/mirror/public/f43";

const fedora43: Release = {
  distro: "fedora",
  version: "43",
  runner: "org.osbuild.fedora43",
  repositories: (arch) => [
    {
      id: "fedora",
      mirror: `${MIRROR}/f43-${arch}-fedora-{snapshot}`,
      snapshot: "20260106",
      gpgKeys: [],
    },
    {
      id: "updates",
      mirror: `${MIRROR}/f43-${arch}-updates-released-{snapshot}`,
      snapshot: "20260315",
      gpgKeys: [],
    },
  ],
};

const container: ContainerImageType = {
  kind: "container",
  name: "container",
  packages: ["bash", "coreutils", "fedora-release-container"],
  system: { locale: "C.UTF-8", timezone: "Etc/UTC" },
  filename: "container.tar",
  config: { Cmd: ["/bin/bash"], WorkingDir: "/" },
};

export default [
  image({
    name: "fedora_43-x86_64-container-locked",
    release: fedora43,
    arch: "x86_64",
    type: container,
    resolver: lockResolver(orThrow(parseLock(lock))),
  }),
];
