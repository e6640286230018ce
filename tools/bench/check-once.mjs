// node check-once.mjs ROOT STORE VERDICT: prints the milliseconds of one check of the family at ROOT in a process whose
// threads run, and has no other; ends with an error when the verdict is another one.
import { setTimeout } from "node:timers/promises";
import { check, loadProject } from "@imagegate/engine";
import { boundConcurrency, openPool } from "@imagegate/engine/pool";
import { openSession } from "@imagegate/engine/session";

/** Longer than threads take to start. */
const THREADS_MS = 500;

const [root, storeRoot, verdict] = process.argv.slice(2);
const project = await loadProject(root, "imagegate.json");
if (!project.ok) throw new Error(project.failure.reason);
const pool = openPool(boundConcurrency(undefined), { livesShortly: true });
const session = openSession({ pool, storeRoot });
pool.start();
await setTimeout(THREADS_MS);
const startedAt = performance.now();
const report = await check(project.value, session);
const tookMs = performance.now() - startedAt;
await session.close();
if (!report.ok) throw new Error(report.failure.reason);
if (report.value.verdict !== verdict) throw new Error(`${report.value.verdict}, expected ${verdict}`);
process.stdout.write(`${tookMs}\n`);
