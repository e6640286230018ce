import { resolve } from "node:path";
import { ok, type Result } from "@imagegate/core";
import {
  explainFolders,
  explainRange,
  type Explained,
  type ExplainOptions,
  type ExplainProblem,
} from "@imagegate/engine/explain";
import type { Session } from "@imagegate/engine/session";
import { describeUnknownText } from "../messages/unknown-text.ts";
import { openFamilyProgress } from "../progress.ts";
import type { Shell } from "../shell/shell.ts";
import type { Place } from "./place.ts";
import { findWorkspace } from "./selection.ts";

/** What is to be explained. */
export type ExplainQuestion =
  | { readonly kind: "folders"; readonly from: string; readonly to: string; readonly place: Place }
  | { readonly kind: "range"; readonly range: string | undefined; readonly place: Place };

/** Answers a question; null when the failures were told already. */
export async function explain(
  question: ExplainQuestion,
  session: Session,
  shell: Shell,
): Promise<Result<Explained, ExplainProblem> | null> {
  const { signal, cwd } = shell;
  const options: ExplainOptions = { signal, wordsFor: describeUnknownText };
  // Folders need no workspace: only a configuration that was named says how their names are read.
  const isNamed = question.kind === "range" || question.place.config !== undefined;
  const workspace = isNamed ? await findWorkspace(question.place, cwd) : ok({ root: cwd, projects: [] });
  if (!workspace.ok) {
    await shell.failAll(workspace.failure);
    return null;
  }
  const { root, projects } = workspace.value;
  if (question.kind === "folders") {
    const { from, to } = question;
    const folders = { from: resolve(cwd, from), to: resolve(cwd, to), projects };
    const explained = await explainFolders(folders, session, options);
    return explained.ok ? { ok: true, value: { ...explained.value, from, to } } : explained;
  }
  const isWhole = question.place.config === undefined;
  const progress = openFamilyProgress(shell);
  return explainRange({ root, projects, isWhole, range: question.range }, session, {
    ...options,
    onEvent: progress.onEvent,
  }).finally(progress.close);
}
