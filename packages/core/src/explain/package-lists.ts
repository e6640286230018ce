import { joinContents, predecessorsIn } from "./content.ts";
import type { Finding, Sides } from "./finding.ts";
import { sourceName } from "./package-names.ts";
import { listedDigest, type Reference } from "./package-references.ts";

const listWords = {
  order: "the same packages in another order",
  repeated: "packages named more or less often",
};

/** Lists of packages that name the same ones in another way. */
export function describeLists(
  references: readonly Reference[],
  change: "order" | "repeated",
  sides: Sides,
): readonly Finding[] {
  const claims = references.filter((reference) => reference.change === change);
  if (claims.length === 0) return [];
  const names = [...new Set(claims.map(({ name }) => name.text))].toSorted();
  return [
    {
      kind: "package-order",
      // A list becomes a dictionary: repetitions are gone from it, its order is not.
      class: change === "order" ? "id-blind" : "visible-only",
      subject: listWords[change],
      variant: names.join(" "),
      content: joinContents(claims.map(listPlaces(sides))),
      text: `${listWords[change]}: ${names.slice(0, shownNames).join(", ")}${names.length > shownNames ? ", …" : ""}`,
      general: listWords[change],
      claims: claims.map(({ difference }) => difference),
      digests: claims.map(({ digest }) => digest),
    },
  ];
}

const shownNames = 5;

/** Where a package stands in its list: what it is, what became of it, and what stands before it. */
function listPlaces({ before, after, profile }: Sides): (reference: Reference) => string {
  const [old, now] = [predecessorsIn(before.tape), predecessorsIn(after.tape)];
  return ({ difference: { change, at }, name }) => {
    const { tape, sources } = change === "removed" ? before : after;
    const node = change === "removed" ? old(at.before) : now(at.after);
    const neighbour = node === -1 ? "" : sourceName(listedDigest(tape, node), sources, profile).text;
    return JSON.stringify([change, name.text, neighbour]);
  };
}
