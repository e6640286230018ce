import { describe, expect, it } from "vitest";
import { readGitHubSettings } from "../../src/github/settings.ts";
import { TOKEN } from "../fixtures/run.ts";

const ENV = { GITHUB_TOKEN: TOKEN, GITHUB_REPOSITORY: "acme/images" };

describe("the settings of GitHub", () => {
  it("are those of github.com unless the runner says otherwise", () => {
    expect(readGitHubSettings(ENV)).toEqual({
      ok: true,
      value: {
        token: TOKEN,
        apiUrl: "https://api.github.com",
        graphqlUrl: "https://api.github.com/graphql",
        owner: "acme",
        repo: "images",
        eventPath: null,
      },
    });
    const event = { GITHUB_EVENT_PATH: "/event.json", GITHUB_API_URL: "https://ghe.test/api/v3" };
    expect(readGitHubSettings({ ...ENV, ...event })).toMatchObject({
      value: { graphqlUrl: "https://ghe.test/api/graphql", eventPath: "/event.json" },
    });
    expect(readGitHubSettings({ ...ENV, ...event, GITHUB_GRAPHQL_URL: "https://ghe.test/g/" })).toMatchObject(
      { value: { graphqlUrl: "https://ghe.test/g" } },
    );
  });

  it("take a token that was pasted with a line feed", () => {
    expect(readGitHubSettings({ ...ENV, GITHUB_TOKEN: `${TOKEN}\n` })).toMatchObject({
      value: { token: TOKEN },
    });
  });

  it.each([
    [{ GITHUB_TOKEN: "" }, { reason: "token-missing", forge: "github", variable: "GITHUB_TOKEN" }],
    [{ GITHUB_TOKEN: "two words" }, { reason: "token-malformed", variable: "GITHUB_TOKEN" }],
    [{ GITHUB_TOKEN: "short" }, { reason: "token-malformed", variable: "GITHUB_TOKEN" }],
    [{ GITHUB_TOKEN: "a\r\nhost: evil" }, { reason: "token-malformed", variable: "GITHUB_TOKEN" }],
    [
      { GITHUB_REPOSITORY: "" },
      { reason: "forge-setting-missing", variable: "GITHUB_REPOSITORY", expected: "OWNER/NAME" },
    ],
    [
      { GITHUB_REPOSITORY: "acme/images/.." },
      {
        reason: "forge-setting-invalid",
        variable: "GITHUB_REPOSITORY",
        expected: "OWNER/NAME",
        found: "acme/images/..",
      },
    ],
    [{ GITHUB_API_URL: "http://api.test" }, { reason: "forge-setting-invalid", variable: "GITHUB_API_URL" }],
    [
      { GITHUB_GRAPHQL_URL: "http://api.test" },
      { reason: "forge-setting-invalid", variable: "GITHUB_GRAPHQL_URL" },
    ],
  ])("are refused with %j", (env, failure) => {
    expect(readGitHubSettings({ ...ENV, ...env })).toMatchObject({ ok: false, failure });
  });

  it("name no token when they are refused", () => {
    expect(JSON.stringify(readGitHubSettings({ ...ENV, GITHUB_TOKEN: "my secret" }))).not.toContain("secret");
  });
});
