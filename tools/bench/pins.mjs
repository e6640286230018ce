import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isOnPath } from "./path.mjs";
import { bodyDigest } from "./pins-body.mjs";
import { measureInterleaved, printGoal, printNotMeasured, printTable } from "./measure.mjs";
import { runProgram } from "./program.mjs";

const VERIFY = fileURLToPath(new URL("./pins-verify.mjs", import.meta.url));
const FLOOR = fileURLToPath(new URL("./pins-floor.mjs", import.meta.url));
const SERVER = fileURLToPath(new URL("./pins-server.mjs", import.meta.url));
const KB = 1000;
const MB = 1000 * KB;
const MAX_PEAK_MB = 150;

/** Verification of pins against curl and sha256sum doing the same, whole processes, and its memory as bodies grow. */
export async function benchPins({ runs, isLarge }) {
  const folder = mkdtempSync(join(tmpdir(), "imagegate-bench-pins-"));
  const server = fork(SERVER, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  try {
    const [{ port }] = await once(server, "message");
    const base = `http://127.0.0.1:${port}`;
    await benchAgainstCurl(folder, base, runs);
    benchMemory(folder, base, isLarge ? [1, 10, 100, 1_000, 5_000, 20_000] : [1, 10, 100, 1_000, 5_000]);
  } finally {
    server.disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchAgainstCurl(folder, base, runs) {
  const program = ["curl", "sha256sum"].find((name) => !isOnPath(name));
  if (program !== undefined) return printNotMeasured("pins against curl", `${program} is not on PATH`);
  const sets = [
    { name: "1,000 small", sizes: Array.from({ length: 1_000 }, () => 4 * KB), atLeast: 1 },
    {
      name: "1,000 mixed",
      sizes: Array.from({ length: 1_000 }, (_, index) => mixedSize(index)),
      atLeast: 0.9,
    },
    { name: "8 large", sizes: Array.from({ length: 8 }, () => 128 * MB), atLeast: 0.9 },
  ];
  for (const { name, sizes, atLeast } of sets) {
    const pins = writePins(folder, base, name, sizes);
    const what = `${name} pins, ${(sizes.reduce((sum, size) => sum + size, 0) / MB).toFixed(0)} MB`;
    const subjects = [
      { name: "curl --parallel, then sha256sum", each: sizes.length, work: () => runCurl(pins) },
      { name: "imagegate", each: sizes.length, work: () => verify(pins) },
      {
        name: "floor: node:http and sha256 alone",
        each: sizes.length,
        work: () => runProgram([process.execPath, FLOOR, join(pins, "pins.json")]),
      },
    ];
    const rows = await measureInterleaved(subjects, Math.min(runs, 3));
    printTable(what, rows, subjects[0].name);
    const [curl, ours, floor] = rows.map(({ medianMs }) => medianMs);
    printGoal(`speed against curl, ${name}`, curl / ours, { atLeast });
    console.log(`    (a program for Node that does nothing else: ${(curl / floor).toFixed(2)}×)`);
  }
}

/** Of a hundred: 80 of 16 kB, 15 of 200 kB, 4 of 1 MB, one of 8 MB. */
function mixedSize(index) {
  const place = index % 100;
  if (place === 0) return 8 * MB;
  if (place < 5) return MB;
  return place < 20 ? 200 * KB : 16 * KB;
}

function benchMemory(folder, base, megabytes) {
  console.log("\nPeak memory of one pin, by the size of its body");
  const peaks = megabytes.map((size) => {
    const { peakBytes } = verify(writePins(folder, base, `${size} MB`, [size * MB]));
    console.log(`  ${`${size} MB`.padEnd(64)} ${(peakBytes / MB).toFixed(1).padStart(10)} MB`);
    return peakBytes / MB;
  });
  printGoal("peak memory, any size", Math.max(...peaks), { atMost: MAX_PEAK_MB, unit: " MB" });
}

/** Writes the same pins as ours, as curl's configuration and as a list of sums. */
function writePins(folder, base, name, sizes) {
  const place = join(folder, name.replaceAll(/\W/g, "-"));
  mkdirSync(place);
  const pins = sizes.map((size, index) => ({
    name: `artifact-${index}`,
    urls: [`${base}/${size}/${index}`],
    digests: [{ algorithm: "sha256", hex: bodyDigest(size, String(index)) }],
    sizeBytes: null,
    mediaType: null,
    trust: "tls",
    provenance: [],
    allowance: null,
  }));
  const write = (file, content) => writeFileSync(join(place, file), content);
  write("pins.json", JSON.stringify(pins));
  write(
    "curl.conf",
    pins.map(({ name: file, urls: [url] }) => `url = "${url}"\noutput = "${file}"\n`).join(""),
  );
  write("SHA256SUMS", pins.map(({ name: file, digests: [{ hex }] }) => `${hex}  ${file}\n`).join(""));
  return place;
}

function runCurl(place) {
  const flags = [
    "--silent",
    "--show-error",
    "--fail",
    "--parallel",
    "--parallel-max",
    "16",
    "--config",
    "curl.conf",
  ];
  runProgram(["curl", ...flags], { cwd: place });
  runProgram(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], { cwd: place });
}

function verify(place) {
  const { exitCode, peakBytes } = JSON.parse(
    runProgram([process.execPath, VERIFY, join(place, "pins.json")]),
  );
  if (exitCode !== 0) throw new Error(`the verdict was ${exitCode}`);
  return { peakBytes };
}
