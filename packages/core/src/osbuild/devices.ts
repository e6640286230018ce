import type { Sha256 } from "../digest/sha256.ts";
import { NODE_SIZE, memberOf, pathOf, stringOf, type JsonTape } from "../json/tape.ts";
import { ManifestRefusal } from "./failure.ts";
import { memberKeys, optionalString, requireStringNode } from "./manifest.ts";
import type { PythonHash } from "./python-hash.ts";

/** Most stages have none. */
const NO_DEVICES: ReadonlyMap<string, Sha256> = new Map();

/** The ids of a stage's devices by name; parents may stand before or after their children (`osbuild/devices.py`). */
export function deviceIds(tape: JsonTape, stage: number, hash: PythonHash): ReadonlyMap<string, Sha256> {
  if (memberOf(tape, stage, "devices") === -1) return NO_DEVICES;
  const devices = new Map<string, number>();
  for (const key of memberKeys(tape, memberOf(tape, stage, "devices")))
    devices.set(stringOf(tape, key), key + NODE_SIZE);
  const ids = new Map<string, Sha256>();
  const pending = new Set<string>();

  const identify = (name: string, device: number): Sha256 => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    if (pending.has(name))
      throw new ManifestRefusal({ reason: "manifest-device-cycle", path: pathOf(tape, device) });
    pending.add(name);
    const type = requireStringNode(tape, device, "type");
    const parentName = optionalString(tape, device, "parent");
    const parent = parentName === null ? null : identify(parentName, requireDevice(parentName, device));
    hash.begin().node(type);
    if (parent !== null) hash.id(parent);
    const id = hash.nodeOrEmpty(memberOf(tape, device, "options")).digest();
    ids.set(name, id);
    return id;
  };

  const requireDevice = (name: string, child: number): number => {
    const device = devices.get(name);
    if (device !== undefined) return device;
    const path = [...pathOf(tape, child), "parent"];
    throw new ManifestRefusal({ reason: "manifest-unknown-device", path, device: name });
  };

  for (const [name, device] of devices) identify(name, device);
  return ids;
}
