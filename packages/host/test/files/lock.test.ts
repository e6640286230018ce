import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { acquireLock, type Lock, type LockOptions } from "../../src/files/lock.ts";
import { formatHolder, type LockHolder } from "../../src/files/lock-holder.ts";
import { currentProcess } from "../../src/process/identity.ts";
import { script, temporaryFolder } from "../fixtures/paths.ts";

async function acquired(path: string, options: LockOptions = {}): Promise<Lock> {
  const lock = await acquireLock(path, options);
  if (!lock.ok) throw new Error(lock.failure.reason);
  return lock.value;
}

function worker(...args: string[]) {
  return spawn(process.execPath, [script("lock-worker.js"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function runWorkers(count: number, args: string[]): Promise<unknown[]> {
  return Promise.all(
    Array.from({ length: count }, async () => (await once(worker(...args), "exit")) as unknown),
  );
}

function token(digit: string): string {
  return digit.repeat(32);
}

/** A holder that is gone: the pid of a process that was waited for. */
function deadHolder(digit: string): LockHolder {
  const { pid } = spawnSync("true");
  return { ...currentProcess(), pid, start: "1", token: token(digit), since: "2026-01-01T00:00:00.000Z" };
}

test("a lock is had once, names its holder, and can be had again when released", async () => {
  const path = join(temporaryFolder(), "deep", "family.lock");
  const lock = await acquired(path);
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
    pid: process.pid,
    token: lock.holder.token,
  });
  const second = await acquireLock(path);
  expect(second).toEqual({ ok: false, failure: { reason: "lock-held", path, holder: lock.holder } });
  expect(await lock.release()).toBe("released");
  const third = await acquired(path);
  expect(await lock.release()).toBe("released");
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ token: third.holder.token });
  await third.release();
  expect(readdirSync(join(path, ".."))).toEqual([]);
});

test("waiting gets the lock when it is released, and says once for whom it waits", async () => {
  const path = join(temporaryFolder(), "lock");
  const first = await acquired(path);
  const heard: string[] = [];
  const waiting = acquired(path, { waitMs: 60_000, onWait: (holder) => heard.push(holder.token) });
  await vi.waitUntil(() => heard.length > 0, { timeout: 20_000 });
  // Time enough to say it again.
  await sleep(100);
  await first.release();
  await (await waiting).release();
  expect(heard).toEqual([first.holder.token]);
});

test("what `onWait` throws comes out", async () => {
  const path = join(temporaryFolder(), "lock");
  const first = await acquired(path);
  const trouble = new Error("listener");
  const onWait = (): never => {
    throw trouble;
  };
  await expect(acquireLock(path, { waitMs: 1000, onWait })).rejects.toBe(trouble);
  await first.release();
});

test("waiting has an end, by time or by signal", async () => {
  const path = join(temporaryFolder(), "lock");
  const first = await acquired(path);
  expect(await acquireLock(path, { waitMs: 50 })).toMatchObject({ failure: { reason: "lock-held" } });
  const signal = AbortSignal.timeout(50);
  expect(await acquireLock(path, { waitMs: 60_000, signal })).toEqual({
    ok: false,
    failure: { reason: "lock-cancelled", path },
  });
  await first.release();
});

test("only our own lock is removed", async () => {
  const path = join(temporaryFolder(), "lock");
  const lock = await acquired(path);
  const other = { ...lock.holder, token: token("f") };
  writeFileSync(path, formatHolder(other));
  expect(await lock.release()).toBe("lost");
  expect(readFileSync(path, "utf8")).toBe(formatHolder(other));
});

test.each(["", "garbage", "{}", '{"format":"imagegate-lock 1","pid":0}'])(
  "content %j fails closed",
  async (content) => {
    const path = join(temporaryFolder(), "lock");
    writeFileSync(path, content);
    const failure = { reason: "lock-unreadable", path };
    expect(await acquireLock(path, { waitMs: 1000 })).toEqual({ ok: false, failure });
    expect(readFileSync(path, "utf8")).toBe(content);
  },
);

