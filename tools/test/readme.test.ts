import { existsSync, readFileSync, readdirSync } from "node:fs";
import { CLASS_SENTENCES } from "@imagegate/core/explain";
import { parseConfig } from "@imagegate/engine/config";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const readme = read("README.md");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

describe("the README", () => {
  it("has the two commands that do all the set-up", () => {
    const commands = [...readme.matchAll(/```sh\n(.*)\n```/g)].map((match) => match[1]);
    expect(commands).toEqual([
      "npm ci && npx nx run-many -t generate",
      "npx nx run-many -t check",
      "npm ci && npm test",
    ]);
  });

  it("counts the manifests that are recorded", () => {
    const records = readdirSync(new URL("checksums", root), { recursive: true, encoding: "utf8" });
    const count = records.filter((path) => path.endsWith(".sum")).length;
    expect(readme).toContain(`generates ${count} osbuild manifests`);
  });

  it("shows a configuration that is one", () => {
    const example = /```json\n([^`]*)```/.exec(readme)?.[1] ?? "";
    expect(parseConfig(example, "README.md")).toMatchObject({ ok: true });
  });

  it.each(["README.md", "CONTRIBUTING.md"])("%s links to what is there", (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map((match) => match[1] as string);
    expect(links.filter((link) => !existsSync(new URL(link, root)))).toEqual([]);
  });
});

describe("CONTRIBUTING", () => {
  it("names scripts that exist", () => {
    const named = [...read("CONTRIBUTING.md").matchAll(/`npm (?:run )?([a-z:]+)`/g)].map(
      (match) => match[1] as string,
    );
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => name !== "ci" && scripts[name] === undefined)).toEqual([]);
  });
});

describe("docs/report.md", () => {
  it.each(["rebuild", "id-blind", "visible-only"] as const)("says what %s means as the code does", (of) => {
    const rows = read("docs/report.md").split("\n");
    const row = rows.find((line) => line.startsWith(`| \`${of}\``)) ?? "";
    expect(row.split("|").map((cell) => cell.trim())).toEqual(["", `\`${of}\``, CLASS_SENTENCES[of], ""]);
  });
});
