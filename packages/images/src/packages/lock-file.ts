import { fail, isSha256, ok, type JsonPath, type Result } from "@imagegate/core";
import { ARCHITECTURES, type Architecture } from "../architecture.ts";
import type { Checksum } from "../manifest.ts";
import type { Transaction } from "./resolver.ts";

/** The packages of one release and architecture, as a package manager chose them; `packages.lock.json`. */
export interface PackageLock {
  readonly lockVersion: 1;
  readonly release: string;
  readonly arch: Architecture;
  readonly transactions: readonly LockedTransaction[];
}

/** What was asked for, and the packages that it gave. */
export interface LockedTransaction extends Transaction {
  readonly packages: readonly LockedPackage[];
}

/** One package of a lock. */
export interface LockedPackage {
  readonly name: string;
  /** `[epoch:]version-release.arch`. */
  readonly evra: string;
  readonly checksum: Checksum;
  /** The id of its repository. */
  readonly repository: string;
  /** Relative to the repository's root, as its metadata has it: the lock outlives a snapshot. */
  readonly url: string;
}

/** Why data is not a lock; all problems at once. */
export interface LockFailure {
  readonly reason: "lock-invalid";
  readonly problems: readonly LockProblem[];
}

/** One thing wrong with a lock, and where. */
export type LockProblem =
  | { readonly reason: "unexpected-value"; readonly path: JsonPath; readonly expected: string }
  | { readonly reason: "unknown-key"; readonly path: JsonPath }
  | { readonly reason: "transaction-repeated"; readonly path: JsonPath }
  | { readonly reason: "checksums-conflict"; readonly path: JsonPath; readonly url: string };

/** Reads a lock from parsed JSON. */
export function parseLock(value: unknown): Result<PackageLock, LockFailure> {
  const problems: LockProblem[] = [];
  const lock = readLock({ value, path: [], problems });
  return problems.length === 0 ? ok(lock) : fail({ reason: "lock-invalid", problems });
}

/** Whether two transactions ask for the same, in whatever order. */
export function isSameTransaction(left: Transaction, right: Transaction): boolean {
  return transactionKey(left) === transactionKey(right);
}

function transactionKey({ name, install, exclude }: Transaction): string {
  return JSON.stringify([name, [...new Set(install)].toSorted(), [...new Set(exclude)].toSorted()]);
}

/** A value that is being read, where it stands, and the list that its problems go to. */
interface Place {
  readonly value: unknown;
  readonly path: JsonPath;
  readonly problems: LockProblem[];
}

function readLock(place: Place): PackageLock {
  const at = readMembers(place, ["lockVersion", "release", "arch", "transactions"]);
  if (at("lockVersion").value !== 1) report(at("lockVersion"), "1");
  const transactions = readArray(at("transactions"), readTransaction);
  reportRepeatedTransactions(at("transactions"), transactions);
  reportConflictingChecksums(at("transactions"), transactions);
  return {
    lockVersion: 1,
    release: readText(at("release"), TEXT),
    arch: readText(at("arch"), ARCHITECTURE) as Architecture,
    transactions,
  };
}

function readTransaction(place: Place): LockedTransaction {
  const at = readMembers(place, ["name", "install", "exclude", "packages"]);
  return {
    name: readText(at("name"), TEXT),
    install: readArray(at("install"), (name) => readText(name, TEXT)),
    exclude: readArray(at("exclude"), (name) => readText(name, TEXT)),
    packages: readArray(at("packages"), readPackage),
  };
}

function readPackage(place: Place): LockedPackage {
  const at = readMembers(place, ["name", "evra", "checksum", "repository", "url"]);
  return {
    name: readText(at("name"), TEXT),
    evra: readText(at("evra"), EVRA),
    checksum: readText(at("checksum"), CHECKSUM) as Checksum,
    repository: readText(at("repository"), TEXT),
    url: readText(at("url"), RELATIVE_URL),
  };
}

/** What a text must look like, and how the problem says so. */
interface TextShape {
  readonly expected: string;
  readonly matches: (text: string) => boolean;
}

const TEXT: TextShape = { expected: "a text", matches: (text) => text.length > 0 };

const ARCHITECTURE: TextShape = {
  expected: Object.keys(ARCHITECTURES).join(" or "),
  matches: (text) => Object.hasOwn(ARCHITECTURES, text),
};

const EVRA: TextShape = {
  expected: "[epoch:]version-release.arch",
  matches: (text) => /^(\d+:)?[^\s:-]+-[^\s:-]+\.[a-z0-9_]+$/.test(text),
};

const CHECKSUM: TextShape = {
  expected: "sha256:<64 hex>",
  matches: (text) => text.startsWith("sha256:") && isSha256(text.slice("sha256:".length)),
};

const RELATIVE_URL: TextShape = {
  expected: "a URL relative to the repository",
  matches: (text) =>
    /^(?![A-Za-z][A-Za-z0-9+.-]*:)[!-~]+$/.test(text) && !/^\/|\\|[?#]|(^|\/)\.{0,2}(\/|$)/.test(text),
};

function readText(place: Place, shape: TextShape): string {
  if (typeof place.value === "string" && shape.matches(place.value)) return place.value;
  report(place, shape.expected);
  return "";
}

function readArray<T>(place: Place, readItem: (item: Place) => T): readonly T[] {
  if (Array.isArray(place.value)) {
    return place.value.map((value: unknown, index) =>
      readItem({ ...place, value, path: [...place.path, index] }),
    );
  }
  report(place, "a list");
  return [];
}

/** Gives access to the members of an object that has these keys and no others. */
function readMembers(place: Place, keys: readonly string[]): (key: string) => Place {
  const { value, path, problems } = place;
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject) report(place, "an object");
  const members = new Map<string, unknown>(isObject ? Object.entries(value) : []);
  for (const key of members.keys()) {
    if (!keys.includes(key)) problems.push({ reason: "unknown-key", path: [...path, key] });
  }
  // What is not an object has been reported; its members would only repeat it.
  return (key) => ({ value: members.get(key), path: [...path, key], problems: isObject ? problems : [] });
}

function report(place: Place, expected: string): void {
  place.problems.push({ reason: "unexpected-value", path: place.path, expected });
}

function reportRepeatedTransactions(place: Place, transactions: readonly LockedTransaction[]): void {
  const seen = new Set<string>();
  for (const [index, transaction] of transactions.entries()) {
    const key = transactionKey(transaction);
    if (seen.has(key)) place.problems.push({ reason: "transaction-repeated", path: [...place.path, index] });
    seen.add(key);
  }
}

/** One URL cannot give two files: one of the two checksums is wrong. */
function reportConflictingChecksums(place: Place, transactions: readonly LockedTransaction[]): void {
  const checksums = new Map<string, Checksum>();
  for (const [transactionIndex, { packages }] of transactions.entries()) {
    for (const [index, { repository, url, checksum }] of packages.entries()) {
      const key = `${repository} ${url}`;
      const known = checksums.get(key) ?? checksum;
      const path = [...place.path, transactionIndex, "packages", index, "checksum"];
      if (known !== checksum) place.problems.push({ reason: "checksums-conflict", path, url });
      checksums.set(key, known);
    }
  }
}
