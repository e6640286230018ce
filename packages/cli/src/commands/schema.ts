import { configJsonSchema } from "@imagegate/engine/config";
import { defineCommand } from "../arguments/command.ts";

/** `imagegate schema`: what a configuration may hold. */
export const schemaCommand = defineCommand({
  usage: "schema",
  description: "Print the JSON Schema of imagegate.json",
  options: {},
  examples: ["imagegate schema > imagegate.schema.json"],
  parse: () => undefined,
  async run(_, shell) {
    await shell.print([JSON.stringify(configJsonSchema(), null, 2)]);
    return 0;
  },
});
