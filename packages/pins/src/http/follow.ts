import { refuseRedirect, refuseUrl, type Refusal } from "./destination.ts";
import { exchange, type BodySink, type Exchange, type ExchangeOptions } from "./exchange.ts";
import type { AnswerHead } from "./answer.ts";
import type { Network } from "./network.ts";

/** How an exchange is led from one url to the next. */
export interface FollowOptions extends Omit<ExchangeOptions, "dispatcher"> {
  readonly network: Network;
  readonly maxRedirects: number;
  /** The headers for the url that is asked next. */
  readonly headersFor: (url: URL) => Readonly<Record<string, string>>;
}

/** Where redirects led, and what became of the last exchange. */
export interface Followed {
  readonly url: URL;
  /** Null where policy, or a redirect that leads nowhere, ended it. */
  readonly exchange: Exchange | null;
  readonly end: FollowEnd;
  /** The last answer's head, also when that answer was a redirect. */
  readonly head: AnswerHead | null;
}

/** Why redirects were followed no further. */
type FollowEnd =
  | { readonly kind: "answered" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "lost"; readonly cause: "redirect-limit" | "redirect-without-location" };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks a url and those that it redirects to. Who has left this machine does not come back to it: the realm of a test
 * narrows to the internet with the first hop that was answered from there.
 */
export async function follow(start: URL, sink: BodySink, options: FollowOptions): Promise<Followed> {
  const { network, maxRedirects } = options;
  let url = start;
  let realm = network.realm;
  const refusal = refuseUrl(url, realm);
  if (refusal !== null) return { url, exchange: null, head: null, end: { kind: "refused", refusal } };
  for (let redirects = 0; ; redirects += 1) {
    const exchanged = await exchange(
      { url, headers: options.headersFor(url) },
      { begin: (head) => (REDIRECTS.has(head.status) ? "skip" : sink.begin(head)), write: sink.write },
      { ...options, dispatcher: network.dispatcher(realm) },
    );
    const { head } = exchanged;
    if (head === null || !REDIRECTS.has(head.status))
      return { url, exchange: exchanged, head, end: { kind: "answered" } };
    const ended = { url, exchange: null, head };
    const next = locationOf(head, url);
    if (next === null) return { ...ended, end: { kind: "lost", cause: "redirect-without-location" } };
    if (redirects >= maxRedirects) return { ...ended, end: { kind: "lost", cause: "redirect-limit" } };
    if (!network.isOnThisMachine(url.origin)) realm = "internet";
    const refused = refuseRedirect(url, next, realm);
    if (refused !== null) return { ...ended, url: next, end: { kind: "refused", refusal: refused } };
    url = next;
  }
}

function locationOf({ headers }: AnswerHead, from: URL): URL | null {
  const location = headers["location"];
  if (location === undefined || !URL.canParse(location, from.href)) return null;
  const url = new URL(location, from);
  url.hash = "";
  return url;
}
