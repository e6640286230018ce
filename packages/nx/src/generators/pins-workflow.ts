import { GENERATED_PINS_TAG } from "../project/pins.ts";
import { setUpSteps, type SetUpOptions } from "./set-up-steps.ts";

/** What the workflow is written from. */
export interface PinsWorkflowOptions extends SetUpOptions {
  /** Path filters of what pins something. */
  readonly paths: readonly string[];
  readonly generateTarget: string;
  /** Where GitHub shows findings at the line that pins. */
  readonly sarif: "upload" | "none";
}

/** The path of the workflow in a repository. */
export const PINS_WORKFLOW = ".github/workflows/imagegate-pins.yml";

const ARTIFACT = "imagegate-pins";

/**
 * The workflow that verifies pins: when something that pins changes, every day, and by hand. Only the job that speaks
 * of the default branch may write issues, and it asks nothing of the servers that are verified.
 */
export function pinsWorkflowText(options: PinsWorkflowOptions): string {
  const { exec } = options.packageManager;
  const { paths, generateTarget, sarif } = options;
  const filters = [PINS_WORKFLOW, "**/*.pins.json", ...paths].map(
    (path) => `      - ${JSON.stringify(path)}\n`,
  );
  return `name: imagegate pins

on:
  push:
    branches: ["**"]
    paths:
${[...new Set(filters)].join("")}  schedule:
    # Daily: drift is known within a day. Not on the hour, when everybody's runs wait.
    - cron: "17 4 * * *"
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  # A push must not take the place of a daily run that waits.
  group: imagegate-pins-\${{ github.event_name }}-\${{ github.ref }}

defaults:
  run:
    shell: bash

jobs:
  verify:
    runs-on: ubuntu-latest
    timeout-minutes: 60
${sarif === "upload" ? SARIF_PERMISSIONS : ""}    outputs:
      reported: \${{ steps.verify.outputs.reported }}
    steps:
${setUpSteps(options, "one-commit")}
      # Without such families it does nothing.
      - name: Manifests whose sources are verified
        id: manifests
        env:
          NX_DAEMON: "false"
          NX_ISOLATE_PLUGINS: "false"
        run: ${exec} nx run-many -t ${generateTarget} --projects tag:${GENERATED_PINS_TAG}

      - name: Verify
        id: verify
        # Drift of pins files is seen whatever became of the manifests; without an installation there is nothing to run.
        if: "!cancelled() && steps.manifests.outcome != 'skipped'"
        env:
          MANIFESTS: \${{ steps.manifests.outcome }}
        run: |
          # Families without manifests would keep everything from being verified: pins files are named then.
          files=()
          [ "$MANIFESTS" != failure ] || mapfile -d '' files < <(git ls-files -z '*.pins.json')
          report=$RUNNER_TEMP/${ARTIFACT}.json
          # What is printed comes from servers, too: no line of it may be taken for a command of the workflow.
          stop=$(node --print 'crypto.randomUUID()')
          echo "::stop-commands::$stop"
          code=0
          ${exec} imagegate pins verify --timeout 50m --also "json=$report" --also "markdown=$GITHUB_STEP_SUMMARY" \\
            --also "sarif=$RUNNER_TEMP/${ARTIFACT}.sarif" "\${files[@]/#/./}" || code=$?
          echo "::$stop::"
          # That pins files are well says nothing of families: it must not close the issue.
          [ "$MANIFESTS" != failure ] || [ "$code" = 1 ] || rm -f "$report"
          [ ! -f "$report" ] || echo "reported=true" >> "$GITHUB_OUTPUT"
          exit "$code"

      - uses: actions/upload-artifact@v6
        if: "!cancelled() && steps.verify.outputs.reported == 'true'"
        with:
          name: ${ARTIFACT}
          path: \${{ runner.temp }}/${ARTIFACT}.*
          if-no-files-found: error
${sarif === "upload" ? SARIF_STEP : ""}
  issue:
    # The daily run speaks for the repository, and a run by hand does on its default branch, to close what was repaired.
    needs: verify
    if: >-
      !cancelled() && needs.verify.outputs.reported == 'true' && (github.event_name == 'schedule' ||
      (github.event_name == 'workflow_dispatch' && github.ref_name == github.event.repository.default_branch))
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
      issues: write
    concurrency:
      group: imagegate-pins-issue
    steps:
${setUpSteps(options, "one-commit")}
      - uses: actions/download-artifact@v7
        with:
          name: ${ARTIFACT}
          path: \${{ runner.temp }}/report

      - name: Issue
        env:
          GITHUB_TOKEN: \${{ github.token }}
        run: ${exec} imagegate pins issue --github --report "$RUNNER_TEMP/report/${ARTIFACT}.json"
`;
}

const SARIF_PERMISSIONS = `    permissions:
      contents: read
      # To show findings at the lines that pin.
      security-events: write
`;

const SARIF_STEP = `
      - uses: github/codeql-action/upload-sarif@v4
        if: "!cancelled() && steps.verify.outputs.reported == 'true'"
        with:
          sarif_file: \${{ runner.temp }}/${ARTIFACT}.sarif
          category: ${ARTIFACT}
`;
