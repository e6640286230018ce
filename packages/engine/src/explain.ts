export { accept, namesOf, type Acceptance, type Accepted } from "./accept/accept.ts";
export { differenceOf } from "./accept/difference.ts";
export {
  openReview,
  type PendingRecord,
  type PendingReview,
  type ReviewProblem,
  type ReviewQuestion,
} from "./accept/pending.ts";
export {
  checkEach,
  type CheckedCommit,
  type CheckedRange,
  type CommitProblem,
  type EachOptions,
  type EachQuestion,
} from "./each/check-each.ts";
export { fixup, type Fixups } from "./each/fixup.ts";
export type { FixupMode, RepairedCommit } from "./each/rewritten-range.ts";
export { explainEach, type ExplainedRange, type ExplainEachOptions } from "./each/explain-each.ts";
export type { ListedCommit } from "./git/commit-list.ts";
export type { WrongRecord } from "./each/judged-commit.ts";
export {
  explainCheck,
  explainFolders,
  explainRange,
  type CheckQuestion,
  type Explained,
  type ExplainOptions,
  type ExplainProblem,
  type FolderQuestion,
  type RangeQuestion,
} from "./explain/explain.ts";
export type { UnknownText } from "./explain/side.ts";
export { parseReport } from "./report-json/parse.ts";
