import fc from "fast-check";
import type { Cause, Detail, Edit, Example, PartChange } from "../../src/explain/explanation.ts";
import type { Report } from "../../src/report/report.ts";

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

/** Reports of every shape whose raw texts come from an arbitrary; ids are distinct, and lists refer to them. */
export function reportOfTexts(text: fc.Arbitrary<string>): fc.Arbitrary<Report> {
  const name = text.map((text) => `n${text}`);
  return fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{16}$/), { maxLength: 5 }).chain((ids) =>
    fc.record({
      from: text,
      to: text,
      verdict: fc.constantFrom("same", "differs", "undecided", null),
      failures: few(text),
      explanation: fc.record({
        changed: fc.nat(),
        added: fc.nat(),
        removed: fc.nat(),
        unchanged: fc.nat(),
        causes: fc.tuple(...ids.map((id) => cause(id, { text, name }))),
        manifests: few(
          fc.record({
            name,
            change: fc.constantFrom("changed", "added", "removed"),
            class: fc.constantFrom(...classes),
            causes: fc.subarray(ids),
          }),
        ),
        unexplained: few(fc.record({ name, because: text })),
      }),
      commits: few(
        fc.record({
          commit: text,
          subject: text,
          causes: fc.subarray(ids),
          records: fc.constantFrom("same", "differ", "undecided"),
          wrong: few(name),
        }),
      ),
      locations: fc
        .array(fc.tuple(name, fc.stringMatching(/^[a-z][a-z:% ]{0,6}\/[a-zé#]{1,4}$/)), { maxLength: 3 })
        .map((entries) => new Map(entries)),
    }),
  );
}

interface Texts {
  readonly text: fc.Arbitrary<string>;
  readonly name: fc.Arbitrary<string>;
}

function few<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(item, { maxLength: 3 });
}

function cause(id: string, { text, name }: Texts): fc.Arbitrary<Cause> {
  return fc.record({
    id: fc.constant(id),
    changes: fc.constant([id]),
    kind: fc.constantFrom(...kinds),
    class: fc.constantFrom(...classes),
    title: text,
    details: few(detail({ text, name })),
    scope: text,
    manifests: few(name),
    example: fc.option(example({ text, name })),
  });
}

function detail({ text, name }: Texts): fc.Arbitrary<Detail> {
  const line = fc.tuple(fc.constantFrom(" ", "+", "-", "@"), text).map(([sign, text]) => sign + text);
  return fc.record({ text, diff: few(line), manifests: few(name) }, { requiredKeys: ["text"] });
}

function example({ text, name }: Texts): fc.Arbitrary<Example> {
  const part = { change: fc.constantFrom(...changes) };
  return fc.record({
    manifest: name,
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
