import type { Cause, Detail } from "../explain/explanation.ts";
import { byteLength, codeBlock, codeElement, codeSpan, shortenRaw } from "./markdown-text.ts";
import { CLASS_SENTENCES } from "../explain/class-words.ts";
import { formatCount, formatNumber } from "./words.ts";

/** What of a report found no room, each counted. */
export interface LeftOut {
  readonly failures: number;
  /** Causes of which not even the title stands there, and how many manifests they have. */
  readonly causes: number;
  readonly causeManifests: number;
  readonly details: number;
  readonly diffLines: number;
  readonly names: number;
  readonly commits: number;
}

/** Nothing was left out. */
export const NOTHING: LeftOut = {
  failures: 0,
  causes: 0,
  causeManifests: 0,
  details: 0,
  diffLines: 0,
  names: 0,
  commits: 0,
};

/** Lines of Markdown and what they leave out. */
export interface Block {
  readonly lines: readonly string[];
  readonly leftOut: LeftOut;
}

/** The most code units of a title and of a scope in a heading. */
const maxHeading = 300;

/** The most lines of one diff; more is a file, not a hint. */
const maxDiffLines = 80;

/** The most names of one cause; its scope has named them all. */
const maxNames = 30;

/** The sum of what several blocks left out. */
export function addLeftOut(all: readonly LeftOut[]): LeftOut {
  const keys = Object.keys(NOTHING) as (keyof LeftOut)[];
  const sum = (key: keyof LeftOut): number => all.reduce((total, one) => total + one[key], 0);
  return Object.fromEntries(keys.map((key) => [key, sum(key)])) as unknown as LeftOut;
}

/** What was left out in words, empty where nothing was. */
export function describeLeftOut(leftOut: LeftOut): string {
  const { failures, causes, causeManifests, details, diffLines, names, commits } = leftOut;
  const parts = [
    failures > 0 && formatCount(failures, "failure"),
    causes > 0 && `${formatCount(causes, "cause")} of ${formatCount(causeManifests, "manifest")}`,
    details > 0 && formatCount(details, "detail"),
    diffLines > 0 && formatCount(diffLines, "line of a diff", "lines of diffs"),
    names > 0 && formatCount(names, "name"),
    commits > 0 && formatCount(commits, "commit"),
  ];
  return parts.filter((part) => part !== false).join(", ");
}

/** The bytes of lines, a line end after each. */
export function linesLength(lines: readonly string[]): number {
  return lines.reduce((total, line) => total + byteLength(line) + 1, 0);
}

/** A cause as one list item, without its details. */
export function briefCause(cause: Cause): Block {
  const { title, scope, manifests, details } = cause;
  const heading = `**${formatNumber(manifests.length)}** ${cause.class}: ${codeSpan(shortenRaw(title, maxHeading))}`;
  return {
    lines: [`- ${heading} · ${codeSpan(shortenRaw(scope, maxHeading))}`],
    leftOut: {
      ...NOTHING,
      details: details.length,
      diffLines: details.reduce((total, { diff = [] }) => total + diff.length, 0),
      names: manifests.length,
    },
  };
}

/** A cause with as many of its details and names as fit a room of bytes; null where not even its heading does. */
export function wholeCause(cause: Cause, roomBytes: number): Block | null {
  const head = causeHead(cause);
  const tail = ["", "</details>", ""];
  const noteBytes = 200;
  let room = roomBytes - linesLength([...head, ...tail]) - noteBytes;
  if (room < 0) return null;
  const take = (lines: readonly string[]): boolean => {
    const bytes = linesLength(lines);
    const fits = bytes <= room;
    if (fits) room -= bytes;
    return fits;
  };
  const details = cause.details.map((detail) => fitDetail(detail, take));
  const names = fitNames(cause.manifests, room);
  const leftOut = addLeftOut([...details, names].map((block) => block.leftOut));
  const note = describeLeftOut(leftOut);
  return {
    lines: [
      ...head,
      ...details.flatMap(({ lines }) => lines),
      ...names.lines,
      ...(note === "" ? [] : ["", `Left out: ${note}.`]),
      ...tail,
    ],
    leftOut,
  };
}

function causeHead(cause: Cause): readonly string[] {
  const { title, scope, manifests, id } = cause;
  const count = `<b>${formatNumber(manifests.length)}</b> ${cause.class}`;
  return [
    "<details>",
    `<summary>${count}: ${codeElement(shortenRaw(title, maxHeading))} · ${codeElement(shortenRaw(scope, maxHeading))}</summary>`,
    "",
    `${CLASS_SENTENCES[cause.class]} Cause ${codeSpan(id)}.`,
    "",
  ];
}

function fitDetail(
  { text, diff = [], manifests }: Detail,
  take: (lines: readonly string[]) => boolean,
): Block {
  const among = manifests === undefined ? "" : ` (${formatCount(manifests.length, "manifest")})`;
  const item = [`- ${codeSpan(text)}${among}`];
  if (!take(item)) return { lines: [], leftOut: { ...NOTHING, details: 1, diffLines: diff.length } };
  const shown = diff.slice(0, maxDiffLines);
  const block = codeBlock("diff", shown).map((line) => `  ${line}`);
  const fits = shown.length > 0 && take(block);
  const diffLines = diff.length - (fits ? shown.length : 0);
  return { lines: fits ? [...item, ...block] : item, leftOut: { ...NOTHING, diffLines } };
}

/** The first names, as many as fit on one line. */
function fitNames(names: readonly string[], roomBytes: number): Block {
  const spans: string[] = [];
  let room = roomBytes - byteLength("\n- Manifests: \n");
  for (const name of names.slice(0, maxNames)) {
    const span = codeSpan(name);
    room -= byteLength(span) + 2;
    if (room < 0) break;
    spans.push(span);
  }
  const lines = spans.length === 0 ? [] : [`- Manifests: ${spans.join(", ")}`];
  return { lines, leftOut: { ...NOTHING, names: names.length - spans.length } };
}
