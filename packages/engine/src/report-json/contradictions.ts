import type { ReportDocument } from "@imagegate/core/report";
import { RECORDS_LABEL } from "../explain/side.ts";

/** A place of a document that does not go with another, as a path, and what is wrong there. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * What in a report of the right shape cannot be true: counts that are not those of its lists, causes and manifests that
 * do not name each other, a verdict that does not go with the rest. None in what `explain` and `check` write.
 */
export function findContradictions(document: ReportDocument): readonly Contradiction[] {
  return rules.flatMap((rule) => [...rule(document)]);
}

type Rule = (document: ReportDocument) => Iterable<Contradiction>;

const rules: readonly Rule[] = [
  findDuplicates,
  findWrongCounts,
  findUnknownCauses,
  findWrongManifests,
  findWrongCauses,
  findWrongExamples,
  findUnexplained,
  findWrongCommits,
  findWrongVerdict,
];

/** Names and ids that stand in a list more than once, or not in its order. */
function* findDuplicates(document: ReportDocument): Iterable<Contradiction> {
  const { causes, manifests, unexplained, locations, commits } = document;
  yield* repeated(
    ["causes"],
    causes.map(({ id }) => id),
    "an id stands there twice",
  );
  yield* repeated(
    ["commits"],
    commits.map(({ commit }) => commit),
    "a commit stands there twice",
  );
  yield* repeated(
    ["locations"],
    locations.map(({ manifest }) => manifest),
    "a manifest stands there twice",
  );
  for (const [key, list] of Object.entries({ manifests, unexplained })) {
    yield* unsorted(
      [key],
      list.map(({ name }) => name),
    );
  }
  for (const [index, cause] of causes.entries()) {
    yield* unsorted(["causes", index, "manifests"], cause.manifests);
    yield* unsorted(["causes", index, "changes"], cause.changes);
  }
}

function repeated(path: Contradiction["path"], names: readonly string[], message: string): Contradiction[] {
  return new Set(names).size === names.length ? [] : [{ path, message }];
}

function unsorted(path: Contradiction["path"], names: readonly string[]): Contradiction[] {
  const index = names.findIndex((name, index) => index > 0 && name <= (names[index - 1] as string));
  return index === -1 ? [] : [{ path: [...path, index], message: "not in order, or twice" }];
}

function* findWrongCounts(document: ReportDocument): Iterable<Contradiction> {
  for (const change of ["changed", "added", "removed"] as const) {
    const count = document.manifests.filter((manifest) => manifest.change === change).length;
    if (document[change] === count) continue;
    yield { path: [change], message: `${document[change]}, and ${count} of the manifests are ${change}` };
  }
}

function* findUnknownCauses({ causes, manifests, commits }: ReportDocument): Iterable<Contradiction> {
  const known = new Set(causes.map(({ id }) => id));
  for (const [key, list] of Object.entries({ manifests, commits })) {
    const index = list.findIndex((one) => one.causes.some((id) => !known.has(id)));
    if (index !== -1) yield { path: [key, index, "causes"], message: "no cause has this id" };
  }
}

/** A manifest has the causes that name it; what went under another name, also those of that name. */
function* findWrongManifests({ causes, manifests }: ReportDocument): Iterable<Contradiction> {
  const { ofWhole, renamed } = sortCauses({ causes, manifests });
  const naming = new Map<string, Set<string>>();
  for (const { id, manifests: names } of ofWhole) {
    for (const name of names) naming.set(name, (naming.get(name) ?? new Set()).add(id));
  }
  for (const [index, { name, change, causes: own }] of manifests.entries()) {
    const named = naming.get(name) ?? new Set();
    const isOldName = change === "removed" && own.some((id) => renamed.has(id));
    const isNamed = isOldName ? named.size === 0 : named.size === own.length;
    if (isNamed && (isOldName || own.every((id) => named.has(id)))) continue;
    yield { path: ["manifests", index, "causes"], message: "not the causes that name this manifest" };
  }
}

/** Those that make up the difference, not only that of a commit; and the ids of renames. */
function sortCauses({ causes, manifests }: Pick<ReportDocument, "causes" | "manifests">) {
  const listed = new Set(manifests.flatMap((manifest) => manifest.causes));
  return {
    ofWhole: causes.filter(({ id }) => listed.has(id)),
    renamed: new Set(causes.flatMap(({ id, kind }) => (kind === "manifests-renamed" ? [id] : []))),
  };
}

