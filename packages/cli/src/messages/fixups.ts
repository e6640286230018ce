import type { FixupMode, Fixups } from "@imagegate/engine/explain";
import { escapeText } from "./escape.ts";
import { formatCount } from "./units.ts";

/** What became of a branch whose records were wrong, and how to take it back. */
export function renderFixups({ base, before, after, repaired }: Fixups, mode: FixupMode): readonly string[] {
  if (before === after) return ["nothing to repair: every commit has the records of its own definitions"];
  return [
    ...repaired.map(({ commit, subject, records }) =>
      escapeText(`repaired  ${commit.slice(0, 12)} ${subject}: ${formatCount(records, "record")}`),
    ),
    ...(mode === "autosquash"
      ? []
      : [
          `to put the fixup! commits into the others: git rebase --interactive --autosquash ${base}`,
          "where git stops since a commit would become empty (it held nothing but wrong records): git reset --soft HEAD^ && git rebase --continue",
        ]),
    `to take it back: git reset --keep ${before}`,
  ];
}
