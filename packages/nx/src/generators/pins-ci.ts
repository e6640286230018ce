import type { Tree } from "@nx/devkit";
import * as z from "zod";
import { pinnedPaths } from "./pinned-paths.ts";
import { PINS_WORKFLOW, pinsWorkflowText } from "./pins-workflow.ts";
import { findSetUp } from "./set-up.ts";
import { pluginOptionsOf } from "./target-name.ts";
import { writeWorkflow } from "./workflow-file.ts";

const pinsCiOptions = z.strictObject({
  paths: z.array(z.string().regex(/^[^/\s][^\s]*$/)).default([]),
  sarif: z.boolean().default(false),
  force: z.boolean().default(false),
});

/** Writes the GitHub workflow that verifies pins; another one of that name is replaced only by force. */
export default async function pinsCiGenerator(tree: Tree, given: unknown): Promise<void> {
  const { paths, sarif, force } = pinsCiOptions.parse(given ?? {});
  const found = await pinnedPaths(tree);
  if (found.length === 0) {
    throw new Error('nothing is pinned here: write a *.pins.json, or "pins": {} into an imagegate.json');
  }
  const text = pinsWorkflowText({
    ...findSetUp(tree),
    paths: paths.length === 0 ? found : paths,
    generateTarget: pluginOptionsOf(tree).generateTargetName,
    sarif: sarif ? "upload" : "none",
  });
  writeWorkflow(tree, PINS_WORKFLOW, { text, force });
}
