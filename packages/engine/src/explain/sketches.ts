import { ok, type Result } from "@imagegate/core";
import type { ManifestSketch } from "@imagegate/core/explain";
import type { DocumentFailure } from "../failure.ts";
import { mapOrdered } from "../pool/ordered.ts";
import type { DocumentSource } from "../pool/task.ts";
import { batchesOf, batchLimit, COMPARE_TIMEOUT_MS, type Comparison } from "./comparison.ts";
import { isSource } from "./side.ts";
import type { SideName } from "./texts.ts";

/** What the manifests of one side may be recognised by; one whose text is not to be had is left out. */
export async function sketchAll(
  side: SideName,
  names: readonly string[],
  run: Comparison,
): Promise<Result<ReadonlyMap<string, ManifestSketch>, DocumentFailure>> {
  const sketches = new Map<string, ManifestSketch>();
  for (let open = names.filter((name) => run.texts.isOpen(side, name)); open.length > 0;) {
    const found = open.map((name) => ({ name, source: run.texts.find(side, name) }));
    const lost = found.filter(({ source }) => !isSource(source)).map(({ name }) => name);
    const ready = found.filter((each): each is ReadySource => isSource(each.source));
    for await (const { batch, answer } of mapOrdered(batchesOf(ready, run), batchLimit(run), (each) =>
      sketch(each, run),
    )) {
      if (!answer.ok) return answer;
      for (const [index, made] of answer.value.entries()) {
        const { name } = batch[index] as ReadySource;
        if (made === null) lost.push(name);
        else sketches.set(name, made);
      }
    }
    await run.texts.recover(side, lost);
    open = lost.filter((name) => run.texts.isOpen(side, name));
  }
  return ok(sketches);
}

/** A manifest whose text should be there. */
interface ReadySource {
  readonly name: string;
  readonly source: DocumentSource;
}

async function sketch(batch: readonly ReadySource[], { context: { session, signal } }: Comparison) {
  const task = { task: "sketch" as const, sources: batch.map(({ source }) => source) };
  return { batch, answer: await session.pool.sketch(task, { signal, timeoutMs: COMPARE_TIMEOUT_MS }) };
}
