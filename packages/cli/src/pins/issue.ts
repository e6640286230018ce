import { ok, type Result } from "@imagegate/core";
import {
  PIN_ISSUE_TITLE,
  pinIssueStateOf,
  renderPinIssue,
  renderPinIssueEnd,
  type PinReport,
} from "@imagegate/core/report";
import type { ForgeFailure, RaiseReport } from "@imagegate/forge";
import type { Shell } from "../shell/shell.ts";

/** What became of the issue: untouched when the report decides nothing, and when there is none to close. */
export interface PinIssueReport {
  readonly state: RaiseReport["state"] | "closed" | "none" | "undecided";
  /** The issue that stands open, or those that were closed. */
  readonly issues: readonly { readonly number: number; readonly url: string }[];
  /** How many further ones of ours were closed because one is enough. */
  readonly dropped: number;
}

/** Makes the issue with this key say what the report says; where nothing could be decided nothing is asked of GitHub. */
export async function syncPinIssue(
  report: PinReport,
  key: string,
  shell: Shell,
): Promise<Result<PinIssueReport, ForgeFailure>> {
  switch (pinIssueStateOf(report)) {
    case "undecided":
      return ok({ state: "undecided", issues: [], dropped: 0 });
    case "failing":
      return raise(report, key, shell);
    case "well":
      return settle(report, key, shell);
  }
}

async function raise(
  report: PinReport,
  key: string,
  { env, signal }: Shell,
): Promise<Result<PinIssueReport, ForgeFailure>> {
  const { openGitHubIssues, raiseIssue } = await import("@imagegate/forge");
  const tracker = openGitHubIssues({ env, signal });
  if (!tracker.ok) return tracker;
  const body = renderPinIssue(report);
  const raised = await raiseIssue(tracker.value, { key, title: PIN_ISSUE_TITLE, body });
  if (!raised.ok) return raised;
  const { state, number, url, dropped } = raised.value;
  return ok({ state, issues: [{ number, url }], dropped });
}

async function settle(
  report: PinReport,
  key: string,
  { env, signal }: Shell,
): Promise<Result<PinIssueReport, ForgeFailure>> {
  const { openGitHubIssues, settleIssues } = await import("@imagegate/forge");
  const tracker = openGitHubIssues({ env, signal });
  if (!tracker.ok) return tracker;
  const settled = await settleIssues(tracker.value, { key, body: renderPinIssueEnd(report) });
  if (!settled.ok) return settled;
  const { closed } = settled.value;
  return ok({ state: closed.length === 0 ? "none" : "closed", issues: closed, dropped: 0 });
}
