import { describe, expect, it } from "vitest";
import { DefinitionError } from "../src/failure.ts";
import { family, imageName, type Family } from "../src/family.ts";
import { mockResolver } from "../src/packages/mock.ts";
import { sampleContainer, sampleDisk, sampleRelease } from "./samples.ts";

const sample: Family = {
  releases: [sampleRelease()],
  architectures: ["x86_64", "aarch64"],
  types: [sampleDisk, { ...sampleContainer, name: "container-minimal" }],
  customizations: { empty: {}, "with-user": { users: { admin: {} } } },
  resolver: mockResolver,
};

describe("family", () => {
  it("has one image for every combination", () => {
    expect(family(sample).map(({ name }) => name)).toEqual([
      "sample_1-x86_64-qcow2-empty",
      "sample_1-x86_64-qcow2-with_user",
      "sample_1-x86_64-container_minimal-empty",
      "sample_1-x86_64-container_minimal-with_user",
      "sample_1-aarch64-qcow2-empty",
      "sample_1-aarch64-qcow2-with_user",
      "sample_1-aarch64-container_minimal-empty",
      "sample_1-aarch64-container_minimal-with_user",
    ]);
  });

  it("makes no manifest before it is asked for one", () => {
    const release = {
      ...sampleRelease(),
      repositories: () => {
        throw new Error("asked");
      },
    };
    const [first] = family({ ...sample, releases: [release] });
    expect(() => first?.manifest()).toThrow("asked");
  });

  it("refuses names that are equal but for the case of letters", () => {
    const colliding = { ...sample, customizations: { empty: {}, Empty: {} } };
    expect(() => family(colliding)).toThrow(DefinitionError);
    expect(() => family(colliding)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ reason: "image-names-collide" }) }),
    );
  });

  it("asks for a resolver by release and architecture", () => {
    const asked: string[] = [];
    family({
      ...sample,
      resolver: (release, arch) => {
        asked.push(`${release.version} ${arch}`);
        return mockResolver();
      },
    });
    expect(new Set(asked)).toEqual(new Set(["1 x86_64", "1 aarch64"]));
  });
});

describe("imageName", () => {
  it("keeps the dash for what stands between parts", () => {
    expect(imageName(["fedora_43", "x86_64", "minimal-raw-xz", "empty"])).toBe(
      "fedora_43-x86_64-minimal_raw_xz-empty",
    );
  });
});
