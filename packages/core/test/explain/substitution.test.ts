import { describe, expect, it } from "vitest";
import { Substitution } from "../../src/explain/substitution.ts";
import { fromPlain, type Plain } from "../compare/documents.ts";

describe("a substitution", () => {
  const uuid = {
    before: "f662a5ee-e82a-4df4-8a2d-0b75fb180daf",
    after: "10037c4d-7bbb-4407-91e2-c64981855ad8",
  };
  const substitution = new Substitution([
    uuid,
    { before: "6E4FF95F", after: "9566C74D" },
    { before: "39065567", after: "39063552" },
  ]);

  it.each<[string, Plain, Plain]>([
    ["the value itself", 39_065_567, 39_063_552],
    ["a value within a text", `root=UUID=${uuid.before} ro`, `root=UUID=${uuid.after} ro`],
    ["another spelling", "/dev/disk/by-uuid/6e4f-f95f", "/dev/disk/by-uuid/9566-c74d"],
    ["a name that begins like it", "luks-f662", "luks-1003"],
    ["a key that carries it", { "luks-f662": { size: 39_065_567 } }, { "luks-1003": { size: 39_063_552 } }],
    ["a list", ["a", uuid.before], ["a", uuid.after]],
  ])("explains %s", (_, before, after) => {
    expect(substitution.explain(fromPlain(before), fromPlain(after))).not.toBeNull();
  });

  it.each<[string, Plain, Plain]>([
    ["another value", 39_065_567, 39_063_553],
    ["another text around it", `root=${uuid.before} ro`, `root=${uuid.after} rw`],
    ["a value of another kind", 39_065_567, "39063552"],
    ["another key", { a: uuid.before }, { b: uuid.after }],
    ["what did not change", "a", "a"],
  ])("does not explain %s", (_, before, after) => {
    expect(substitution.explain(fromPlain(before), fromPlain(after))).toBeNull();
  });
});
