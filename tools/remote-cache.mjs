// npm run build && npx nx run-many -t generate && node tools/remote-cache.mjs
// Nx's remote cache between two machines, which share nothing but a server: what A computed B replays, byte for byte;
// and whatever the server does, the required job of docs/ci.md comes to the right verdict, for records that are right
// and for one that is wrong. Prints what Nx itself made of it; ends with 1 when something did not hold.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FAULTS, openCacheServer } from "./faulty-cache-server.mjs";
import { openMachine } from "./workspace/machine.mjs";

const folder = mkdtempSync(join(tmpdir(), "imagegate-remote-"));
const problems = [];
try {
  const a = openMachine(join(folder, "a"));
  const b = openMachine(join(folder, "b"));
  const entries = new Map();
  await replay(a, b, entries);
  const forged = forgeEntry(join(folder, "forged"));
  const right = join(folder, "right");
  cpSync(join(b.root, "checksums"), right, { recursive: true });
  for (const fault of Object.keys(FAULTS)) {
    for (const state of ["right", "wrong"]) {
      restore(b.root, right);
      if (state === "wrong") falsify(b.root);
      await judge(b, { fault, state, entries: new Map(entries), forged });
    }
  }
  await fallBack(b, right);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(`NOT HELD: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Cold on A, then on B without any record or manifest: all from the server, and the same bytes. */
async function replay(a, b, entries) {
  const server = await openCacheServer("ok", { entries });
  const env = { NX_SELF_HOSTED_REMOTE_CACHE_SERVER: server.url };
  // One after the other: a check looks at the records that generate puts there.
  const run = async (machine) => {
    const generated = await machine.nx(["run-many", "-t", "generate"], env);
    const checked = await machine.nx(["run-many", "-t", "check"], env);
    return {
      exitCode: generated.exitCode === 0 ? checked.exitCode : generated.exitCode,
      output: generated.output + checked.output,
    };
  };
  const cold = await run(a);
  const { kept } = server.seen;
  for (const family of readdirSync(join(b.root, "checksums"))) {
    rmSync(join(b.root, "checksums", family), { recursive: true });
  }
  const replayed = await run(b);
  await server.close();
  const isSame = ["checksums", "dist/manifests"].every((path) => a.digestOf(path) === b.digestOf(path));
  const sizeBytes = [...entries.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  const figures = `${kept} entries of ${(sizeBytes / 1e3).toFixed(0)} kB kept by the server`;
  console.log(`A, cold: exit ${cold.exitCode}, ${figures}`);
  console.log(
    `B, replayed: exit ${replayed.exitCode}, ${server.seen.hits} entries from the server, records and manifests ${isSame ? "identical" : "DIFFERENT"}`,
  );
  if (cold.exitCode !== 0) throw new Error(`A did not run:\n${cold.output}`);
  if (replayed.exitCode !== 0 || !isSame || server.seen.hits !== kept) {
    problems.push(`B did not replay what A had computed:\n${replayed.output}`);
  }
}

async function judge(machine, { fault, state, entries, forged }) {
  const server = await openCacheServer(fault, { entries, forged });
  machine.newCaches();
  const byNx = await machine.nx(["run-many", "-t", "check"], {
    NX_SELF_HOSTED_REMOTE_CACHE_SERVER: server.url,
  });
  await server.close();
  const required = await machine.requiredJob();
  const wanted = state === "right" ? 0 : 1;
  const isFooled = byNx.exitCode === 0 && wanted === 1 ? "  (Nx replays a wrong green)" : "";
  console.log(
    `${fault.padEnd(22)} records ${state.padEnd(6)} nx: exit ${byNx.exitCode}   required job: exit ${required.exitCode}${isFooled}`,
  );
  if (required.exitCode !== wanted) {
    problems.push(`${fault}, records ${state}: the required job ended with ${required.exitCode}`);
  }
}

/** With its server down, Nx runs all the same when it is told to do without. */
async function fallBack(machine, right) {
  const server = await openCacheServer("down", { entries: new Map() });
  for (const [state, wanted] of [
    ["right", 0],
    ["wrong", 1],
  ]) {
    restore(machine.root, right);
    if (state === "wrong") falsify(machine.root);
    machine.newCaches();
    const { exitCode } = await machine.nx(["run-many", "-t", "check"], {
      NX_SELF_HOSTED_REMOTE_CACHE_SERVER: server.url,
      NX_DISABLE_REMOTE_CACHE: "true",
    });
    console.log(`${"down, disabled".padEnd(22)} records ${state.padEnd(6)} nx: exit ${exitCode}`);
    if (exitCode !== wanted) problems.push(`without its remote cache, Nx ended with ${exitCode}`);
  }
}

function restore(root, right) {
  rmSync(join(root, "checksums"), { recursive: true });
  cpSync(right, join(root, "checksums"), { recursive: true });
}

/** A record that says what no definition says. */
function falsify(root) {
  const family = join(root, "checksums", "fedora");
  const path = join(family, readdirSync(family).sort()[0]);
  writeFileSync(path, readFileSync(path, "utf8").replace(/[0-9a-f]{64}/, "0".repeat(64)));
}

/** What Nx takes for a task that succeeded: its exit code and what it printed. */
function forgeEntry(path) {
  mkdirSync(path);
  // An exit code of four bytes: 0.
  writeFileSync(join(path, "code"), Buffer.alloc(4));
  writeFileSync(join(path, "terminalOutput"), "all is well\n");
  const { stdout } = spawnSync("tar", ["-cz", "-C", path, "code", "terminalOutput"], { maxBuffer: 2 ** 20 });
  return stdout;
}
