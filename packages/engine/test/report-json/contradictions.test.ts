import fc from "fast-check";
import { defaultProfile, explainChanges } from "@imagegate/core/explain";
import { reportDocument, type Report, type ReportDocument } from "@imagegate/core/report";
import { describe, expect, it } from "vitest";
import { change, explain, mocked, type Choice } from "../../../core/test/explain/manifests.ts";
import { sampleReport } from "../../../core/test/report/sample-report.ts";
import { findContradictions } from "../../src/report-json/contradictions.ts";

const report: Omit<Report, "explanation"> = {
  ...{ from: "v1", to: "v2", verdict: null, failures: [], commits: [], locations: new Map() },
};
const [chrony, runner]: readonly Choice[] = [
  { os: ["bash", "kernel", "chrony"].map((name) => mocked(name)) },
  { runner: "org.osbuild.rhel10" },
];

/** Two causes, of `a` and `b` and of `b`; `c` is not explained, `d` is new, `e` is gone. */
function small(): ReportDocument {
  const explanation = explain(
    { a: change({}, chrony as Choice), b: change({}, { ...chrony, ...runner }) },
    [],
    {
      ...{ before: ["a", "b", "c", "e"], after: ["a", "b", "c", "d"] },
      unexplained: [{ name: "c", because: "digests only" }],
    },
  );
  return reportDocument({ ...report, explanation });
}

const document = small();
const [first, second] = document.causes;
if (first === undefined || second === undefined) throw new Error("there are four causes");
const commit = { commit: "1", subject: "s", causes: [first.id], records: "same", wrong: [] } as const;
const [a, b, ...others] = document.manifests;
if (a === undefined || b === undefined) throw new Error("there are five manifests");

/** The paths of what is wrong with the document when members are replaced. */
function wrongWith(members: Partial<ReportDocument>): readonly string[] {
  return findContradictions({ ...document, ...members }).map(({ path }) => path.join("."));
}

function causesWith(members: Partial<(typeof document.causes)[number]>): Partial<ReportDocument> {
  return { causes: [{ ...first, ...members } as typeof first & object, ...document.causes.slice(1)] };
}

