import { resolve } from "node:path";
import { findWorkspaceRoot } from "@imagegate/engine";
import type { PinsDocument, PinUpdate, UpdatableEntry } from "@imagegate/pins";
import { defineCommand } from "../arguments/command.ts";
import type { OptionReader } from "../arguments/option-reader.ts";
import { escapeText } from "../messages/escape.ts";
import { renderUpdates } from "../messages/pin-update.ts";
import { formatCount } from "../messages/units.ts";
import { NETWORK_OPTIONS, readNetwork, ROOT_OPTION, type NetworkInput } from "../pins/options.ts";
import { networkOptions } from "../pins/verification.ts";
import { askYesOrNo, canAsk } from "../shell/question.ts";
import type { ExitCode, Shell } from "../shell/shell.ts";

interface UpdateInput {
  readonly file: string;
  /** Null is all of the file. */
  readonly names: readonly string[] | null;
  readonly isAgreed: boolean;
  readonly root: string | undefined;
  readonly network: NetworkInput;
}

/** `imagegate pins update`: pins what lies at the urls today, once somebody has seen old and new. */
export const pinsUpdateCommand = defineCommand<UpdateInput>({
  usage: "pins update [...names-then-file]",
  description: "Download pins of a file anew, show old and new with evidence, and write them there",
  options: {
    "--all": "All pins of the file instead of some by name",
    "--yes": "Write without asking; needed in CI and without a terminal",
    ...NETWORK_OPTIONS,
    ...ROOT_OPTION,
  },
  examples: ["imagegate pins update busybox smoke.pins.json", "imagegate pins update --all smoke.pins.json"],
  parse: readUpdateInput,
  async run(input, shell) {
    const selected = await selectPins(input, shell);
    if (selected === null) return 2;
    const updates = await fetchUpdates(selected.entries, input.network, shell);
    if (updates === null) return 2;
    const changed = updates.filter(({ changes }) => changes.length > 0);
    if (changed.length === 0) {
      await shell.print([`nothing to update: ${formatCount(updates.length, "pin")} as pinned`]);
      return 0;
    }
    await shell.print(renderUpdates(changed, shell.colors));
    return writeAgreed(selected.document, changed, input, shell);
  },
});

function readUpdateInput(options: OptionReader, positionals: readonly string[]): UpdateInput {
  const isAll = options.flag("all");
  const names = positionals.slice(0, -1);
  const file = positionals.at(-1);
  if (file === undefined) options.problems.push("the pins file is missing");
  else if (isAll === names.length > 0)
    options.problems.push("either names or --all say which pins are meant");
  return {
    file: file ?? "",
    names: isAll ? null : names,
    isAgreed: options.flag("yes"),
    root: options.text("root"),
    network: readNetwork(options),
  };
}

interface SelectedPins {
  readonly document: PinsDocument;
  readonly entries: readonly UpdatableEntry[];
}

/** The pins that are meant; null, and a message, when they cannot be told. */
async function selectPins(
  { file, names, root, network }: UpdateInput,
  shell: Shell,
): Promise<SelectedPins | null> {
  const { openPinsDocument, selectEntries } = await import("@imagegate/pins");
  const { allowLoopbackHttp } = network;
  const options = {
    root: root === undefined ? findWorkspaceRoot(shell.cwd) : resolve(shell.cwd, root),
    allowLoopbackHttp,
  };
  const document = await openPinsDocument(resolve(shell.cwd, file), options);
  if (!document.ok) {
    await shell.failAll(document.failure);
    return null;
  }
  const entries = selectEntries(document.value, names);
  if (entries.ok) return { document: document.value, entries: entries.value };
  await shell.fail(entries.failure);
  return null;
}

/** What the pins would become; null, and a message, when somebody cannot say. */
async function fetchUpdates(
  entries: readonly UpdatableEntry[],
  network: NetworkInput,
  shell: Shell,
): Promise<readonly PinUpdate[] | null> {
  const { fetchDigests, planUpdates } = await import("@imagegate/pins");
  const options = await networkOptions(network, shell);
  if (!options.ok) {
    await shell.fail(options.failure);
    return null;
  }
  const updates = await planUpdates(entries, (targets) => fetchDigests(targets, options.value));
  if (updates.ok) return updates.value;
  await shell.failAll(updates.failure);
  return null;
}

async function writeAgreed(
  document: PinsDocument,
  updates: readonly PinUpdate[],
  { isAgreed }: UpdateInput,
  shell: Shell,
): Promise<ExitCode> {
  const count = formatCount(updates.length, "pin");
  if (!isAgreed && !canAsk(shell)) {
    await shell.fail({ reason: "agreement-missing", what: `${count} of ${document.path} would change` });
    return 2;
  }
  const question = `A new digest says what the server sends today, not that it is right. Write ${count} to ${document.path}?`;
  if (!isAgreed && !(await askYesOrNo(escapeText(question), shell))) {
    await shell.print(["nothing was written"]);
    return 1;
  }
  const { writeUpdates } = await import("@imagegate/pins");
  const written = await writeUpdates(document, updates);
  if (!written.ok) {
    await shell.fail(written.failure);
    return 2;
  }
  await shell.print([escapeText(`${count} of ${document.path} updated`)]);
  return 0;
}
