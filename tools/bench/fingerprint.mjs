import { fingerprint, fingerprintWithoutIds, floor } from "./document.mjs";
import { measureInterleaved, printGoal, printTable } from "./measure.mjs";

/** One thread: everything that a record holds, against reading, parsing and hashing alone. */
export async function benchFingerprint({ paths, runs }) {
  const each = paths.length;
  const rows = await measureInterleaved(
    [
      { name: "floor: read, JSON.parse, sha256 of the bytes", each, work: () => paths.forEach(floor) },
      {
        name: "fingerprint: read, parse, canonical sha256, sources, ids",
        each,
        work: () => paths.forEach(fingerprint),
      },
      { name: "the same without ids", each, work: () => paths.forEach(fingerprintWithoutIds) },
    ],
    runs,
  );
  const [floorRow, whole] = rows;
  printTable(`Fingerprint, one thread, medians of ${runs} interleaved runs`, rows, floorRow.name);
  printGoal("fingerprint on one thread against the floor", whole.medianMs / floorRow.medianMs, { atMost: 2 });
}
