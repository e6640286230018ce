import type { Cause, UnexplainedManifest } from "../explain/explanation.ts";
import {
  NOTHING,
  addLeftOut,
  briefCause,
  describeLeftOut,
  linesLength,
  wholeCause,
  type Block,
} from "./markdown-cause.ts";
import { byteLength, codeSpan, shortenRaw } from "./markdown-text.ts";
import type { Report, ReportedCommit } from "./report.ts";
import { CLASSES, CLASS_SENTENCES } from "../explain/class-words.ts";
import { describeCounts, describeDiffering, describeVerdict, formatCount, formatNumber } from "./words.ts";

/** How a report is told in Markdown. */
export interface MarkdownRendering {
  /** The most bytes of UTF-8, 60,000 by default: GitHub takes comments of 65,536 characters. */
  readonly budgetBytes?: number;
  /** Where the whole report can be read: an http or https URL. */
  readonly link?: string;
}

/** The most code units of a text that is no cause's. */
const maxText = 500;

/** What the last line takes at most, without the link. */
const footBytes = 400;

/**
 * A report as GitHub-flavoured Markdown, for a step summary or a comment. It never takes more bytes than its budget:
 * counts and verdict come first, then the biggest causes; what finds no room is counted, and linked when there is a link.
 */
export function renderMarkdown(report: Report, rendering: MarkdownRendering = {}): string {
  const { budgetBytes = 60_000, link } = rendering;
  const head = renderHead(report);
  const foot = link === undefined ? "" : formatLink(link);
  const room = budgetBytes - linesLength(head) - footBytes - byteLength(foot);
  if (room < 0) return renderLeast(report, budgetBytes);
  const blocks = fitBody(report, room);
  return [...head, ...blocks.flatMap(({ lines }) => lines), ...renderFoot(blocks, foot)].join("\n");
}

/** The counts alone, cut where even they are too long; ASCII, so that a byte is a character. */
function renderLeast(report: Report, budgetBytes: number): string {
  const { explanation } = report;
  const text = `${describeVerdict(report)} ${describeDiffering(explanation, report.verdict)}: ${describeCounts(explanation)}\n`;
  return text.slice(0, Math.max(0, budgetBytes));
}

function renderHead(report: Report): readonly string[] {
  const { explanation, from, to } = report;
  const sides = `from ${codeSpan(shortenRaw(from, maxText))} to ${codeSpan(shortenRaw(to, maxText))}`;
  return [
    `## imagegate: ${describeDiffering(explanation, report.verdict)}`,
    "",
    `**${describeVerdict(report)}** ${describeCounts(explanation)}, ${sides}.`,
    "",
    ...renderClasses(explanation.causes),
  ];
}

function renderClasses(causes: readonly Cause[]): readonly string[] {
  const present = CLASSES.filter((name) => causes.some((cause) => cause.class === name));
  if (present.length === 0) return [];
  const rows = present.map((name) => {
    const own = causes.filter((cause) => cause.class === name);
    const manifests = new Set(own.flatMap((cause) => cause.manifests));
    return `| ${name} | ${formatNumber(own.length)} | ${formatNumber(manifests.size)} | ${CLASS_SENTENCES[name]} |`;
  });
  return ["| class | causes | manifests | meaning |", "| --- | --: | --: | --- |", ...rows, ""];
}

function renderFoot(blocks: readonly Block[], link: string): readonly string[] {
  const note = describeLeftOut(addLeftOut(blocks.map(({ leftOut }) => leftOut)));
  const words = [note === "" ? "" : `Left out here: ${note}.`, link].filter((word) => word !== "");
  return words.length === 0 ? [] : ["", words.join(" "), ""];
}

