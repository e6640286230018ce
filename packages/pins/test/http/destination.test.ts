import { expect, test } from "vitest";
import { refuseRedirect, refuseUrl } from "../../src/http/destination.ts";

const names = ["localhost", "LOCALHOST", "localhost.", "a.b.localhost", "a.localhost."];

test.each(names)("%s is this machine, whoever resolves it", (host) => {
  const url = new URL(`https://${host}/a`);
  expect(refuseUrl(url, "internet")).toBe("private-address");
  expect(refuseUrl(url, "loopback")).toBeNull();
  expect(refuseRedirect(new URL("https://example.org/"), url, "internet")).toBe("redirect-to-private");
});

test.each(["localhost.example.org", "mylocalhost", "example.org", "8.8.8.8"])("%s is not", (host) => {
  expect(refuseUrl(new URL(`https://${host}/a`), "internet")).toBeNull();
});
