// Writes the published JSON Schema of imagegate.json from the schema that parses it.
import { writeFileSync } from "node:fs";
import { configJsonSchema } from "@imagegate/engine/config";

const target = new URL("../packages/engine/schema/imagegate.schema.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
