import { expect, it } from "vitest";
import { findRecord } from "../../src/lookup/find-record.ts";
import { failureOf, makeWorkspace, OFFERED, orThrow } from "../workspace.ts";

it("finds the family of a record by its name, alone or with the family's", async () => {
  const workspace = makeWorkspace();
  const first = await workspace.family({ generator: OFFERED }, "images/first");
  const second = await workspace.family({ generator: OFFERED }, "images/second");
  workspace.write("checksums/first/a.sum", "");
  workspace.write("checksums/first/both.sum", "");
  workspace.write("checksums/second/both.sum", "");
  const projects = [first, second];
  expect(orThrow(findRecord(projects, "a"))).toEqual({ project: first, name: "a" });
  expect(orThrow(findRecord(projects, "second/both"))).toEqual({ project: second, name: "both" });
  expect(orThrow(findRecord(projects, "second/gone"))).toEqual({ project: second, name: "gone" });
  expect(orThrow(findRecord([first], "gone"))).toEqual({ project: first, name: "gone" });
  expect(failureOf(findRecord(projects, "gone"))).toEqual({
    reason: "record-unknown",
    name: "gone",
    known: 2,
  });
  expect(failureOf(findRecord(projects, "third/a"))).toEqual({
    reason: "record-unknown",
    name: "third/a",
    known: 2,
  });
  expect(failureOf(findRecord(projects, "both"))).toEqual({
    reason: "record-ambiguous",
    name: "both",
    families: ["first", "second"],
  });
  expect(failureOf(findRecord([], "a"))).toEqual({ reason: "record-unknown", name: "a", known: 0 });
});
