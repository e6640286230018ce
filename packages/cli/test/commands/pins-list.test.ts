import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

const a = { name: "a", urls: ["https://h.org/a", "https://m.org/a"], sha256: "a".repeat(64) };

let workspace: Workspace;
beforeEach(async () => {
  workspace = await makeWorkspace({ "s/a.pins.json": JSON.stringify({ pins: [a] }) });
});
afterEach(() => workspace.remove());

describe("pins list", () => {
  it("shows what would be asked for, and where it is pinned", async () => {
    const { code, stdout, stderr } = await workspace.run(["pins", "list"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      [
        "a",
        "  url        https://h.org/a",
        "  mirror     https://m.org/a",
        `  sha256     ${"a".repeat(64)}`,
        "  trust      tls",
        "  pinned at  s/a.pins.json:1 (/pins/0)",
        "1 pin, 2 urls to ask for, 0 texts in documents themselves, pinned at 1 place of 1 document, 0 with an allowance, 0 left unverified, 0 problems",
        "",
      ].join("\n"),
    );
  });

  it("shows conflicts beside what is sound", async () => {
    const b = { urls: ["https://m.org/a"], sha256: "b".repeat(64) };
    await workspace.write("b.pins.json", JSON.stringify({ pins: [b] }));
    const { code, stdout, stderr } = await workspace.run(["pins", "list", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      documents: ["b.pins.json", "s/a.pins.json"],
      pins: [{ name: "a" }, { name: "a" }],
      problems: [{ reason: "pin-conflict" }],
    });
    expect(stderr).toContain("https://m.org/a is pinned in two ways: its sha256 cannot be both");
    expect(stderr).toContain(`| ${"b".repeat(64)} says b.pins.json:1 (/pins/0)`);
  });

  it("takes files from where it is run, and shows them from the workspace", async () => {
    const options = { cwd: `${workspace.root}/s` };
    const { code, stdout } = await workspace.run(["pins", "list", "a.pins.json"], options);
    expect(code).toBe(0);
    expect(stdout).toContain("pinned at  s/a.pins.json:1");
  });
});
