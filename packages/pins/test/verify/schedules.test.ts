import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyPins } from "../../src/verify/verify.ts";
import { pinOf } from "../fixtures/artifact.ts";
import { predict } from "../fixtures/model.ts";
import { testOptions } from "../fixtures/options.ts";
import { CONTENTS, follow, schedules, SIZE, type Schedule } from "../fixtures/schedule.ts";
import { startServer, type Conduct, type LocalServer } from "../fixtures/server.ts";

const BATCH = 20;
const BATCHES = 60;
const conducts: Record<string, Conduct> = {};
let server: LocalServer;
let served = 0;

beforeAll(async () => {
  server = await startServer(conducts);
});
afterAll(() => server.stop());

async function classesOf(batch: readonly Schedule[]) {
  const pins = batch.map((schedule) => {
    served += 1;
    conducts[`schedule-${served}`] = follow(schedule);
    const url = `http://127.0.0.1:${server.port}/schedule-${served}`;
    return pinOf(url, CONTENTS.right, { sizeBytes: schedule.isSizePinned ? SIZE : null });
  });
  const { verdicts } = await verifyPins(pins, testOptions({ concurrency: { total: BATCH, perHost: BATCH } }));
  return verdicts.map((verdict) => verdict.class);
}

test(`${BATCH * BATCHES} random schedules of faults end as the model says`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(schedules, { minLength: BATCH, maxLength: BATCH }), async (batch) => {
      const classes = await classesOf(batch);
      expect(classes).toEqual(batch.map(predict));
      for (const [index, { content, faults }] of batch.entries()) {
        if (faults.some(({ kind }) => kind === "swap")) continue;
        if (content === "wrong") expect(classes[index]).not.toBe("ok");
        else expect(["drift", "size-mismatch"]).not.toContain(classes[index]);
      }
    }),
    { numRuns: BATCHES },
  );
  expect(served).toBeGreaterThanOrEqual(BATCH * BATCHES);
});
