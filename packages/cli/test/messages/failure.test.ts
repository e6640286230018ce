import type { ProcessOutcome } from "@imagegate/host";
import { describe, expect, it } from "vitest";
import type { DescribedFailure } from "../../src/failure.ts";
import { describeFailure, renderFailure } from "../../src/messages/failure.ts";

const HOSTILE = "\u001b[2J\u202e\n";
const ran = { stdout: new Uint8Array(), stderr: "first\n\u001b[31mlast\u001b[0m\n", durationMs: 1 };
const exited: ProcessOutcome = { kind: "exited", exitCode: 3, ...ran };
const argv = ["osbuild", "--inspect", "-", HOSTILE];
const at = { offset: 7, line: 2, column: 3 };
const path = ["pipelines", 0, HOSTILE];
const digest = "a".repeat(64) as never;
const cause = new Error("why");
const file = `manifests/${HOSTILE}.json`;
const line = { line: 2, text: HOSTILE };
const place = { path: file, pointer: `/pins/${HOSTILE}`, line: 3 };
const asked = { forge: "github", request: `GET https://api.test/${HOSTILE}` } as const;

/** One failure for every reason; a reason that is missing does not compile. */
const FAILURES: {
  readonly [R in DescribedFailure["reason"]]: DescribedFailure & { readonly reason: R };
} = {
  "archive-foreign": { reason: "archive-foreign", path: file },
  "config-missing": { reason: "config-missing", path: file },
  "config-unreadable": { reason: "config-unreadable", path: file, cause: { reason: "json-empty" } },
  "config-invalid": { reason: "config-invalid", path: file, problems: [{ path, message: HOSTILE }] },
  "config-none-found": { reason: "config-none-found", root: file },
  "config-outside-root": { reason: "config-outside-root", path: file, root: file },
  "family-unknown": { reason: "family-unknown", family: HOSTILE, known: ["fedora"] },
  "family-twice": { reason: "family-twice", family: "fedora", paths: [file, file] },
  "records-shared": { reason: "records-shared", folder: file, families: ["a", "b"] },
  "report-too-large": { reason: "report-too-large", sizeBytes: 2, limitBytes: 1 },
  "report-unreadable": { reason: "report-unreadable", cause: { reason: "json-empty" } },
  "report-invalid": { reason: "report-invalid", problems: [{ path, message: HOSTILE }] },
  "generator-empty": { reason: "generator-empty" },
  "name-invalid": { reason: "name-invalid", name: HOSTILE },
  "name-collision": { reason: "name-collision", names: ["a", "A"] },
  "names-missing": { reason: "names-missing", names: ["a"] },
  "names-unexpected": { reason: "names-unexpected", names: ["a"] },
  "module-not-loaded": { reason: "module-not-loaded", entry: file, message: HOSTILE, stack: "E\n at x" },
  "module-shape": { reason: "module-shape", entry: file, path, expected: "a list" },
  "module-outside-input": { reason: "module-outside-input", entry: file, file },
  "module-threw": { reason: "module-threw", message: HOSTILE, stack: "Error\n    at here" },
  "module-timed-out": { reason: "module-timed-out", timeoutMs: 1_000 },
  "worker-died": { reason: "worker-died", message: HOSTILE },
  "command-failed": { reason: "command-failed", argv, outcome: exited },
  "command-output": { reason: "command-output", line: 2, cause: { reason: "json-empty" } },
  "output-stranger": { reason: "output-stranger", path: file },
  "no-match": { reason: "no-match", include: ["*.json"] },
  "shard-unknown": { reason: "shard-unknown", names: [HOSTILE], shards: ["a", "b"] },
  "shards-empty": { reason: "shards-empty", shards: ["a"] },
  "records-occupied": { reason: "records-occupied", folder: file, files: [HOSTILE] },
  "manifests-unstable": { reason: "manifests-unstable", names: [HOSTILE] },
  "json-empty": { reason: "json-empty" },
  "json-byte-order-mark": { reason: "json-byte-order-mark" },
  "json-not-utf8": { reason: "json-not-utf8", at },
  "json-syntax": { reason: "json-syntax", at, path, expected: "a value", found: "\u001b" },
  "json-duplicate-key": { reason: "json-duplicate-key", at, path, key: HOSTILE },
  "json-lone-surrogate": { reason: "json-lone-surrogate", at, path },
  "json-too-deep": { reason: "json-too-deep", at, path, limit: 512 },
  "manifest-version-unsupported": { reason: "manifest-version-unsupported", version: HOSTILE },
  "manifest-malformed": { reason: "manifest-malformed", path, expected: "a list", found: null },
  "manifest-unknown-pipeline": { reason: "manifest-unknown-pipeline", path, reference: HOSTILE },
  "manifest-unknown-source": { reason: "manifest-unknown-source", path, reference: HOSTILE },
  "manifest-unknown-device": { reason: "manifest-unknown-device", path, device: HOSTILE },
  "manifest-device-cycle": { reason: "manifest-device-cycle", path },
  "manifest-duplicate-name": { reason: "manifest-duplicate-name", path, name: HOSTILE },
  "manifest-unsortable-references": { reason: "manifest-unsortable-references", path },
  "value-not-json": { reason: "value-not-json", path, found: "cycle" },
  missing: { reason: "missing", path: file },
  "not-a-file": { reason: "not-a-file", path: file },
  "too-large": { reason: "too-large", path: file, sizeBytes: 2_048, limitBytes: 1_024 },
  unreadable: { reason: "unreadable", path: file, code: "EACCES", cause },
  "write-failed": { reason: "write-failed", path: file, code: "ENOSPC", cause },
  "no-pipelines": { reason: "no-pipelines" },
  "osbuild-version-failed": { reason: "osbuild-version-failed", argv, outcome: exited },
  "osbuild-failed": { reason: "osbuild-failed", argv, outcome: exited },
  "osbuild-refused": {
    reason: "osbuild-refused",
    argv,
    title: HOSTILE,
    errors: [{ message: HOSTILE, path: "x" }],
  },
  "osbuild-output": { reason: "osbuild-output", argv, expected: "JSON" },
  "ids-disagree": { reason: "ids-disagree", pipeline: HOSTILE, stage: 1, builtin: "b", osbuild: null },
  "manifest-failed": {
    reason: "manifest-failed",
    manifests: Array.from({ length: 12 }, (_, index) => ({
      name: `name-${index}`,
      failure: {
        reason: "json-syntax",
        at: { ...at, line: index + 1 },
        path,
        expected: "a value",
        found: null,
      } as const,
    })),
  },
  "records-strangers": { reason: "records-strangers", paths: [file] },
  "folder-unreadable": { reason: "folder-unreadable", path: file, code: "EACCES", cause },
  "records-unreadable": { reason: "records-unreadable", folder: file, code: "EACCES", cause },
  "store-unreadable": { reason: "store-unreadable", path: file, code: "EACCES", cause },
  cancelled: { reason: "cancelled" },
  "lock-held": {
    reason: "lock-held",
    path: file,
    holder: { pid: 7, host: HOSTILE, token: "t", since: "2026-01-01T00:00:00Z" } as never,
  },
  "lock-cancelled": { reason: "lock-cancelled", path: file },
  "lock-unreadable": { reason: "lock-unreadable", path: file },
  "lock-failed": { reason: "lock-failed", path: file, code: "EROFS", cause },
  "git-failed": { reason: "git-failed", argv, outcome: exited },
  "object-missing": { reason: "object-missing", object: HOSTILE },
  "not-a-repository": { reason: "not-a-repository", folder: file },
  "commit-missing": { reason: "commit-missing", revision: HOSTILE, remotes: ["origin"], isShallow: true },
  "upstream-missing": { reason: "upstream-missing", branch: HOSTILE, hasRemote: true },
  "clone-shallow": { reason: "clone-shallow", base: HOSTILE, head: "HEAD" },
  "commits-unrelated": { reason: "commits-unrelated", base: HOSTILE, head: "HEAD" },
  "cause-unknown": { reason: "cause-unknown", id: HOSTILE, known: ["0".repeat(16)] },
  "records-moved": { reason: "records-moved", paths: [file] },
  "operation-in-progress": { reason: "operation-in-progress", operation: "rebase" },
  "worktree-dirty": { reason: "worktree-dirty" },
  "head-not-checked-out": { reason: "head-not-checked-out", head: HOSTILE },
  "commit-undecided": {
    reason: "commit-undecided",
    commit: HOSTILE,
    family: HOSTILE,
    failure: { reason: "cancelled" },
  },
  "commit-strangers": { reason: "commit-strangers", commit: HOSTILE, paths: [file] },
  "range-empty": { reason: "range-empty", base: HOSTILE, head: "HEAD" },
  "committed-config": {
    reason: "committed-config",
    commit: HOSTILE,
    cause: { reason: "config-invalid", path: file, problems: [{ path, message: HOSTILE }] },
  },
  "checkout-configs": {
    reason: "checkout-configs",
    causes: [{ reason: "config-none-found", root: file }],
  },
  "setup-failed": {
    reason: "setup-failed",
    argv,
    commit: HOSTILE,
    saidBy: "commit",
    outcome: exited,
  },
  "setup-needed": { reason: "setup-needed", lockFile: file, hasSetup: true },
  "document-unreadable": { reason: "document-unreadable", path: file, cause: { reason: "json-empty" } },
  "folder-missing": { reason: "folder-missing", path: file },
  "folders-empty": { reason: "folders-empty", paths: [file, file] },
  "conflict-marker": { reason: "conflict-marker", ...line },
  "carriage-return": { reason: "carriage-return", ...line },
  truncated: { reason: "truncated", ...line },
  "blank-line": { reason: "blank-line", ...line },
  "unknown-line": { reason: "unknown-line", ...line },
  "bad-digest": { reason: "bad-digest", ...line },
  "bad-pipeline-name": { reason: "bad-pipeline-name", ...line },
  "duplicate-line": { reason: "duplicate-line", ...line },
  "out-of-order": { reason: "out-of-order", ...line },
  empty: { reason: "empty" },
  "not-utf8": { reason: "not-utf8" },
  "byte-order-mark": { reason: "byte-order-mark" },
  "missing-manifest-line": { reason: "missing-manifest-line" },
  "record-stranger": { reason: "record-stranger" },
  "record-not-read": { reason: "record-not-read", code: "EACCES" },
  "tree-malformed": { reason: "tree-malformed" },
  "tree-blob-missing": { reason: "tree-blob-missing", blob: digest },
  "tree-mismatch": { reason: "tree-mismatch", expected: digest, actual: digest },
  "record-unknown": { reason: "record-unknown", name: HOSTILE, known: 2 },
  "record-ambiguous": { reason: "record-ambiguous", name: "x", families: ["a", "b"] },
  "revision-unknown": { reason: "revision-unknown", revision: HOSTILE },
  "record-not-at-revision": { reason: "record-not-at-revision", revision: "main", path: file },
  "history-empty": { reason: "history-empty", path: file },
  "history-shallow": { reason: "history-shallow", path: file },
  "pin-report-unreadable": { reason: "pin-report-unreadable", cause: { reason: "json-empty" } },
  "pin-report-invalid": { reason: "pin-report-invalid", problems: [{ path, message: HOSTILE }] },
  "pin-url-missing": { reason: "pin-url-missing", place },
  "pin-url-invalid": { reason: "pin-url-invalid", place, problem: "not-https", found: HOSTILE },
  "pin-digest-missing": { reason: "pin-digest-missing", place, url: HOSTILE },
  "pin-digest-invalid": { reason: "pin-digest-invalid", place, expected: "64 digits", found: HOSTILE },
  "pin-field-invalid": {
    reason: "pin-field-invalid",
    place,
    printedAt: HOSTILE,
    problem: "invalid",
    expected: HOSTILE,
    found: HOSTILE,
  },
  "pin-name-twice": { reason: "pin-name-twice", name: HOSTILE, places: [place, place] },
  "pin-conflict": { reason: "pin-conflict", of: "sha256", url: HOSTILE, claims: [{ value: HOSTILE, place }] },
  "pins-document-unreadable": {
    reason: "pins-document-unreadable",
    path: file,
    cause: { reason: "document-syntax", format: "yaml", line: 1, column: 2, message: HOSTILE },
  },
  "pins-document-unknown": { reason: "pins-document-unknown", path: file },
  "pins-format-unknown": { reason: "pins-format-unknown", path: file, known: ["json", "yaml"] },
  "pins-cancelled": { reason: "pins-cancelled" },
  "root-unusable": { reason: "root-unusable", path: HOSTILE, found: HOSTILE },
  "pins-document-shape": { reason: "pins-document-shape", found: HOSTILE, place, expected: "an object" },
  "pins-source-unsupported": {
    reason: "pins-source-unsupported",
    place,
    type: HOSTILE,
    because: "no-file",
  },
  "pins-no-match": { reason: "pins-no-match", place, include: [HOSTILE] },
  "pins-pattern-empty": { reason: "pins-pattern-empty", path: file, pattern: HOSTILE },
  "pins-program-failed": { reason: "pins-program-failed", place, argv, outcome: exited },
  "pins-program-output": {
    reason: "pins-program-output",
    place,
    argv,
    cause: { reason: "text-not-utf8" },
  },
  "pin-unknown": { reason: "pin-unknown", path: file, names: [HOSTILE], known: [HOSTILE] },
  "pin-not-fetched": {
    reason: "pin-not-fetched",
    name: HOSTILE,
    place,
    url: HOSTILE,
    class: "gone",
    cause: HOSTILE,
  },
  "pin-mirrors-differ": {
    reason: "pin-mirrors-differ",
    name: HOSTILE,
    place,
    mirrors: [{ url: HOSTILE, found: HOSTILE }],
  },
  "pin-left-behind": {
    reason: "pin-left-behind",
    path: file,
    pins: [{ name: HOSTILE, place, url: HOSTILE }],
    names: [HOSTILE, "b"],
  },
  "pins-file-moved": { reason: "pins-file-moved", path: file },
  "agreement-missing": { reason: "agreement-missing", what: HOSTILE },
  "pins-none": { reason: "pins-none", files: [HOSTILE] },
  "pins-file-none": { reason: "pins-file-none", root: file },
  "not-in-store": { reason: "not-in-store", digest: HOSTILE },
  "operand-unknown": { reason: "operand-unknown", operand: HOSTILE },
  "invalid-key-prefix": { reason: "invalid-key-prefix", prefix: HOSTILE },
  "token-missing": { reason: "token-missing", forge: "github", variable: "GITHUB_TOKEN" },
  "token-malformed": { reason: "token-malformed", variable: "GITHUB_TOKEN" },
  "token-unsuitable": { reason: "token-unsuitable", found: "CI_JOB_TOKEN", variable: "GITLAB_TOKEN" },
  "forge-setting-missing": { reason: "forge-setting-missing", variable: "CI_PROJECT_ID", expected: "one" },
  "forge-setting-invalid": {
    reason: "forge-setting-invalid",
    variable: "CI_PROJECT_ID",
    expected: "one",
    found: HOSTILE,
  },
  "event-unreadable": { reason: "event-unreadable", path: file, cause: { reason: "json-empty" } },
  "event-unknown": { reason: "event-unknown", path: file, expected: "another" },
  "pull-request-unknown": {
    reason: "pull-request-unknown",
    forge: "gitlab",
    variable: "CI_MERGE_REQUEST_IID",
  },
  "pull-request-gone": { reason: "pull-request-gone", commit: digest },
  "pull-request-ambiguous": { reason: "pull-request-ambiguous", commit: digest, numbers: [1, 2] },
  "pull-request-mismatch": { reason: "pull-request-mismatch", given: 3, numbers: [1, 2] },
  "comment-key-invalid": { reason: "comment-key-invalid", key: HOSTILE },
  "comment-empty": { reason: "comment-empty" },
  "comment-too-large": { reason: "comment-too-large", characters: 70_000, limit: 65_536 },
  "comment-holds-token": { reason: "comment-holds-token" },
  "api-unauthorized": { reason: "api-unauthorized", ...asked, message: HOSTILE },
  "api-forbidden": { reason: "api-forbidden", ...asked, message: HOSTILE },
  "api-not-found": { reason: "api-not-found", ...asked, message: HOSTILE },
  "api-rejected": { reason: "api-rejected", ...asked, status: 422, message: HOSTILE },
  "api-rate-limited": { reason: "api-rate-limited", ...asked, waitMs: 3_600_000 },
  "api-unavailable": { reason: "api-unavailable", ...asked, attempts: 4, found: "status 502" },
  "api-unreachable": { reason: "api-unreachable", ...asked, code: "CERT_HAS_EXPIRED" },
  "api-redirected": { reason: "api-redirected", ...asked, location: HOSTILE },
  "api-answer": { reason: "api-answer", ...asked, expected: HOSTILE },
  "body-too-large": { reason: "body-too-large", path: file, sizeBytes: 5_000_000, limitBytes: 4_000_000 },
  "body-not-utf8": { reason: "body-not-utf8", path: file },
  usage: { reason: "usage", problems: [HOSTILE, "two"], command: "check" },
  "input-failed": { reason: "input-failed", code: "EIO", cause },
  "output-failed": { reason: "output-failed", code: "ENOSPC", cause },
  "terminal-missing": { reason: "terminal-missing" },
  "acceptance-held-back": {
    reason: "acceptance-held-back",
    manifests: [HOSTILE, "b"],
    accepted: ["0".repeat(16)],
    missing: ["1".repeat(16)],
  },
  "acceptance-empty": { reason: "acceptance-empty", manifests: 2 },
  "store-key-unknown": { reason: "store-key-unknown", key: HOSTILE, root: file },
  "internal-error": { reason: "internal-error", message: HOSTILE, stack: "Error\n  at x" },
};

