import type { DocumentFailure, FolderFailure } from "@imagegate/engine";
import { formatCommand } from "./escape.ts";
import { describeWith, thenRun, type Describers } from "./failure-text.ts";
import { JSON_TEXTS } from "./json.ts";

type Own = Extract<
  DocumentFailure | FolderFailure,
  { readonly reason: "document-unreadable" | "folder-missing" | "folders-empty" }
>;

/** Manifests and folders of them that cannot be compared. */
export const DOCUMENT_TEXTS: Describers<Own> = {
  "document-unreadable": ({ path, cause }, context) => {
    const { what, ...rest } = describeWith(JSON_TEXTS, cause, context);
    return {
      ...rest,
      what: `${path} cannot be compared: ${what}`,
      next: thenRun(`correct ${path}`, context.rerun),
    };
  },
  "folder-missing": ({ path }, { rerun }) => ({
    what: `there is no folder ${path}`,
    expected: "a folder of manifests, NAME.json each",
    next: thenRun("correct the path", rerun),
  }),
  "folders-empty": ({ paths }, { rerun }) => ({
    what: `no manifest stands in ${paths.join(" or ")}`,
    expected: "NAME.json files in one of them at least",
    next: thenRun(`look at ${formatCommand(["ls", ...paths])}`, rerun),
  }),
};
