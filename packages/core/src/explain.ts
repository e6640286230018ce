export { CLASS_SENTENCES } from "./explain/class-words.ts";
export { describeChange, type DescribeOptions } from "./explain/describe-change.ts";
export { explainChanges, type ChangeSet } from "./explain/explain-changes.ts";
export type {
  Cause,
  CauseClass,
  CauseKind,
  Detail,
  Edit,
  Example,
  ExplainedManifest,
  Explanation,
  PartChange,
  PipelinePicture,
  UnexplainedManifest,
} from "./explain/explanation.ts";
export type { NamedChange } from "./explain/lines.ts";
export type {
  ChangeItem,
  ItemKind,
  ManifestChange,
  PackageMark,
  PackageSign,
  PlaceCount,
  ValuePair,
} from "./explain/manifest-change.ts";
export { defaultProfile, type ExplainProfile, type NamePart } from "./explain/profile.ts";
export {
  findRenames,
  sketchManifest,
  type ManifestSketch,
  type Rename,
  type RenamedManifest,
} from "./explain/renames.ts";
