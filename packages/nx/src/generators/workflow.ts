import { setUpSteps, type WorkflowPackageManager } from "./set-up-steps.ts";

/** What a workflow is written from. */
export interface WorkflowOptions {
  readonly branch: string;
  readonly packageManager: WorkflowPackageManager;
  readonly checkTarget: string;
  /** The file that says which Node to use; without one the oldest that imagegate supports is taken. */
  readonly nodeVersionFile: string | undefined;
}

/** The text of the workflow; least permissions, and every step that guards something fails when it finds nothing. */
export function workflowText(options: WorkflowOptions): string {
  const { branch, packageManager, checkTarget } = options;
  const { exec, lockFile } = packageManager;
  return `name: imagegate

on:
  pull_request:
  push:
    branches: [${JSON.stringify(branch)}]

permissions:
  contents: read

concurrency:
  group: imagegate-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

defaults:
  run:
    shell: bash

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    env:
      NX_DAEMON: "false"
      NX_ISOLATE_PLUGINS: "false"
      # Kept from run to run, together: Nx finds nothing in its cache without its database.
      NX_CACHE_DIRECTORY: \${{ github.workspace }}/.nx/ci/cache
      NX_WORKSPACE_DATA_DIRECTORY: \${{ github.workspace }}/.nx/ci/workspace-data
      IMAGEGATE_CACHE_DIR: \${{ github.workspace }}/.nx/ci/imagegate
    steps:
${setUpSteps(options, "whole")}
      - name: Tool versions
        id: tools
        run: |
          imagegate=$(node --print 'require("@imagegate/nx/package.json").version')
          osbuild=$(osbuild --version 2>/dev/null || echo none)
          versions=$(printf '%s-%s-%s' "$imagegate" "$(node --version)" "$osbuild" | tr -c 'A-Za-z0-9.' '_')
          echo "versions=$versions" >> "$GITHUB_OUTPUT"

      - name: Caches of Nx and imagegate
        uses: actions/cache@v4
        with:
          path: .nx/ci
          key: imagegate-\${{ runner.os }}-\${{ steps.tools.outputs.versions }}-\${{ hashFiles('${lockFile}') }}-\${{ github.sha }}
          restore-keys: |
            imagegate-\${{ runner.os }}-\${{ steps.tools.outputs.versions }}-\${{ hashFiles('${lockFile}') }}-

      # A target that matches nothing passes: without this a lost plugin would look like a clean bill.
      - name: There are families to check
        run: |
          projects=$(${exec} nx show projects --projects 'tag:imagegate' --with-target ${checkTarget} --json)
          node -e 'if (JSON.parse(process.argv[1]).length < 2) throw new Error("no family has the target ${checkTarget}")' "$projects"

      - name: No record outlives its family
        run: ${exec} nx run checksums:${checkTarget}

      - name: Check the families that the pull request affects
        if: github.event_name == 'pull_request'
        env:
          BASE_REF: \${{ github.base_ref }}
        run: |
          base=$(git merge-base "origin/$BASE_REF" HEAD)
          ${exec} nx affected -t ${checkTarget} --base="$base" --head=HEAD

      - name: Check all families
        if: github.event_name != 'pull_request'
        run: ${exec} nx run-many -t ${checkTarget}
`;
}
