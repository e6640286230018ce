import { configJsonSchema } from "@imagegate/engine/json-schema";
import { defineCommand } from "../arguments/command.ts";

/** What has a schema, as the command line spells it. */
const DOCUMENTS = ["config", "pins"] as const;

/** `imagegate schema`: what a configuration or a pins file may hold. */
export const schemaCommand = defineCommand({
  usage: "schema [document]",
  description: "Print the JSON Schema of imagegate.json (config, the default) or of *.pins.json (pins)",
  options: {},
  examples: ["imagegate schema > imagegate.schema.json", "imagegate schema pins > pins.schema.json"],
  parse(options, [name = "config"]) {
    const document = DOCUMENTS.find((known) => known === name);
    if (document === undefined) options.problems.push(`there is a schema of ${DOCUMENTS.join(" and of ")}`);
    return document ?? "config";
  },
  async run(document, shell) {
    await shell.print([JSON.stringify(await schemaOf(document), null, 2)]);
    return 0;
  },
});

async function schemaOf(document: (typeof DOCUMENTS)[number]): Promise<Record<string, unknown>> {
  if (document === "config") return configJsonSchema();
  const { pinsJsonSchema } = await import("@imagegate/pins");
  return pinsJsonSchema();
}
