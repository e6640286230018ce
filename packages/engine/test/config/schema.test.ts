import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { configJsonSchema } from "../../src/config/json-schema.ts";

const published = new URL("../../schema/imagegate.schema.json", import.meta.url);

it("is what is published (node tools/write-schema.mjs writes it)", () => {
  expect(readFileSync(published, "utf8")).toBe(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
});

it("asks for a generator and nothing else, and describes every setting", () => {
  const { properties, required, additionalProperties } = configJsonSchema() as {
    properties: Record<string, { description?: string }>;
    required: string[];
    additionalProperties: boolean;
  };
  expect(required).toEqual(["generator"]);
  expect(additionalProperties).toBe(false);
  expect(Object.entries(properties).filter(([, { description }]) => description === undefined)).toEqual([]);
});
