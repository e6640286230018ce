import type { Sha256 } from "../digest/sha256.ts";
import { memberOf, pathOf, type JsonTape } from "../json/tape.ts";
import { ManifestRefusal } from "./failure.ts";
import { elements, isFalsy, optionalString, requireString, requireStringNode } from "./manifest.ts";
import type { PythonHash } from "./python-hash.ts";

/** The ids of a stage's mounts in the order of the list (`osbuild/mounts.py Mount.calc_id`). */
export function mountIds(
  tape: JsonTape,
  stage: number,
  devices: ReadonlyMap<string, Sha256>,
  hash: PythonHash,
): readonly Sha256[] {
  if (memberOf(tape, stage, "mounts") === -1) return [];
  const names = new Set<string>();
  return elements(tape, memberOf(tape, stage, "mounts")).map((mount) => {
    const name = requireString(tape, mount, "name");
    if (names.has(name)) {
      throw new ManifestRefusal({
        reason: "manifest-duplicate-name",
        path: [...pathOf(tape, mount), "name"],
        name,
      });
    }
    names.add(name);
    return mountId(tape, mount, devices, hash);
  });
}

function mountId(
  tape: JsonTape,
  mount: number,
  devices: ReadonlyMap<string, Sha256>,
  hash: PythonHash,
): Sha256 {
  hash.begin().node(requireStringNode(tape, mount, "type"));
  const source = optionalString(tape, mount, "source");
  if (source !== null) {
    const device = devices.get(source);
    if (device === undefined) {
      const path = [...pathOf(tape, mount), "source"];
      throw new ManifestRefusal({ reason: "manifest-unknown-device", path, device: source });
    }
    hash.id(device);
  }
  for (const key of ["partition", "target"]) {
    const node = memberOf(tape, mount, key);
    if (node !== -1 && !isFalsy(tape, node)) hash.node(node);
  }
  // Unlike everywhere else, options that are false to Python are hashed as they stand.
  const options = memberOf(tape, mount, "options");
  return (options === -1 ? hash.raw("{}") : hash.node(options)).digest();
}
