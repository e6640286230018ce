import type { PinClass, PinPlace, PinResult } from "./pin-report.ts";

/** The classes in the order in which they are told: the worst first. */
export const PIN_CLASSES: readonly PinClass[] = [
  "drift",
  "size-mismatch",
  "not-an-artifact",
  "gone",
  "expired-allowance",
  "blocked",
  "denied",
  "truncated",
  "unreachable",
  "ok",
];

interface ClassWords {
  /** What it means, as one sentence. */
  readonly sentence: string;
  /** What to do about it, as one sentence. */
  readonly next: string;
}

/** What each class means and what to do; only drift is spoken of as possible tampering. */
export const PIN_CLASS_WORDS: Readonly<Record<PinClass, ClassWords>> = {
  ok: { sentence: "The bytes are those that were reviewed.", next: "Nothing is to be done." },
  drift: {
    sentence:
      "The bytes are not those that were reviewed: the publisher replaced them, or somebody tampered with them.",
    next: "Do not use them before the publisher explains the change; npx imagegate pins update NAME FILE then shows old and new.",
  },
  "size-mismatch": {
    sentence: "A whole body came, of another size than the pin says.",
    next: "Compare with what the publisher announces, and correct the url or the size.",
  },
  "not-an-artifact": {
    sentence: "A web page came instead of the artifact.",
    next: "Open the url: it often leads to a login, an error or a choice of mirrors; pin the direct url.",
  },
  gone: {
    sentence: "The server says that nothing lies there (any more).",
    next: "Find out where the publisher moved it and pin that url, or remove the pin.",
  },
  "expired-allowance": {
    sentence: "What was put up with until a day is still so, and the day has passed.",
    next: "Repair the pin, or give the allowance a new day and a reason for it.",
  },
  blocked: {
    sentence:
      "The download was refused here: it led to a private address or from https to http, or its body was encoded or too large.",
    next: "Look at the cause, and pin a url that serves the artifact itself.",
  },
  denied: {
    sentence: "The server wants credentials, or refuses this client.",
    next: "Make it readable without credentials, or pin a mirror that is.",
  },
  truncated: {
    sentence: "The body ended too early, or nobody could tell where it ends, every time.",
    next: "Run it again; if it stays so, tell the publisher.",
  },
  unreachable: {
    sentence:
      "No answer that says anything of the bytes: the network, a name, a certificate or the server failed.",
    next: "Run it again; if it stays so, look at the cause.",
  },
};

/** What a result means for the verdict. */
export type PinStanding = "passed" | "allowed" | "failed" | "undecided";

const FAILING: ReadonlySet<PinClass> = new Set([
  "drift",
  "size-mismatch",
  "not-an-artifact",
  "gone",
  "expired-allowance",
]);

/** Whether a result passes, is put up with, fails, or leaves the question open. */
export function standingOf(result: { readonly class: PinClass; readonly isAllowed: boolean }): PinStanding {
  if (result.class === "ok") return "passed";
  if (result.isAllowed) return "allowed";
  return FAILING.has(result.class) ? "failed" : "undecided";
}

/** What to do about one result: as its class says, unless its pin stands where `pins update` has nothing to write. */
export function pinNextStep(result: Pick<PinResult, "class" | "method" | "places">): string {
  const { class: found, method, places } = result;
  if (found !== "drift") return PIN_CLASS_WORDS[found].next;
  if (method === "inline") return INLINE_NEXT;
  return places.some(isInPinsFile) ? PIN_CLASS_WORDS.drift.next : ELSEWHERE_NEXT;
}

/** What to do about some results of one class, each step once. */
export function pinNextSteps(results: readonly PinResult[]): string {
  return [...new Set(results.map(pinNextStep))].join(" ");
}

const INLINE_NEXT =
  "Bytes that stand in a manifest are not those of the digest beside them: find out what wrote them, and generate the manifest anew.";

const ELSEWHERE_NEXT =
  "Do not use them before the publisher explains the change; then pin the new digest where the old one is written, or generate that document anew: npx imagegate pins update writes pins files only.";

/** Whether a pin is an entry of a pins file itself. */
function isInPinsFile({ path, pointer }: PinPlace): boolean {
  return path.endsWith(".pins.json") && /^\/pins\/\d+$/.test(pointer ?? "");
}
