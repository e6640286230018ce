import fc from "fast-check";
import type {
  Cause,
  Detail,
  Edit,
  Example,
  ExplainedManifest,
  PartChange,
} from "../../src/explain/explanation.ts";
import type { Report, ReportedCommit } from "../../src/report/report.ts";

const changes: readonly PartChange[] = ["same", "changed", "added", "removed", "moved", "inherits"];
const classes = ["rebuild", "id-blind", "visible-only"] as const;
const kinds = [
  "packages",
  "package-order",
  "inline-source",
  "source-location",
  "linked-value",
  "runner",
  "edit",
  "manifests-added",
  "manifests-removed",
  "manifests-renamed",
] as const;

/** Reports of every shape whose raw texts come from an arbitrary; they say nothing that contradicts itself. */
export function reportOfTexts(text: fc.Arbitrary<string>): fc.Arbitrary<Report> {
  const name = text.map((text) => `n${text}`);
  return fc
    .record({
      ids: fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{16}$/), { maxLength: 5 }),
      names: fc.uniqueArray(name, { maxLength: 6 }),
    })
    .chain(({ ids, names }) =>
      fc
        .record({
          drafts: fc.tuple(...ids.map((id) => cause(id, text))),
          named: fc.tuple(...names.toSorted().map((name) => drafted(name, { ids, text }))),
          commits: few(commit({ text, name, ids })),
          verdict: fc.constantFrom("same", "differs", "undecided", null),
          rest: fc.record({ from: text, to: text, failure: text, unchanged: fc.nat() }),
        })
        .map(assemble),
    )
    .chain((report) =>
      fc
        .array(fc.tuple(name, fc.stringMatching(/^[a-z][a-z:% ]{0,6}\/[a-zé#]{1,4}$/)), { maxLength: 3 })
        .map((entries) => ({ ...report, locations: new Map(entries) })),
    );
}

/** A manifest with the causes that it may have, and why it has none. */
interface DraftManifest {
  readonly manifest: ExplainedManifest;
  readonly because: string;
}

interface Draft {
  readonly drafts: readonly Cause[];
  readonly named: readonly DraftManifest[];
  readonly commits: readonly ReportedCommit[];
  readonly verdict: Report["verdict"];
  readonly rest: {
    readonly from: string;
    readonly to: string;
    readonly failure: string;
    readonly unchanged: number;
  };
}

/** Makes one report of what was drawn: causes have the manifests that have them, and counts are those of the lists. */
function assemble({ drafts, named, commits, verdict, rest }: Draft): Omit<Report, "locations"> {
  const { failure, from, to, unchanged } = rest;
  const kinds = new Map(drafts.map(({ id, kind }) => [id, kind]));
  const told = named.map(({ manifest, because }) => {
    const causes = manifest.causes.filter((id) => isKindOf(kinds.get(id), manifest.change));
    return { because, manifest: { ...manifest, causes } };
  });
  const manifests = told
    .map(({ manifest }) => manifest)
    .filter(({ change, causes }) => change === "changed" || causes.length > 0);
  const causes = drafts.flatMap((draft) => withManifests(draft, manifests));
  const known = new Set(causes.map(({ id }) => id));
  const count = (change: ExplainedManifest["change"]): number =>
    manifests.filter((manifest) => manifest.change === change).length;
  const kept = uniqueCommits(commits, known);
  const settled = kept.length === 0 ? verdict : verdictOf(kept);
  return {
    ...{ from, to, verdict: settled, commits: kept },
    failures: settled === "undecided" ? [failure] : [],
    explanation: {
      ...{ changed: count("changed"), added: count("added"), removed: count("removed"), unchanged },
      ...{ causes, manifests, separator: "-" },
      unexplained: told
        .filter(({ manifest }) => manifest.change === "changed" && manifest.causes.length === 0)
        .map(({ manifest: { name }, because }) => ({ name, because })),
    },
  };
}

function isKindOf(kind: Cause["kind"] | undefined, change: ExplainedManifest["change"]): boolean {
  const expected = {
    "manifests-added": "added",
    "manifests-renamed": "added",
    "manifests-removed": "removed",
  }[kind as string];
  return (expected ?? "changed") === change;
}

/** A cause of the manifests that have it, if any; what it shows is of the first. */
function withManifests(draft: Cause, manifests: readonly ExplainedManifest[]): readonly Cause[] {
  const own = manifests.filter(({ causes }) => causes.includes(draft.id)).map(({ name }) => name);
  const [manifest] = own;
  if (manifest === undefined) return [];
  const details = draft.details.map((detail) =>
    "manifests" in detail ? { ...detail, manifests: own } : detail,
  );
  const example = draft.example === null ? null : { ...draft.example, manifest };
  return [{ ...draft, details, example, manifests: own }];
}

function uniqueCommits(
  commits: readonly ReportedCommit[],
  known: ReadonlySet<string>,
): readonly ReportedCommit[] {
  return [...new Map(commits.map((commit) => [commit.commit, commit])).values()].map((commit) => ({
    ...commit,
    causes: commit.causes.filter((id) => known.has(id)),
    records: commit.records === "undecided" ? commit.records : commit.wrong.length === 0 ? "same" : "differ",
  }));
}

function verdictOf(commits: readonly ReportedCommit[]): Report["verdict"] {
  const states = new Set(commits.map(({ records }) => records));
  return states.has("undecided") ? "undecided" : states.has("differ") ? "differs" : "same";
}

function few<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(item, { maxLength: 3 });
}

interface Drawn {
  readonly ids: readonly string[];
  readonly text: fc.Arbitrary<string>;
}

function drafted(name: string, { ids, text }: Drawn): fc.Arbitrary<DraftManifest> {
  const manifest = fc.record({
    name: fc.constant(name),
    change: fc.constantFrom("changed", "added", "removed"),
    class: fc.constantFrom(...classes),
    causes: fc.subarray([...ids]),
  });
  return fc.record({ manifest, because: text });
}

function commit({
  ids,
  name,
  text,
}: Drawn & { readonly name: fc.Arbitrary<string> }): fc.Arbitrary<ReportedCommit> {
  return fc.record({
    commit: text,
    subject: text,
    causes: fc.subarray([...ids]),
    records: fc.constantFrom("same", "differ", "undecided"),
    wrong: few(name),
  });
}

function cause(id: string, text: fc.Arbitrary<string>): fc.Arbitrary<Cause> {
  return fc.record({
    id: fc.constant(id),
    changes: fc.constant([id]),
    kind: fc.constantFrom(...kinds),
    class: fc.constantFrom(...classes),
    title: text,
    details: few(detail(text)),
    scope: text,
    manifests: fc.constant([]),
    example: fc.option(example(text)),
  });
}

function detail(text: fc.Arbitrary<string>): fc.Arbitrary<Detail> {
  const line = fc.tuple(fc.constantFrom(" ", "+", "-", "@"), text).map(([sign, text]) => sign + text);
  return fc.record({ text, diff: few(line), manifests: fc.constant([]) }, { requiredKeys: ["text"] });
}

function example(text: fc.Arbitrary<string>): fc.Arbitrary<Example> {
  const part = { change: fc.constantFrom(...changes) };
  return fc.record({
    manifest: fc.constant(""),
    edits: few(edit(text)),
    omittedEdits: fc.nat(),
    pipelines: few(
      fc.record({
        ...part,
        name: text,
        exported: fc.boolean(),
        build: fc.option(text),
        inputs: few(text),
        stages: few(fc.record({ ...part, type: text })),
      }),
    ),
  });
}

function edit(text: fc.Arbitrary<string>): fc.Arbitrary<Edit> {
  const place = fc.record({
    pointer: text,
    json: fc.oneof(
      text,
      fc.jsonValue().map((value) => JSON.stringify(value)),
    ),
  });
  return fc.record({ place: text, before: place, after: place }, { requiredKeys: ["place"] });
}
