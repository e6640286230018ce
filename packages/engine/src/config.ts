export { parseConfig } from "./config/parse.ts";
export {
  configJsonSchema,
  type GeneratorConfig,
  type ProjectConfig,
  type RecordsConfig,
} from "./config/schema.ts";
export type { ConfigFailure, ConfigProblem } from "./failure.ts";
