import * as fc from "fast-check";
import { expect, it } from "vitest";
import { redactionOf } from "../../src/http/redaction.ts";

const secrets = fc.stringMatching(/^[A-Za-z0-9._~+/=-]{8,60}$/);
const texts = fc.string({ unit: "binary" });

it("leaves nothing of a secret in any text, in any of its shapes", () => {
  fc.assert(
    fc.property(secrets, texts, texts, (secret, before, after) => {
      const redact = redactionOf(secret);
      for (const shape of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")]) {
        expect(redact(`${before}${shape}${after}`)).not.toContain(shape.replace(/=+$/, ""));
      }
    }),
  );
});

it("leaves other texts alone", () => {
  const redact = redactionOf("ghs_0123456789");
  expect(redact("ghs_012345678 and more")).toBe("ghs_012345678 and more");
  expect(redact('{"a":"ghs_0123456789"}')).toBe('{"a":"[redacted]"}');
});
