import {
  compareRecords,
  fail,
  ok,
  parseRecord,
  type LineChange,
  type ManifestRecord,
  type Result,
} from "@imagegate/core";
import { recordKindOf, type Project } from "../config/project.ts";
import type { LookupFailure } from "../failure.ts";
import { readAtCommit, runGit } from "../git/git.ts";
import { recordPath } from "../run/record-folder.ts";

/** A commit that touched a record. */
export interface HistoryEntry {
  readonly commit: string;
  /** The committer's date, ISO 8601 with its offset. */
  readonly date: string;
  readonly subject: string;
  readonly state: "added" | "changed" | "removed" | "unreadable";
  /** What moved since the commit before; empty for the first. */
  readonly lines: readonly LineChange[];
  /** Null when the record was removed or could not be read. */
  readonly record: ManifestRecord | null;
}

/** How far back to look. */
export interface HistoryOptions {
  /** 50 by default. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Whatever the user's configuration says. */
const PLAIN_LOG = ["--no-show-signature", "--no-follow", "--encoding=UTF-8"] as const;

/**
 * A record's values over git's history, newest first. A record that no commit touched is a failure, as is one in a
 * shallow clone that ends before its first commit.
 */
export async function history(
  project: Project,
  name: string,
  { limit = 50, signal }: HistoryOptions = {},
): Promise<Result<readonly HistoryEntry[], LookupFailure>> {
  const path = recordPath(project, name);
  // One more than asked for, so that the oldest shown has something to be compared with.
  const format = "--format=%H%x00%cI%x00%s%x00";
  const args = ["log", ...PLAIN_LOG, `--max-count=${limit + 1}`, format, "-z", "--", `:(literal)${path}`];
  const logged = await runGit(project.root, args, { signal });
  if (!logged.ok) return logged;
  const fields = logged.value.toString("utf8").split("\0");
  const commits: Commit[] = [];
  for (let at = 0; at + 2 < fields.length; at += 4) {
    const [commit = "", date = "", subject = ""] = fields.slice(at, at + 3);
    if (commit !== "") commits.push({ commit, date, subject });
  }
  if (commits.length === 0) return fail({ reason: "history-empty", path });
  const complete = commits.length > limit ? ok(true) : await hasWholeHistory(project.root, signal);
  if (!complete.ok) return complete;
  if (!complete.value) return fail({ reason: "history-shallow", path });
  const states: Snapshot[] = [];
  for (const { commit } of commits) {
    const bytes = await readAtCommit(project.root, commit, path);
    if (!bytes.ok) return bytes;
    states.push(snapshotOf(project, bytes.value));
  }
  const entries = commits.map((commit, index) =>
    entryOf(commit, states[index] as Snapshot, states[index + 1]),
  );
  return ok(entries.slice(0, limit));
}

interface Commit {
  readonly commit: string;
  readonly date: string;
  readonly subject: string;
}

/** In a shallow clone the oldest commit seems to add every file. */
async function hasWholeHistory(root: string, signal?: AbortSignal): Promise<Result<boolean, LookupFailure>> {
  const shallow = await runGit(root, ["rev-parse", "--is-shallow-repository"], { signal });
  return shallow.ok ? ok(shallow.value.toString("utf8").trim() === "false") : shallow;
}

type Snapshot = ManifestRecord | "absent" | "unreadable";

function snapshotOf(project: Project, bytes: Buffer | null): Snapshot {
  if (bytes === null) return "absent";
  const record = parseRecord(bytes, recordKindOf(project));
  return record.ok ? record.value : "unreadable";
}

function entryOf(commit: Commit, now: Snapshot, before: Snapshot | undefined): HistoryEntry {
  if (now === "absent") return { ...commit, state: "removed", lines: [], record: null };
  if (now === "unreadable") return { ...commit, state: "unreadable", lines: [], record: null };
  if (before === undefined || before === "absent")
    return { ...commit, state: "added", lines: [], record: now };
  if (before === "unreadable") return { ...commit, state: "changed", lines: [], record: now };
  const comparison = compareRecords(before, now);
  const lines = comparison.verdict === "same" ? [] : comparison.lines;
  return { ...commit, state: "changed", lines, record: now };
}
