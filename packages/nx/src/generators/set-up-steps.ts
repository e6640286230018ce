/** How a package manager is used in a workflow. */
export interface WorkflowPackageManager {
  readonly name: "npm" | "pnpm" | "yarn";
  readonly install: string;
  readonly exec: string;
  readonly lockFile: string;
}

/** What the steps depend on that every workflow begins with. */
export interface SetUpOptions {
  readonly packageManager: WorkflowPackageManager;
  /** The file that says which Node to use; without one the oldest that imagegate supports is taken. */
  readonly nodeVersionFile: string | undefined;
}

/** The steps that check out the repository, all of its history or one commit, and install its packages. */
export function setUpSteps(
  { packageManager, nodeVersionFile }: SetUpOptions,
  history: "whole" | "one-commit",
): string {
  const { install, name } = packageManager;
  const depth = history === "whole" ? "          fetch-depth: 0\n" : "";
  const corepack = name === "npm" ? "" : "\n      - name: Package manager\n        run: corepack enable\n";
  const node = nodeVersionFile === undefined ? 'node-version: "20"' : `node-version-file: ${nodeVersionFile}`;
  return `      - uses: actions/checkout@v5
        with:
${depth}          persist-credentials: false
${corepack}
      - uses: actions/setup-node@v5
        with:
          ${node}
          cache: ${name}

      - name: Install
        run: ${install}
`;
}
