/** Medians of interleaved runs: A B A B …, so that a machine that slows down slows all alike. */
export async function measureInterleaved(subjects, runs) {
  const times = subjects.map(() => []);
  for (const { work } of subjects) await work();
  for (let run = 0; run < runs; run++) {
    for (const [index, { prepare, work }] of subjects.entries()) {
      await prepare?.();
      const startedAt = performance.now();
      await work();
      times[index].push(performance.now() - startedAt);
    }
  }
  return subjects.map(({ name }, index) => ({ name, medianMs: median(times[index]) }));
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
      `  ${name.padEnd(58)} ${medianMs.toFixed(1).padStart(10)} ms ${ratio.padStart(9)}  ${perItem}`,
    );
  }
}
