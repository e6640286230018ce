import { detectPackageManager, type Tree } from "@nx/devkit";
import type { SetUpOptions, WorkflowPackageManager } from "./set-up-steps.ts";

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

/** What a workflow of this workspace has to set up. */
export function findSetUp(tree: Tree): SetUpOptions {
  const detected = detectPackageManager(tree.root);
  const packageManager = PACKAGE_MANAGERS[detected];
  if (packageManager === undefined)
    throw new Error(`no workflow is known for ${detected}; use npm, pnpm or yarn`);
  return { packageManager, nodeVersionFile: NODE_VERSION_FILES.find((file) => tree.exists(file)) };
}
