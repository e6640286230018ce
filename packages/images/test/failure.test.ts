import { fail, ok } from "@imagegate/core";
import { describe, expect, it } from "vitest";
import { DefinitionError, orThrow, type ImageFailure } from "../src/failure.ts";

describe("orThrow", () => {
  it("gives the value", () => {
    expect(orThrow(ok(1))).toBe(1);
  });

  it("throws the failure, whose reason and data stand in the message", () => {
    const failure: ImageFailure = { reason: "image-name-invalid", name: "../x" };
    const attempt = (): unknown => orThrow(fail(failure));
    expect(attempt).toThrow(DefinitionError);
    expect(attempt).toThrow('image-name-invalid {"name":"../x"}');
    expect(attempt).toThrow(expect.objectContaining({ failure }));
  });
});