test("a folder in the lock's place, and a folder that cannot be made", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "lock"));
  writeFileSync(join(folder, "file"), "");
  expect(await acquireLock(join(folder, "lock"))).toMatchObject({ failure: { reason: "lock-unreadable" } });
  expect(await acquireLock(join(folder, "file", "lock"))).toMatchObject({
    failure: { reason: "lock-failed" },
  });
});

test("a holder elsewhere is never judged, whatever its pid", async () => {
  const path = join(temporaryFolder(), "lock");
  for (const change of [{ host: "elsewhere" }, { namespace: "pid:[1]" }, { machine: "other" }]) {
    const holder = { ...deadHolder("a"), ...change };
    writeFileSync(path, formatHolder(holder));
    expect(await acquireLock(path)).toEqual({ ok: false, failure: { reason: "lock-held", path, holder } });
  }
});

test("a lock whose pid went to another process is stale", async () => {
  const path = join(temporaryFolder(), "lock");
  const reused = { ...currentProcess(), start: "1", token: token("a"), since: "" };
  writeFileSync(path, formatHolder(reused));
  await (await acquired(path)).release();
});

test("a takeover killed half way, twice, is finished by the next, and swept", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "lock");
  writeFileSync(path, formatHolder(deadHolder("a")));
  writeFileSync(`${path}.${token("a")}.takeover`, formatHolder(deadHolder("b")));
  writeFileSync(`${path}.${token("b")}.takeover`, formatHolder(deadHolder("c")));
  writeFileSync(`${path}.${token("d")}.takeover`, formatHolder(deadHolder("e")));
  const lock = await acquired(path);
  expect(readdirSync(folder)).toEqual(["lock"]);
  await lock.release();
});

test("a takeover that is under way is waited for", async () => {
  const path = join(temporaryFolder(), "lock");
  const rescuer = { ...currentProcess(), token: token("b"), since: "" };
  writeFileSync(path, formatHolder(deadHolder("a")));
  writeFileSync(`${path}.${token("a")}.takeover`, formatHolder(rescuer));
  expect(await acquireLock(path)).toMatchObject({ failure: { reason: "lock-held", holder: rescuer } });
});

test("eight processes exclude each other", async () => {
  const folder = temporaryFolder();
  const counter = join(folder, "counter");
  writeFileSync(counter, "0");
  const ends = await runWorkers(8, [join(folder, "lock"), counter, "10", "release"]);
  expect(ends).toEqual(Array.from({ length: 8 }, () => [0, null]));
  expect(readFileSync(counter, "utf8")).toBe("80");
  expect(readdirSync(folder)).toEqual(["counter"]);
});

test("processes that are killed with the lock in hand hinder nobody, one after the other", async () => {
  const folder = temporaryFolder();
  const counter = join(folder, "counter");
  writeFileSync(counter, "0");
  const ends = await runWorkers(6, [join(folder, "lock"), counter, "3", "crash"]);
  expect(ends).toEqual(Array.from({ length: 6 }, () => [null, "SIGKILL"]));
  expect(readFileSync(counter, "utf8")).toBe("18");
});

test("kill -9 of the holder while several wait: one takes over at once, the others follow", async () => {
  const folder = temporaryFolder();
  const counter = join(folder, "counter");
  const path = join(folder, "lock");
  writeFileSync(counter, "0");
  const holder = worker(path, counter, "1", "hold");
  await once(holder.stdout, "data");
  const contenders = Array.from({ length: 12 }, async () => {
    const lock = await acquired(path, { waitMs: 60_000 });
    const count = Number(readFileSync(counter, "utf8"));
    await sleep(2);
    writeFileSync(counter, String(count + 1));
    await lock.release();
  });
  await sleep(50);
  expect(readFileSync(counter, "utf8")).toBe("1");
  holder.kill("SIGKILL");
  await Promise.all(contenders);
  expect(readFileSync(counter, "utf8")).toBe("13");
});
