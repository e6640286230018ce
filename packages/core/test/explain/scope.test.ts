import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareReleases, readRelease } from "../../src/explain/name-parts.ts";
import { defaultProfile } from "../../src/explain/profile.ts";
import { createScopeNamer } from "../../src/explain/scope.ts";

const distros = [
  "centos_9",
  "eln_11",
  "fedora_43",
  "fedora_44",
  "fedora_45",
  "fedora_46",
  "rhel_9.9",
  "rhel_9.10",
  "rhel_10.0",
];
const arches = ["aarch64", "x86_64"];
const types = ["ami", "edge_commit", "edge_installer", "edge_ami", "qcow2"];
const configs = ["empty", "all_customizations"];
const universe = distros.flatMap((distro) =>
  arches.flatMap((arch) =>
    types.flatMap((type) => configs.map((config) => [distro, arch, type, config].join("-"))),
  ),
);

/** Reads words back to the set that they name; written from their description, not from the code that writes them. */
function evaluate(words: string): readonly string[] {
  return words
    .split("; ")
    .flatMap((term) => evaluateTerm(term))
    .toSorted();
}

function evaluateTerm(term: string): readonly string[] {
  if (!term.startsWith("all ")) return universe.filter((name) => name === term);
  const [, count, box = "", except] = /^all (\d+)(?: (?!except )(.*?))?(?: except (.*))?$/.exec(
    term,
  ) as RegExpExecArray;
  const names = universe.filter((name) => isInBox(name, box)).filter((name) => !isExcepted(name, except));
  expect(names).toHaveLength(Number(count));
  return names;
}

function isExcepted(name: string, except: string | undefined): boolean {
  if (except === undefined) return false;
  return except.split(", ").includes(name) || (!except.includes("-") && isInBox(name, except));
}

/** `TYPES of DISTROS on ARCHES with CONFIGS`, each part optional. */
function isInBox(name: string, box: string): boolean {
  const [distro = "", arch = "", type = "", config = ""] = name.split("-");
  const parts = { "": type, of: distro, on: arch, with: config };
  const lists = new Map<string, string[]>();
  let word = "";
  for (const token of box.split(/ (?=of |on |with )|^(?=of |on |with )/).filter((part) => part !== "")) {
    const worded = /^(of|on|with) (.*)$/.exec(token);
    word = worded?.[1] ?? "";
    lists.set(word, (worded?.[2] ?? token).split(", "));
  }
  return [...lists].every(([key, values]) =>
    values.some((value) => isCalled(parts[key as keyof typeof parts], value)),
  );
}

function isCalled(value: string, word: string): boolean {
  if (value === word) return true;
  if (word.startsWith("*")) return value.endsWith(word.slice(1));
  const release = readRelease(value, defaultProfile);
  const [family, range] = word.split(" ");
  if (release !== null && release.family === family) {
    if (range === undefined) return true;
    if (range.endsWith(".*")) return release.release.startsWith(range.slice(0, -1));
    const [from = "", to = ""] = range.split("–");
    return compareReleases(from, release.release) <= 0 && compareReleases(release.release, to) <= 0;
  }
  return word.endsWith("*") && value.startsWith(word.slice(0, -1));
}

type Box = readonly (readonly string[])[];

function anyPart(values: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc.subarray([...values], { minLength: 1 });
}

const anyBox: fc.Arbitrary<Box> = fc.tuple(
  anyPart(distros),
  anyPart(arches),
  anyPart(types),
  anyPart(configs),
);

function isIn(name: string, box: Box | null): boolean {
  return box !== null && name.split("-").every((part, index) => box[index]?.includes(part));
}

describe("the words of a scope", () => {
  const scope = createScopeNamer(universe, defaultProfile);
  const where = (test: (parts: readonly string[]) => boolean): readonly string[] =>
    universe.filter((name) => test(name.split("-")));

  it.each<[string, (parts: readonly string[]) => boolean]>([
    ["all 180", () => true],
    ["all 20 of eln_11", ([distro]) => distro === "eln_11"],
    ["all 80 of fedora", ([distro]) => distro?.startsWith("fedora") === true],
    ["all 60 of fedora 44–46", ([distro]) => ["fedora_44", "fedora_45", "fedora_46"].includes(distro ?? "")],
    ["all 40 of rhel 9.*", ([distro]) => distro?.startsWith("rhel_9.") === true],
    ["all 108 edge_*", ([, , type]) => type?.startsWith("edge_") === true],
    [
      "all 9 ami on x86_64 with empty",
      ([, arch, type, config]) => arch === "x86_64" && type === "ami" && config === "empty",
    ],
    ["all 160 except of eln_11", ([distro]) => distro !== "eln_11"],
    [
      "all 18 qcow2 with empty; all 8 ami of fedora on x86_64",
      ([distro, arch, type, config]) =>
        (type === "qcow2" && config === "empty") ||
        (type === "ami" && distro?.startsWith("fedora") === true && arch === "x86_64"),
    ],
  ])("are %s", (words, test) => {
    expect(scope(where(test))).toBe(words);
  });

  it("are the names themselves where those are few and have nothing in common", () => {
    const names = ["centos_9-aarch64-ami-empty", "rhel_10.0-x86_64-qcow2-all_customizations"];
    expect(scope(names)).toBe(names.join("; "));
  });

  it("name the set and nothing else, whatever it is", () => {
    const anySet = fc.tuple(anyBox, fc.option(anyBox), fc.option(anyBox)).map(([one, less, more]) => {
      return universe.filter((name) => (isIn(name, one) && !isIn(name, less)) || isIn(name, more));
    });
    let listed = 0;
    fc.assert(
      fc.property(anySet, (names) => {
        if (names.length === 0) return;
        const words = scope(names);
        if (words === `${names.length} of all ${universe.length}, as listed`) listed += 1;
        else expect(evaluate(words)).toEqual([...names].toSorted());
      }),
      { numRuns: 80 },
    );
    expect(listed).toBeLessThan(50);
  });

  it("say that a set is listed where words would be long", () => {
    const odd = universe.filter((_, index) => (index * index) % 7 === 1 || index % 11 === 3);
    expect(scope(odd)).toBe(`${odd.length} of all ${universe.length}, as listed`);
  });

  it("do not need names of any grammar", () => {
    const namer = createScopeNamer(["a", "b", "c", "d-e", "f"], defaultProfile);
    expect(namer(["a"])).toBe("a");
    expect(namer(["a", "b", "c", "d-e", "f"])).toBe("all 5");
    expect(namer(["a", "b", "c", "f"])).toBe("all 4 except d-e");
  });
});
