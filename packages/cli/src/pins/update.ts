import { resolve } from "node:path";
import type { PinsDocument, PinUpdate, UpdatableEntry } from "@imagegate/pins";
import { openRoot } from "../arguments/root.ts";
import { escapeText } from "../messages/escape.ts";
import { formatCount } from "../messages/units.ts";
import { askYesOrNo, canAsk } from "../shell/question.ts";
import type { ExitCode, Shell } from "../shell/shell.ts";
import type { NetworkInput } from "./options.ts";
import { networkOptions } from "./verification.ts";

/** What `pins update` is told. */
export interface UpdateInput {
  readonly file: string;
  /** Null is all of the file. */
  readonly names: readonly string[] | null;
  readonly isAgreed: boolean;
  readonly root: string | undefined;
  readonly network: NetworkInput;
}

/** Pins of a file that is to be edited. */
export interface SelectedPins {
  readonly document: PinsDocument;
  readonly entries: readonly UpdatableEntry[];
}

/** The pins that are meant; null, and a message, when they cannot be told. */
export async function selectPins(
  { file, names, root, network }: UpdateInput,
  shell: Shell,
): Promise<SelectedPins | null> {
  const { openPinsDocument, selectEntries } = await import("@imagegate/pins");
  const opened = await openRoot(root, shell.cwd);
  if (!opened.ok) {
    await shell.fail(opened.failure);
    return null;
  }
  const { allowLoopbackHttp } = network;
  const options = { root: opened.value, allowLoopbackHttp };
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
export async function fetchUpdates(
  { document, entries }: SelectedPins,
  network: NetworkInput,
  shell: Shell,
): Promise<readonly PinUpdate[] | null> {
  const { fetchDigests, planUpdates } = await import("@imagegate/pins");
  const options = await networkOptions(network, shell);
  if (!options.ok) {
    await shell.fail(options.failure);
    return null;
  }
  const updates = await planUpdates(document, entries, (targets) => fetchDigests(targets, options.value));
  if (updates.ok) return updates.value;
  await shell.failAll(updates.failure);
  return null;
}

/** Writes updates that somebody has seen and agrees to. */
export async function writeAgreed(
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
  const answer = isAgreed ? "yes" : await askYesOrNo(escapeText(question), shell);
  if (answer !== "yes") {
    await shell.print(["nothing was written"]);
    return answer === "interrupted" ? 130 : 1;
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
