import type { PipelineIds } from "@imagegate/core";
import { defineCommand } from "../arguments/command.ts";
import { fingerprintFile, nameManifest } from "../fingerprints.ts";
import { escapeText } from "../messages/escape.ts";

/** `imagegate ids`: the osbuild ids of every pipeline and stage, computed here. */
export const idsCommand = defineCommand({
  usage: "ids <file>",
  description: "Print the osbuild ids of a manifest's pipelines and stages; - reads stdin",
  options: { "--json": "Print one line of JSON" },
  examples: ["imagegate ids dist/manifests/fedora/fedora_43-x86_64-qcow2-empty.json"],
  parse: (options, [file = ""]) => ({ file, json: options.flag("json") }),
  async run({ file, json }, shell) {
    const fingerprint = await fingerprintFile(file, "osbuild-ids", shell);
    if (!fingerprint.ok) {
      await shell.fail(fingerprint.failure, { subject: file });
      return 2;
    }
    const pipelines = fingerprint.value.pipelines ?? [];
    if (json) await shell.printJson({ name: nameManifest(file), pipelines });
    else await shell.print(pipelines.flatMap(renderPipeline));
    return 0;
  },
});

/** A pipeline without stages has no id: its place is kept. */
function renderPipeline({ name, id, stages }: PipelineIds): readonly string[] {
  return [
    `${(id ?? "-").padEnd(64)}  pipeline ${escapeText(name)}`,
    ...stages.map((stage) => `${stage.id}    ${escapeText(stage.type)}`),
  ];
}
