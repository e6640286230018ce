export type {
  ApiFailure,
  CommentFailure,
  ForgeFailure,
  ForgeName,
  PullRequestFailure,
  SettingFailure,
} from "./failure.ts";
export type { Comment, CommentThread } from "./comments/comment.ts";
export type { StickyComment } from "./comments/marker.ts";
export { openGitHubThread, openGitLabThread } from "./comments/threads.ts";
export { upsertComment, type UpsertReport } from "./comments/upsert.ts";
export { openReleaseAssets, type AssetDigest, type ReleaseAssets } from "./github/assets.ts";
export { openGitHubIssues } from "./github/issues.ts";
export type { Issue, IssueChange, IssueTracker } from "./issues/issue.ts";
export { raiseIssue, type RaiseReport, type StandingIssue } from "./issues/raise.ts";
export { settleIssues, type SettleReport } from "./issues/settle.ts";
export type { ForgeOptions } from "./http/open.ts";
export { backOffMs, PACING, type Pacing } from "./http/pacing.ts";
export { readProxies, type Proxies } from "./http/proxy.ts";
export { readRetryAfter } from "./http/retry.ts";
export type { Environment } from "./settings.ts";
