// Gates this repository's own manifests as CI does: every record must be what the definitions say now, and a second
// `generate` must leave nothing to commit. Counts the tasks, because a target that matches nothing succeeds.
import { spawnSync } from "node:child_process";

const run = (command, args) => {
  const { status, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    stdio: ["inherit", "pipe", "inherit"],
  });
  process.stdout.write(stdout);
  if (status !== 0) process.exit(status ?? 2);
  return stdout;
};

const families = JSON.parse(run("npx", ["nx", "show", "projects", "--withTarget=generate", "--json"]));
if (families.length < 2) {
  console.error(`expected the families fedora and centos at least, found ${JSON.stringify(families)}`);
  process.exit(2);
}
run("npx", ["nx", "run-many", "-t", "check"]);
run("npx", ["nx", "run-many", "-t", "generate"]);
const dirty = run("git", ["status", "--porcelain", "--", "checksums"]);
if (dirty !== "") {
  console.error("generate changed records that check had passed");
  process.exit(1);
}
