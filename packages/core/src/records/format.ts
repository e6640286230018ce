import type { LinesRecord, ManifestRecord, PipelineIdsRecord } from "./record.ts";
import { formatPipelineName } from "./pipeline-name.ts";

/** The text of a record file; `parseRecord` reads exactly this back. */
export function formatRecord(record: ManifestRecord): string {
  switch (record.form) {
    case "lines":
      return formatLines(record);
    case "digest":
      return `${record.digest}\n`;
    case "pipeline-ids":
      return formatPipelineIds(record);
  }
}

function formatLines({ manifest, sources, pipelines }: LinesRecord): string {
  const lines = [`sha256:${manifest}  manifest\n`];
  if (sources !== null) lines.push(`sha256:${sources}  sources\n`);
  for (const { name, id } of pipelines) {
    lines.push(`${id === null ? "-" : `sha256:${id}`}  pipeline ${formatPipelineName(name)}\n`);
  }
  return lines.join("");
}

function formatPipelineIds({ pipelines }: PipelineIdsRecord): string {
  return pipelines.map(({ name, id }) => `${id ?? "-"}: ${formatPipelineName(name)}\n`).join("");
}
