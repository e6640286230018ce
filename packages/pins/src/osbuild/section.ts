import type { JsonPath } from "@imagegate/core";
import type { NamedDocument } from "../documents/place.ts";

/** One type of a manifest's sources. */
export interface SourceSection {
  readonly document: NamedDocument;
  readonly source: ReadonlyMap<string, unknown>;
  /** By checksum, `sha256:ab12…`. */
  readonly items: ReadonlyMap<string, unknown>;
  /** Of the items. */
  readonly path: JsonPath;
}
