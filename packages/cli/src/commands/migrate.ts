import { migrate, type MigrateOptions } from "@imagegate/engine";
import { defineCommand } from "../arguments/command.ts";
import type { OptionReader } from "../arguments/option-reader.ts";
import { nameRecordKind, recordsOfKind, RECORD_KINDS } from "../families/record-kind.ts";
import { PLACE_OPTIONS, readPlace } from "../families/place.ts";
import { selectFamilies } from "../families/selection.ts";
import { withSession } from "../families/session.ts";
import { renderCheckReport } from "../messages/check-report.ts";
import { formatCommand } from "../messages/escape.ts";
import { renderMigration } from "../messages/migration.ts";
import { openProgress } from "../progress.ts";

/** `imagegate migrate`: brings a family's records into another form, once they are proven right. */
export const migrateCommand = defineCommand({
  usage: "migrate <family>",
  description: "Rewrite records in another form, after proving that the old ones match what is generated now",
  options: {
    "--to <form>": `The new form: ${RECORD_KINDS.join(", ")}`,
    "--from <form>": "Refuse when the records have another form now (default: as configured)",
    "--folder <folder>": "The new record folder, relative to the workspace (default: as it is)",
    "--extension <text>": "The new extension, with its dot (default: .sum, .ids, none for digests)",
    ...PLACE_OPTIONS,
  },
  examples: ["imagegate migrate fedora --from lines --to digest:sha256:compact-line"],
  parse: (options, [family = ""]) => readMigration(options, family),
  async run({ family, from, to, folder, extension, place }, shell) {
    const workspace = await selectFamilies(place, [family], shell.cwd);
    const [project] = workspace.ok ? workspace.value.selected : [];
    if (!workspace.ok || project === undefined) {
      await shell.failAll(workspace.ok ? [] : workspace.failure);
      return 2;
    }
    const { records } = project.config;
    const now = nameRecordKind(records);
    if (from !== undefined && from !== now) {
      const problems = [`--from says ${from}, and the records of ${family} are ${now}`];
      await shell.fail({ reason: "usage", problems, command: "migrate" });
      return 2;
    }
    const target = recordsOfKind(to, {
      ...definedPlace("folder", folder ?? records.folder),
      ...definedPlace("extension", extension),
    });
    const progress = openProgress(family, shell);
    const options: MigrateOptions = {
      to: target,
      families: workspace.value.projects,
      signal: shell.signal,
      onEvent: progress.onEvent,
    };
    const outcome = await withSession({}, shell, (session) =>
      migrate(project, session, options).finally(progress.close),
    );
    if (!outcome.ok) {
      await shell.fail(outcome.failure, { subject: family });
      return 2;
    }
    const { report, migrated } = outcome.value;
    const accept = formatCommand(["npx", "imagegate", "generate", family]);
    if (migrated === null) await shell.print(renderCheckReport(report, { colors: shell.colors, accept }));
    await shell.print(renderMigration(project, migrated, report));
    return migrated === null ? 1 : 0;
  },
});

function readMigration(options: OptionReader, family: string) {
  const to = options.choice("to", RECORD_KINDS);
  if (to === undefined && options.problems.length === 0) options.problems.push("--to is missing");
  return {
    family,
    to: to ?? "lines",
    from: options.choice("from", RECORD_KINDS),
    folder: options.text("folder"),
    extension: options.text("extension"),
    place: readPlace(options),
  };
}

function definedPlace<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: string });
}
