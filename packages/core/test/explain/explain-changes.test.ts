import { describe, expect, it } from "vitest";
import { explainChanges } from "../../src/explain/explain-changes.ts";
import type { Explanation } from "../../src/explain/explanation.ts";
import type { ManifestChange } from "../../src/explain/manifest-change.ts";
import { defaultProfile } from "../../src/explain/profile.ts";
import { change, explain, mocked, type Choice } from "./manifests.ts";

const base = [mocked("bash"), mocked("kernel")];
const plus = (...names: readonly string[]): Choice => ({
  os: [...base, ...names.map((name) => mocked(name))],
});

/** One change of many manifests. */
function all(names: readonly string[], after: Choice, before: Choice = {}): Record<string, ManifestChange> {
  return Object.fromEntries(names.map((name) => [name, change(before, after)]));
}

function lines({ causes }: Explanation): readonly string[] {
  return causes.map((cause) => `${cause.manifests.length} ${cause.class}: ${cause.title} | ${cause.scope}`);
}

const distros = ["centos_9", "fedora_43", "fedora_44", "rhel_9.8"];
const ami = distros.map((distro) => `${distro}-x86_64-ami-empty`);
const arm = distros.map((distro) => `${distro}-aarch64-ami-empty`);
const others = distros.map((distro) => `${distro}-x86_64-qcow2-empty`);

/** Two packages as a repository names them. */
function versions(chrony: string, kernel: string): Choice {
  return { os: [`chrony-${chrony}.el9.x86_64.rpm`, `kernel-${kernel}.el9.x86_64.rpm`] };
}

const users = (name: string): unknown => ({ type: "org.osbuild.users", options: { name } });

