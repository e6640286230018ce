import { membersOf, placeOf } from "../documents/place.ts";
import { NOTHING_READ, type Reading } from "../sources/source.ts";
import { writtenItem } from "./item.ts";
import { quoteUrl } from "./quoted-url.ts";
import type { SourceSection } from "./section.ts";

/** `org.osbuild.curl`: a checksum leads to a url, or to an object that has one. */
export function readCurlSource({ document, items, path }: SourceSection): Reading {
  const pins = Array.from(items, ([checksum, value]) => {
    const url = typeof value === "string" ? value : membersOf(value)?.get("url");
    const urls = typeof url === "string" ? [quoteUrl(url)] : [];
    return writtenItem(checksum, urls, placeOf(document, [...path, checksum]));
  });
  return { ...NOTHING_READ, pins };
}
