import { createHash } from "node:crypto";
import type { SplitConfig } from "../config/schema.ts";

/** A part of a family's names: the Kth of N by hash, or one that the configuration's `split` names. */
export type Shard =
  | {
      readonly kind: "part";
      /** From 1. */
      readonly index: number;
      readonly count: number;
    }
  | { readonly kind: "named"; readonly name: string };

/** The part that a name falls into, from 1: the sha256 of its UTF-8 text, read as one number, modulo the count. */
export function partOf(name: string, count: number): number {
  const digest = createHash("sha256").update(name).digest("hex");
  return Number(BigInt(`0x${digest}`) % BigInt(count)) + 1;
}

/** The listed shard of a name, which is its first capture; null for a name of none. */
export function namedShardOf(name: string, { pattern, shards }: SplitConfig): string | null {
  const captured = new RegExp(pattern, "u").exec(name)?.[1];
  return captured !== undefined && shards.includes(captured) ? captured : null;
}

/**
 * Whether a shard answers for a name, be it a manifest's, a record's or that of a file that is no record; of all
 * shards exactly one does. What belongs to no listed shard, such as the records of a removed one, is the first's.
 */
export function ownsName(shard: Shard, name: string, split: SplitConfig | undefined): boolean {
  if (shard.kind === "part") return partOf(name, shard.count) === shard.index;
  if (!split?.shards.includes(shard.name)) throw new Error(`no shard is listed as ${shard.name}`);
  return (namedShardOf(name, split) ?? split.shards[0]) === shard.name;
}
