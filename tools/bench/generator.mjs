import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { openMachine } from "../workspace/machine.mjs";
import { measureInterleaved, printGoal, printNotMeasured, printTable } from "./measure.mjs";
import { runProgram, succeed } from "./program.mjs";

const PROGRAM = "bench-generator";

/** A check that runs a real generator, against that generator's own way to make checksums. */
export async function benchGenerator({ generator, runs }) {
  if (generator === undefined) return printNotMeasured("a real generator", "--generator is not given");
  const folder = mkdtempSync(join(tmpdir(), "imagegate-bench-"));
  try {
    const machine = openMachine(join(folder, "machine"), { families: false });
    const family = join(machine.root, "generated");
    cpSync(generator.folder, family, { recursive: true, filter: (path) => basename(path) !== ".git" });
    writeFamily(family, generator.argv);
    succeed(await machine.nx(["run-many", "-t", "generate"]));
    succeed(await machine.nx(["run-many", "-t", "check"]));
    await measureGenerator(machine, { folder, family, argv: generator.argv, runs });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The program lies with what it reads, so that Nx hashes it too.
function writeFamily(family, [program, ...args]) {
  copyFileSync(program, join(family, PROGRAM));
  const generator = { kind: "command", argv: [`./${PROGRAM}`, ...args], output: "directory" };
  const records = { form: "digest", of: "compact-line" };
  const inputs = { env: ["TMPDIR"] };
  writeFileSync(
    join(family, "imagegate.json"),
    JSON.stringify({ family: "generated", generator, inputs, records }),
  );
}

async function measureGenerator(machine, { folder, family, argv, runs }) {
  const upstream = (...flags) => {
    const outDir = mkdtempSync(join(folder, "upstream-"));
    const args = argv.slice(1).map((arg) => arg.replaceAll("{outDir}", outDir));
    runProgram([join(family, PROGRAM), ...args, ...flags], { cwd: family });
  };
  const check = async () => succeed(await machine.imagegate(["check"]));
  const nxCheck = async () => succeed(await machine.nx(["run-many", "-t", "check"]));
  const stranger = join(machine.root, "stranger.txt");
  let edits = 0;
  const rows = await measureInterleaved(
    [
      { name: "the generator's own checksums", work: () => upstream("--checksums-only") },
      { name: "the generator, writing manifests", work: () => upstream() },
      {
        name: "imagegate check, nothing known",
        prepare: () => machine.newStore(),
        work: check,
      },
      { name: "imagegate check, manifests known: the generator runs", work: check },
      { name: "nx run-many -t check, a second run", work: nxCheck },
      {
        name: "nx run-many -t check, a file of no input changed",
        prepare: () => writeFileSync(stranger, `${edits++}\n`),
        work: nxCheck,
      },
    ],
    runs,
  );
  const [own, , cold, , second, unrelated] = rows.map(({ medianMs }) => medianMs);
  printTable(`A real generator, medians of ${runs} interleaved runs`, rows, rows[0].name);
  printGoal("imagegate check against the generator's own checksums", cold / own, { atMost: 1.3 });
  printGoal("a second run against them", second / own, { atMost: 0.2 });
  printGoal("a change of no input against them", unrelated / own, { atMost: 0.2 });
}
