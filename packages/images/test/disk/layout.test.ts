import { describe, expect, it } from "vitest";
import { resizeLayout, standardLayout } from "../../src/disk/layout.ts";

function mountPoints(layout: ReturnType<typeof standardLayout>): readonly (string | undefined)[] {
  return layout.map(({ fileSystem }) => fileSystem?.mountPoint);
}

describe("standardLayout", () => {
  it("has a BIOS boot partition on x86_64 only", () => {
    expect(mountPoints(standardLayout("x86_64", "ext4"))).toEqual([undefined, "/boot/efi", "/boot", "/"]);
    expect(mountPoints(standardLayout("aarch64", "ext4"))).toEqual(["/boot/efi", "/boot", "/"]);
  });

  it("gives the root the type of its architecture", () => {
    const [x86, arm] = [standardLayout("x86_64", "xfs").at(-1), standardLayout("aarch64", "xfs").at(-1)];
    expect(x86?.type).not.toBe(arm?.type);
    expect(x86?.fileSystem?.type).toBe("xfs");
  });
});

describe("resizeLayout", () => {
  const layout = standardLayout("aarch64", "xfs");

  it("lets known mount points grow, and never shrink", () => {
    const sizes = resizeLayout(layout, { "/": 9000, "/boot": 1 }).map(({ minSizeMib }) => minSizeMib);
    expect(sizes).toEqual([200, 1024, 9000]);
  });

  it("adds other mount points before the root, in the order of their names, with the root's file system", () => {
    const resized = resizeLayout(layout, { "/var/log": 20, "/home": 10 });
    expect(mountPoints(resized)).toEqual(["/boot/efi", "/boot", "/home", "/var/log", "/"]);
    expect(resized[2]).toMatchObject({ minSizeMib: 10, fileSystem: { type: "xfs" } });
  });
});
