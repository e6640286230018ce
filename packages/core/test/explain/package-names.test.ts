import { describe, expect, it } from "vitest";
import { packageName, shortDigest } from "../../src/explain/package-names.ts";
import { defaultProfile } from "../../src/explain/profile.ts";

describe("the name of a package", () => {
  it.each([
    ["packages/e2fsprogs-0:3-3.pkgset~os^trans~0.x86_64.rpm", "e2fsprogs", "0:3-3"],
    ["packages/pigz-0:2-1.pkgset~anaconda-tree^trans~0.noarch.rpm", "pigz", "0:2-1"],
    ["https://h/p/grub2-efi-x64-2.06-95.el9.x86_64.rpm?token=a", "grub2-efi-x64", "2.06-95.el9"],
    ["https://h/p/shadow-utils-2%3A4.9-6.el9.x86_64.rpm", "shadow-utils", "2:4.9-6.el9"],
    ["odd.rpm", "odd", null],
  ])("of %s", (url, name, version) => {
    expect(packageName(url, defaultProfile)).toEqual({ name, version });
  });

  it.each([
    "https://h/p/file.tar",
    "pkgset:os_trans:0_repos:a-0:1-1.x86_64.rpm",
    "exclude:a-0:1-1.x86_64.rpm",
    "%zz",
  ])("is none for %s", (url) => {
    expect(packageName(url, defaultProfile)).toBeNull();
  });

  it("is the start of a digest for want of another", () => {
    expect(shortDigest(`sha256:${"0123456789ab".repeat(5)}cdef`)).toBe("sha256:0123456789ab…");
    expect(shortDigest("name")).toBe("name");
  });
});
