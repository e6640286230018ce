import type { ManifestAddress, Side, SideManifest } from "./side.ts";

/** Two sides under names that are each one manifest's only. */
export interface JoinedSides {
  readonly before: ReadonlyMap<string, SideManifest>;
  readonly after: ReadonlyMap<string, SideManifest>;
  /** The manifest that a name stands for. */
  readonly addressOf: (name: string) => ManifestAddress;
}

/**
 * Brings the families of both sides together: under the manifests' own names, or, where two families have one name,
 * all of them as `family/name`.
 */
export function joinSides(before: Side, after: Side): JoinedSides {
  const owners = new Map<string, string>();
  let isShared = false;
  for (const { families } of [before, after]) {
    for (const [family, manifests] of families) {
      for (const name of manifests.keys()) {
        isShared ||= (owners.get(name) ?? family) !== family;
        owners.set(name, family);
      }
    }
  }
  const addresses = new Map<string, ManifestAddress>();
  const join = ({ families }: Side): ReadonlyMap<string, SideManifest> => {
    const joined = new Map<string, SideManifest>();
    for (const [family, manifests] of families) {
      for (const [name, manifest] of manifests) {
        const shown = isShared ? `${family}/${name}` : name;
        addresses.set(shown, { family, name });
        joined.set(shown, manifest);
      }
    }
    return joined;
  };
  return {
    before: join(before),
    after: join(after),
    addressOf: (name) => {
      const address = addresses.get(name);
      if (address === undefined) throw new Error(`no manifest is called ${name}`);
      return address;
    },
  };
}
