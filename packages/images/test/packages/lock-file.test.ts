import { describe, expect, it } from "vitest";
import { isSameTransaction, parseLock } from "../../src/packages/lock-file.ts";

const CHECKSUM = `sha256:${"a".repeat(64)}`;

const entry = {
  name: "kernel",
  evra: "6.17.1-300.fc43.x86_64",
  checksum: CHECKSUM,
  repository: "base",
  url: "Packages/k/kernel-6.17.1-300.fc43.x86_64.rpm",
};

const transaction = { name: "os", install: ["kernel"], exclude: [], packages: [entry] };

const lock = { lockVersion: 1, release: "sample-1", arch: "x86_64", transactions: [transaction] };

function problems(value: unknown): unknown {
  const parsed = parseLock(value);
  return parsed.ok ? [] : parsed.failure.problems;
}

function entryProblems(changes: Record<string, unknown>): unknown {
  return problems({ ...lock, transactions: [{ ...transaction, packages: [{ ...entry, ...changes }] }] });
}

describe("parseLock", () => {
  it("reads a lock", () => {
    expect(parseLock(structuredClone(lock))).toEqual({ ok: true, value: lock });
  });

  it.each([null, [], "lock", 1, undefined])("refuses %o as a whole", (value) => {
    expect(problems(value)).toEqual([{ reason: "unexpected-value", path: [], expected: "an object" }]);
  });

  it("reports every problem at once, with its place", () => {
    const broken = {
      lockVersion: 2,
      arch: "riscv64",
      extra: true,
      transactions: [
        { name: "", install: "kernel", exclude: [1], packages: [{ ...entry, evra: "6.17" }, null] },
      ],
    };
    expect(problems(broken)).toEqual([
      { reason: "unknown-key", path: ["extra"] },
      { reason: "unexpected-value", path: ["lockVersion"], expected: "1" },
      { reason: "unexpected-value", path: ["transactions", 0, "name"], expected: "a text" },
      { reason: "unexpected-value", path: ["transactions", 0, "install"], expected: "a list" },
      { reason: "unexpected-value", path: ["transactions", 0, "exclude", 0], expected: "a text" },
      {
        reason: "unexpected-value",
        path: ["transactions", 0, "packages", 0, "evra"],
        expected: "[epoch:]version-release.arch",
      },
      { reason: "unexpected-value", path: ["transactions", 0, "packages", 1], expected: "an object" },
      { reason: "unexpected-value", path: ["release"], expected: "a text" },
      { reason: "unexpected-value", path: ["arch"], expected: "x86_64 or aarch64" },
    ]);
  });

  it.each(["a".repeat(64), `sha256:${"A".repeat(64)}`, `sha256:${"a".repeat(63)}`, `md5:${"a".repeat(32)}`])(
    "refuses %s as a checksum",
    (checksum) => {
      expect(entryProblems({ checksum })).toMatchObject([
        { reason: "unexpected-value", expected: "sha256:<64 hex>" },
      ]);
    },
  );

  it.each([
    "https://mirror.example/base-20260101/kernel.rpm",
    "//mirror.example/kernel.rpm",
    "/kernel.rpm",
    "../kernel.rpm",
    "Packages/../../kernel.rpm",
    "Packages//kernel.rpm",
    "Packages\\kernel.rpm",
    "kernel.rpm?mirror=1",
    "kernel rpm",
    "",
  ])("refuses %j as a package's URL", (url) => {
    expect(entryProblems({ url })).toMatchObject([
      { reason: "unexpected-value", expected: "a URL relative to the repository" },
    ]);
  });

  it.each(["1:2.0-1.el9.noarch", "2.0~rc1-1.el9.aarch64", "0-0.x86_64"])("takes %s as a version", (evra) => {
    expect(entryProblems({ evra })).toEqual([]);
  });

  it("refuses two checksums for one URL", () => {
    const other = { ...entry, checksum: `sha256:${"b".repeat(64)}` };
    const build = { ...transaction, name: "build", packages: [entry, other] };
    expect(problems({ ...lock, transactions: [build] })).toEqual([
      { reason: "checksums-conflict", path: ["transactions", 0, "packages", 1, "checksum"], url: entry.url },
    ]);
  });

  it("refuses a transaction that is locked twice", () => {
    expect(problems({ ...lock, transactions: [transaction, transaction] })).toEqual([
      { reason: "transaction-repeated", path: ["transactions", 1] },
    ]);
  });

  it("is not fooled by keys of every object", () => {
    const value: unknown = JSON.parse('{"__proto__": {"lockVersion": 1}, "toString": 1}');
    expect(problems(value)).toContainEqual({ reason: "unknown-key", path: ["__proto__"] });
    expect(problems(value)).toContainEqual({
      reason: "unexpected-value",
      path: ["lockVersion"],
      expected: "1",
    });
  });
});

describe("isSameTransaction", () => {
  it("minds neither order nor repetition, but every name", () => {
    const asked = { name: "os", install: ["b", "a", "a"], exclude: ["x", "y"] };
    expect(isSameTransaction(asked, { name: "os", install: ["a", "b"], exclude: ["y", "x"] })).toBe(true);
    expect(isSameTransaction(asked, { name: "os", install: ["a", "b", "c"], exclude: ["y", "x"] })).toBe(
      false,
    );
    expect(isSameTransaction(asked, { name: "os", install: ["a", "b"], exclude: [] })).toBe(false);
    expect(isSameTransaction(asked, { name: "build", install: ["a", "b"], exclude: ["x", "y"] })).toBe(false);
  });
});
