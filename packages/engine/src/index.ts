export { accept, namesOf, type Acceptance, type Accepted } from "./accept/accept.ts";
export { differenceOf } from "./accept/difference.ts";
export {
  openReview,
  type PendingRecord,
  type PendingReview,
  type ReviewProblem,
  type ReviewQuestion,
} from "./accept/pending.ts";
export { parseConfig } from "./config/parse.ts";
export { packageClosure, type LocalPackage, type PackageClosure } from "./config/packages.ts";
export { CHECKSUMS_FOLDER, projectOf, recordKindOf, type Project } from "./config/project.ts";
export {
  configJsonSchema,
  type GeneratorConfig,
  type ProjectConfig,
  type RecordsConfig,
  type RecordsInput,
} from "./config/schema.ts";
export { discoverProjects, findWorkspaceRoot, loadProject, selectProjects } from "./config/workspace.ts";
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
export type {
  AcceptFailure,
  CheckoutFailure,
  CommitFailure,
  ConfigFailure,
  ConfigProblem,
  DocumentFailure,
  EachFailure,
  EngineFailure,
  ExplainFailure,
  FailedManifest,
  FingerprintFailure,
  FixupFailure,
  FolderFailure,
  GeneratorFailure,
  GitFailure,
  InspectFailure,
  LookupFailure,
  MigrateFailure,
  RangeFailure,
  ReportFailure,
  RunFailure,
} from "./failure.ts";
export { fingerprintBytes } from "./lookup/fingerprint-bytes.ts";
export { findRecord, type RecordAddress } from "./lookup/find-record.ts";
export { history, type HistoryEntry, type HistoryOptions } from "./lookup/history.ts";
export {
  compareOperands,
  resolveOperand,
  type ComparedDocument,
  type Comparison,
  type FailedOperand,
  type OperandContext,
} from "./lookup/compare-operands.ts";
export type {
  CheckReport,
  GenerateReport,
  OrphanedRecords,
  RecordExplanation,
  RecordVerdict,
  RunEvent,
  RunSummary,
  UnreadableRecord,
  WorkSpan,
} from "./report.ts";
export { parseReport } from "./report-json/parse.ts";
export { reportJsonSchema } from "./report-json/schema.ts";
export { check, checkShards, type CheckOptions } from "./run/check.ts";
export { generate } from "./run/generate.ts";
export { migrate, type MigrateOptions, type MigrateOutcome } from "./run/migrate.ts";
export { findOrphanedRecords } from "./run/orphans.ts";
export type { RunOptions } from "./run/run.ts";
export { openSession, type Session, type SessionOptions } from "./run/session.ts";
export { partOf, type Shard } from "./run/shard.ts";
