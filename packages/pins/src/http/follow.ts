import { refuseRedirect, refuseUrl, type Refusal } from "./destination.ts";
import { exchange, type BodySink, type Exchange, type ExchangeOptions } from "./exchange.ts";
import type { AnswerHead } from "./answer.ts";
import type { Network } from "./network.ts";
import { askedUrl } from "../pin/url.ts";

/** How an exchange is led from one url to the next. */
export interface FollowOptions extends Omit<ExchangeOptions, "route"> {
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
  /** Whether any of the urls was asked through a proxy. */
  readonly isProxied: boolean;
}

/** Why redirects were followed no further. */
type FollowEnd =
  | { readonly kind: "answered" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "lost"; readonly cause: LostCause };

type LostCause = "redirect-limit" | "redirect-without-location" | "redirect-to-no-url";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks a url and those that it redirects to. Who has left this machine does not come back to it: the realm of a test
 * narrows to the internet with the first hop that was answered from there.
 */
export async function follow(start: URL, sink: BodySink, options: FollowOptions): Promise<Followed> {
  const { network, maxRedirects } = options;
  let url = start;
  let realm = network.realm;
  let isProxied = false;
  const refusal = refuseUrl(url, realm);
  if (refusal !== null)
    return { url, exchange: null, head: null, isProxied, end: { kind: "refused", refusal } };
  for (let redirects = 0; ; redirects += 1) {
    const route = network.routeTo(url, realm);
    isProxied ||= route.isProxied;
    const exchanged = await exchange(
      { url, headers: options.headersFor(url) },
      { begin: (head) => (REDIRECTS.has(head.status) ? "skip" : sink.begin(head)), write: sink.write },
      { ...options, route },
    );
    const { head } = exchanged;
    if (head === null || !REDIRECTS.has(head.status))
      return { url, exchange: exchanged, head, isProxied, end: { kind: "answered" } };
    const ended = { url, exchange: null, head, isProxied };
    const next = locationOf(head, url);
    if (typeof next === "string") return { ...ended, end: { kind: "lost", cause: next } };
    if (redirects >= maxRedirects) return { ...ended, end: { kind: "lost", cause: "redirect-limit" } };
    if (!network.isOnThisMachine(url.origin)) realm = "internet";
    const refused = refuseRedirect(url, next, realm);
    if (refused !== null) return { ...ended, url: next, end: { kind: "refused", refusal: refused } };
    url = next;
  }
}

/** Where a redirect leads, in the spelling that pins have; else why nobody can say. */
function locationOf({ headers }: AnswerHead, from: URL): URL | LostCause {
  const location = headers["location"];
  if (location === undefined) return "redirect-without-location";
  return URL.canParse(location, from.href) ? askedUrl(new URL(location, from)) : "redirect-to-no-url";
}
