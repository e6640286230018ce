import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { check } from "../../src/run/check.ts";
import { generate } from "../../src/run/generate.ts";
import { makeWorkspace, orThrow, type Workspace } from "../workspace.ts";

const IMAGES = fileURLToPath(new URL("../../../images/", import.meta.url));

const MOCKED = `
import { image, mockResolver, type Release } from "@imagegate/images";

const release: Release = {
  distro: "fedora",
  version: "43",
  runner: "org.osbuild.fedora43",
  repositories: (arch) => [
    { id: "fedora", mirror: \`https://mirror.example/f43-\${arch}-{snapshot}\`, snapshot: "20260106", gpgKeys: [] },
    { id: "updates", mirror: \`https://mirror.example/u43-\${arch}-{snapshot}\`, snapshot: "20260315", gpgKeys: [] },
  ],
};
const type = { kind: "container", name: "shell", packages: ["bash"], filename: "shell.tar", config: {} } as const;

export default (["x86_64", "aarch64"] as const).map((arch) =>
  image({ name: \`fedora_43-\${arch}-shell-empty\`, release, arch, type, resolver: mockResolver() }),
);
`;

/** Installs the authoring library as npm would. */
function install(workspace: Workspace): void {
  workspace.write("package.json", { dependencies: { "@imagegate/images": "*" } });
  const modules = join(workspace.root, "node_modules");
  for (const name of ["images", "core"]) {
    for (const part of ["dist", "package.json"]) {
      cpSync(join(IMAGES, "..", name, part), join(modules, "@imagegate", name, part), { recursive: true });
    }
  }
  const { dependencies } = JSON.parse(readFileSync(join(IMAGES, "../core/package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies)) {
    cpSync(join(IMAGES, "../../node_modules", name), join(modules, name), { recursive: true });
  }
}

it.each([
  ["mock", () => ({ "images.ts": MOCKED })],
  [
    "lock",
    () => ({
      "images.ts": readFileSync(join(IMAGES, "examples/locked/images.ts"), "utf8"),
      "packages.lock.json": readFileSync(join(IMAGES, "examples/locked/packages.lock.json"), "utf8"),
    }),
  ],
] as const)(
  "a snapshot's date moves the manifest and its sources, and no pipeline (%s)",
  async (_, files) => {
    const workspace = makeWorkspace();
    install(workspace);
    const project = await workspace.family({ generator: { kind: "module", entry: "./images.ts" } });
    for (const [name, text] of Object.entries(files())) workspace.write(`images/demo/${name}`, text);
    const { added } = orThrow(await generate(project, workspace.session()));
    expect(orThrow(await check(project, workspace.session())).verdict).toBe("same");
    const definition = workspace.read("images/demo/images.ts");
    for (const date of ["20260106", "20260315"]) {
      expect(definition).toContain(date);
      workspace.write("images/demo/images.ts", definition.replace(date, "20260401"));
      const { verdicts } = orThrow(await check(project, workspace.session()));
      expect(verdicts.map(({ name }) => name)).toEqual(added);
      for (const verdict of verdicts) {
        expect(verdict).toMatchObject({
          state: "changed",
          lines: [{ line: "manifest" }, { line: "sources" }],
          explanation: { kind: "differences" },
        });
        expect(JSON.stringify(verdict)).toContain("20260401");
      }
    }
  },
);
