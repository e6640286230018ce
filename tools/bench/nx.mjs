import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInstalledMachine } from "../workspace/machine.mjs";
import { measureInterleaved, printGoal, printTable } from "./measure.mjs";
import { succeed } from "./program.mjs";
import { writeFamily } from "./repository.mjs";

/** `nx run-many -t check` over the manifests, against the command alone, and against Nx with a plugin that does nothing. */
export async function benchNx({ paths, runs }) {
  const folder = mkdtempSync(join(tmpdir(), "imagegate-bench-nx-"));
  try {
    const ours = openInstalledMachine(join(folder, "ours"));
    const empty = openInstalledMachine(join(folder, "empty"), { plugins: ["./empty-plugin.mjs"] });
    writeFileSync(join(empty.root, "empty-plugin.mjs"), EMPTY_PLUGIN);
    writeFamily(join(ours.root, "corpus"), paths);
    succeed(await ours.nx(["run-many", "-t", "generate"]));
    for (const name of ["corpus", "checksums"])
      cpSync(join(ours.root, name), join(empty.root, name), { recursive: true });
    await measureNx(ours, empty, { each: paths.length, runs });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureNx(ours, empty, { each, runs }) {
  const rows = await measureInterleaved(
    [
      {
        name: "imagegate check, nothing known",
        each,
        prepare: () => ours.newStore(),
        work: async () => succeed(await ours.imagegate(["check"])),
      },
      {
        name: "nx run-many -t check, nothing known",
        each,
        prepare: () => ours.newCaches(),
        work: () => check(ours),
      },
      { name: "nx run-many -t check, all cached", work: () => check(ours) },
      { name: "empty plugin, all cached", work: () => check(empty) },
      { name: "empty plugin, nothing cached", prepare: () => empty.newCaches(), work: () => check(empty) },
    ],
    runs,
  );
  const [alone, cold, cached, nothing, floor] = rows.map(({ medianMs }) => medianMs);
  printTable(`Nx, medians of ${runs} interleaved runs`, rows, "empty plugin, all cached");
  printGoal("nx run-many on top of imagegate check", (cold - alone) / 1000, { atMost: 0.8, unit: " s" });
  console.log(`    (Nx itself, with a plugin that does nothing: ${(floor / 1000).toFixed(2)} s)`);
  printGoal("all cached against an empty plugin", cached / nothing, { atMost: 1.2 });
}

async function check(machine) {
  succeed(await machine.nx(["run-many", "-t", "check"]));
}

/** The same projects with targets that Nx caches, and that do nothing. */
const EMPTY_PLUGIN = `const check = { command: "true", cache: true, inputs: ["{projectRoot}/**/*"], outputs: [] };
export const createNodes = ["**/imagegate.json", (files) => files.map((file) => [file, {
  projects: {
    corpus: { name: "corpus", targets: { check } },
    checksums: { name: "checksums", targets: { check } },
  },
}])];
`;
