import type { Release } from "@imagegate/images";
import { CENTOS_9_KEY } from "./keys.ts";

const MIRROR = "https://rpmrepo.osbuild.org/v2/mirror/public";

export const centos9 = centos("9", { snapshot: "20260816", gpgKeys: [CENTOS_9_KEY] });

/** Has no key here yet, so rpm checks no signature; checksums are checked as everywhere. */
export const centos10 = centos("10", {
  snapshot: "20260816",
  gpgKeys: [],
  buildPackages: ["python3-pyyaml"],
});

interface CentosRelease {
  readonly snapshot: string;
  readonly gpgKeys: readonly string[];
  readonly buildPackages?: readonly string[];
}

function centos(version: string, { snapshot, gpgKeys, buildPackages = [] }: CentosRelease): Release {
  return {
    distro: "centos",
    version,
    runner: `org.osbuild.centos${version}`,
    buildPackages: ["platform-python", ...buildPackages],
    repositories: (arch) =>
      ["baseos", "appstream"].map((id) => ({
        id,
        mirror: `${MIRROR}/el${version}/cs${version}-${arch}-${id}-{snapshot}`,
        snapshot,
        gpgKeys,
      })),
  };
}
