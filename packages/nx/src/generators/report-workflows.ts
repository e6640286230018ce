import { setUpSteps, type SetUpOptions } from "./set-up-steps.ts";

const ARTIFACT = "imagegate-report";
const FILE = `${ARTIFACT}.json`;
const MAX_ARTIFACT_BYTES = 10_000_000;
/** The second workflow starts after the first by this name. */
const REPORT_NAME = "imagegate report";

/**
 * The workflow that explains a pull request. It runs the code of the pull request, so it may only read: it writes a
 * summary and leaves the report as JSON. It gates nothing.
 */
export function reportWorkflowText(options: SetUpOptions): string {
  const { exec } = options.packageManager;
  return `name: ${REPORT_NAME}

on:
  pull_request:

permissions:
  contents: read

concurrency:
  group: imagegate-report-\${{ github.ref }}
  cancel-in-progress: true

defaults:
  run:
    shell: bash

jobs:
  report:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
${setUpSteps(options, "whole")}
      # That records differ is for the gate to say; this job fails only when there is nothing to report.
      - name: Report
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
        run: |
          code=0
          ${exec} imagegate check --explain --base "$BASE" --format json --output ${FILE} || code=$?
          test "$code" -le 1

      - name: Summary
        run: ${exec} imagegate report ${FILE} --format markdown >> "$GITHUB_STEP_SUMMARY"

      - uses: actions/upload-artifact@v6
        with:
          name: ${ARTIFACT}
          path: ${FILE}
          if-no-files-found: error
`;
}

/**
 * The workflow that comments, on pull requests from forks too. It runs the default branch and nothing of the pull
 * request, whose report it validates and whose number it asks GitHub for.
 */
export function commentWorkflowText(options: SetUpOptions): string {
  const { exec } = options.packageManager;
  return `name: imagegate comment

on:
  workflow_run:
    workflows: [${REPORT_NAME}]
    types: [completed]

permissions: {}

concurrency:
  group: imagegate-comment-\${{ github.event.workflow_run.head_repository.id }}-\${{ github.event.workflow_run.head_branch }}

defaults:
  run:
    shell: bash

jobs:
  comment:
    if: github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.conclusion == 'success'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      # To read the artifact of the other run.
      actions: read
      contents: read
      pull-requests: write
    steps:
      - name: The report is small
        env:
          GH_TOKEN: \${{ github.token }}
          RUN_ID: \${{ github.event.workflow_run.id }}
        run: |
          size=$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$RUN_ID/artifacts?name=${ARTIFACT}" --jq '[.artifacts[].size_in_bytes] | max // 0')
          test "$size" -gt 0
          test "$size" -le ${MAX_ARTIFACT_BYTES}

${setUpSteps(options, "one-commit")}
      - uses: actions/download-artifact@v7
        with:
          name: ${ARTIFACT}
          path: \${{ runner.temp }}/report
          run-id: \${{ github.event.workflow_run.id }}
          github-token: \${{ github.token }}

      - name: Comment
        env:
          GITHUB_TOKEN: \${{ github.token }}
          LINK: \${{ github.event.workflow_run.html_url }}
        run: ${exec} imagegate comment --github --report "$RUNNER_TEMP/report/${FILE}" --link "$LINK"
`;
}
