import { expect, it } from "vitest";
import { compareUrls } from "../../src/explain/url-change.ts";

const url = "https://host/el9/cs9-x86_64-baseos-20260719/p.rpm";

it.each([
  ["snapshot date", url, url.replace("20260719", "20260809"), "20260719", "20260809"],
  ["host", url, url.replace("host", "other"), "host", "other"],
  ["scheme", url, url.replace("https", "http"), "https", "http"],
  [
    "path",
    url,
    url.replace("baseos", "appstream"),
    "cs9-x86_64-baseos-20260719",
    "cs9-x86_64-appstream-20260719",
  ],
  ["host and snapshot date", url, url.replace("host", "other").replace("719", "809"), "host", "other"],
  ["path", "packages/a.rpm", "packages/b.rpm", "a.rpm", "b.rpm"],
])("names the %s that differs", (what, before, after, old, now) => {
  expect(compareUrls(before, after)).toMatchObject({ what, pair: { before: old, after: now } });
});

it("keeps the path that it does not tell of another host", () => {
  const elsewhere = url.replace("host", "other").replace("719", "809");
  expect(compareUrls(url, elsewhere).untold).toContain("20260809");
  expect(compareUrls(url, url.replace("host", "other")).untold).toBe("");
});
