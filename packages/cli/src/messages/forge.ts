import type { ForgeFailure, ForgeName } from "@imagegate/forge";
import { formatCommand } from "./escape.ts";
import { describeWith, thenRun, type Describers } from "./failure-text.ts";
import { FILE_TEXTS } from "./files.ts";
import { JSON_TEXTS } from "./json.ts";
import { formatDuration } from "./units.ts";

const CAUSES = { ...JSON_TEXTS, ...FILE_TEXTS };
const SERVICES = { github: "GitHub", gitlab: "GitLab" } as const;
const TOKENS = {
  github: "GITHUB_TOKEN with the permission pull-requests: write, for an issue issues: write",
  gitlab: "GITLAB_TOKEN of a project or a group with the scope api and the role Reporter",
} as const;

/** The token that a command needs. */
function describeToken(forge: ForgeName, permission: string | undefined): string {
  return permission === undefined
    ? `a ${TOKENS[forge]}`
    : `a ${TOKEN_VARIABLES[forge]} with the permission ${permission}`;
}

const TOKEN_VARIABLES = { github: "GITHUB_TOKEN", gitlab: "GITLAB_TOKEN" } as const;
const READABLE = { github: "pull request or an issue", gitlab: "merge request" } as const;
const PULL_REQUESTS = { github: "pull request", gitlab: "merge request" } as const;

