import { formatRecord, type Fingerprint, type FingerprintMode } from "@imagegate/core";
import { defineCommand } from "../arguments/command.ts";
import { fingerprintFile, nameManifest } from "../fingerprints.ts";
import { escapeText } from "../messages/escape.ts";
import { describeFailure } from "../messages/failure.ts";
import type { ExitCode } from "../shell/shell.ts";

/** `imagegate fingerprint`: the digests and ids of manifests, computed here. */
export const fingerprintCommand = defineCommand({
  usage: "fingerprint <...files>",
  description: "Print the digests and ids of manifests; - reads stdin",
  options: {
    "--manifest <kind>": "What the files are: osbuild or json (default: osbuild)",
    "--ids <mode>": "How ids are computed: none or builtin (default: builtin)",
    "--json": "Print one line of JSON a file, in the order of the files",
  },
  examples: [
    "imagegate fingerprint dist/manifests/fedora/*.json",
    "imagegate fingerprint --json - < manifest.json",
  ],
  parse(options, files) {
    const isJson = options.choice("manifest", ["osbuild", "json"]) === "json";
    const hasIds = options.choice("ids", ["none", "builtin"]) !== "none";
    const osbuildMode: FingerprintMode = hasIds ? "osbuild-ids" : "osbuild";
    if (files.indexOf("-") !== files.lastIndexOf("-")) options.problems.push("- can be read once");
    return { files, mode: isJson ? ("json" as const) : osbuildMode, json: options.flag("json") };
  },
  async run({ files, mode, json }, shell) {
    let code: ExitCode = 0;
    for (const file of files) {
      const fingerprint = await fingerprintFile(file, mode, shell);
      if (fingerprint.ok) {
        const name = nameManifest(file);
        if (json) await shell.printJson(jsonOf(name, fingerprint.value));
        else await shell.print([...(files.length > 1 ? [escapeText(name)] : []), textOf(fingerprint.value)]);
      } else {
        const { failure } = fingerprint;
        await shell.fail(failure, { subject: file });
        if (json) await shell.printJson({ name: nameManifest(file), failure: describeFailure(failure) });
        code = 2;
      }
    }
    return code;
  },
});

function jsonOf(name: string, { manifest, sources, pipelines }: Fingerprint): unknown {
  return {
    name,
    manifest: `sha256:${manifest}`,
    sources: sources === null ? null : `sha256:${sources}`,
    pipelines: pipelines ?? [],
  };
}

function textOf({ manifest, sources, pipelines }: Fingerprint): string {
  return formatRecord({ form: "lines", manifest, sources, pipelines: pipelines ?? [] }).trimEnd();
}
