import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "./program.mjs";

const BIN = fileURLToPath(new URL("../../packages/cli/bin/imagegate.cjs", import.meta.url));

/** Where a family of existing manifests keeps them, and its configuration. */
const CORPUS_CONFIG = { family: "corpus", generator: { kind: "files", include: ["m/*.json"] } };

/** A folder that holds the manifests as a family of existing files, with records that are right. */
export function openRepository(paths) {
  const top = mkdtempSync(join(tmpdir(), "imagegate-bench-"));
  const root = join(top, "repository");
  writeFamily(root, paths);
  writeFileSync(join(root, "nx.json"), "{}");
  const imagegate = (command, store, exitCode = 0) =>
    runProgram([process.execPath, BIN, command], {
      cwd: root,
      exitCode,
      env: { ...process.env, IMAGEGATE_CACHE_DIR: store },
    });
  const known = join(top, "store-known");
  imagegate("generate", known);
  let made = 0;
  return {
    root,
    /** A store that knows every manifest. */
    known,
    /**
     * The place of a store that nobody has used. One that was removed is none: ext4 looks for seconds afterwards for
     * a place that nobody has left just now, and makes every new file dearer.
     */
    newStore: () => join(top, `store-${made++}`),
    imagegate,
    manifestPath: (index) => join(root, "m", basename(paths[index])),
    remove: () => rmSync(top, { recursive: true, force: true }),
  };
}

/** Writes a family of existing manifests. */
export function writeFamily(folder, paths) {
  mkdirSync(join(folder, "m"), { recursive: true });
  for (const path of paths) copyFileSync(path, join(folder, "m", basename(path)));
  writeFileSync(join(folder, "imagegate.json"), JSON.stringify(CORPUS_CONFIG));
}
