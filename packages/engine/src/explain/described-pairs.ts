import { ok, type Result } from "@imagegate/core";
import type { ManifestChange } from "@imagegate/core/explain";
import type { DocumentFailure } from "../failure.ts";
import { mapOrdered } from "../pool/ordered.ts";
import type { DocumentPair } from "../pool/task.ts";
import { batchesOf, batchLimit, COMPARE_TIMEOUT_MS, type Comparison } from "./comparison.ts";
import { isSource } from "./side.ts";
import type { SideName } from "./texts.ts";

/** A manifest by its new name, and its old one. */
export interface Pair {
  readonly name: string;
  readonly before: string;
}

/** A pair and what changed in it. */
export type DescribedChange = Pair & { readonly change: ManifestChange };

/** Compares pairs of texts, and again those whose texts had to be recovered first. */
export async function describeAll(
  pairs: readonly Pair[],
  run: Comparison,
): Promise<Result<readonly DescribedChange[], DocumentFailure>> {
  const described: DescribedChange[] = [];
  const isComparable = ({ name, before }: Pair): boolean =>
    run.texts.isOpen("before", before) && run.texts.isOpen("after", name);
  for (let open = pairs.filter(isComparable); open.length > 0;) {
    const lost: Record<SideName, string[]> = { before: [], after: [] };
    const again: Pair[] = [];
    const lose = (pair: Pair, side: SideName): void => {
      lost[side].push(side === "before" ? pair.before : pair.name);
      again.push(pair);
    };
    const ready: ReadyPair[] = [];
    for (const pair of open) {
      const found = findPair(pair, run);
      if (typeof found === "string") lose(pair, found);
      else ready.push(found);
    }
    for await (const { batch, answer } of mapOrdered(batchesOf(ready, run), batchLimit(run), (each) =>
      describe(each, run),
    )) {
      if (!answer.ok) return answer;
      for (const [index, found] of answer.value.entries()) {
        const { pair } = batch[index] as ReadyPair;
        if (found.kind === "changed") described.push({ ...pair, change: found.change });
        if (found.kind === "unknown") lose(pair, found.side);
      }
    }
    await run.texts.recover("before", lost.before);
    await run.texts.recover("after", lost.after);
    open = again.filter(isComparable);
  }
  return ok(described);
}

/** A pair whose texts should be there. */
interface ReadyPair {
  readonly pair: Pair;
  readonly texts: DocumentPair;
}

/** Where the texts of a pair are, or the side on which that is not known. */
function findPair(pair: Pair, { texts, joined }: Comparison): ReadyPair | SideName {
  const before = texts.find("before", pair.before);
  const after = texts.find("after", pair.name);
  if (!isSource(before)) return "before";
  if (!isSource(after)) return "after";
  return { pair, texts: { before, after, exports: joined.after.get(pair.name)?.exports ?? null } };
}

async function describe(batch: readonly ReadyPair[], { context }: Comparison) {
  const { profile, session, signal } = context;
  const task = { task: "describe" as const, pairs: batch.map(({ texts }) => texts), profile };
  return { batch, answer: await session.pool.describe(task, { signal, timeoutMs: COMPARE_TIMEOUT_MS }) };
}