/** A cause is of manifests that differ in the way that it says; one of a commit may be of any. */
function* findWrongCauses({ causes, manifests, commits }: ReportDocument): Iterable<Contradiction> {
  const { ofWhole, renamed } = sortCauses({ causes, manifests });
  const whole = new Set(ofWhole);
  const ofCommits = new Set(commits.flatMap((commit) => commit.causes));
  const byName = new Map(manifests.map((manifest) => [manifest.name, manifest]));
  for (const [index, cause] of causes.entries()) {
    const path = ["causes", index];
    if (cause.manifests.length === 0) yield { path: [...path, "manifests"], message: "a cause of nothing" };
    if (cause.changes.length === 1 && cause.changes[0] !== cause.id) {
      yield { path: [...path, "changes"], message: "its only change has another id" };
    }
    if (!whole.has(cause)) {
      if (!ofCommits.has(cause.id)) yield { path, message: "neither a manifest nor a commit has this cause" };
      continue;
    }
    const stranger = cause.manifests.findIndex((name) => {
      const manifest = byName.get(name);
      return manifest === undefined || !isPossible(cause.kind, manifest, renamed);
    });
    if (stranger === -1) continue;
    yield { path: [...path, "manifests", stranger], message: "no manifest that differs in this way" };
  }
}

function isPossible(
  kind: ReportDocument["causes"][number]["kind"],
  { change, causes }: ReportDocument["manifests"][number],
  renamed: ReadonlySet<string>,
): boolean {
  switch (kind) {
    case "manifests-added":
    case "manifests-renamed":
      return change === "added";
    case "manifests-removed":
      return change === "removed";
    default:
      return change === "changed" || (change === "added" && causes.some((id) => renamed.has(id)));
  }
}

/** What a cause shows is of its own manifests. */
function* findWrongExamples({ causes }: ReportDocument): Iterable<Contradiction> {
  const message = "no manifest of the cause";
  for (const [index, { manifests, details, example }] of causes.entries()) {
    const own = new Set(manifests);
    if (example !== null && !own.has(example.manifest)) {
      yield { path: ["causes", index, "example", "manifest"], message };
    }
    const stranger = details.findIndex((detail) => (detail.manifests ?? []).some((name) => !own.has(name)));
    if (stranger !== -1) yield { path: ["causes", index, "details", stranger, "manifests"], message };
  }
}

/** What changed has a cause, or a reason why none is known. */
function* findUnexplained({ manifests, unexplained }: ReportDocument): Iterable<Contradiction> {
  const changed = new Map(manifests.map((manifest) => [manifest.name, manifest]));
  for (const [index, { name }] of unexplained.entries()) {
    const manifest = changed.get(name);
    if (manifest?.change === "changed" && manifest.causes.length === 0) continue;
    yield { path: ["unexplained", index, "name"], message: "no changed manifest without a cause" };
  }
  const told = new Set(unexplained.map(({ name }) => name));
  const index = manifests.findIndex(({ name, causes }) => causes.length === 0 && !told.has(name));
  if (index !== -1) yield { path: ["manifests", index, "causes"], message: "neither a cause nor a reason" };
}

function* findWrongCommits({ commits }: ReportDocument): Iterable<Contradiction> {
  for (const [index, { records, wrong }] of commits.entries()) {
    if (records === "undecided" || (records === "same") === (wrong.length === 0)) continue;
    yield {
      path: ["commits", index, "wrong"],
      message: `records that are wrong do not go with "${records}"`,
    };
  }
}

/** A verdict goes with what was found; what was only explained has none. */
function* findWrongVerdict(document: ReportDocument): Iterable<Contradiction> {
  const { verdict, failures, commits, manifests, from } = document;
  const states = new Set(commits.map(({ records }) => records));
  const ofCommits = states.has("undecided") ? "undecided" : states.has("differ") ? "differs" : "same";
  const isWrong =
    (commits.length > 0 && verdict !== ofCommits) ||
    ((verdict === null || verdict === "same") && failures.length > 0) ||
    (verdict === "undecided" && failures.length === 0) ||
    (verdict === "same" && from === RECORDS_LABEL && manifests.length > 0);
  if (isWrong) yield { path: ["verdict"], message: "does not go with what was found" };
}
