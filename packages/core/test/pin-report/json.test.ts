import fc from "fast-check";
import { expect, it } from "vitest";
import { formatPinReportJson, pinReportDocument } from "../../src/pin-report/json.ts";
import { hostileText } from "../report/hostile-texts.ts";
import { pinReport, pinReportOfTexts, pinResult, samplePinReport } from "./sample-pin-report.ts";

it("has every fact of a result under a name of its own", () => {
  const { results, ...document } = JSON.parse(formatPinReportJson(samplePinReport()));
  expect(document).toMatchObject({
    version: 1,
    exitCode: 1,
    counts: { drift: 1, gone: 1, "expired-allowance": 1, unreachable: 1, ok: 2 },
    proxied: true,
    problems: [],
  });
  expect(results).toHaveLength(6);
  expect(results[1]).toEqual({
    name: "drifted",
    url: "https://example.org/disk.img",
    class: "drift",
    allowedClass: null,
    allowed: false,
    allowance: null,
    method: "hashed",
    cause: "digest",
    expected: [`sha256:${"a".repeat(64)}`],
    expectedSize: 5,
    got: [`sha256:${"b".repeat(64)}`],
    size: 5,
    contentType: "application/octet-stream",
    firstText: "hello",
    status: 200,
    finalUrl: "https://cdn.example.org/x",
    proxied: false,
    trust: "tls",
    attempts: 1,
    provenance: [
      { path: "a b.json", pointer: "/x", line: 7 },
      { path: "c.toml", pointer: "", line: null },
      { path: "d.py", pointer: null, line: 1 },
    ],
  });
});

it("reads back as it was, and drives neither terminal nor log", () => {
  const wellFormed = hostileText.map((text) => text.toWellFormed());
  fc.assert(
    fc.property(pinReportOfTexts(wellFormed), (report) => {
      const text = formatPinReportJson(report);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(pinReportDocument(report))));
      for (const line of text.split("\n"))
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^\s*::|##[\w-]*\[/u);
    }),
  );
});

it("counts no class that is not there", () => {
  expect(pinReportDocument(pinReport([pinResult()]))).toMatchObject({ counts: { ok: 1 } });
});
