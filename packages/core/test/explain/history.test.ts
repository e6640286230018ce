import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeChange } from "../../src/explain/describe-change.ts";
import { explainChanges } from "../../src/explain/explain-changes.ts";
import { groupBy } from "../../src/explain/finding.ts";
import type { Cause, Explanation } from "../../src/explain/explanation.ts";
import type { NamedChange } from "../../src/explain/lines.ts";
import { defaultProfile } from "../../src/explain/profile.ts";
import { sharedData } from "../shared-data.ts";
import { changedPairs, compose, explainCommit, readCommit, type HistoricChange } from "./history.ts";

const data = sharedData("image-builder");

/** All names of another commit. */
const names = data === undefined ? "" : readFileSync(new URL("pipeline-ids.txt", data), "utf8");
const others = [...new Set(names.split("\n").flatMap((line) => line.split(" ", 1)))].filter(
  (name) => name !== "",
);

/** Reads commits once; the biggest are not small. */
const commits = new Map<string, HistoricChange>();
function commitOf(name: string): HistoricChange {
  const known = commits.get(name) ?? readCommit(data as URL, name);
  commits.set(name, known);
  return known;
}

function lines({ causes }: Explanation): readonly string[] {
  return causes.map((cause) => `${cause.manifests.length} ${cause.class}: ${cause.title}`);
}

function scopeOf(commit: string): string | undefined {
  return explainCommit(commitOf(commit), others).causes[0]?.scope;
}

/** What real commits of a real repository changed, in one line each. */
const expected: Readonly<Record<string, string>> = {
  a1f35083b: "93 rebuild: removed: all 93 of rhel_9.0",
  "74dcf1259":
    '6 rebuild: 6 renamed: config disable_nm_cloud_setup → empty; in all, org.osbuild.systemd › disabled_services removed: ["nm-cloud-setup.service"]',
  "9a190ba1c": "4 rebuild: packages: + system-reinstall-bootc (os)",
  "6494ac942": "19 rebuild: org.osbuild.ovf › vmware added",
  "1465ca460": "103 visible-only: sources: snapshot date 20260719 → 20260809",
  e4d03339e: "106 rebuild: packages: − anaconda-widgets (anaconda-tree)",
  c7aedcfee: "72 rebuild: packages: + grub2-ppc64le, grub2-ppc64le-modules, s390utils-base (build)",
  bf26d3e5c: "11 rebuild: packages: + chrony (os); + org.osbuild.chrony",
  "563519a7e": "1016 rebuild: partitions[].size: −2,015, now a multiple of 2,048",
  "52446b537": "1 rebuild: added: eln_11-aarch64-gce-empty",
  "8d0457f16": "55 id-blind: runner: org.osbuild.rhel11 → org.osbuild.eln11",
  cd453d1f2: "30 rebuild: file /README: +1 −1 lines",
};

/** The causes of some changes, each manifest having all that it has in any of them. */
function causesOf(changes: readonly NamedChange[]): readonly Cause[] {
  const byName = groupBy(changes, ({ name }) => name);
  const joined = Array.from(byName, ([name, own]) => ({
    name,
    change: { ...(own[0] as NamedChange).change, items: own.flatMap(({ change }) => change.items) },
  }));
  const all = [...new Set([...others, ...byName.keys()])];
  return explainChanges({
    ...{ before: all, after: all, changes: joined, renames: [], digests: new Map() },
    ...{ unexplained: [], profile: defaultProfile },
  }).causes;
}

describe.runIf(data !== undefined)("a real repository's commits", { timeout: 600_000 }, () => {
  it.each(Object.entries(expected))("%s has one cause", (commit, line) => {
    const explanation = explainCommit(commitOf(commit), others);
    expect(lines(explanation)).toEqual([line]);
  });

  it("25dd8be4c has one cause, and says what holds for most only", () => {
    const { causes } = explainCommit(commitOf("25dd8be4c"), others);
    expect(causes).toHaveLength(1);
    expect(causes[0]).toMatchObject({
      class: "rebuild",
      scope: "all 36 *_installer of fedora_45 except iot_simplified_installer",
    });
    expect(causes[0]?.title).toBe(
      "packages: + dosfstools − lorax-templates-generic (build); org.osbuild.dracut › remove added",
    );
    expect(causes[0]?.details.filter(({ text }) => text.startsWith("34 of 36 also: "))).toHaveLength(2);
  });

  it("says briefly where", () => {
    expect(scopeOf("1465ca460")).toBe("all 103 of centos_9");
    expect(scopeOf("6494ac942")).toBe("all 19 generic_ova, ova with empty");
    expect(scopeOf("c7aedcfee")).toBe("all 72 *_installer on ppc64le, s390x");
    expect(scopeOf("8d0457f16")).toBe("all 55 of eln_11 except gce on aarch64");
  });

  it("keeps commits apart that stand in one step", () => {
    const step = ["8d0457f16", "bf26d3e5c", "e4d03339e", "1465ca460", "6494ac942", "9a190ba1c", "a1f35083b"];
    const explanation = explainCommit(compose(step.map(commitOf)), others);
    const found = lines(explanation).map((line) => line.replace(/^\d+ /, ""));
    for (const commit of step) {
      const [, words = ""] = /^\d+ (.*)$/.exec(expected[commit] as string) ?? [];
      expect(found.filter((line) => line.startsWith(words))).toHaveLength(1);
    }
  });

  describe("together", () => {
    const whole = ["a1f35083b", "74dcf1259", "52446b537"];
    const told = [...Object.keys(expected), "25dd8be4c"].filter((commit) => !whole.includes(commit));
    const described = new Map<string, readonly NamedChange[]>();
    function changesOf(commit: string): readonly NamedChange[] {
      const known =
        described.get(commit) ??
        Array.from(changedPairs(commitOf(commit)), ([name, before, after]) => ({
          name,
          change: describeChange(before, after, { profile: defaultProfile, exports: null }),
        }));
      described.set(commit, known);
      return known;
    }

    it("any two keep their causes, and the ids of these", () => {
      for (const [index, one] of told.entries()) {
        for (const other of told.slice(index + 1)) {
          const [first, second] = [changesOf(one), changesOf(other)];
          const apart = [...causesOf(first), ...causesOf(second)].map(({ id }) => id);
          const together = causesOf([...first, ...second]).map(({ id }) => id);
          expect(together.toSorted(), `${one} ${other}`).toEqual(apart.toSorted());
        }
      }
    });

    it("any half of the manifests of one has some of its changes, and the other half the rest", () => {
      for (const commit of told) {
        const changes = changesOf(commit);
        const halves = [0, 1].map((rest) => changes.filter((_, index) => index % 2 === rest));
        const ids = halves.flatMap((half) => causesOf(half).flatMap((cause) => cause.changes));
        const all = causesOf(changes).flatMap((cause) => cause.changes);
        expect([...new Set(ids)].toSorted(), commit).toEqual(all.toSorted());
      }
    });
  });
});
