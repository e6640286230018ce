import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generate } from "../../src/run/generate.ts";
import { openSession } from "../../src/run/session.ts";
import { failureOf, makeWorkspace, orThrow, sampleManifest, sharedSession } from "../workspace.ts";

const shared = sharedSession();
const MANIFEST = JSON.stringify(sampleManifest("x"));

/** A module whose only image is named by what a shared file says. */
function taggedBy(name: string): string {
  return `import { tag } from "../../shared/${name}.json";\nexport default [{ name: tag, manifest: ${MANIFEST} }];\n`;
}

describe("what a definition reads must be an input of its task", () => {
  it("a package.json that says nothing about its modules is no input", async () => {
    const workspace = makeWorkspace();
    workspace.write("elsewhere/package.json", '{"version":"1.2.3"}');
    workspace.write(
      "images/demo/images.ts",
      `import about from "../../elsewhere/package.json";\nexport default [{ name: about.version, manifest: ${MANIFEST} }];\n`,
    );
    const project = await workspace.family({ generator: { kind: "module", entry: "./images.ts" } });
    expect(failureOf(await generate(project, shared))).toMatchObject({
      reason: "module-outside-input",
      file: "elsewhere/package.json",
    });
  });

  it("a declared file that is a link to another is not that other", async () => {
    const workspace = makeWorkspace();
    workspace.write("other/y.json", '{"tag":"y"}');
    workspace.write("shared/x.json", '{"tag":"x"}');
    symlinkSync("../other/y.json", join(workspace.root, "shared/y.json"));
    const project = await workspace.family({
      generator: { kind: "module", entry: "./images.ts" },
      inputs: { files: ["shared/**"] },
    });
    workspace.write("images/demo/images.ts", taggedBy("x"));
    expect(orThrow(await generate(project, shared)).added).toEqual(["x"]);
    workspace.write("images/demo/images.ts", taggedBy("y"));
    expect(failureOf(await generate(project, shared))).toMatchObject({
      reason: "module-outside-input",
      file: "other/y.json",
    });
  });

  it("what Node itself remembers of one family does not reach another", async () => {
    const workspace = makeWorkspace();
    workspace.write("shared/s.mjs", 'export const tag = "s";\n');
    const code = `import { tag } from "../../shared/s.mjs";\nexport default [{ name: tag, manifest: ${MANIFEST} }];\n`;
    const [first, second] = await Promise.all(
      [{ inputs: { files: ["shared/**"] } }, {}].map((config, index) => {
        workspace.write(`images/m${index}/i.mjs`, code);
        const generator = { kind: "module", entry: "./i.mjs" };
        return workspace.family({ generator, ...config }, `images/m${index}`);
      }),
    );
    const session = openSession({ concurrency: 1, storeRoot: join(workspace.root, "store") });
    try {
      if (first === undefined || second === undefined) throw new Error("two families were made");
      expect(orThrow(await generate(first, session)).added).toEqual(["s"]);
      expect(failureOf(await generate(second, session))).toMatchObject({
        reason: "module-outside-input",
        file: "shared/s.mjs",
      });
    } finally {
      await session.close();
    }
  });
});

it("takes a manifest that is imported as JSON", async () => {
  const workspace = makeWorkspace();
  workspace.write("images/demo/m.json", MANIFEST);
  workspace.write(
    "images/demo/images.ts",
    'import m from "./m.json" with { type: "json" };\nexport default [{ name: "m", manifest: m }];\n',
  );
  const project = await workspace.family({ generator: { kind: "module", entry: "./images.ts" } });
  expect(orThrow(await generate(project, shared)).added).toEqual(["m"]);
});

it("takes the workspace for the current folder, wherever it was started", async () => {
  const workspace = makeWorkspace();
  workspace.write(
    "images/demo/images.ts",
    `import { basename } from "node:path";\nexport default [{ name: basename(process.cwd()), manifest: ${MANIFEST} }];\n`,
  );
  const project = await workspace.family({ generator: { kind: "module", entry: "./images.ts" } });
  const [name] = orThrow(await generate(project, shared)).added;
  expect(workspace.root.endsWith(`/${name}`)).toBe(true);
});

it("asks for package.json above a workspace that has none", async () => {
  const workspace = makeWorkspace();
  workspace.write("images/demo/images.js", `export default [{ name: "js", manifest: ${MANIFEST} }];\n`);
  const project = await workspace.family({ generator: { kind: "module", entry: "./images.js" } });
  expect(orThrow(await generate(project, shared)).added).toEqual(["js"]);
});
