import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRecord } from "../../src/records/format.ts";
import { parseRecord } from "../../src/records/parse.ts";
import { anyRecord, bareSha1, bareSha256, digestOf, lines, pipelineIds } from "./records.ts";

const a = `sha256:${digestOf("a")}`;
const b = `sha256:${digestOf("b")}`;
const whole = `${a}  manifest\n${b}  sources\n${b}  pipeline build\n-  pipeline empty\n`;

describe("parseRecord", () => {
  it("reads imagegate's own lines", () => {
    expect(parseRecord(whole, lines)).toEqual({
      ok: true,
      value: {
        form: "lines",
        manifest: digestOf("a"),
        sources: digestOf("b"),
        pipelines: [
          { name: "build", id: digestOf("b") },
          { name: "empty", id: null },
        ],
      },
    });
  });

  it("takes a name after the word pipeline for what it is", () => {
    const text = `${a}  manifest\n${b}  pipeline manifest\n${b}  pipeline sources\n${b}  pipeline "a  b"\n`;
    expect(parseRecord(text, lines)).toMatchObject({
      ok: true,
      value: { sources: null, pipelines: [{ name: "manifest" }, { name: "sources" }, { name: "a  b" }] },
    });
  });

  it.each([
    ["a doubled manifest line", `${a}  manifest\n${a}  manifest\n`, "duplicate-line", 2],
    ["a manifest line again at the end", `${whole}${a}  manifest\n`, "duplicate-line", 5],
    ["a doubled sources line", `${a}  manifest\n${a}  sources\n${b}  sources\n`, "duplicate-line", 3],
    ["a doubled pipeline", `${whole}${b}  pipeline build\n`, "duplicate-line", 5],
    ["sources before the manifest", `${b}  sources\n${a}  manifest\n`, "out-of-order", 2],
    ["a pipeline before the manifest", `-  pipeline os\n${a}  manifest\n`, "out-of-order", 2],
    ["sources after a pipeline", `${a}  manifest\n-  pipeline os\n${b}  sources\n`, "out-of-order", 3],
    ["an unknown subject", `${a}  manifest\n${b}  metadata\n`, "unknown-line", 2],
    ["a comment", `${a}  manifest\n# note\n`, "unknown-line", 2],
    ["one space for two", `${a} manifest\n`, "unknown-line", 1],
    ["a trailing space", `${a}  manifest \n`, "unknown-line", 1],
    ["a leading space", ` ${a}  manifest\n`, "bad-digest", 1],
    ["a pipeline line without a name", `${a}  manifest\n${b}  pipeline\n`, "unknown-line", 2],
    ["an empty name", `${a}  manifest\n${b}  pipeline \n`, "bad-pipeline-name", 2],
    ["a quoted plain name", `${a}  manifest\n${b}  pipeline "os"\n`, "bad-pipeline-name", 2],
    ["a name with a trailing space", `${a}  manifest\n${b}  pipeline os \n`, "bad-pipeline-name", 2],
    ["a digest cut short", `${a.slice(0, -1)}  manifest\n`, "bad-digest", 1],
    ["a digest too long", `${a}a  manifest\n`, "bad-digest", 1],
    ["upper-case digits", `sha256:${"A".repeat(64)}  manifest\n`, "bad-digest", 1],
    ["a digit that is none", `${a.slice(0, -1)}g  manifest\n`, "bad-digest", 1],
    ["another algorithm", `sha512:${"a".repeat(64)}  manifest\n`, "bad-digest", 1],
    ["no algorithm", `${digestOf("a")}  manifest\n`, "bad-digest", 1],
    ["a manifest without digest", `-  manifest\n`, "bad-digest", 1],
    ["sources without digest", `${a}  manifest\n-  sources\n`, "bad-digest", 2],
    ["an empty digest of a pipeline", `${a}  manifest\n  pipeline os\n`, "bad-digest", 2],
    ["a cut last line", whole.slice(0, -1), "truncated", 4],
    ["a trailing blank line", `${whole}\n`, "blank-line", 5],
    ["CRLF", whole.replaceAll("\n", "\r\n"), "carriage-return", 1],
    ["a conflict", `<<<<<<< HEAD\n${a}  manifest\n=======\n${b}  manifest\n`, "conflict-marker", 1],
  ])("refuses %s", (_, content, reason, line) => {
    const text = content.split("\n")[line - 1];
    expect(parseRecord(content, lines)).toEqual({ ok: false, failure: { reason, line, text } });
  });

  it("refuses a record without a manifest line", () => {
    expect(parseRecord(`${b}  sources\n-  pipeline os\n`, lines)).toEqual({
      ok: false,
      failure: { reason: "missing-manifest-line" },
    });
  });

  it("reads bare digests of either width", () => {
    expect(parseRecord(`${"a".repeat(64)}\n`, bareSha256)).toEqual({
      ok: true,
      value: { form: "digest", algorithm: "sha256", digest: "a".repeat(64) },
    });
    expect(parseRecord(`${"a".repeat(40)}\n`, bareSha1)).toEqual({
      ok: true,
      value: { form: "digest", algorithm: "sha1", digest: "a".repeat(40) },
    });
  });

  it.each([
    ["a sha1 for a sha256", `${"a".repeat(40)}\n`, "bad-digest", 1],
    ["a file name behind the digest", `${"a".repeat(64)}  fedora.json\n`, "bad-digest", 1],
    ["upper-case digits", `${"A".repeat(64)}\n`, "bad-digest", 1],
    ["the digest twice", `${"a".repeat(64)}\n${"a".repeat(64)}\n`, "duplicate-line", 2],
    ["another digest behind it", `${"a".repeat(64)}\n${"b".repeat(64)}\n`, "unknown-line", 2],
    ["no line feed", "a".repeat(64), "truncated", 1],
  ])("refuses in a bare record %s", (_, content, reason, line) => {
    const text = content.split("\n")[line - 1];
    expect(parseRecord(content, bareSha256)).toEqual({ ok: false, failure: { reason, line, text } });
  });

  it("reads ids and their pipelines", () => {
    expect(parseRecord(`${digestOf("1")}: os\n-: tree\n`, pipelineIds)).toEqual({
      ok: true,
      value: {
        form: "pipeline-ids",
        pipelines: [
          { name: "os", id: digestOf("1") },
          { name: "tree", id: null },
        ],
      },
    });
  });

  it.each([
    ["a pipeline twice", `-: os\n${digestOf("1")}: os\n`, "duplicate-line", 2],
    ["no separator", `${digestOf("1")} os\n`, "unknown-line", 1],
    ["a digest cut short", `abc: os\n`, "bad-digest", 1],
    ["a quoted plain name", `-: "os"\n`, "bad-pipeline-name", 1],
  ])("refuses in a record of ids %s", (_, content, reason, line) => {
    const text = content.split("\n")[line - 1];
    expect(parseRecord(content, pipelineIds)).toEqual({ ok: false, failure: { reason, line, text } });
  });

  it.each([lines, pipelineIds, bareSha256, bareSha1])("refuses an empty file as $form", (kind) => {
    expect(parseRecord("", kind)).toEqual({ ok: false, failure: { reason: "empty" } });
  });

  it("reads every record back as it was written", () => {
    fc.assert(
      fc.property(anyRecord, ({ record, kind }) => {
        const text = formatRecord(record);
        expect(parseRecord(text, kind)).toEqual({ ok: true, value: record });
        expect(parseRecord(new TextEncoder().encode(text), kind)).toEqual({ ok: true, value: record });
      }),
      { numRuns: 300 },
    );
  });

  it("accepts an edited record only when it writes the edited text back", () => {
    const edit = fc.record({
      at: fc.nat(),
      cut: fc.nat(3),
      put: fc.constantFrom("", "a", "0", " ", "-", "\n", '"', "  ", "\r"),
    });
    fc.assert(
      fc.property(anyRecord, edit, ({ record, kind }, { at, cut, put }) => {
        const text = formatRecord(record);
        const start = at % (text.length + 1);
        const edited = text.slice(0, start) + put + text.slice(start + cut);
        const parsed = parseRecord(edited, kind);
        if (parsed.ok) expect(formatRecord(parsed.value)).toBe(edited);
      }),
      { numRuns: 1500 },
    );
  });
});
