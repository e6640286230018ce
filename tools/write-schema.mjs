// Writes the published JSON Schemas, of imagegate.json and of a report, from the schemas that parse them.
import { writeFileSync } from "node:fs";
import { configJsonSchema, reportJsonSchema } from "@imagegate/engine";

const folder = new URL("../packages/engine/schema/", import.meta.url);
const schemas = { "imagegate.schema.json": configJsonSchema(), "report.schema.json": reportJsonSchema() };
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(new URL(name, folder), `${JSON.stringify(schema, null, 2)}\n`);
}