describe("explainChanges", () => {
  it("makes one cause of one change of many", () => {
    const explanation = explain(all(ami, plus("chrony")), others);
    expect(explanation).toMatchObject({ changed: 4, added: 0, removed: 0, unchanged: 4 });
    expect(lines(explanation)).toEqual(["4 rebuild: packages: + chrony (os) | all 4 ami"]);
    expect(explanation.causes[0]?.details).toEqual([{ text: "+ chrony (os 4)" }]);
    expect(explanation.manifests[0]).toMatchObject({
      name: "centos_9-x86_64-ami-empty",
      change: "changed",
      class: "rebuild",
      causes: [explanation.causes[0]?.id],
    });
  });

  it("keeps what differs in its set apart, and what has another reason", () => {
    const [first, ...rest] = ami as [string, ...string[]];
    const explanation = explain({
      ...all([first], { ...plus("chrony"), runner: "org.osbuild.rhel10" }),
      ...all(rest, { ...plus("chrony", "dnf"), rootUuid: "681d0d86-d1e9-4e00-9679-39cb6694d2c4" }),
      ...all(others, plus("dnf")),
    });
    expect(lines(explanation)).toEqual([
      "7 rebuild: packages: + dnf (os) | all 7 except ami of centos_9",
      "4 rebuild: packages: + chrony (os) | all 4 ami",
      "3 rebuild: uuid: 48a79ee0-b10d-4946-9185-0fd4a178892e → 681d0d86-d1e9-4e00-9679-39cb6694d2c4 | all 3 ami except of centos_9",
      "1 id-blind: runner: org.osbuild.fedora43 → org.osbuild.rhel10 | centos_9-x86_64-ami-empty",
    ]);
  });

  it("tells a near miss under the cause that it nearly is", () => {
    const names = ["1", "2", "3", "4", "5"].map((config) => `fedora_43-x86_64-ami-${config}`);
    const [last, ...most] = names.toReversed() as [string, ...string[]];
    const { causes } = explain({ ...all([last], plus("a")), ...all(most, plus("a", "b")) });
    expect(causes).toHaveLength(1);
    expect(causes[0]).toMatchObject({ title: "packages: + a (os)", manifests: names });
    expect(causes[0]?.details[1]).toMatchObject({ manifests: most.toReversed() });
    expect(causes[0]?.details[1]?.text).toMatch(/^4 of 5 also: \+ b \(os 4\)/);
  });

  it("tells a near miss of a near miss, too", () => {
    const names = Array.from({ length: 36 }, (_, config) => `fedora_43-x86_64-ami-${config}`).toSorted();
    const { causes } = explain({
      ...all(names, plus("a")),
      ...all(names.slice(0, 30), plus("a", "b")),
      ...all(names.slice(0, 25), plus("a", "b", "c")),
    });
    expect(causes.map(({ title, details }) => [title, details.length])).toEqual([["packages: + a (os)", 3]]);
    expect(causes[0]?.details[2]?.text).toMatch(/^25 of 36 also: \+ c \(os 25\)/);
  });

  it("joins what only one part of the names tells apart", () => {
    const explanation = explain({ ...all(ami, plus("grub2-x64")), ...all(arm, plus("grub2-aa64")) });
    expect(lines(explanation)).toEqual(["8 rebuild: packages: + grub2-aa64, grub2-x64 (os) | all 8"]);
  });

  it("does not join what nothing but matching names has in common", () => {
    const [x86, aarch] = [ami.slice(0, 2), arm.slice(0, 2)];
    expect(lines(explain({ ...all(x86, plus("vim")), ...all(aarch, plus("nano")) }))).toHaveLength(2);
    const before = { stages: [users("none")] };
    const edited = explain({
      ...all(x86, { stages: [users("one")] }, before),
      ...all(aarch, { stages: [users("two")] }, before),
    });
    expect(edited.causes.map(({ details }) => details[0]?.text)).toEqual([
      "org.osbuild.users › name: none → one (os 2)",
      "org.osbuild.users › name: none → two (os 2)",
    ]);
  });

  it("takes no two values in three manifests for each one's own", () => {
    const before = { stages: [users("none")] };
    const some = ["one", "one", "two"].map((name, index) => [
      others[index],
      change(before, { stages: [users(name)] }),
    ]);
    const { causes } = explain(Object.fromEntries(some) as Record<string, ManifestChange>);
    expect(causes.map(({ title, manifests }) => [title, manifests.length])).toEqual([
      ["org.osbuild.users › name: none → one", 2],
      ["org.osbuild.users › name: none → two", 1],
    ]);
  });

  it("tells of many values the range and some between", () => {
    const before = { stages: [users("none")] };
    const names = Array.from({ length: 8 }, (_, config) => `fedora_43-x86_64-ami-${config}`);
    const changes = names.map((name, index) => [name, change(before, { stages: [users(`u${index}`)] })]);
    const { causes } = explain(Object.fromEntries(changes) as Record<string, ManifestChange>);
    expect(causes.map(({ details }) => details[0]?.text)).toEqual([
      "org.osbuild.users › name: another value (os 8); 8 values: none → u0 … none → u7, such as none → u2, none → u4, none → u6",
    ]);
  });

  it("takes identifiers that all differ as redrawn", () => {
    const redrawn = Object.fromEntries(
      ami.map((name, index) => {
        const [before, after] = [index, index + 4].map(
          (digit) => `48a79ee0-b10d-4946-9185-0fd4a178892${digit}`,
        );
        return [name, change({ rootUuid: before as string }, { rootUuid: after as string })];
      }),
    );
    expect(lines(explain(redrawn, others))).toEqual(["4 rebuild: uuid: another identifier | all 4 ami"]);
  });

  it("says what numbers have in common", () => {
    const sizes = [20_559_839, 39_065_567, 19_922_911, 6_293_471];
    const moved = Object.fromEntries(
      ami.map((name, index) => {
        const rootSize = sizes[index] as number;
        return [name, change({ rootSize }, { rootSize: rootSize - 2_015 })];
      }),
    );
    const { causes } = explain(moved, others);
    expect(causes.map(({ title }) => title)).toEqual(["partitions[].size: −2,015, now a multiple of 2,048"]);
    expect(causes[0]?.details[0]?.text).toContain("4 values: 6293471 → 6291456, 19922911 → 19920896, ");
  });

  it("tells a rename with what changed in it", () => {
    const [before, after] = [
      ["fedora_43-x86_64-vhd-old", "fedora_44-x86_64-vhd-old"],
      ["fedora_43-x86_64-vhd-new", "fedora_44-x86_64-vhd-new"],
    ] as const;
    const explanation = explainChanges({
      before,
      after,
      changes: [],
      digests: new Map(),
      renames: before.map((name, index) => ({
        before: name,
        after: after[index] as string,
        change: change({}, plus("chrony")),
      })),
      unexplained: [],
      profile: defaultProfile,
    });
    expect(explanation).toMatchObject({ changed: 0, added: 2, removed: 2, unchanged: 0 });
    expect(lines(explanation)).toEqual([
      "2 rebuild: 2 renamed: config old → new; in all, packages: + chrony (os) | all 2 with new",
    ]);
    expect(explanation.manifests.map(({ causes }) => causes.length)).toEqual([1, 1, 1, 1]);
  });

  it("knows that a new name alone builds nothing anew", () => {
    const [before, after] = ["fedora_43-x86_64-vhd-old", "fedora_43-x86_64-vhd-new"];
    const { causes, manifests } = explainChanges({
      before: [before],
      after: [after],
      changes: [],
      digests: new Map(),
      renames: [{ before, after, change: change({}, {}) }],
      unexplained: [],
      profile: defaultProfile,
    });
    expect(causes).toMatchObject([
      { class: "visible-only", title: "1 renamed: config old → new", example: null },
    ]);
    expect(manifests.map(({ class: of }) => of)).toEqual(["visible-only", "visible-only"]);
  });

  it("tells versions that moved in many manifests as one cause", () => {
    const { causes } = explain({
      ...all(ami, versions("4.6-1", "5.14-2"), versions("4.5-1", "5.14-1")),
      ...all(others, versions("4.6-1", "5.14-1"), versions("4.5-1", "5.14-1")),
    });
    expect(causes.map(({ title }) => title)).toEqual(["packages: chrony 4.5-1.el9 → 4.6-1.el9 (os)"]);
    expect(causes[0]?.details.map(({ text }) => text)).toEqual([
      "chrony 4.5-1.el9 → 4.6-1.el9 (os 8)",
      "4 of 8 also: kernel 5.14-1.el9 → 5.14-2.el9 (os 4); all 4 ami",
    ]);
  });

  it("counts how often a manifest has it", () => {
    const stages = [1, 2].map((x) => ({ type: "org.osbuild.x", options: { x } }));
    const { causes } = explain(all(ami, { stages }));
    expect(causes[0]?.details).toEqual([{ text: "+ org.osbuild.x (os 4 × 2)" }]);
  });

  it("tells whole manifests, and those whose content before is not known", () => {
    const explanation = explainChanges({
      before: ["a", "b", "c"],
      after: ["b", "c", "d"],
      changes: [],
      digests: new Map(),
      renames: [],
      unexplained: [{ name: "b", because: "digests only" }],
      profile: defaultProfile,
    });
    expect(explanation).toMatchObject({ changed: 1, added: 1, removed: 1, unchanged: 1 });
    expect(lines(explanation)).toEqual(["1 rebuild: added: d | d", "1 rebuild: removed: a | a"]);
    expect(explanation.manifests).toEqual([
      { name: "a", change: "removed", class: "rebuild", causes: [explanation.causes[1]?.id] },
      { name: "b", change: "changed", class: "rebuild", causes: [] },
      { name: "d", change: "added", class: "rebuild", causes: [explanation.causes[0]?.id] },
    ]);
  });

  it("does not depend on the order of its input", () => {
    const changes = { ...all(ami, plus("a", "b")), ...all(others, plus("b")), ...all(arm, { runner: "r" }) };
    const backwards = Object.fromEntries(Object.entries(changes).toReversed());
    expect(explain(backwards)).toEqual(explain(changes));
  });

  it("gives a cause the same id in another scope", () => {
    const [one, two] = [explain(all(ami, plus("chrony")), others), explain(all(arm, plus("chrony")))];
    expect(one.causes[0]?.id).toMatch(/^[0-9a-f]{16}$/);
    expect(two.causes[0]?.id).toBe(one.causes[0]?.id);
    expect(explain(all(ami, plus("dnf"))).causes[0]?.id).not.toBe(one.causes[0]?.id);
  });

  it("gives another id to other values, though each manifest has its own", () => {
    const before = { stages: [users("none")] };
    const idOf = (value: string): string | undefined => {
      const changes = ami.map((name) => [name, change(before, { stages: [users(`${name}${value}`)] })]);
      return explain(Object.fromEntries(changes) as Record<string, ManifestChange>).causes[0]?.id;
    };
    expect(idOf("one")).toBe(idOf("one"));
    expect(idOf("one")).not.toBe(idOf("two"));
  });

  it("gives another id to a cause that got a near miss", () => {
    const names = [...ami, ...arm];
    const mixed = (kernelOptions: string): Record<string, ManifestChange> => ({
      ...all(names, { ...plus("chrony"), kernelOptions }),
      ...all(names.slice(0, 1), plus("chrony")),
    });
    const [alone, quiet, evil] = [all(names, plus("chrony")), mixed("ro quiet"), mixed("ro init=/evil")].map(
      (changes) => explain(changes).causes,
    );
    expect([alone, quiet, evil].map((causes) => causes?.length)).toEqual([1, 1, 1]);
    expect(new Set([alone, quiet, evil].map((causes) => causes?.[0]?.id)).size).toBe(3);
  });

  it("gives another id to a rename in which something else changed", () => {
    const [before, after] = ["fedora_43-x86_64-vhd-old", "fedora_43-x86_64-vhd-new"];
    const idOf = (choice: Choice): string | undefined =>
      explainChanges({
        ...{ before: [before], after: [after], changes: [], unexplained: [], profile: defaultProfile },
        digests: new Map(),
        renames: [{ before, after, change: change({}, choice) }],
      }).causes[0]?.id;
    expect(new Set([idOf({}), idOf(plus("chrony")), idOf(plus("dnf"))]).size).toBe(3);
    expect(idOf(plus("dnf"))).toBe(idOf(plus("dnf")));
  });

  it("finds no cause where nothing changed", () => {
    expect(explain({}, ami)).toMatchObject({ changed: 0, unchanged: 4, causes: [], manifests: [] });
  });
});
