/** How many digests and ids are the same, by the verdicts of `check --json`; several outputs are parts of one whole. */
export function countVerdicts(outputs, expected) {
  const counts = { digests: 0, ids: 0, differing: 0 };
  const seen = new Set();
  for (const { family, verdicts } of outputs.flatMap((output) => parseFamilies(output))) {
    for (const { name, state } of verdicts) {
      const key = `${family} ${name}`;
      if (seen.has(key)) throw new Error(`${key} was judged twice`);
      seen.add(key);
      if (state === "same") counts[family] += expected[family].get(name).facts;
      else counts.differing += 1;
    }
  }
  return counts;
}

// Progress and warnings stand on another stream, which comes first or last: the report is the one line of JSON.
function parseFamilies(output) {
  const line = output.split("\n").find((text) => text.startsWith("{"));
  if (line === undefined) throw new Error(`no report:\n${output}`);
  return JSON.parse(line).families;
}

/** The same by what the tasks of Nx say: a family that is not the same counts for nothing. */
export function countTasks(output, expected) {
  const counts = { digests: 0, ids: 0, differing: 0 };
  for (const [, family, manifests] of output.matchAll(/^same +(\w+): (\d+) manifests: 0 changed/gm)) {
    if (Number(manifests) === expected[family]?.size) counts[family] = countFacts(expected[family]);
  }
  counts.differing = [...output.matchAll(/^changed +\S+/gm)].length;
  return counts;
}

/** The number of digests or ids in the records of a family. */
export function countFacts(records) {
  return [...records.values()].reduce((sum, { facts }) => sum + facts, 0);
}
