import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { regenerateFamilies } from "../../src/checkout/regenerate.ts";
import { discoverProjects } from "../../src/config/workspace.ts";
import type { CheckoutFailure } from "../../src/failure.ts";
import { requireRepository } from "../../src/git/repository.ts";
import type { Result } from "@imagegate/core";
import { makeRepository, type TestRepository } from "../git/repository.ts";
import { failureOf, orThrow, sampleManifest, sharedSession } from "../workspace.ts";

const session = sharedSession();
const LOCK = "package-lock.json";
const MODULE = { kind: "module", entry: "./images.mjs", packages: ["@own/lib", "outer"] };

/**
 * A workspace whose definitions import a package of its own, and one that is installed and needs another: the images'
 * names tell which code made them.
 */
async function makeWorkspace(config: object = {}): Promise<TestRepository> {
  const repository = await makeRepository();
  const { root, write } = repository;
  write(".gitignore", "node_modules\n");
  write(LOCK, "1");
  write("package.json", '{"name":"workspace"}');
  write("images/demo/imagegate.json", JSON.stringify({ generator: MODULE, ...config }));
  const manifest = JSON.stringify(sampleManifest("x"));
  write(
    "images/demo/images.mjs",
    `import { tag } from "@own/lib"; import { word } from "outer";
     export default [{ name: \`\${tag}-\${word}\`, manifest: ${manifest} }];`,
  );
  write("packages/lib/package.json", '{"name":"@own/lib","type":"module","exports":"./index.js"}');
  write("packages/lib/index.js", 'export const tag = "old";');
  write(
    "node_modules/outer/package.json",
    '{"name":"outer","type":"module","exports":"./index.js","dependencies":{"inner":"1"}}',
  );
  write("node_modules/outer/index.js", 'export { word } from "inner";');
  write("node_modules/inner/package.json", '{"name":"inner","type":"module","exports":"./index.js"}');
  write("node_modules/inner/index.js", 'export const word = "installed";');
  write("node_modules/.cache/notes", "a tool's own");
  mkdirSync(join(root, "node_modules/@own"));
  symlinkSync("../../packages/lib", join(root, "node_modules/@own/lib"));
  return repository;
}

/** The names that the family's definitions make at a commit. */
async function namesAt(
  { root }: TestRepository,
  commit: string,
): Promise<Result<readonly string[], CheckoutFailure>> {
  const made = await regenerateFamilies({
    repository: orThrow(await requireRepository(root)),
    commit,
    projects: orThrow(await discoverProjects(root)),
    session,
    signal: new AbortController().signal,
    families: new Set(["demo"]),
  });
  if (!made.ok) return made;
  const demo = made.value.get("demo");
  return { ok: true, value: demo === undefined ? [] : [...orThrow(demo.generated).keys()] };
}

describe("a commit is generated", () => {
  it("by its own definitions and its own packages, with those that are installed", async () => {
    const repository = await makeWorkspace();
    const old = await repository.commit("old");
    repository.write("packages/lib/index.js", 'export const tag = "new";');
    expect(orThrow(await namesAt(repository, old))).toEqual(["old-installed"]);
    const now = await repository.commit("new");
    expect(orThrow(await namesAt(repository, now))).toEqual(["new-installed"]);
  });

  it("without a trace in the user's checkout", async () => {
    const repository = await makeWorkspace();
    const old = await repository.commit("old");
    repository.write("packages/lib/index.js", "changed");
    repository.write("untracked", "mine");
    const before = await repository.git("status", "--porcelain");
    orThrow(await namesAt(repository, old));
    expect(await repository.git("status", "--porcelain")).toBe(before);
    expect(await repository.git("worktree", "list", "--porcelain")).not.toContain("detached");
    expect(readdirSync(join(repository.root, ".git/imagegate"))).toEqual([]);
  });

  it("only the families that it has", async () => {
    const repository = await makeRepository();
    repository.write("other/imagegate.json", '{"generator":{"kind":"files","include":["*.json"]}}');
    repository.write("other/a.json", JSON.stringify(sampleManifest("a")));
    expect(orThrow(await namesAt(repository, await repository.commit("other")))).toEqual([]);
  });
});

describe("packages that are installed", () => {
  it("are not those of a commit with another lock file", async () => {
    const repository = await makeWorkspace();
    const old = await repository.commit("old");
    repository.write(LOCK, "2");
    expect(failureOf(await namesAt(repository, old))).toEqual({
      reason: "setup-needed",
      lockFile: LOCK,
      hasSetup: false,
    });
  });

  it("are then installed by the setup, the commit's own or the user's", async () => {
    const install =
      "mkdir -p node_modules/@own && cp -r packages/lib node_modules/@own/lib && cp -r packages/outer node_modules";
    const setup = ["sh", "-c", `test -d node_modules || { ${install}; }`];
    const repository = await makeWorkspace();
    repository.write(
      "packages/outer/package.json",
      '{"name":"outer","type":"module","exports":"./index.js"}',
    );
    repository.write("packages/outer/index.js", 'export const word = "set-up";');
    const old = await repository.commit("old");
    repository.write(LOCK, "2");
    repository.write("images/demo/imagegate.json", JSON.stringify({ generator: MODULE, setup }));
    expect(orThrow(await namesAt(repository, old))).toEqual(["old-set-up"]);
    repository.write("packages/lib/index.js", 'export const tag = "new";');
    const own = await repository.commit("a setup of its own, and the same packages");
    expect(orThrow(await namesAt(repository, own))).toEqual(["new-installed"]);
  });

  it("are missed when the setup installs none", async () => {
    const repository = await makeWorkspace({ setup: ["true"] });
    const old = await repository.commit("old");
    repository.write(LOCK, "2");
    expect(failureOf(await namesAt(repository, old))).toMatchObject({
      reason: "setup-needed",
      hasSetup: true,
    });
  });

  it("must not lead to the user's own packages", async () => {
    const repository = await makeWorkspace();
    repository.write("node_modules/inner/index.js", 'export { tag as word } from "@own/lib";');
    const old = await repository.commit("old");
    await expect(namesAt(repository, old)).rejects.toThrow("module-outside-input");
  });
});

describe("a setup", () => {
  it("runs in the commit's workspace, where no hook's repository is meant", async () => {
    const script =
      'test -z "$GIT_DIR" && test "$(git rev-parse --show-toplevel)" = "$PWD" && echo ran > images/demo/ran';
    const repository = await makeWorkspace({ setup: ["sh", "-c", script] });
    const old = await repository.commit("old");
    process.env["GIT_DIR"] = join(repository.root, ".git");
    try {
      expect(orThrow(await namesAt(repository, old))).toEqual(["old-installed"]);
    } finally {
      delete process.env["GIT_DIR"];
    }
    expect(existsSync(join(repository.root, "images/demo/ran"))).toBe(false);
  });

  it("that fails is told", async () => {
    const argv = ["sh", "-c", "echo because >&2; exit 3"];
    const repository = await makeWorkspace({ setup: argv });
    const commit = await repository.commit("old");
    expect(failureOf(await namesAt(repository, commit))).toMatchObject({
      reason: "setup-failed",
      argv,
      commit,
      saidBy: "commit",
      outcome: { kind: "exited", exitCode: 3, stderr: "because\n" },
    });
  });
});
