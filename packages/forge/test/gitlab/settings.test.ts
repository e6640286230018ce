import { describe, expect, it } from "vitest";
import { readGitLabSettings, readMergeRequest } from "../../src/gitlab/settings.ts";
import { TOKEN } from "../fixtures/run.ts";

const ENV = { GITLAB_TOKEN: TOKEN, CI_PROJECT_ID: "7" };

describe("the settings of GitLab", () => {
  it("name the project that the merge request goes to, also in a fork's pipeline", () => {
    expect(readGitLabSettings(ENV)).toEqual({
      ok: true,
      value: { token: TOKEN, apiUrl: "https://gitlab.com/api/v4", project: "7" },
    });
    expect(
      readGitLabSettings({ ...ENV, CI_PROJECT_ID: "99", CI_MERGE_REQUEST_PROJECT_ID: "7" }),
    ).toMatchObject({ value: { project: "7" } });
  });

  it.each([
    [{ GITLAB_TOKEN: "" }, { reason: "token-missing", forge: "gitlab", variable: "GITLAB_TOKEN" }],
    [
      { GITLAB_TOKEN: "", CI_JOB_TOKEN: "glcbt-0123456789" },
      { reason: "token-unsuitable", found: "CI_JOB_TOKEN", variable: "GITLAB_TOKEN" },
    ],
    [{ CI_PROJECT_ID: "" }, { reason: "forge-setting-missing", variable: "CI_PROJECT_ID" }],
    [{ CI_PROJECT_ID: "../1" }, { reason: "forge-setting-invalid", variable: "CI_PROJECT_ID" }],
    [{ CI_API_V4_URL: "ftp://x" }, { reason: "forge-setting-invalid", variable: "CI_API_V4_URL" }],
  ])("are refused with %j", (env, failure) => {
    expect(readGitLabSettings({ ...ENV, ...env })).toMatchObject({ ok: false, failure });
  });
});

describe("the merge request", () => {
  it.each([
    [{ CI_MERGE_REQUEST_IID: "12" }, undefined, { ok: true, value: 12 }],
    [{ CI_MERGE_REQUEST_IID: "12" }, 5, { ok: true, value: 5 }],
    [{}, undefined, { ok: false, failure: { reason: "pull-request-unknown", forge: "gitlab" } }],
    [
      { CI_MERGE_REQUEST_IID: "1/../2" },
      undefined,
      { ok: false, failure: { reason: "forge-setting-invalid", variable: "CI_MERGE_REQUEST_IID" } },
    ],
  ])("of %j, given %s", (env, given, expected) => {
    expect(readMergeRequest(env, given)).toMatchObject(expected);
  });
});
