import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder with the given files that is gone after the test; objects are written as JSON. */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "imagegate-nx-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    const at = join(root, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, typeof content === "string" ? content : JSON.stringify(content));
  }
  return root;
}

/** A manifest that the built-in ids accept. */
export function manifestWith(hostname: string): unknown {
  const stages = [{ type: "org.osbuild.hostname", options: { hostname } }];
  return { version: "2", pipelines: [{ name: "tree", stages }], sources: {} };
}
