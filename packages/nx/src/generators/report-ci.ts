import type { Tree } from "@nx/devkit";
import * as z from "zod";
import { commentWorkflowText, reportWorkflowText } from "./report-workflows.ts";
import { findSetUp } from "./set-up.ts";
import { writeWorkflow } from "./workflow-file.ts";

const reportCiOptions = z.strictObject({ force: z.boolean().default(false) });

/** Writes the two GitHub workflows that explain pull requests and comment on them; others are replaced only by force. */
export default function reportCiGenerator(tree: Tree, given: unknown): void {
  const { force } = reportCiOptions.parse(given ?? {});
  const setUp = findSetUp(tree);
  const texts = { report: reportWorkflowText(setUp), comment: commentWorkflowText(setUp) };
  for (const [name, text] of Object.entries(texts)) {
    writeWorkflow(tree, `.github/workflows/imagegate-${name}.yml`, { text, force });
  }
}
