import type { PlacedDifference } from "../compare/position.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../json/value.ts";
import type { Finding, Side, Sides } from "./finding.ts";
import { isInSources, newValue, oldValue } from "./raw-differences.ts";

/**
 * Gives the differences of the sources that no reader claimed to the findings that brought them about: an item to what
 * refers to its digest, a mirror to what is fetched from it, a container to what it holds.
 */
export function assignSources(
  findings: readonly Finding[],
  open: readonly PlacedDifference[],
  sides: Sides,
): readonly Finding[] {
  const inSources = open.filter(isInSources);
  if (inSources.length === 0) return findings;
  const owners = new Owners(findings, sides);
  const extra = findings.map((): PlacedDifference[] => []);
  for (const difference of inSources) {
    const owner = owners.ownerOf(difference);
    if (owner !== undefined) extra[owner]?.push(difference);
  }
  return findings.map((finding, index) => ({
    ...finding,
    claims: [...finding.claims, ...(extra[index] ?? [])],
  }));
}

/** Who owns what, by the index of the finding; the first that mentions something owns it. */
class Owners {
  readonly #byDigest = new Map<string, number>();
  readonly #byMirror = new Map<string, number>();
  readonly #byKind = new Map<string, number>();

  constructor(findings: readonly Finding[], sides: Sides) {
    for (const [index, finding] of findings.entries()) {
      for (const digest of digestsOf(finding)) {
        remember(this.#byDigest, digest, index);
        this.#rememberItem("before", sides.before, digest, index);
        this.#rememberItem("after", sides.after, digest, index);
      }
    }
  }

  #rememberItem(name: string, side: Side, digest: string, index: number): void {
    const item = side.sources.item(digest);
    if (item === null) return;
    remember(this.#byKind, `${name} ${item.kind}`, index);
    if (item.mirror !== null) remember(this.#byMirror, `${name} ${item.kind} ${item.mirror}`, index);
  }

  ownerOf({ path, change }: PlacedDifference): number | undefined {
    const [, kind, section, key, mirror] = path;
    const sides = change === "added" ? ["after"] : change === "removed" ? ["before"] : ["after", "before"];
    if (section === "items" && key !== undefined) return this.#byDigest.get(String(key));
    if (section === "options" && key === "mirrors" && mirror !== undefined) {
      return first(sides.map((side) => this.#byMirror.get(`${side} ${String(kind)} ${mirror}`)));
    }
    if (kind === undefined) return first([...this.#byKind.values()]);
    if (section === "options" && key !== undefined && key !== "mirrors") return undefined;
    return first(sides.map((side) => this.#byKind.get(`${side} ${String(kind)}`)));
  }
}

function first(owners: readonly (number | undefined)[]): number | undefined {
  return owners.find((owner) => owner !== undefined);
}

function remember<K>(owners: Map<K, number>, key: K, index: number): void {
  if (!owners.has(key)) owners.set(key, index);
}

function digestsOf(finding: Finding): Iterable<string> {
  const digests = new Set(finding.digests ?? []);
  for (const claim of finding.claims) {
    for (const step of claim.path) if (typeof step === "string") collectDigests(step, digests);
    for (const value of [oldValue(claim), newValue(claim)]) {
      if (value !== undefined) collectDigests(value, digests);
    }
  }
  return digests;
}

const digest = /[a-z0-9]+:[0-9a-f]{32,}/g;
/** No digest is read from texts longer than this. */
const maxReferenceLength = 10_000;

function collectDigests(value: JsonValue, digests: Set<string>): void {
  if (typeof value === "string") {
    if (value.length <= maxReferenceLength) for (const [found] of value.matchAll(digest)) digests.add(found);
  } else if (isJsonArray(value)) {
    for (const item of value) collectDigests(item, digests);
  } else if (isJsonObject(value)) {
    for (const [key, member] of value) {
      collectDigests(key, digests);
      collectDigests(member, digests);
    }
  }
}
