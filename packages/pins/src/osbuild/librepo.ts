import { describeFound } from "../documents/found.ts";
import { membersOf, placeOf } from "../documents/place.ts";
import type { PinsFailure } from "../failure.ts";
import type { WrittenPin } from "../pin/written-pin.ts";
import { NOTHING_READ, type Reading } from "../sources/source.ts";
import { writtenItem } from "./item.ts";
import { quotePath } from "./quoted-url.ts";
import type { SourceSection } from "./section.ts";

const TYPE = "org.osbuild.librepo";

/** `org.osbuild.librepo`: a checksum leads to a path below a mirror of the options; only base urls say where that is. */
export function readLibrepoSource(section: SourceSection): Reading {
  const { document, items, path } = section;
  const mirrors = membersOf(membersOf(section.source.get("options"))?.get("mirrors")) ?? new Map();
  const pins: WrittenPin[] = [];
  const problems = new Map<string, PinsFailure>();
  for (const [checksum, value] of items) {
    const item = membersOf(value);
    const [file, id] = [item?.get("path"), item?.get("mirror")];
    const base = typeof id === "string" ? baseOf(mirrors.get(id)) : null;
    if (base?.kind === "url" && typeof file === "string") {
      const place = placeOf(document, [...path, checksum]);
      pins.push(writtenItem(checksum, [`${base.url.replace(/\/+$/, "")}/${quotePath(file)}`], place));
    } else if (base?.kind === "list") {
      const place = placeOf(document, ["sources", TYPE, "options", "mirrors", String(id)]);
      // Once a mirror, not once a package.
      problems.set(String(id), {
        reason: "pins-source-unsupported",
        place,
        type: TYPE,
        because: "mirror-list",
      });
    } else {
      const place = placeOf(document, [...path, checksum]);
      const expected = "a path, and a mirror that the options have";
      const found =
        item === null
          ? describeFound(value)
          : `${describeFound(file)} as path, ${describeFound(id)} as mirror`;
      problems.set(`/${checksum}`, { reason: "pins-document-shape", place, expected, found });
    }
  }
  return { ...NOTHING_READ, pins, problems: [...problems.values()] };
}

type Base = { readonly kind: "url"; readonly url: string } | { readonly kind: "list" };

function baseOf(mirror: unknown): Base | null {
  const members = membersOf(mirror);
  const url = members?.get("url");
  switch (members?.get("type")) {
    case "baseurl":
      return typeof url === "string" ? { kind: "url", url } : null;
    case "mirrorlist":
    case "metalink":
      return { kind: "list" };
    default:
      return null;
  }
}
