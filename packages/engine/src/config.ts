export { parseConfig } from "./config/parse.ts";
export { packageClosure, type LocalPackage, type PackageClosure } from "./config/packages.ts";
export { CHECKSUMS_FOLDER, projectOf, recordKindOf, type Project } from "./config/project.ts";
export {
  configJsonSchema,
  type GeneratorConfig,
  type ProjectConfig,
  type RecordsConfig,
} from "./config/schema.ts";
export type { ConfigFailure, ConfigProblem } from "./failure.ts";