const context = { rerun: "npx imagegate check fedora", accept: "npx imagegate generate fedora" };

describe.each(Object.entries(FAILURES))("%s", (_, failure) => {
  const text = describeFailure(failure, context);

  it("says what happened and names the next command", () => {
    expect(text.what.length).toBeGreaterThan(10);
    expect(text.next).toMatch(/npx imagegate |git (add|fetch|log|ls-files|rebase|worktree) /);
  });

  it("cannot drive a terminal", () => {
    const lines = renderFailure(failure, { ...context, subject: HOSTILE });
    for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});

describe("a failure as text", () => {
  it("has its subject, what was expected and found, a program's last words, and what to do", () => {
    const failure = { reason: "command-failed", argv: ["make", "a b"], outcome: exited } as const;
    expect(renderFailure(failure, { ...context, subject: "fedora" })).toEqual([
      "error: fedora: the generator failed: make 'a b'",
      "  expected: exit code 0",
      "  found:    exit code 3",
      "  | first",
      "  | last",
      "  next:     correct the command, then run: npx imagegate check fedora",
    ]);
  });

  it("does not ask for an upstream branch where there is no remote", () => {
    const failure = { ...FAILURES["upstream-missing"], branch: "main", hasRemote: false } as const;
    expect(describeFailure(failure, context).next).toMatch(/: npx imagegate check fedora HEAD~1$/);
    expect(describeFailure({ ...failure, hasRemote: true }, context).next).toContain("--set-upstream-to");
  });

  it("sends nobody to mend the configuration of an old commit", () => {
    const failure = { ...FAILURES["setup-failed"], commit: "0123456789abcdef" };
    expect(describeFailure(failure, context).next).toMatch(
      /git worktree add --detach \.\.\/look-0123456789ab 0123456789abcdef$/,
    );
    expect(describeFailure({ ...failure, saidBy: "checkout" }, context).next).toContain("imagegate.json");
  });

  it("names some of the manifests that failed, and counts the others", () => {
    const { what, details = [] } = describeFailure(FAILURES["manifest-failed"], context);
    expect(what).toContain("12 manifests");
    expect(details).toHaveLength(31);
    expect(details[0]).toMatch(/^name-0: the text is not JSON at line 1, column 3/);
    expect(details.at(-1)).toBe("and 2 other manifests");
  });

  it("tells once what many manifests suffer from, and what to do about it", () => {
    const failure = { reason: "osbuild-version-failed", argv: ["osbuild"], outcome: exited } as const;
    const manifests = ["a", "b", "c", "d", "e", "f"].map((name) => ({ name, failure }));
    const { details, next } = describeFailure({ reason: "manifest-failed", manifests }, context);
    expect(details?.[0]).toBe("a, b, c, d, e and 1 more: osbuild does not tell its version: osbuild");
    expect(details).toHaveLength(5);
    expect(next).toContain("--ids builtin");
  });
});
