import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  countWords,
  layOutSets,
  parseTerminalExamples,
  parseWorkedExamples,
  readCommits,
} from "../fixtures/worked-examples.ts";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

const DOCUMENT = new URL("../../../../docs/report.md", import.meta.url);
const DATA = fileURLToPath(new URL("../../../../../shared/data/image-builder/", import.meta.url));
const isThere = existsSync(DATA);
if (!isThere) console.warn("NOT RUN: ../shared/data/image-builder does not stand beside the repository");

const markdown = readFileSync(DOCUMENT, "utf8");
const examples = parseWorkedExamples(markdown);
const shown = parseTerminalExamples(markdown);

it("docs/report.md has examples", () => {
  expect(examples).toHaveLength(13);
  expect([...shown.keys()].filter((commit) => !examples.some((row) => row.commit === commit))).toEqual([]);
  expect(shown.size).toBeGreaterThanOrEqual(3);
});

/** All that the document says of commits is what the command says of them now. */
describe.runIf(isThere)("the worked examples of docs/report.md", () => {
  let sets: string;
  let workspace: Workspace;

  beforeAll(async () => {
    sets = mkdtempSync(join(tmpdir(), "imagegate-examples-"));
    layOutSets(DATA, sets, readCommits(DATA));
    workspace = await makeWorkspace();
  });
  afterAll(async () => {
    rmSync(sets, { recursive: true, force: true });
    await workspace.remove();
  });

  async function explain(commit: string, format: string): Promise<string> {
    const cwd = join(sets, commit);
    const args = ["explain", "--from", "before", "--to", "after", "--format", format];
    const { code, stdout } = await workspace.run(args, { cwd });
    expect(code).toBe(0);
    return stdout;
  }

  it("are the commits of the data, in its order", () => {
    const rows = readCommits(DATA).map((one) => ({
      commit: one.commit,
      subject: one.subject.replaceAll("`", ""),
      manifests: countWords(one),
    }));
    expect(examples.map(({ commit, subject, manifests }) => ({ commit, subject, manifests }))).toEqual(rows);
  });

  it.each(examples)("$commit: $subject", async ({ commit, manifests, title, scope, class: of }) => {
    const report = JSON.parse(await explain(commit, "json")) as {
      readonly changed: number;
      readonly added: number;
      readonly removed: number;
      readonly causes: readonly { readonly title: string; readonly class: string; readonly scope: string }[];
    };
    expect(countWords(report)).toBe(manifests);
    expect(report.causes.map((cause) => [cause.title, cause.class, cause.scope])).toEqual([
      [title, of, scope],
    ]);
  });

  it.each([...shown])("%s in a terminal", async (commit, text) => {
    expect(await explain(commit, "text")).toBe(text);
  });
});
