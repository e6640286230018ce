import type { Cause, Explanation } from "@imagegate/core/explain";

/** What somebody thinks of a cause. */
type Decision = "accepted" | "rejected";

/** What a terminal shows. */
export type Screen =
  | { readonly kind: "causes" }
  /** A search that is being typed. */
  | { readonly kind: "search"; readonly text: string }
  /** One manifest of the cause; its difference is null until it was looked up. */
  | {
      readonly kind: "manifest";
      readonly name: string;
      readonly lines: readonly string[] | null;
      /** The first line that is shown. */
      readonly top: number;
    }
  /** Before anything is written. */
  | { readonly kind: "confirmation" };

/** A review under way: what was decided, and what is looked at. */
export interface ReviewState {
  readonly explanation: Explanation;
  /** By the id of a cause. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Causes that do not hold this text are not shown. */
  readonly search: string;
  /** Among the causes that are shown. */
  readonly cursor: number;
  readonly screen: Screen;
  /** How it ended; null while it goes on. */
  readonly end: "write" | "leave" | null;
}

/** A key: a character as it is, or one of these names. */
export type Key = string | "up" | "down" | "return" | "escape" | "backspace" | "pageup" | "pagedown";

/** Begins a review. */
export function openState(explanation: Explanation): ReviewState {
  return {
    ...{ explanation, decisions: new Map(), search: "", cursor: 0 },
    ...{ screen: { kind: "causes" }, end: null },
  };
}

/** The causes that are shown: those that hold the search, in their titles, details or names of manifests. */
export function shownCauses({ explanation, search }: ReviewState): readonly Cause[] {
  const wanted = search.toLowerCase();
  if (wanted === "") return explanation.causes;
  return explanation.causes.filter(({ title, scope, details, manifests }) =>
    [title, scope, ...details.map(({ text }) => text), ...manifests].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  );
}

/** The cause that is looked at; none when the search hides all. */
export function currentCause(state: ReviewState): Cause | undefined {
  return shownCauses(state)[state.cursor];
}

/** What a key makes of a review. */
export function pressKey(state: ReviewState, key: Key): ReviewState {
  switch (state.screen.kind) {
    case "causes":
      return pressInCauses(state, key);
    case "search":
      return pressInSearch(state, state.screen.text, key);
    case "manifest":
      return pressInManifest(state, state.screen, key);
    case "confirmation":
      return pressInConfirmation(state, key);
  }
}

/** Shows a manifest's difference, if that is still what is looked at. */
export function showDifference(state: ReviewState, name: string, lines: readonly string[]): ReviewState {
  const { screen } = state;
  return screen.kind === "manifest" && screen.name === name
    ? { ...state, screen: { ...screen, lines } }
    : state;
}

function pressInCauses(state: ReviewState, key: Key): ReviewState {
  const cause = currentCause(state);
  switch (key) {
    case "up":
    case "k":
      return moveCursor(state, -1);
    case "down":
    case "j":
      return moveCursor(state, 1);
    case "a":
      return decide(state, cause, "accepted");
    case "r":
      return decide(state, cause, "rejected");
    case "s":
      return decide(state, cause, undefined);
    case "d":
    case "return":
      return cause === undefined ? state : lookAt(state, cause.example?.manifest ?? cause.manifests[0]);
    case "/":
      return { ...state, screen: { kind: "search", text: state.search } };
    case "escape":
      return { ...state, search: "", cursor: 0 };
    case "q":
      return state.decisions.size === 0 ? { ...state, end: "leave" } : confirm(state);
    default:
      return state;
  }
}

function confirm(state: ReviewState): ReviewState {
  return { ...state, screen: { kind: "confirmation" } };
}

function moveCursor(state: ReviewState, by: number): ReviewState {
  const last = Math.max(0, shownCauses(state).length - 1);
  return { ...state, cursor: Math.min(last, Math.max(0, state.cursor + by)) };
}

/** Decides, or takes back what was decided, and goes on to the next. */
function decide(state: ReviewState, cause: Cause | undefined, decision: Decision | undefined): ReviewState {
  if (cause === undefined) return state;
  const decisions = new Map(state.decisions);
  if (decision === undefined) decisions.delete(cause.id);
  else decisions.set(cause.id, decision);
  return moveCursor({ ...state, decisions }, 1);
}

function lookAt(state: ReviewState, name: string | undefined): ReviewState {
  return name === undefined ? state : { ...state, screen: { kind: "manifest", name, lines: null, top: 0 } };
}

function pressInSearch(state: ReviewState, text: string, key: Key): ReviewState {
  switch (key) {
    case "return":
      return { ...state, search: text, cursor: 0, screen: { kind: "causes" } };
    case "escape":
      return { ...state, screen: { kind: "causes" } };
    case "backspace":
      return { ...state, screen: { kind: "search", text: [...text].slice(0, -1).join("") } };
    default:
      // Names of keys are longer than a character.
      return [...key].length === 1 ? { ...state, screen: { kind: "search", text: text + key } } : state;
  }
}

function pressInManifest(
  state: ReviewState,
  screen: Extract<Screen, { readonly kind: "manifest" }>,
  key: Key,
): ReviewState {
  const scroll = (by: number): ReviewState => {
    const last = Math.max(0, (screen.lines?.length ?? 0) - 1);
    return { ...state, screen: { ...screen, top: Math.min(last, Math.max(0, screen.top + by)) } };
  };
  switch (key) {
    case "up":
    case "k":
      return scroll(-1);
    case "down":
    case "j":
      return scroll(1);
    case "pageup":
      return scroll(-PAGE);
    case "pagedown":
    case " ":
      return scroll(PAGE);
    case "n":
      return lookAt(state, neighbour(state, screen.name, 1));
    case "p":
      return lookAt(state, neighbour(state, screen.name, -1));
    case "escape":
    case "q":
    case "d":
    case "return":
      return { ...state, screen: { kind: "causes" } };
    default:
      return state;
  }
}

const PAGE = 10;

/** The next manifest of the cause, or the one before; the same at an end. */
function neighbour(state: ReviewState, name: string, by: number): string {
  const names = currentCause(state)?.manifests ?? [];
  return names[names.indexOf(name) + by] ?? name;
}

function pressInConfirmation(state: ReviewState, key: Key): ReviewState {
  switch (key) {
    case "y":
      return { ...state, end: "write" };
    case "q":
      return { ...state, end: "leave" };
    case "n":
    case "escape":
      return { ...state, screen: { kind: "causes" } };
    default:
      return state;
  }
}
