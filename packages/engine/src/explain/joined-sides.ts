import type { ManifestAddress, Side, SideManifest } from "./side.ts";

/** Two sides under names that are each one manifest's only. */
export interface JoinedSides {
  readonly before: ReadonlyMap<string, SideManifest>;
  readonly after: ReadonlyMap<string, SideManifest>;
  readonly nameOf: Naming;
  /** The manifest that a name stands for. */
  readonly addressOf: (name: string) => ManifestAddress;
}

/** How a manifest is called where families stand side by side. */
export type Naming = (address: ManifestAddress) => string;

/** Under their own names; or, where two families have one name on any of these sides, all of them as `family/name`. */
export function nameManifests(sides: readonly Pick<Side, "families">[]): Naming {
  const owners = new Map<string, string>();
  for (const { families } of sides) {
    for (const [family, manifests] of families) {
      for (const name of manifests.keys()) {
        if ((owners.get(name) ?? family) !== family) return (address) => `${address.family}/${address.name}`;
        owners.set(name, family);
      }
    }
  }
  return ({ name }) => name;
}

/** Brings the families of both sides together. */
export function joinSides(before: Side, after: Side, naming: Naming): JoinedSides {
  const addresses = new Map<string, ManifestAddress>();
  const join = ({ families }: Side): ReadonlyMap<string, SideManifest> => {
    const joined = new Map<string, SideManifest>();
    for (const [family, manifests] of families) {
      for (const [name, manifest] of manifests) {
        const shown = naming({ family, name });
        addresses.set(shown, { family, name });
        joined.set(shown, manifest);
      }
    }
    return joined;
  };
  return {
    before: join(before),
    after: join(after),
    nameOf: naming,
    addressOf: (name) => {
      const address = addresses.get(name);
      if (address === undefined) throw new Error(`no manifest is called ${name}`);
      return address;
    },
  };
}
