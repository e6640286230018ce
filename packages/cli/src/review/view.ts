import type { Cause } from "@imagegate/core/explain";
import { shortenText } from "@imagegate/core/report";
import { namesOf } from "@imagegate/engine/explain";
import { escapeText } from "../messages/escape.ts";
import type { Colors } from "../messages/style.ts";
import { formatCount, formatNames } from "../messages/units.ts";
import { currentCause, shownCauses, type ReviewState, type Screen } from "./state.ts";

/** What a terminal can show. */
export interface ViewRendering {
  readonly width: number;
  readonly height: number;
  readonly colors: Colors;
}

/** A review as at most so many lines as the terminal has, none wider than it. */
export function renderReview(state: ReviewState, rendering: ViewRendering): readonly string[] {
  const { height, colors } = rendering;
  const head = [colors.bold(fit(summarize(state), rendering)), ""];
  const foot = ["", colors.dim(fit(KEYS[state.screen.kind], rendering))];
  const room = Math.max(1, height - head.length - foot.length);
  return [...head, ...renderBody(state, { ...rendering, height: room }).slice(0, room), ...foot].slice(
    0,
    height,
  );
}

const KEYS: Readonly<Record<Screen["kind"], string>> = {
  causes: "a accept  r reject  s skip  ↑↓ move  d difference  / search  q finish  ^C leave all as it is",
  search: "return search  escape back",
  manifest: "↑↓ scroll  n next manifest  p previous  q back",
  confirmation: "y write the records  n back  q leave all as it is",
};

function summarize({ explanation, decisions, search }: ReviewState): string {
  const { causes, changed, added, removed } = explanation;
  const count = (decision: string): number =>
    [...decisions.values()].filter((each) => each === decision).length;
  const counts = `${formatCount(causes.length, "cause")}: ${count("accepted")} accepted, ${count("rejected")} rejected`;
  const shown = search === "" ? "" : `, shown: ${JSON.stringify(search)}`;
  return `${formatCount(changed + added + removed, "manifest")} differ, ${counts}${shown}`;
}

function renderBody(state: ReviewState, rendering: ViewRendering): readonly string[] {
  const { screen } = state;
  switch (screen.kind) {
    case "causes":
      return renderCauses(state, rendering);
    case "search":
      return [fit(`package, image or words: ${screen.text}`, rendering)];
    case "manifest": {
      const lines = screen.lines ?? ["looking it up"];
      const shown = lines.slice(screen.top, screen.top + rendering.height - 1);
      return [
        rendering.colors.bold(fit(screen.name, rendering)),
        ...shown.map((line) => fit(line, rendering)),
      ];
    }
    case "confirmation":
      return renderConfirmation(state, rendering);
  }
}

/** Half of the room is the list, around the cause that is looked at; below it stands what is known of that. */
function renderCauses(state: ReviewState, rendering: ViewRendering): readonly string[] {
  const causes = shownCauses(state);
  if (causes.length === 0)
    return [fit(state.search === "" ? "nothing is explained" : "no cause holds this text", rendering)];
  const room = Math.max(1, Math.floor(rendering.height / 2));
  const first = Math.max(0, Math.min(state.cursor - Math.floor(room / 2), causes.length - room));
  const list = causes
    .slice(first, first + room)
    .map((cause, index) =>
      renderLine(cause, { state, rendering, isCurrent: first + index === state.cursor }),
    );
  const current = currentCause(state);
  return current === undefined ? list : [...list, "", ...renderDetails(current, rendering)];
}

function renderLine(
  cause: Cause,
  {
    state,
    rendering,
    isCurrent,
  }: { readonly state: ReviewState; readonly rendering: ViewRendering; readonly isCurrent: boolean },
): string {
  const decision = state.decisions.get(cause.id);
  const mark = { accepted: "✓", rejected: "✗", none: " " }[decision ?? "none"];
  const count = String(cause.manifests.length).padStart(6);
  const line = fit(
    `${isCurrent ? ">" : " "} ${mark} ${count}  ${cause.class.padEnd(12)}  ${cause.title}`,
    rendering,
  );
  const { colors } = rendering;
  if (isCurrent) return colors.bold(line);
  if (decision === undefined) return line;
  return decision === "accepted" ? colors.green(line) : colors.red(line);
}

function renderDetails(
  { id, scope, details, manifests }: Cause,
  rendering: ViewRendering,
): readonly string[] {
  return [
    fit(`cause ${id}: ${scope}`, rendering),
    ...details.flatMap(({ text, diff = [] }) => [text, ...diff].map((line) => fit(`  ${line}`, rendering))),
    rendering.colors.dim(fit(`  ${formatNames(manifests, 20)}`, rendering)),
  ];
}

function renderConfirmation(state: ReviewState, rendering: ViewRendering): readonly string[] {
  const names = namesOf(state.explanation, acceptedIds(state));
  return [
    `${formatCount(names.length, "record")} will be written:`,
    ...names.map((name) => `  ${name}`),
    ...(names.length === 0 ? ["  none: every cause of a manifest must be accepted"] : []),
  ].map((line) => fit(line, rendering));
}

/** The causes that were accepted. */
export function acceptedIds({ decisions }: ReviewState): ReadonlySet<string> {
  return new Set([...decisions].flatMap(([id, decision]) => (decision === "accepted" ? [id] : [])));
}

/** A text that stays on its line, and drives nothing. */
function fit(text: string, { width }: ViewRendering): string {
  return shortenText(escapeText(text), width);
}
