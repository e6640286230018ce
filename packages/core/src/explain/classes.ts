import type { PlacedDifference } from "../compare/position.ts";
import { ROOT, Kind, elementsOf, kindOf, memberOf, stringOf, type JsonTape } from "../json/tape.ts";
import { isJsonArray, isJsonObject, valueOf, type JsonObject, type JsonValue } from "../json/value.ts";
import { CLASSES } from "./class-words.ts";
import { nodeAt } from "./catalogue.ts";
import type { CauseClass } from "./explanation.ts";
import type { Sides } from "./finding.ts";

/** The gravest of several classes; `visible-only` of none. */
export function gravest(classes: Iterable<CauseClass>): CauseClass {
  let found: CauseClass = "visible-only";
  for (const one of classes) if (compareClasses(one, found) < 0) found = one;
  return found;
}

/** For sorting: the gravest first. */
export function compareClasses(a: CauseClass, b: CauseClass): number {
  return CLASSES.indexOf(a) - CLASSES.indexOf(b);
}

/** What a difference would do to the ids, were the pipeline that it stands in exported. */
export function classOfDifference(difference: PlacedDifference, { before, after }: Sides): CauseClass {
  const { place, path, at } = difference;
  if (place.kind === "manifest")
    return path[0] === "sources" || path[0] === "metadata" ? "visible-only" : "rebuild";
  if (place.kind === "pipeline") return classOfPipelineMember(difference);
  const [section, name] = path;
  if (difference.change === "moved" && isReference(path)) return "id-blind";
  if (section !== "devices" || name === undefined) return "rebuild";
  const depth = at.after.length - path.length;
  const isMounted =
    (difference.change !== "added" &&
      mountedDevices(before.tape, at.before.slice(0, depth)).has(String(name))) ||
    (difference.change !== "removed" &&
      mountedDevices(after.tape, at.after.slice(0, depth)).has(String(name)));
  return isMounted ? "rebuild" : "id-blind";
}

function isReference(path: readonly (string | number)[]): boolean {
  return path[0] === "inputs" && path[2] === "references" && path.length === 4;
}

function classOfPipelineMember({ path, change }: PlacedDifference): CauseClass {
  if (path.length === 0) return change === "moved" ? "visible-only" : "rebuild";
  if (path[0] === "runner") return "id-blind";
  return path[0] === "name" ? "visible-only" : "rebuild";
}

/** A stage is asked for each of its devices that changed. */
const mountedBy = new WeakMap<JsonTape, Map<number, ReadonlySet<string>>>();

/** The devices of a stage that its mounts use, with the devices that those stand on. */
function mountedDevices(tape: JsonTape, path: readonly (string | number)[]): ReadonlySet<string> {
  const known = mountedBy.get(tape) ?? new Map<number, ReadonlySet<string>>();
  mountedBy.set(tape, known);
  const stage = nodeAt(tape, path);
  const devices = known.get(stage) ?? readMountedDevices(tape, path);
  known.set(stage, devices);
  return devices;
}

function readMountedDevices(tape: JsonTape, stage: readonly (string | number)[]): ReadonlySet<string> {
  const [devices, mounts] = ["devices", "mounts"].map((key) => {
    const node = nodeAt(tape, [...stage, key]);
    return node === -1 ? undefined : valueOf(tape, node);
  });
  const listed = isJsonArray(mounts) ? mounts : isJsonObject(mounts) ? [...mounts.values()] : [];
  const used = new Set(listed.flatMap((mount) => textOf(mount, "source") ?? []));
  for (const name of used) {
    const parent = isJsonObject(devices) ? textOf(devices.get(name), "parent") : null;
    if (parent !== null) used.add(parent);
  }
  return used;
}

function textOf(value: JsonValue | undefined, key: string): string | null {
  const member = isJsonObject(value) ? (value as JsonObject).get(key) : undefined;
  return typeof member === "string" ? member : null;
}

/** The pipelines of a document in its order, as far as it is shaped like a manifest. */
export function pipelineNodes(tape: JsonTape): readonly { readonly name: string; readonly node: number }[] {
  const list = nodeAt(tape, ["pipelines"], ROOT);
  if (list === -1 || kindOf(tape, list) !== Kind.array) return [];
  return Array.from(elementsOf(tape, list)).flatMap((node) => {
    const name = kindOf(tape, node) === Kind.object ? memberOf(tape, node, "name") : -1;
    return name !== -1 && kindOf(tape, name) === Kind.string ? [{ name: stringOf(tape, name), node }] : [];
  });
}