describe("finds nothing wrong with", () => {
  it("what is explained", () => {
    expect(findContradictions(document)).toEqual([]);
    expect(findContradictions(reportDocument(sampleReport()))).toEqual([]);
  });

  it("renames, with and without other content, beside others of that content", () => {
    const content = change({}, chrony as Choice);
    const explanation = explainChanges({
      before: ["f-x-old", "g-x-old", "h"],
      after: ["f-x-new", "g-x-new", "h"],
      changes: [{ name: "h", change: content }],
      renames: [
        { before: "f-x-old", after: "f-x-new", change: content },
        { before: "g-x-old", after: "g-x-new", change: change({}, runner as Choice) },
      ],
      digests: new Map(),
      unexplained: [],
      profile: defaultProfile,
    });
    expect(explanation.causes.length).toBeGreaterThan(1);
    expect(findContradictions(reportDocument({ ...report, explanation }))).toEqual([]);
  });

  it("any set of manifests that changed, came and went", () => {
    const fate = fc.constantFrom("chrony", "runner", "both", "same", "added", "removed", "unknown");
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-c]-[a-c]-[a-c]$/), fate), (fates) => {
        const names = Object.keys(fates);
        const those = (...some: readonly string[]) =>
          names.filter((name) => some.includes(fates[name] ?? ""));
        const edits = { chrony, runner, both: { ...chrony, ...runner } };
        const explanation = explainChanges({
          before: names.filter((name) => fates[name] !== "added"),
          after: names.filter((name) => fates[name] !== "removed"),
          changes: those("chrony", "runner", "both").map((name) => ({
            name,
            change: change({}, edits[fates[name] as keyof typeof edits] as Choice),
          })),
          unexplained: those("unknown").map((name) => ({ name, because: "gone" })),
          ...{ renames: [], digests: new Map(), profile: defaultProfile },
        });
        expect(findContradictions(reportDocument({ ...report, explanation }))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it("a commit that introduced what a later one undid", () => {
    const gone = { ...first, id: "0".repeat(16), changes: ["0".repeat(16)], manifests: ["z"] };
    const told = { ...gone, details: [], example: null } as typeof first;
    const commits = [{ ...commit, causes: [told.id] }];
    expect(wrongWith({ causes: [...document.causes, told], commits, verdict: "same" })).toEqual([]);
    expect(wrongWith({ causes: [...document.causes, told] })).toEqual([`causes.${document.causes.length}`]);
  });
});

describe("finds", () => {
  it.each<[string, Partial<ReportDocument>, readonly string[]]>([
    ["a count that is not that of the list", { added: 2 }, ["added"]],
    ["counts of nothing", { changed: 0, removed: 0 }, ["changed", "removed"]],
    ["a cause that stands there twice", { causes: [...document.causes, first] }, ["causes"]],
    ["a manifest that stands there twice", { changed: 4, manifests: [a, a, b, ...others] }, ["manifests.1"]],
    ["manifests in another order", { manifests: [b, a, ...others] }, ["manifests.1"]],
    [
      "a manifest of an unknown cause",
      { manifests: [{ ...a, causes: [...a.causes, "0".repeat(16)] }, b, ...others] },
      ["manifests.0.causes", "manifests.0.causes"],
    ],
    [
      "a manifest that a cause names, and does not know it",
      { manifests: [a, { ...b, causes: b.causes.filter((id) => id !== first.id) }, ...others] },
      ["manifests.1.causes"],
    ],
    [
      "a cause that no manifest knows",
      { manifests: [a, { ...b, causes: [first.id] }, ...others] },
      [`causes.${document.causes.length - 1}`],
    ],
    [
      "a cause of a manifest that does not differ",
      causesWith({ manifests: ["a", "b", "nobody"] }),
      ["causes.0.manifests.2"],
    ],
    [
      "a cause of none",
      causesWith({ manifests: [], details: [], example: null }),
      ["manifests.0.causes", "manifests.1.causes", "causes.0.manifests"],
    ],
    ["a cause of another kind", causesWith({ kind: "manifests-added" }), ["causes.0.manifests.0"]],
    ["a change of another id", causesWith({ changes: ["0".repeat(16)] }), ["causes.0.changes"]],
    [
      "an example of another's",
      causesWith({ example: { manifest: "c", edits: [], omittedEdits: 0, pipelines: [] } }),
      ["causes.0.example.manifest"],
    ],
    [
      "a line of another's",
      causesWith({ details: [{ text: "x", manifests: ["c"] }] }),
      ["causes.0.details.0.manifests"],
    ],
    ["no reason", { unexplained: [] }, ["manifests.2.causes"]],
    [
      "a reason for what is explained",
      { unexplained: [{ name: "a", because: "x" }, ...document.unexplained] },
      ["unexplained.0.name"],
    ],
    [
      "right records that are wrong",
      { verdict: "same", commits: [{ ...commit, wrong: ["a"] }] },
      ["commits.0.wrong"],
    ],
    [
      "wrong records of none",
      { verdict: "differs", commits: [{ ...commit, records: "differ" }] },
      ["commits.0.wrong"],
    ],
    ["a commit that stands there twice", { verdict: "same", commits: [commit, commit] }, ["commits"]],
    [
      "a location that stands there twice",
      {
        locations: [
          { manifest: "a", path: "x" },
          { manifest: "a", path: "y" },
        ],
      },
      ["locations"],
    ],
    ["commits without a verdict", { commits: [commit] }, ["verdict"]],
    [
      "a pass of a commit that did not",
      { verdict: "same", commits: [{ ...commit, records: "differ", wrong: ["a"] }] },
      ["verdict"],
    ],
    [
      "a pass of a commit that was not decided",
      { verdict: "same", commits: [{ ...commit, records: "undecided" }] },
      ["verdict"],
    ],
    ["a pass with failures", { verdict: "same", failures: ["no"] }, ["verdict"]],
    ["a pass of records that differ", { verdict: "same", from: "the records" }, ["verdict"]],
    ["undecided for no reason", { verdict: "undecided" }, ["verdict"]],
    ["failures of what was not checked", { failures: ["no"] }, ["verdict"]],
  ])("%s", (_, members, paths) => {
    expect(wrongWith(members)).toEqual(paths);
  });
});
