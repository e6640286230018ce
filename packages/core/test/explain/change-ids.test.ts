import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cause } from "../../src/explain/explanation.ts";
import type { ManifestChange } from "../../src/explain/manifest-change.ts";
import { change, describePair, explain, manifest, mocked, type Choice } from "./manifests.ts";

const distros = ["centos_9", "fedora_43", "fedora_44", "rhel_9.8"];
const names = distros.flatMap((distro) =>
  ["aarch64", "x86_64"].flatMap((arch) => ["ami", "oci"].map((type) => `${distro}-${arch}-${type}-empty`)),
);

/** What a manifest becomes, and the causes of that alone. */
function causesOf(before: Choice, after: Choice): readonly Cause[] {
  return explain({ "fedora_43-x86_64-ami-empty": change(before, after) }).causes;
}

function idsOf(...changes: readonly ManifestChange[]): readonly (string | undefined)[] {
  return changes.map((each) => explain({ name: each }).causes[0]?.id);
}

const options = (value: unknown): unknown => ({ type: "org.osbuild.x", options: { value } });
const stages = (...list: readonly unknown[]): Choice => ({ stages: list });

/** Builds of one version of a package, as far as its file's name goes. */
const build = (number: number): Choice => ({ os: [`chrony-4.5-1.el9.x86_64.rpm?build=${number}`] });

/** More members than are told one by one, of which this is the last. */
function many(last: string): object {
  const entries = Array.from({ length: 1_200 }, (_, index) => {
    return [`k${String(index).padStart(5, "0")}`, index === 1_199 ? last : `v${last === "" ? 0 : 1}`];
  });
  return { many: Object.fromEntries(entries) };
}

function draw(digit: string): Choice {
  return { rootUuid: `48a79ee0-b10d-4946-9185-0fd4a178892${digit}` };
}

function addedId(digest: string): string | undefined {
  const sets = { before: [], after: ["a"], digests: new Map([["a", digest]]) };
  return explain({}, [], sets).causes[0]?.id;
}

describe("the id of a cause", () => {
  it.each<[string, Choice, Choice, Choice]>([
    ["another build of a package", build(1), build(2), build(3)],
    [
      "packages in another order",
      { os: ["a", "b", "c", "d"].map((name) => mocked(name)) },
      { os: ["b", "a", "c", "d"].map((name) => mocked(name)) },
      { os: ["b", "c", "a", "d"].map((name) => mocked(name)) },
    ],
    [
      "a list in another order",
      stages(options(["a", "b", "c"])),
      stages(options(["b", "a", "c"])),
      stages(options(["b", "c", "a"])),
    ],
    [
      "stages in another order",
      stages({ type: "a" }, { type: "b" }, { type: "c" }),
      stages({ type: "b" }, { type: "a" }, { type: "c" }),
      stages({ type: "b" }, { type: "c" }, { type: "a" }),
    ],
    [
      "a stage that moved",
      stages(options("one"), { type: "a" }, { type: "b" }),
      stages({ type: "a" }, options("one"), { type: "b" }),
      stages({ type: "a" }, { type: "b" }, options("one")),
    ],
    [
      "words that came, and others in another order",
      { kernelOptions: "ro quiet splash" },
      { kernelOptions: "ro quiet splash rhgb" },
      { kernelOptions: "ro splash quiet rhgb" },
    ],
    [
      "a long runner",
      { runner: "org.osbuild.fedora" },
      { runner: `org.osbuild.${"x".repeat(80)}1` },
      { runner: `org.osbuild.${"x".repeat(80)}2` },
    ],
    [
      "a commit",
      stages(options({ commit: "a1".repeat(32) })),
      stages(options({ commit: "b2".repeat(32) })),
      stages(options({ commit: "c3".repeat(32) })),
    ],
  ])("is another one for %s", (_, before, one, two) => {
    const [first, again, second] = [causesOf(before, one), causesOf(before, one), causesOf(before, two)];
    expect(first.map(({ title }) => title)).toEqual(again.map(({ title }) => title));
    expect(first.map(({ id }) => id)).toEqual(again.map(({ id }) => id));
    expect(first.map(({ id }) => id)).not.toEqual(second.map(({ id }) => id));
  });

  it("is the same for another draw of an identifier, in one manifest and in many", () => {
    const [one] = causesOf(draw("a"), draw("b"));
    const many = explain(
      Object.fromEntries(names.slice(0, 5).map((name, index) => [name, change(draw("a"), draw(`${index}`))])),
    ).causes;
    expect(many.map(({ id }) => id)).toEqual([one?.id]);
  });

  it("covers what lies beyond the differences that are told", () => {
    const [one, again, two] = ["a", "a", "b"]
      .map((last) => describePair(many(""), many(last)))
      .map((each) =>
        explain({ name: each })
          .causes.map(({ id }) => id)
          .toSorted(),
      );
    expect(one).toEqual(again);
    expect(one).not.toEqual(two);
  });

  it("covers what an added manifest holds", () => {
    expect(addedId("1")).toBe(addedId("1"));
    expect(addedId("1")).not.toBe(addedId("2"));
  });

  it("is of two changes neither that of the one nor of the other", () => {
    const both = causesOf({}, { os: [mocked("bash"), mocked("kernel"), mocked("a"), mocked("b")] });
    const [a, b] = ["a", "b"].map(
      (name) => causesOf({}, { os: [mocked("bash"), mocked("kernel"), mocked(name)] })[0],
    );
    expect(both[0]?.changes).toEqual([a?.id, b?.id].toSorted());
    expect(new Set([both[0]?.id, a?.id, b?.id]).size).toBe(3);
  });
});

