// What no program for Node can do without: asks for the pins of the file that its argument names with node:http, as many
// at a time as the others, and hashes what comes. Ends with 1 when a digest is another.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, get } from "node:http";

const AT_ONCE = 16;
const pins = JSON.parse(readFileSync(process.argv[2], "utf8"));
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const waiting = pins.values();

await Promise.all(Array.from({ length: AT_ONCE }, verifyWaiting));
agent.destroy();

async function verifyWaiting() {
  for (const pin of waiting) await verify(pin);
}

function verify({ urls: [url], digests: [{ hex }] }) {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      const hash = createHash("sha256");
      response.on("error", reject).on("data", (chunk) => hash.update(chunk));
      response.on("end", () => {
        if (hash.digest("hex") !== hex) process.exitCode = 1;
        resolve();
      });
    });
    request.on("error", reject);
  });
}
