import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyPins } from "../../src/verify/verify.ts";
import { pinOf } from "../fixtures/artifact.ts";
import { testOptions, testPacing } from "../fixtures/options.ts";
import { startServer, type LocalServer } from "../fixtures/server.ts";
import { RIGHT, WAYS } from "../fixtures/ways.ts";

let server: LocalServer;

beforeAll(async () => {
  const conducts = Object.entries(WAYS).map(([name, { conduct }]) => [name, conduct] as const);
  server = await startServer(Object.fromEntries(conducts));
});
afterAll(() => server.stop());

test.concurrent.each(Object.entries(WAYS))("%s", async (name, way) => {
  const pin = pinOf(`http://127.0.0.1:${server.port}/${name}`, RIGHT, way.pin);
  const { answerMs, idleMs } = way.patience ?? {};
  const options = testOptions({
    ...(answerMs === undefined ? {} : { pacing: testPacing({ timeoutMs: answerMs }) }),
    ...(idleMs === undefined ? {} : { limits: { idleTimeoutMs: idleMs } }),
  });
  const { verdicts } = await verifyPins([pin], options);
  expect(verdicts.map((verdict) => [verdict.class, verdict.cause])).toEqual([[way.class, way.cause]]);
});
