import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { readJson } from "@imagegate/core";
import { defaultProfile, describeChange } from "@imagegate/core/explain";

parentPort.on("message", (pairs) => {
  parentPort.postMessage(
    pairs.flatMap(({ name, before, after }) => {
      const [old, now] = [readFileSync(before), readFileSync(after)];
      if (old.equals(now)) return [];
      const options = { profile: defaultProfile, exports: null };
      return [{ name, change: describeChange(readJson(old).value, readJson(now).value, options) }];
    }),
    [],
  );
});
