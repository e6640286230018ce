import type { Release } from "@imagegate/images";
import { FEDORA_43_KEY, FEDORA_44_KEY } from "./keys.ts";

const MIRROR = "https://rpmrepo.osbuild.org/v2/mirror/public";

/** The release as it came out stands still; its updates move with every snapshot. */
export const fedora43 = fedora("43", FEDORA_43_KEY, { release: "20260106", updates: "20260816" });
export const fedora44 = fedora("44", FEDORA_44_KEY, { release: "20260430", updates: "20260816" });

function fedora(version: string, gpgKey: string, snapshots: { release: string; updates: string }): Release {
  return {
    distro: "fedora",
    version,
    runner: `org.osbuild.fedora${version}`,
    repositories: (arch) => [
      {
        id: "fedora",
        mirror: `${MIRROR}/f${version}/f${version}-${arch}-fedora-{snapshot}`,
        snapshot: snapshots.release,
        gpgKeys: [gpgKey],
      },
      {
        id: "updates",
        mirror: `${MIRROR}/f${version}/f${version}-${arch}-updates-released-{snapshot}`,
        snapshot: snapshots.updates,
        gpgKeys: [gpgKey],
      },
    ],
  };
}
