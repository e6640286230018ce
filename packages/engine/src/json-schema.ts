export { configJsonSchema } from "./config/json-schema.ts";
export { reportJsonSchema } from "./report-json/json-schema.ts";
