import * as fc from "fast-check";
import { expect, it } from "vitest";
import { carriesMarker, composeComment, isSameBody } from "../../src/comments/marker.ts";

const thread = { maxCharacters: 65_536, showsToken: () => false };
const keys = fc.stringMatching(/^[A-Za-z0-9]{1,8}([._-][A-Za-z0-9]{1,8}){0,3}$/);
const bodies = fc.string({ unit: "binary" }).filter((body) => body.trim() !== "");

it("a comment is found by its key, and by no other", () => {
  fc.assert(
    fc.property(keys, keys, bodies, (key, other, body) => {
      const composed = composeComment({ key, body }, thread);
      if (!composed.ok) throw new Error(composed.failure.reason);
      expect(carriesMarker({ body: composed.value }, key)).toBe(true);
      expect(carriesMarker({ body: composed.value }, other)).toBe(other === key);
      expect(carriesMarker({ body: `x${composed.value}` }, key)).toBe(false);
    }),
  );
});

it("bodies are the same whatever a forge does to line ends and the end of the text", () => {
  fc.assert(
    fc.property(bodies, fc.stringMatching(/^[ \n]{0,5}$/), (body, end) => {
      const returned = `${body.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n")}${end}`;
      expect(isSameBody(body, returned)).toBe(true);
      expect(isSameBody(`${body}.`, body)).toBe(false);
    }),
  );
});

it("the marker is the first line and nothing else stands before or in it", () => {
  expect(composeComment({ key: "a.b_c-d", body: "one\r\ntwo\n\n" }, thread)).toEqual({
    ok: true,
    value: "<!-- imagegate: a.b_c-d -->\none\ntwo",
  });
});
