export { runProcess, type ProcessOptions } from "./process/run.ts";
export type { ProcessOutcome } from "./process/outcome.ts";
export type { Argv } from "./process/start.ts";
export type { LineSink } from "./process/output.ts";
export { writeFileAtomic, type WriteFailure, type WriteOptions } from "./files/atomic.ts";
export { findFiles, type ListingFailure } from "./files/find-files.ts";
export { makeFolder, makeFolderSync } from "./files/folder.ts";
export { openFileReader, readFileBounded, readFileBoundedSync, type ReadFailure } from "./files/bounded.ts";
export { isTemporaryName, temporaryPath } from "./files/temporary.ts";
export {
  acquireLock,
  type Lock,
  type LockFailure,
  type LockOptions,
  type LockRelease,
} from "./files/lock.ts";
export type { LockHolder } from "./files/lock-holder.ts";
export {
  EXPLAINING_KINDS,
  isStoreKey,
  pinVerdictFolder,
  STORE_KINDS,
  storeRoot,
  type StoreKind,
} from "./store/path.ts";
export {
  artifactPath,
  createArtifact,
  verifyArtifact,
  type ArtifactRead,
  type ArtifactWriter,
  type StoredArtifact,
} from "./store/artifact.ts";
export { openStore, type Store } from "./store/store.ts";
export type { BatchFailures, StoreBatch } from "./store/batch.ts";
export { Sealer, type EntryContent, type SealedEntries } from "./store/sealed.ts";
export type { StoreRead } from "./store/read.ts";
export type { StoreWrite, StoreWriteFailure } from "./store/write.ts";
export { findEntries, storeInfo, type FindFailure, type KindInfo, type StoreInfo } from "./store/info.ts";
export type { StoreEntry, StoreReadFailure } from "./store/list.ts";
export {
  verifyStore,
  type CorruptEntry,
  type StoreVerification,
  type VerifyOptions,
} from "./store/verify.ts";
export { pruneStore, type PruneOptions, type PruneReport } from "./store/prune.ts";
export { exportStore, type ExportOptions, type ExportReport } from "./store/export.ts";
export { importStore, type ImportFailure, type ImportOptions, type ImportReport } from "./store/import.ts";
