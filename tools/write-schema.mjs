// Writes the published JSON Schemas, of imagegate.json, of a report and of a pins file, from the schemas that parse them.
import { mkdirSync, writeFileSync } from "node:fs";
import { configJsonSchema, reportJsonSchema } from "@imagegate/engine/json-schema";
import { pinsJsonSchema } from "@imagegate/pins";

const schemas = {
  "engine/schema/imagegate.schema.json": configJsonSchema(),
  "engine/schema/report.schema.json": reportJsonSchema(),
  "pins/schema/pins.schema.json": pinsJsonSchema(),
};
for (const [path, schema] of Object.entries(schemas)) {
  const url = new URL(`../packages/${path}`, import.meta.url);
  mkdirSync(new URL(".", url), { recursive: true });
  writeFileSync(url, `${JSON.stringify(schema, null, 2)}\n`);
}