function formatLink(link: string): string {
  const isPlain = /^https?:\/\/[A-Za-z0-9\-._~:/?#@!$&*+,;=%]+$/.test(link);
  return isPlain ? `[The whole report](<${link}>)` : `The whole report: ${codeSpan(link)}`;
}

/** All after the head: what kept the check from deciding, then the causes, then the rest in what room they leave. */
function fitBody(report: Report, roomBytes: number): readonly Block[] {
  const { explanation, failures, commits } = report;
  const headings = linesLength(["", "### Causes", "", "### Digests only", "", "### Commits", "", ""]);
  let room = roomBytes - headings;
  const fit = (block: Block): Block => {
    room -= linesLength(block.lines);
    return block;
  };
  const failed = fit(fitList(failures.map(failureItem), room / 2, "failures"));
  const unexplained = fit(fitList(explanation.unexplained.map(unexplainedItem), room / 8, "names"));
  const told = fit(fitList(commits.map(commitItem), room / 4, "commits"));
  return [
    failed,
    ...titled("### Causes", fitCauses(explanation.causes, room)),
    ...titled("### Digests only", [unexplained]),
    ...titled("### Commits", [told]),
  ];
}

function titled(title: string, blocks: readonly Block[]): readonly Block[] {
  const isEmpty = blocks.every(({ lines }) => lines.length === 0);
  return isEmpty ? blocks : [{ lines: ["", title, ""], leftOut: NOTHING }, ...blocks];
}

function failureItem(failure: string): string {
  return `- ${codeSpan(shortenRaw(failure, maxText))}`;
}

function unexplainedItem({ name, because }: UnexplainedManifest): string {
  return `- ${codeSpan(shortenRaw(name, maxText))}: ${codeSpan(shortenRaw(because, maxText))}`;
}

function commitItem({ commit, subject, causes, records, wrong }: ReportedCommit): string {
  const state = records === "differ" ? formatCount(wrong.length, "wrong record") : `records ${records}`;
  const words = `${codeSpan(commit.slice(0, 12))} ${codeSpan(shortenRaw(subject, 120))}`;
  return `- ${words}: ${formatCount(causes.length, "cause")}, ${state}`;
}

/** The first items that fit; the others are counted. */
function fitList(items: readonly string[], roomBytes: number, kind: "failures" | "names" | "commits"): Block {
  let bytes = 0;
  const beyond = items.findIndex((item) => (bytes += byteLength(item) + 1) > roomBytes);
  const count = beyond === -1 ? items.length : beyond;
  return { lines: items.slice(0, count), leftOut: { ...NOTHING, [kind]: items.length - count } };
}

/** Details are worth it only where some of them fit. */
const leastDetailBytes = 500;

/** First every cause as one line while they fit, biggest first; then details in what is left, biggest first too. */
function fitCauses(causes: readonly Cause[], roomBytes: number): readonly Block[] {
  let room = roomBytes;
  const briefs: Block[] = [];
  for (const brief of causes.map(briefCause)) {
    room -= linesLength(brief.lines);
    if (room < 0) break;
    briefs.push(brief);
  }
  const omitted = causes.slice(briefs.length);
  const wholes = omitted.length > 0 ? [] : fitDetails(causes, briefs, room);
  const gap: Block = {
    lines: wholes.length > 0 && wholes.length < briefs.length ? [""] : [],
    leftOut: NOTHING,
  };
  return [...wholes, gap, ...briefs.slice(wholes.length), omittedCauses(omitted)];
}

function fitDetails(causes: readonly Cause[], briefs: readonly Block[], roomBytes: number): readonly Block[] {
  let room = roomBytes - 1;
  const wholes: Block[] = [];
  for (const [index, cause] of causes.entries()) {
    const isLast = index === causes.length - 1;
    const saved = linesLength(briefs[index]?.lines ?? []);
    const share = Math.floor(isLast ? room : room / 2);
    const whole = share < leastDetailBytes ? null : wholeCause(cause, share + saved);
    if (whole === null) break;
    room -= linesLength(whole.lines) - saved;
    wholes.push(whole);
  }
  return wholes;
}

function omittedCauses(causes: readonly Cause[]): Block {
  const causeManifests = new Set(causes.flatMap(({ manifests }) => manifests)).size;
  const parts = causes.map((cause) => briefCause(cause).leftOut);
  const { names: _, ...counted } = addLeftOut(parts);
  return { lines: [], leftOut: { ...counted, names: 0, causes: causes.length, causeManifests } };
}
