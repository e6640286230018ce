export { parseConfig } from "./config/parse.ts";
export { packageClosure, type LocalPackage, type PackageClosure } from "./config/packages.ts";
export { CHECKSUMS_FOLDER, projectOf, recordKindOf, type Project } from "./config/project.ts";
export type { GeneratorConfig, ProjectConfig, RecordsConfig, RecordsInput } from "./config/schema.ts";
export { discoverProjects, findWorkspaceRoot, loadProject, selectProjects } from "./config/workspace.ts";
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
export { check, checkShards, type CheckOptions } from "./run/check.ts";
export { generate } from "./run/generate.ts";
export { migrate, type MigrateOptions, type MigrateOutcome } from "./run/migrate.ts";
export { findOrphanedRecords } from "./run/orphans.ts";
export type { RunOptions } from "./run/run.ts";
export { partOf, type Shard } from "./run/shard.ts";
