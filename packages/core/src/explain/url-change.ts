import type { ValuePair } from "./manifest-change.ts";

/** What differs between two addresses. */
export interface UrlChange {
  /** In plain words, such as `snapshot date` or `host`. */
  readonly what: string;
  readonly pair: ValuePair;
  /** What differs besides and is not told: the path, of another host. */
  readonly untold: string;
}

interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly path: readonly string[];
}

/** Names what differs inside two addresses: scheme, host, a snapshot's date, or the part of the path. */
export function compareUrls(before: string, after: string): UrlChange {
  const [old, now] = [parseUrl(before), parseUrl(after)];
  const path = differingPath(old.path, now.path);
  const parts: (Omit<UrlChange, "untold"> & { readonly isTold?: boolean })[] = [];
  if (old.scheme !== now.scheme)
    parts.push({ what: "scheme", pair: { before: old.scheme, after: now.scheme } });
  if (old.host !== now.host) parts.push({ what: "host", pair: { before: old.host, after: now.host } });
  // Of another host, the path tells nothing of its own.
  if (path !== null) parts.push({ ...namePathChange(path), isTold: old.host === now.host });
  const told = parts.filter(({ isTold }) => isTold !== false);
  return {
    what: parts.map(({ what }) => what).join(" and "),
    pair: {
      before: told.map(({ pair }) => pair.before).join(" "),
      after: told.map(({ pair }) => pair.after).join(" "),
    },
    untold: path === null || old.host === now.host ? "" : `${path.before} ${path.after}`,
  };
}

function parseUrl(url: string): Url {
  const {
    scheme = "",
    host = "",
    path = "",
  } = /^(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):\/\/(?<host>[^/?#]*))?(?<path>.*)$/s.exec(url)?.groups ?? {};
  return { scheme, host, path: path.split("/") };
}

/** The segments between the first that differs and the last; null when none does. */
function differingPath(before: readonly string[], after: readonly string[]): ValuePair | null {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  if (start === before.length && start === after.length) return null;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    before: before.slice(start, before.length - end).join("/"),
    after: after.slice(start, after.length - end).join("/"),
  };
}

const date = /(?<![0-9])(?:19|20)[0-9]{6}(?![0-9])/;

/** A path whose only difference is a date is a snapshot of the same thing. */
function namePathChange(path: ValuePair): Omit<UrlChange, "untold"> {
  const [old, now] = [date.exec(path.before)?.[0], date.exec(path.after)?.[0]];
  if (old !== undefined && now !== undefined && path.before.replace(date, now) === path.after) {
    return { what: "snapshot date", pair: { before: old, after: now } };
  }
  return { what: "path", pair: path };
}
