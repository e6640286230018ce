import { findNameCollisions, fail, isManifestName, ok, type Result } from "@imagegate/core";
import type { SplitConfig } from "../config/schema.ts";
import type { GeneratorFailure } from "../failure.ts";
import type { ManifestSource } from "../pool/task.ts";
import { namedShardOf } from "../run/shard.ts";

/** A manifest that a generator offers. */
export interface OfferedManifest {
  readonly name: string;
  readonly source: ManifestSource;
}

/** All manifests of a run of a generator, sorted by name; `close` removes what the generator left behind. */
export interface ManifestSet {
  readonly manifests: readonly OfferedManifest[];
  /** Whether the manifests exist outside the output folder already, so that nothing is to be written there. */
  readonly isInPlace: boolean;
  close(): Promise<void>;
}

/** Sorts offered manifests; no manifest at all, a bad name, or two names equal but for case fail. */
export function checkNames(
  offered: readonly OfferedManifest[],
): Result<readonly OfferedManifest[], GeneratorFailure> {
  if (offered.length === 0) return fail({ reason: "generator-empty" });
  const names = offered.map(({ name }) => name);
  const invalid = names.find((name) => !isManifestName(name));
  if (invalid !== undefined) return fail({ reason: "name-invalid", name: invalid });
  const collision = findNameCollisions(names)[0];
  if (collision !== undefined) return fail({ reason: "name-collision", names: collision });
  return ok([...offered].sort((left, right) => (left.name < right.name ? -1 : 1)));
}

/** Every name belongs to a listed shard, and every listed shard has one: what belongs to none would be no task's. */
export function checkSplit(
  offered: readonly OfferedManifest[],
  split: SplitConfig | undefined,
): Result<readonly OfferedManifest[], GeneratorFailure> {
  if (split === undefined) return ok(offered);
  const owners = offered.map(({ name }) => ({ name, shard: namedShardOf(name, split) }));
  const names = owners.flatMap(({ name, shard }) => (shard === null ? [name] : []));
  if (names.length > 0) return fail({ reason: "shard-unknown", names, shards: split.shards });
  const met = new Set(owners.map(({ shard }) => shard));
  const empty = split.shards.filter((shard) => !met.has(shard));
  return empty.length > 0 ? fail({ reason: "shards-empty", shards: empty }) : ok(offered);
}
