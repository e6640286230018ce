import type { CheckReport, Project } from "@imagegate/engine";
import { nameRecordKind } from "../families/record-kind.ts";
import { escapeText } from "./escape.ts";
import { formatCount } from "./units.ts";

/** What became of a family's records, in a line. */
export function renderMigration(
  project: Project,
  migrated: Project | null,
  { summary }: CheckReport,
): readonly string[] {
  const { family } = project;
  if (migrated === null) {
    return [escapeText(`not migrated  ${family}: its records are not those of what is generated now`)];
  }
  const kinds = [project, migrated].map(({ config }) => nameRecordKind(config.records)).join(" to ");
  const count = formatCount(summary.manifests, "record");
  return [escapeText(`migrated  ${family}: ${count} from ${kinds}, in ${migrated.recordsFolder}`)];
}
