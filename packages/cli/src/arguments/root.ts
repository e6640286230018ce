import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { findWorkspaceRoot } from "@imagegate/engine";
import type { CliFailure } from "../failure.ts";

/** A folder that was named as the workspace, and is none. */
export type RootFailure = Extract<CliFailure, { readonly reason: "root-unusable" }>;

/** The workspace: the folder that was named, which must be one, else the one around a folder. */
export async function openRoot(
  given: string | undefined,
  cwd: string,
  around = cwd,
): Promise<Result<string, RootFailure>> {
  if (given === undefined) return ok(findWorkspaceRoot(around));
  const root = resolve(cwd, given);
  const found = await stat(root).catch(() => null);
  if (found?.isDirectory() === true) return ok(root);
  return fail({ reason: "root-unusable", path: given, found: found === null ? "nothing" : "no folder" });
}
