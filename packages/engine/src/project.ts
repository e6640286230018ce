export { digestScripts } from "./config/code-digest.ts";
export { packageClosure, type LocalPackage, type PackageClosure } from "./config/packages.ts";
export { CHECKSUMS_FOLDER, projectOf, recordKindOf, type Project } from "./config/project.ts";
export type { ProjectConfig } from "./config/schema.ts";
