import { openFileReader } from "@imagegate/host";
import { parentPort } from "node:worker_threads";
import { readJson } from "@imagegate/core";
import { defaultProfile, describeChange } from "@imagegate/core/explain";
import { required } from "./document.mjs";

// As a thread of ours reads.
const [readBefore, readAfter] = [openFileReader(), openFileReader()];
const MAX_BYTES = 1 << 28;

parentPort.on("message", (pairs) => {
  parentPort.postMessage(
    pairs.flatMap(({ name, before, after }) => {
      const [old, now] = [required(readBefore(before, MAX_BYTES)), required(readAfter(after, MAX_BYTES))];
      if (Buffer.compare(old, now) === 0) return [];
      const options = { profile: defaultProfile, exports: null };
      return [{ name, change: describeChange(readJson(old).value, readJson(now).value, options) }];
    }),
    [],
  );
});
