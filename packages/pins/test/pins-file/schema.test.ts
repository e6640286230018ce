import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { pinsFileSchema, pinsJsonSchema } from "../../src/pins-file/schema.ts";

const published = new URL("../../schema/pins.schema.json", import.meta.url);

it("is what is published (node tools/write-schema.mjs writes it)", () => {
  expect(readFileSync(published, "utf8")).toBe(`${JSON.stringify(pinsJsonSchema(), null, 2)}\n`);
});

const pin = { urls: ["https://example.org/a"], sha256: "a".repeat(64) };
const pattern = { at: "/images/*", url: "/location", digest: "/digest" };

describe("the schema takes", () => {
  it.each([
    ["a name, a url and a digest", { pins: [{ name: "a", ...pin }] }],
    [
      "every field",
      {
        $schema: "pins.schema.json",
        pins: [
          {
            ...pin,
            name: "a",
            sha512: "b",
            sha1: "c",
            size: 0,
            mediaType: "x/y",
            trust: "signed",
            allow: { reason: "why", expires: "2028-02-29" },
            pinnedAt: { path: "a/b.py", line: 3 },
          },
        ],
      },
    ],
    [
      "every kind of source",
      {
        sources: [
          { kind: "osbuild", include: ["*.json"], exclude: ["b.json"], unverified: ["org.osbuild.ostree"] },
          { kind: "documents", include: ["*.yaml"], format: "yaml", pattern },
          { kind: "program", argv: ["python3", "print.py"], env: { A: "b" }, timeoutMs: 1, pattern },
        ],
      },
    ],
  ])("%s", (_, file) => {
    expect(pinsFileSchema.safeParse(file).error).toBeUndefined();
    expect(validate(file)).toBe(true);
  });
});

describe("the schema refuses", () => {
  it.each([
    ["an unknown key", { pins: [{ ...pin, sha265: "a" }] }],
    ["no url", { pins: [{ ...pin, urls: [] }] }],
    ["a size below zero", { pins: [{ ...pin, size: -1 }] }],
    ["an allowance without a reason", { pins: [{ ...pin, allow: { expires: "2027-01-01" } }] }],
    ["a path upwards", { sources: [{ kind: "osbuild", include: ["../*.json"] }] }],
    ["an empty command", { sources: [{ kind: "program", argv: [] }] }],
    [
      "a pattern that is no pointer",
      { sources: [{ kind: "documents", include: ["a"], pattern: { ...pattern, at: "images" } }] },
    ],
    ["a source that nobody knows", { sources: [{ kind: "magic" }] }],
  ])("%s", (_, file) => {
    expect(pinsFileSchema.safeParse(file).success).toBe(false);
    expect(validate(file)).toBe(false);
  });

  it.each(["2027-02-29", "2027-13-01", "2027-1-1", "tomorrow", "2100-02-29"])(
    "an allowance until %s, which is no day",
    (expires) => {
      const file = { pins: [{ ...pin, allow: { reason: "why", expires } }] };
      expect(pinsFileSchema.safeParse(file).error?.issues[0]?.path).toEqual(["pins", 0, "allow", "expires"]);
    },
  );
});

const validate = new Ajv.default({ strict: false }).compile(pinsJsonSchema());