/** What GitHub and GitLab refuse, and what they are not asked for. */
export const FORGE_TEXTS: Describers<Exclude<ForgeFailure, { readonly reason: "cancelled" }>> = {
  "token-missing": ({ forge, variable }, { rerun, permission }) => ({
    what: `${variable} is not set`,
    expected: describeToken(forge, permission),
    next: thenRun("give it to this step in its environment", rerun),
  }),
  "token-malformed": ({ variable }, { rerun }) => ({
    what: `${variable} is set, but not to a token (its value is not shown)`,
    expected: "8 or more letters, digits and - . _ ~ + / =",
    next: thenRun("correct the secret", rerun),
  }),
  "token-unsuitable": ({ found, variable }, { rerun }) => ({
    what: `${found} is there, but a job's own token may not write notes`,
    expected: `a ${TOKENS.gitlab} in ${variable}`,
    next: thenRun("make one and add it as a masked CI/CD variable", rerun),
  }),
  "forge-setting-missing": ({ variable, expected }, { rerun }) => ({
    what: `${variable} is not set`,
    expected,
    next: thenRun("set it, as CI does", rerun),
  }),
  "forge-setting-invalid": ({ variable, expected, found }, { rerun }) => ({
    what: `${variable} makes no sense`,
    expected,
    found,
    next: thenRun("correct it", rerun),
  }),
  "event-unreadable": ({ path, cause }, context) => {
    const { what, ...rest } = describeWith(CAUSES, cause, context);
    return {
      ...rest,
      what: `the event of this run cannot be read from ${path}: ${what}`,
      next: thenRun("correct GITHUB_EVENT_PATH", context.rerun),
    };
  },
  "event-unknown": ({ path, expected }, { rerun }) => ({
    what: `the event of this run, in ${path}, belongs to no pull request`,
    expected,
    next: thenRun("start it by a pull request, or by a workflow_run after one", rerun),
  }),
  "pull-request-unknown": ({ forge, variable }, { rerun }) => ({
    what: `nothing says which ${PULL_REQUESTS[forge]} is meant`,
    expected: `a run of a ${PULL_REQUESTS[forge]} (${variable}), or a number`,
    next: `name it: ${rerun} --pr NUMBER`,
  }),
  "pull-request-gone": ({ commit }, { rerun }) => ({
    what: "no open pull request has the commit of this report as its head: it has moved on, or was closed",
    expected: `one with the head ${commit}`,
    next: `nothing, when a newer run is under way; else, in a run of the newest commit: ${rerun}`,
  }),
  "pull-request-ambiguous": ({ commit, numbers }, { rerun }) => ({
    what: `${numbers.length} open pull requests have the head ${commit}`,
    found: numbers.join(", "),
    next: `choose one: ${rerun} --pr ${numbers[0] ?? "NUMBER"}`,
  }),
  "pull-request-mismatch": ({ given, numbers }) => ({
    what: `pull request ${given} is not the one that the run of this report belongs to`,
    expected: numbers.join(", "),
    found: String(given),
    next: "leave the number away: npx imagegate comment --help",
  }),
  "comment-key-invalid": ({ key }) => ({
    what: "this is no key of a comment or an issue",
    expected: "letters and digits, with single . _ - between them, at most 64",
    found: JSON.stringify(key),
    next: "npx imagegate comment --help",
  }),
  "comment-empty": (_, { rerun }) => ({
    what: "the comment or the issue would say nothing",
    next: thenRun("write something into its file", rerun),
  }),
  "comment-too-large": ({ characters, limit }, { rerun }) => ({
    what: "the comment or the issue is too long",
    expected: `at most ${limit} characters`,
    found: `${characters} characters`,
    next: thenRun("shorten it", rerun),
  }),
  "comment-holds-token": (_, { rerun }) => ({
    what: "the comment or the issue would show the token, so it was not sent",
    next: thenRun("find out what wrote the token into it, revoke the token", rerun),
  }),
  "api-unauthorized": ({ forge, request, message }, { rerun, permission }) => ({
    what: `${SERVICES[forge]} does not know the token: ${request}`,
    expected: describeToken(forge, permission),
    found: message,
    next: thenRun("replace the token", rerun),
  }),
  "api-forbidden": ({ forge, request, message }, { rerun, permission }) => ({
    what: `${SERVICES[forge]} does not let the token do this: ${request}`,
    expected: describeToken(forge, permission),
    found: message,
    details: permission === undefined ? FORBIDDEN_DETAILS[forge] : [],
    next: thenRun(`give the token the permission${permission === undefined ? "" : ` ${permission}`}`, rerun),
  }),
  "api-not-found": ({ forge, request, message }, { rerun, permission }) => ({
    what: `${SERVICES[forge]} knows nothing there, or hides it from this token: ${request}`,
    expected:
      permission === undefined
        ? `a ${READABLE[forge]} that the token may read`
        : `a repository that exists, and ${describeToken(forge, permission)} in it`,
    found: message,
    next: thenRun(
      permission === undefined
        ? "correct the number, the project or the token"
        : `correct GITHUB_REPOSITORY, or give the token the permission ${permission}`,
      rerun,
    ),
  }),
  "api-rejected": ({ forge, request, status, message }, { rerun }) => ({
    what: `${SERVICES[forge]} refused: ${request}`,
    found: `status ${status}: ${message}`,
    next: thenRun("correct what it complains about", rerun),
  }),
  "api-rate-limited": ({ forge, request, waitMs }, { rerun }) => ({
    what: `${SERVICES[forge]} was asked too often: ${request}`,
    next: thenRun(`wait ${waitMs === null ? "a while" : formatDuration(waitMs)}`, rerun),
  }),
  "api-unavailable": ({ forge, request, attempts, found }, { rerun }) => ({
    what: `${SERVICES[forge]} did not answer ${request}`,
    found: `${found}, after ${attempts === 1 ? "one attempt" : `${attempts} attempts`}`,
    next: thenRun("wait until it is well again", rerun),
  }),
  "api-unreachable": ({ forge, request, code }, { rerun }) => ({
    what: `${SERVICES[forge]} cannot be reached: ${request}`,
    found: code,
    next: thenRun(`correct the address, the certificate or the proxy (${URL_VARIABLES[forge]})`, rerun),
  }),
  "api-redirected": ({ forge, request, location }, { rerun }) => ({
    what: `${SERVICES[forge]} sends us elsewhere, and a token follows no such wish: ${request}`,
    found: location,
    next: thenRun(`correct the address or the project's name (${URL_VARIABLES[forge]})`, rerun),
  }),
  "api-answer": ({ forge, request, expected }, { rerun }) => ({
    what: `what answers is not ${SERVICES[forge]} as we know it: ${request}`,
    expected,
    next: thenRun(`look at what it answers, and at ${URL_VARIABLES[forge]}`, rerun),
  }),
};

const URL_VARIABLES = {
  github: "GITHUB_API_URL, GITHUB_REPOSITORY",
  gitlab: "CI_API_V4_URL, CI_PROJECT_ID",
} as const;

const FORBIDDEN_DETAILS = {
  github: [
    "a run of a pull request from a fork has a token that may only read: comment in a workflow_run after it,",
    `with ${formatCommand(["imagegate", "comment", "--github"])} there; docs/github-action.md shows both workflows`,
  ],
  gitlab: [],
} as const;
