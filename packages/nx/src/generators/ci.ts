import { detectPackageManager, readNxJson, type Tree } from "@nx/devkit";
import * as z from "zod";
import { appendLine } from "./lines.ts";
import { checkTargetName } from "./target-name.ts";
import { workflowText, type WorkflowPackageManager } from "./workflow.ts";

const ciOptions = z.strictObject({
  branch: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/)
    .optional(),
  force: z.boolean().default(false),
});

const WORKFLOW = ".github/workflows/imagegate.yml";
const IGNORED_CACHES = [".nx", ".nx/", "/.nx", "/.nx/"];
const NODE_VERSION_FILES = [".nvmrc", ".node-version"];

const PACKAGE_MANAGERS: Readonly<Record<string, WorkflowPackageManager>> = {
  npm: { name: "npm", install: "npm ci", exec: "npx", lockFile: "package-lock.json" },
  pnpm: {
    name: "pnpm",
    install: "pnpm install --frozen-lockfile",
    exec: "pnpm exec",
    lockFile: "pnpm-lock.yaml",
  },
  yarn: { name: "yarn", install: "yarn install --immutable", exec: "yarn", lockFile: "yarn.lock" },
};

/** Writes the GitHub workflow; another one of that name is replaced only by force. */
export default function ciGenerator(tree: Tree, given: unknown): void {
  const { branch, force } = ciOptions.parse(given ?? {});
  const detected = detectPackageManager(tree.root);
  const packageManager = PACKAGE_MANAGERS[detected];
  if (packageManager === undefined)
    throw new Error(`no workflow is known for ${detected}; use npm, pnpm or yarn`);
  const text = workflowText({
    branch: branch ?? readNxJson(tree)?.defaultBase ?? "main",
    packageManager,
    checkTarget: checkTargetName(tree),
    nodeVersionFile: NODE_VERSION_FILES.find((file) => tree.exists(file)),
  });
  // The caches of the workflow stand there: as files of the workspace they would be hashed.
  appendLine(tree, ".gitignore", { line: ".nx/", standsFor: IGNORED_CACHES });
  const standing = tree.read(WORKFLOW, "utf8");
  if (standing === text) return;
  if (standing !== null && !force) throw new Error(`${WORKFLOW} has other contents; --force replaces it`);
  tree.write(WORKFLOW, text);
}
