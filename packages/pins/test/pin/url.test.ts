import { describe, expect, it } from "vitest";
import { addressOfUrl, nameOfUrl, parsePinUrl } from "../../src/pin/url.ts";

const strict = { allowLoopbackHttp: false };
const testing = { allowLoopbackHttp: true };

describe("a url", () => {
  it.each([
    ["HTTPS://Example.ORG:443/a", "https://example.org/a"],
    ["https://example.org/a?b=c#part", "https://example.org/a?b=c"],
    ["https://example.org/ä", "https://example.org/%C3%A4"],
    ["https://127.0.0.1/a", "https://127.0.0.1/a"],
    ["https://127.0.0.1./a", "https://127.0.0.1/a"],
    ["https://Example.ORG.:443/a", "https://example.org/a"],
    ["https://example.org.:8443/a", "https://example.org:8443/a"],
    ["https://example.org../a", "https://example.org../a"],
  ])("%s is asked for as %s", (text, href) => {
    expect(parsePinUrl(text, strict)).toEqual({ ok: true, value: href });
  });

  it.each([
    ["http://example.org/a", "not-https"],
    ["file:/etc/passwd", "not-https"],
    ["ftp://example.org/a", "not-https"],
    ["http://127.0.0.1/a", "not-https"],
    ["example.org/a", "not-a-url"],
    ["", "not-a-url"],
    ["https://", "not-a-url"],
  ])("%s is refused: %s", (text, problem) => {
    expect(parsePinUrl(text, strict)).toEqual({ ok: false, failure: { problem, found: text } });
  });

  it.each([
    "https://user@example.org/a",
    "https://user:secret@example.org/a",
    "https://:secret@example.org/a",
  ])("%s is refused without repeating its credentials", (text) => {
    const failure = { problem: "credentials", found: "https://example.org/a" };
    expect(parsePinUrl(text, strict)).toEqual({ ok: false, failure });
  });

  it.each(["http://127.0.0.1:8080/a", "http://localhost/a"])("%s is taken in tests that say so", (text) => {
    expect(parsePinUrl(text, testing)).toEqual({ ok: true, value: text });
  });

  it.each([
    "http://example.org/a",
    "http://127.0.0.1.example.org/a",
    "http://localhost.example.org/a",
    "http://10.0.0.1/",
    "http://127.9.9.9/a",
    "http://[::1]:1/a",
  ])("%s is not even taken then", (text) => {
    expect(parsePinUrl(text, testing)).toMatchObject({ ok: false, failure: { problem: "not-https" } });
  });
});

it("that is none does not repeat what may be credentials either", () => {
  const failure = { problem: "not-a-url", found: "https://" };
  expect(parsePinUrl("https://user:secret@", strict)).toEqual({ ok: false, failure });
});

describe("the name of what lies at a url", () => {
  it.each([
    ["https://example.org/b/a%20b.img?x=/y", "a b.img"],
    ["https://example.org/b/latest/", "latest"],
    ["https://example.org/%ff.img", "%ff.img"],
    ["https://example.org/%20", "%20"],
    ["https://example.org/a%1b%5b31m", "a%1b%5b31m"],
    ["https://example.org/", "example.org"],
  ])("%s is %s", (href, name) => {
    expect(nameOfUrl(href)).toBe(name);
  });
});

it("is compared in the spelling in which it is asked for", () => {
  const spellings = ["https://EXAMPLE.org.:443/a#b", "https://example.org/a", "https://example.org./a"];
  expect(new Set(spellings.map(addressOfUrl))).toEqual(new Set(["https://example.org/a"]));
});