/** Edits that people make, alone and together, of some manifests each. */
const choice = fc.record(
  {
    os: fc
      .subarray(["chrony", "dnf", "vim"], { minLength: 1 })
      .map((extra) => ["bash", "kernel", ...extra].map((name) => mocked(name))),
    runner: fc.constantFrom("org.osbuild.rhel10", "org.osbuild.eln11"),
    kernelOptions: fc.constantFrom("ro quiet", "ro", "console=tty0 ro"),
    readme: fc.constantFrom("one\n", "two\none\n"),
    rootSize: fc.constantFrom(20_557_824, 39_065_567),
    mirror: fc.constantFrom(
      "https://mirror.example/f43/f43-x86_64-fedora-20260202",
      "http://other.example/f43",
    ),
    stages: fc.subarray([options("one"), options("two"), { type: "org.osbuild.y" }], { minLength: 1 }),
  },
  { requiredKeys: [] },
);
const changedSet = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names), choice), { selector: ([name]) => name, minLength: 1 })
  .map((entries) => Object.fromEntries(entries.map(([name, after]) => [name, change({}, after)])));

/** The ids of all changes, and how often each stands there. */
function changeIds(changes: Readonly<Record<string, ManifestChange>>): readonly string[] {
  return explain(changes, names.slice(0, 2)).causes.flatMap((cause) => cause.changes);
}

describe("the ids of changes", () => {
  it("are each of one cause only", () => {
    fc.assert(
      fc.property(changedSet, (changes) => {
        const ids = changeIds(changes);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 50 },
    );
  });

  it("of some manifests are those that they have among all", () => {
    fc.assert(
      fc.property(changedSet, fc.infiniteStream(fc.boolean()), (changes, coins) => {
        const coined = Object.entries(changes).map((entry) => ({ entry, isTaken: coins.next().value }));
        const [some, others] = [true, false].map((side) =>
          changeIds(
            Object.fromEntries(coined.filter(({ isTaken }) => isTaken === side).map(({ entry }) => entry)),
          ),
        );
        expect([...new Set([...(some ?? []), ...(others ?? [])])].toSorted()).toEqual(
          changeIds(changes).toSorted(),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("tell any two results of one manifest apart", () => {
    fc.assert(
      fc.property(choice, choice, (one, two) => {
        const [first, second] = [one, two].map((after) => changeIds({ a: change({}, after) }).toSorted());
        const isSame = JSON.stringify(manifest(one)) === JSON.stringify(manifest(two));
        if (isSame) expect(first).toEqual(second);
        else expect(first).not.toEqual(second);
      }),
      { numRuns: 200 },
    );
  });
});

it("is told in 16 hexadecimal digits", () => {
  expect(idsOf(change({}, { runner: "r" }))[0]).toMatch(/^[0-9a-f]{16}$/);
});
