import type { CliFailure } from "../failure.ts";
import { formatCommand, lastLines } from "./escape.ts";
import { thenRun, type Describers } from "./failure-text.ts";
import { formatCount, formatNames, formatSize } from "./units.ts";

/** What only the command line can run into. */
export const CLI_TEXTS: Describers<CliFailure> = {
  usage: ({ problems, command }) => ({
    what: problems.join("; "),
    next: `${["npx imagegate", ...(command === null ? [] : [command]), "--help"].join(" ")}`,
  }),
  "config-outside-root": ({ path, root }) => ({
    what: `the configuration ${path} stands outside the workspace ${root}`,
    expected: "a configuration inside it",
    next: `choose the workspace: ${formatCommand(["npx", "imagegate", "check", "--config", path])} --root FOLDER`,
  }),
  "root-unusable": ({ path, found }, { rerun }) => ({
    what: `--root ${path} is no workspace`,
    expected: "a folder that is there",
    found,
    next: thenRun("name the workspace's folder, or leave --root away in it", rerun),
  }),
  "input-failed": ({ code }, { rerun }) => ({
    what: "stdin cannot be read",
    found: code,
    next: `${rerun}`,
  }),
  "output-failed": ({ code }, { rerun }) => ({
    what: "stdout cannot be written, so the result is not all there",
    found: code,
    next: thenRun("make room or choose another place", rerun),
  }),
  "body-too-large": ({ path, sizeBytes, limitBytes }, { rerun }) => ({
    what: `${path} is longer than any comment may be`,
    expected: `at most ${formatSize(limitBytes)}`,
    found: `${formatSize(sizeBytes)} or more`,
    next: thenRun("shorten it", rerun),
  }),
  "body-not-utf8": ({ path }, { rerun }) => ({
    what: `${path} is not UTF-8`,
    next: thenRun("convert it to UTF-8", rerun),
  }),
  "terminal-missing": () => ({
    what: "a review needs a terminal to show and to ask",
    expected: "stdin and stdout on a terminal",
    next: "npx imagegate check --explain tells the causes, then run: npx imagegate accept --cause ID",
  }),
  "agreement-missing": ({ what }, { rerun }) => ({
    what: `${what}, and nobody is there to agree`,
    expected: "a terminal outside CI, or --yes",
    next: `look at old and new above, then run: ${rerun} --yes`,
  }),
  "acceptance-held-back": ({ manifests, accepted, missing }) => ({
    what: `no record was written: ${formatCount(manifests.length, "manifest")} with what was accepted ${manifests.length === 1 ? "differs" : "differ"} for other causes, too`,
    expected: "every cause of a manifest",
    found: `not accepted: ${formatNames(missing)}`,
    next: `to accept all of it, run: ${formatCommand(["npx", "imagegate", "accept", "--cause", ...accepted, ...missing])}`,
  }),
  "acceptance-empty": ({ manifests }) => ({
    what: `no record was written: ${formatCount(manifests, "manifest")} ${manifests === 1 ? "differs" : "differ"}, none of them for what was accepted alone`,
    next: "to see the causes and their classes, run: npx imagegate check --explain",
  }),
  "store-key-unknown": ({ key, root }) => ({
    what: `the cache in ${root} has no entry whose key begins with ${key}`,
    next: "npx imagegate cache info",
  }),
  "internal-error": ({ message, stack }, { rerun }) => ({
    what: `this is a mistake in imagegate: ${message}`,
    details: lastLines(stack, Number.POSITIVE_INFINITY),
    next: thenRun("please report it with the lines above", rerun),
  }),
};
