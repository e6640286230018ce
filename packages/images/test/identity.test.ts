import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveUuid, deriveVolumeId } from "../src/identity.ts";

describe("deriveUuid", () => {
  it("depends on the image and the purpose alone", () => {
    expect(deriveUuid("image", "disk")).toBe(deriveUuid("image", "disk"));
    expect(deriveUuid("image", "disk")).not.toBe(deriveUuid("image", "root"));
    expect(deriveUuid("image", "disk")).not.toBe(deriveUuid("other", "disk"));
    expect(deriveUuid("ab", "c")).not.toBe(deriveUuid("a", "bc"));
  });

  it("stays what it is, since every image would change with it", () => {
    expect(deriveUuid("fedora_43-x86_64-qcow2-empty", "disk")).toBe("553cc19e-ba71-5796-9842-84f503c1064f");
  });

  it("has the shape of a version 5 UUID", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (image, purpose) => {
        expect(deriveUuid(image, purpose)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });
});

describe("deriveVolumeId", () => {
  it("is eight upper-case hexadecimal digits", () => {
    fc.assert(
      fc.property(fc.string(), (image) => {
        expect(deriveVolumeId(image, "esp")).toMatch(/^[0-9A-F]{8}$/);
      }),
    );
  });
});
