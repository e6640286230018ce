/**
 * Medians of interleaved runs: A B, B A, A B, …, so that a machine that slows down slows all alike, and none comes always
 * after the same one; a first run of each is not counted. Work that measures itself returns `tookMs`.
 */
export async function measureInterleaved(subjects, runs) {
  const times = subjects.map(() => []);
  for (let run = 0; run <= runs; run++) {
    const inOrder = [...subjects.entries()];
    for (const [index, { prepare, work }] of run % 2 === 0 ? inOrder : inOrder.toReversed()) {
      await prepare?.();
      const startedAt = performance.now();
      const { tookMs = performance.now() - startedAt } = (await work()) ?? {};
      if (run > 0) times[index].push(tookMs);
    }
  }
  return subjects.map(({ name, each }, index) => ({ name, each, medianMs: median(times[index]) }));
}

function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Prints a table of figures, each with its ratio to the one it is measured against. */
export function printTable(title, rows, against) {
  const base = rows.find(({ name }) => name === against);
  console.log(`\n${title}`);
  for (const { name, medianMs, each } of rows) {
    const ratio = base === undefined ? "" : `${(medianMs / base.medianMs).toFixed(2)}×`;
    const perItem = each === undefined ? "" : `${(medianMs / each).toFixed(3)} ms each`;
    console.log(
      `  ${name.padEnd(64)} ${medianMs.toFixed(1).padStart(10)} ms ${ratio.padStart(9)}  ${perItem}`,
    );
  }
}

/** Says whether a figure is within its goal; a goal that is missed fails nothing. */
export function printGoal(what, value, { atMost, atLeast, unit = "×" }) {
  const isMet = atMost === undefined ? value >= atLeast : value <= atMost;
  const goal = atMost === undefined ? `≥ ${atLeast}${unit}` : `≤ ${atMost}${unit}`;
  console.log(`  → ${what}: ${value.toFixed(2)}${unit}, goal ${goal}: ${isMet ? "met" : "missed"}`);
}

/** Says why a figure is missing. */
export function printNotMeasured(what, why) {
  console.log(`\nnot measured: ${what}, since ${why}`);
}
