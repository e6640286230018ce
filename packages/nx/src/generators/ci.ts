import { readNxJson, type Tree } from "@nx/devkit";
import * as z from "zod";
import { appendLine } from "./lines.ts";
import { checkTargetName } from "./target-name.ts";
import { findSetUp } from "./set-up.ts";
import { workflowText } from "./workflow.ts";
import { writeWorkflow } from "./workflow-file.ts";

const ciOptions = z.strictObject({
  branch: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/)
    .optional(),
  force: z.boolean().default(false),
});

const WORKFLOW = ".github/workflows/imagegate.yml";
const IGNORED_CACHES = [".nx", ".nx/", "/.nx", "/.nx/"];

/** Writes the GitHub workflow; another one of that name is replaced only by force. */
export default function ciGenerator(tree: Tree, given: unknown): void {
  const { branch, force } = ciOptions.parse(given ?? {});
  const text = workflowText({
    branch: branch ?? readNxJson(tree)?.defaultBase ?? "main",
    ...findSetUp(tree),
    checkTarget: checkTargetName(tree),
  });
  // The caches of the workflow stand there: as files of the workspace they would be hashed.
  appendLine(tree, ".gitignore", { line: ".nx/", standsFor: IGNORED_CACHES });
  writeWorkflow(tree, WORKFLOW, { text, force });
}
