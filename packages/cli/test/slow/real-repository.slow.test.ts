import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const BIN = fileURLToPath(new URL("../../bin/imagegate.cjs", import.meta.url));
const DATA = fileURLToPath(new URL("../../../../../shared/data/image-builder/", import.meta.url));
const isThere = existsSync(DATA);
if (!isThere) console.warn("NOT RUN: ../shared/data/image-builder does not stand beside the repository");

/** All manifests of a real repository, its committed checksums and the ids that osbuild gave them. */
describe.runIf(isThere)("the 1,833 manifests of a real repository", () => {
  let root: string;
  const digests = new Map<string, string>();

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "imagegate-repository-"));
    mkdirSync(join(root, "manifests"));
    mkdirSync(join(root, "sums"));
    expect(
      spawnSync("tar", ["-xJf", join(DATA, "manifests.tar.xz"), "-C", join(root, "manifests")]).status,
    ).toBe(0);
    for (const line of readFileSync(join(DATA, "upstream-digests.txt"), "utf8").trim().split("\n")) {
      const [digest = "", name = ""] = line.split("  ");
      digests.set(name, digest);
      writeFileSync(join(root, "sums", name), `${digest}\n`);
    }
    const generator = { kind: "files", include: ["manifests/**/*.json"] };
    const records = { form: "digest", of: "compact-line", folder: "sums" };
    writeFileSync(join(root, "imagegate.json"), JSON.stringify({ family: "real", generator, records }));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function imagegate(...args: readonly string[]) {
    const env = { ...process.env, IMAGEGATE_CACHE_DIR: join(root, "cache") };
    return spawnSync(process.execPath, [BIN, ...args], {
      cwd: root,
      env,
      encoding: "utf8",
      maxBuffer: 1 << 29,
    });
  }

  it("have the checksums that the repository committed, first and from the cache", () => {
    expect(digests.size).toBe(1833);
    for (const run of ["first", "cached"]) {
      const { status, stdout } = imagegate("check", "--json");
      const { verdict, families } = JSON.parse(stdout) as {
        verdict: string;
        families: { summary: unknown }[];
      };
      expect([run, status, verdict]).toEqual([run, 0, "same"]);
      expect(families[0]?.summary).toMatchObject({ manifests: 1833, unchanged: 1833, changed: 0 });
    }
  });

  it("are gated: one checksum of another manifest is seen", () => {
    const [[name], [, other]] = [...digests] as [[string, string], [string, string]];
    writeFileSync(join(root, "sums", name), `${other}\n`);
    const { status, stdout } = imagegate("check", "--json");
    writeFileSync(join(root, "sums", name), `${digests.get(name)}\n`);
    const { families } = JSON.parse(stdout) as {
      families: { verdicts: { name: string; state: string }[] }[];
    };
    const differing = families[0]?.verdicts.filter(({ state }) => state !== "same");
    expect(status).toBe(1);
    expect(differing).toMatchObject([{ name, state: "changed" }]);
  });

  it("have the 8,253 pipeline ids that osbuild computed", () => {
    const expected = readFileSync(join(DATA, "pipeline-ids.txt"), "utf8").trim().split("\n").sort();
    const files = listJson(join(root, "manifests"));
    const { status, stdout } = imagegate("fingerprint", "--json", ...files);
    expect(status).toBe(0);
    const actual = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { name: string; pipelines: { name: string; id: string | null }[] })
      .flatMap(({ name, pipelines }) =>
        pipelines.map((pipeline) => `${name} ${pipeline.name} ${pipeline.id ?? "-"}`),
      );
    expect(expected).toHaveLength(8253);
    expect(actual.sort()).toEqual(expected);
  });
});

function listJson(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .map((path) => join(folder, path));
}
