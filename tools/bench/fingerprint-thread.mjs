// A thread of the row "workers": takes the next path until there is none.
import { parentPort, workerData } from "node:worker_threads";
import { fingerprint, floor } from "./document.mjs";

const { paths, next } = workerData;
const WORK = { fingerprint, floor };

parentPort.on("message", (name) => {
  const work = WORK[name];
  for (let index = Atomics.add(next, 0, 1); index < paths.length; index = Atomics.add(next, 0, 1)) {
    work(paths[index]);
  }
  parentPort.postMessage("done");
});
