import type { UnknownText } from "@imagegate/engine/explain";
import { describeFailure } from "./failure.ts";

/** Why only digests of a manifest are known, in plain words that go on after "because". */
export function describeUnknownText(unknown: UnknownText): string {
  switch (unknown.reason) {
    case "record-unreadable":
      return `its record at ${unknown.at} cannot be read`;
    case "text-not-kept":
      return "the cache could not keep its text";
    case "text-not-recorded":
      return `what the definitions of ${unknown.at} make now is not what it recorded`;
    case "text-not-made":
      return `${unknown.at} could not be generated: ${describeFailure(unknown.cause).what}`;
    case "text-without-commit":
      return "the cache does not know what was recorded, and no commit holds this record";
  }
}
