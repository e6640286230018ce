import { fail, ok, type Result } from "@imagegate/core";
import { isVisibleName } from "./name.ts";

/** What urls are taken. */
export interface UrlRules {
  /** For tests: http to 127.0.0.1 is taken too. */
  readonly allowLoopbackHttp: boolean;
}

/** Why a url is not taken; `found` never holds its credentials. */
export interface UrlProblem {
  readonly problem: "not-a-url" | "not-https" | "credentials";
  readonly found: string;
}

/** A url as it is asked for and compared: normalised (WHATWG URL), as `askedUrl` has it. */
export function parsePinUrl(text: string, { allowLoopbackHttp }: UrlRules): Result<string, UrlProblem> {
  if (!URL.canParse(text)) return fail({ problem: "not-a-url", found: maskUser(text) });
  const url = askedUrl(new URL(text));
  if (url.username !== "" || url.password !== "") {
    return fail({ problem: "credentials", found: withoutCredentials(url) });
  }
  const isTaken = url.protocol === "https:" || (allowLoopbackHttp && isLoopbackHttp(url));
  return isTaken ? ok(url.href) : fail({ problem: "not-https", found: text });
}

/** A text without the user and password of the urls in it, for messages about what may be no url at all. */
export function maskUser(text: string): string {
  return text.replace(/\/\/[^/\s]*@/g, "//");
}

/** What is asked for, in one spelling: a fragment is never sent. What is no url stays as it is. */
export function addressOfUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  return askedUrl(new URL(url)).href;
}

/** A url as it is asked for: no fragment is sent, and the dot that ends a whole name (RFC 1034 §3.1) is no other host. */
export function askedUrl(url: URL): URL {
  const asked = new URL(url);
  asked.hash = "";
  asked.hostname = asked.hostname.replace(/(?<=[^.])\.$/, "");
  return asked;
}

/** The name of what lies at a url: the last part of its path, else its host; as it is written there where nobody could read it. */
export function nameOfUrl(href: string): string {
  const { pathname, host } = new URL(href);
  const last = pathname.split("/").findLast((part) => part !== "") ?? host;
  try {
    const name = decodeURIComponent(last);
    return isVisibleName(name) ? name : last;
  } catch {
    return last;
  }
}

function isLoopbackHttp({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && ["127.0.0.1", "localhost"].includes(hostname);
}

function withoutCredentials(url: URL): string {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return bare.href;
}
