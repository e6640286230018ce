import { formatCommand } from "./messages/escape.ts";
import { runProgram } from "./program.ts";
import { listenForSignals } from "./shell/interruption.ts";
import { openShell } from "./shell/shell.ts";

// Until every verdict is written, nothing is decided: a promise that never settles must not look like success.
process.exitCode = 2;

const { argv, env, stdin, stdout, stderr } = process;
const interruption = listenForSignals(() => {
  // On a terminal a bar or a ^C may stand before it.
  stderr.write(`${stderr.isTTY ? "\n" : ""}stopping; once more to stop at once\n`);
});
const rerun = formatCommand(["npx", "imagegate", ...argv.slice(2)]);
const { signal } = interruption;
const shell = openShell({ cwd: process.cwd(), env, stdin, stdout, stderr, signal, rerun });

// A write that fails is told by its callback; without a listener the event would end the process with 1, "differs".
for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    console.error(error);
    process.exit(2);
  });
}

void runProgram(argv.slice(2), shell).then((code) => {
  process.exitCode = interruption.exitCode ?? code;
});
