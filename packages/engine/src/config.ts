export { parseConfig } from "./config/parse.ts";
export type { GeneratorConfig, ProjectConfig, RecordsConfig } from "./config/schema.ts";
export type { ConfigFailure, ConfigProblem } from "./failure.ts";
