import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { currentProcess, judgeProcess } from "../../src/process/identity.ts";

const self = currentProcess();

test("this process is alive, one that ended is gone", () => {
  expect(judgeProcess(self, self)).toBe("alive");
  expect(judgeProcess({ ...self, pid: spawnSync("true").pid }, self)).toBe("gone");
});

test.runIf(self.start !== null)("a later process with the same pid is not the same", async () => {
  expect(judgeProcess({ ...self, start: "1" }, self)).toBe("gone");
  expect(judgeProcess({ ...self, start: null }, self)).toBe("alive");
  const other = spawn("sleep", ["10"]);
  await once(other, "spawn");
  expect(judgeProcess({ ...self, pid: other.pid ?? 0 }, self)).toBe("gone");
  other.kill();
});

test("another host, machine or container is unknown", () => {
  const gone = { ...self, pid: spawnSync("true").pid };
  expect(judgeProcess({ ...gone, host: "elsewhere" }, self)).toBe("unknown");
  expect(judgeProcess({ ...gone, machine: "elsewhere" }, self)).toBe("unknown");
  expect(judgeProcess({ ...gone, namespace: "elsewhere" }, self)).toBe("unknown");
});

test("an earlier boot ended every process, if the machine is known to be the same", () => {
  const here = { ...self, machine: "m", boot: "later" };
  expect(judgeProcess({ ...here, boot: "earlier" }, here)).toBe("gone");
  expect(judgeProcess({ ...here, boot: null }, here)).toBe("unknown");
  const nameless = { ...here, machine: null };
  expect(judgeProcess({ ...nameless, boot: "earlier" }, nameless)).toBe("unknown");
});
