// Verifies the pins of the file that its argument names, and prints how much memory that took at its peak.
import { readFileSync } from "node:fs";
import { exitOf, verifyPins } from "@imagegate/pins";

const pins = JSON.parse(readFileSync(process.argv[2], "utf8"));
const verification = await verifyPins(pins, {
  signal: new AbortController().signal,
  proxies: { httpProxy: "", httpsProxy: "", noProxy: "" },
  allowLoopbackHttp: true,
  concurrency: { total: 16, perHost: 16 },
});
console.log(
  JSON.stringify({ exitCode: exitOf(verification), peakBytes: process.resourceUsage().maxRSS * 1024 }),
);
