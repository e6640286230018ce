import { afterEach, describe, expect, it, vi } from "vitest";
import { parseArguments } from "../../src/arguments/parse.ts";
import { COMMANDS, loadCommands } from "../../src/program.ts";

const commands = await loadCommands([]);

const parse = (...argv: string[]) => parseArguments(argv, commands, "1.2.3");

function given(...argv: string[]): unknown {
  const parsed = parse(...argv);
  if (parsed.kind !== "command") return parsed;
  const { "--": _rest, ...options } = parsed.given.options;
  return { command: parsed.command.name, positionals: parsed.given.positionals, options };
}

afterEach(() => vi.restoreAllMocks());

describe("arguments", () => {
  it.each([
    [["fingerprint", "-", "x"], ["-", "x"], {}],
    [["fingerprint", "--json", "-", "007", "1e3"], ["-", "007", "1e3"], { json: true }],
    [["fingerprint", "--", "--json", "-"], ["--json", "-"], {}],
    [["fingerprint", "true", "--json", "false"], ["true", "false"], { json: true }],
    [["--json", "fingerprint", "check"], ["check"], { json: true }],
  ])("are kept as they are given: %j", (argv, positionals, options) => {
    expect(given(...argv)).toEqual({ command: "fingerprint", positionals, options });
  });

  it("of options are kept as they are given", () => {
    expect(given("check", "--config", "007", "--root=0x10", "--ids", "")).toEqual({
      command: "check",
      positionals: [],
      options: { config: "007", root: "0x10", ids: "" },
    });
  });

  it("that follow a flag of several words are no value of it", () => {
    expect(
      given("pins", "verify", "--allow-loopback-http", "a.json", "--max-age", "7d", "--per-host=2"),
    ).toEqual({
      command: "pins verify",
      positionals: ["a.json"],
      options: { allowLoopbackHttp: true, maxAge: "7d", perHost: "2" },
    });
  });

  it("of two words make one command", () => {
    expect(given("cache", "show", "abcd")).toMatchObject({ command: "cache show", positionals: ["abcd"] });
  });

  it.each([
    [[], /a command is missing/],
    [["chek"], /no command "chek".*check/],
    [["cache", "drop"], /no command "cache".*cache info, cache show/],
    [["check", "--colour"], /unknown option `--colour`/],
    [["check", "--config"], /`--config <path>` value is missing/],
    [["check", "--json=yes"], /no option takes the value "yes"/],
    [["ids"], /missing required args/],
    [["ids", "a", "b"], /unused args: `b`/],
    [["schema", "pins", "more"], /unused args: `more`/],
    [["compare", "a"], /missing required args/],
    [["fingerprint"], /missing required args/],
  ])("that are wrong are named: %j", (argv, problem) => {
    const parsed = parse(...argv);
    expect(parsed).toMatchObject({ kind: "usage" });
    expect(parsed.kind === "usage" ? parsed.problem : "").toMatch(problem);
  });
});

describe("--help", () => {
  it.each(commands.map((command) => [command.name, command] as const))("tells all of %s", (name, command) => {
    const info = vi.spyOn(console, "info").mockImplementation(() => undefined);
    expect(parse(...name.split(" "), "--help")).toEqual({ kind: "answered" });
    const text = String(info.mock.calls[0]?.[0]);
    expect(text).toContain(`$ imagegate ${command.usage}`);
    for (const [flags, description] of Object.entries(command.options)) {
      expect(text).toMatch(new RegExp(`${flags} +.*`));
      expect(text).toContain(description);
    }
    for (const example of command.examples) expect(text).toContain(example);
    expect(text).not.toMatch(/ $/m);
  });

  it("of the whole lists every command", () => {
    const info = vi.spyOn(console, "info").mockImplementation(() => undefined);
    expect(parse("--help")).toEqual({ kind: "answered" });
    for (const { usage } of commands) expect(String(info.mock.calls[0]?.[0])).toContain(usage);
  });
});

describe("loadCommands", () => {
  it("loads the command that is named and no other", async () => {
    for (const { name } of COMMANDS) {
      const loaded = await loadCommands([...name.split(" "), "--json"]);
      expect(loaded.map((command) => command.name)).toEqual([name]);
    }
  });

  it.each([[[]], [["--json", "check"]], [["cache"]], [["chek"]]])("loads all for %j", async (argv) => {
    expect((await loadCommands(argv)).map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));
  });
});
