import { describe, expect, it } from "vitest";
import type { UpdatableEntry } from "../../src/update/pins-document.ts";
import { planUpdates } from "../../src/update/plan.ts";
import type { FetchedDigests, FetchTarget } from "../../src/verify/fetch.ts";
import { placeAt } from "../fixtures/pins.ts";

const HEX = { old: "a".repeat(64), new: "b".repeat(64) };

function entry(over: Partial<UpdatableEntry> = {}): UpdatableEntry {
  return {
    index: 0,
    name: "a",
    urls: ["https://h.org/a"],
    algorithms: ["sha256"],
    digests: { sha256: HEX.old },
    sizeBytes: null,
    trust: "tls",
    place: placeAt(3),
    ...over,
  };
}

const nothing = { contentType: null, firstText: null, status: 200, finalUrl: null, isProxied: false };

function fetched(url: string, hex: string): FetchedDigests {
  return { url, class: "fetched", digests: [{ algorithm: "sha256", hex }], sizeBytes: 9, ...nothing };
}

function renewed(url: string): FetchedDigests {
  return fetched(url, HEX.new);
}

function gone(url: string): FetchedDigests {
  const evidence = { digests: [], sizeBytes: null, ...nothing };
  return { url, class: "gone", cause: "status-404", evidence };
}

async function plan(
  entries: readonly UpdatableEntry[],
  answer: (url: string) => FetchedDigests,
  kept: readonly UpdatableEntry[] = [],
) {
  const asked: FetchTarget[] = [];
  const document = { path: "a.pins.json", entries: [...entries, ...kept] };
  const planned = await planUpdates(document, entries, async (targets) => {
    asked.push(...targets);
    return targets.map(({ url }) => answer(url));
  });
  return { planned, asked };
}

async function changes(over: Partial<UpdatableEntry>, hex: string): Promise<unknown> {
  const { planned } = await plan([entry(over)], (url) => fetched(url, hex));
  return planned.ok ? planned.value[0]?.changes : planned.failure;
}

describe("an update", () => {
  it("asks each url for the digests that its pin has", async () => {
    const second = entry({ urls: ["https://h.org/b", "https://m.org/b"], algorithms: ["sha512", "sha1"] });
    const { asked } = await plan([entry(), second], gone);
    expect(asked).toEqual([
      { url: "https://h.org/a", algorithms: ["sha256"] },
      { url: "https://h.org/b", algorithms: ["sha512", "sha1"] },
      { url: "https://m.org/b", algorithms: ["sha512", "sha1"] },
    ]);
  });

  it("changes nothing when the bytes are the pinned ones, however the digest is spelled", async () => {
    expect(await changes({}, HEX.old)).toEqual([]);
    expect(await changes({ digests: { sha256: `SHA256:${HEX.old.toUpperCase()}` } }, HEX.old)).toEqual([]);
  });

  it("changes digest and size, and takes back a trust that nothing vouches for any more", async () => {
    expect(await changes({ sizeBytes: 5, trust: "signed" }, HEX.new)).toEqual([
      { field: "sha256", from: HEX.old, to: HEX.new },
      { field: "size", from: 5, to: 9 },
      { field: "trust", from: "signed", to: "tls" },
    ]);
  });

  it("fills in what was missing or left empty", async () => {
    expect(await changes({ digests: {} }, HEX.new)).toEqual([{ field: "sha256", from: null, to: HEX.new }]);
    expect(await changes({ digests: { sha256: "" } }, HEX.new)).toMatchObject([{ from: "" }]);
  });

  it("is all or nothing: a url that gives no artifact stops every pin", async () => {
    const other = entry({ name: "b", urls: ["https://h.org/b"] });
    const { planned } = await plan([entry(), other], (url) =>
      url.endsWith("b") ? gone(url) : fetched(url, HEX.new),
    );
    expect(planned).toEqual({
      ok: false,
      failure: [
        {
          reason: "pin-not-fetched",
          name: "b",
          place: placeAt(3),
          url: "https://h.org/b",
          class: "gone",
          cause: "status-404",
        },
      ],
    });
  });

  it("never pins an empty body, which is what many a broken server sends", async () => {
    const { planned } = await plan(
      [entry()],
      (url) => ({ ...fetched(url, HEX.new), sizeBytes: 0 }) as FetchedDigests,
    );
    expect(planned).toMatchObject({
      ok: false,
      failure: [{ reason: "pin-not-fetched", class: "drift", cause: "empty-body" }],
    });
  });

  it("says of an empty body what a verification says of it", async () => {
    const empty = (url: string) => ({ ...fetched(url, HEX.new), sizeBytes: 0 }) as FetchedDigests;
    expect((await plan([entry({ sizeBytes: 7 })], empty)).planned).toMatchObject({
      failure: [{ class: "size-mismatch", cause: "size" }],
    });
    expect(
      (await plan([entry({ digests: { sha256: HEX.new }, sizeBytes: 0 })], empty)).planned,
    ).toMatchObject({
      ok: true,
      value: [{ changes: [] }],
    });
  });

  it("takes no side between mirrors that differ", async () => {
    const { planned } = await plan([entry({ urls: ["https://h.org/a", "https://m.org/a"] })], (url) =>
      fetched(url, url.includes("m.org") ? HEX.new : HEX.old),
    );
    expect(planned).toMatchObject({
      ok: false,
      failure: [
        { reason: "pin-mirrors-differ", mirrors: [{ url: "https://h.org/a" }, { url: "https://m.org/a" }] },
      ],
    });
  });

  it("leaves no other pin of the file that contradicts the new digest", async () => {
    const other = entry({ index: 1, name: "b" });
    expect((await plan([entry()], renewed, [other])).planned).toMatchObject({
      ok: false,
      failure: [{ reason: "pin-left-behind", names: ["a", "b"] }],
    });
    expect((await plan([entry(), other], renewed)).planned.ok).toBe(true);
  });
});
