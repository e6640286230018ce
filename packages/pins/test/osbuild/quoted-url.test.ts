import { expect, it } from "vitest";
import { quotePath, quoteUrl } from "../../src/osbuild/quoted-url.ts";

// What Python 3.11 gives for urllib.parse.quote(path).
it.each([
  ["a/b-c_d.e~f", "a/b-c_d.e~f"],
  ["libstdc++-1:2^3.rpm", "libstdc%2B%2B-1%3A2%5E3.rpm"],
  ["50%.txt", "50%25.txt"],
  ["ä b", "%C3%A4%20b"],
  ["(a)!*'", "%28a%29%21%2A%27"],
])("the path %s is asked for as %s", (path, quoted) => {
  expect(quotePath(path)).toBe(quoted);
});

it.each([
  ["https://h:1/a+b?c+d#e", "https://h:1/a%2Bb?c+d#e"],
  ["https://h", "https://h"],
  ["file:/a+b", "file:/a+b"],
])("only the path of %s is quoted", (url, quoted) => {
  expect(quoteUrl(url)).toBe(quoted);
});
