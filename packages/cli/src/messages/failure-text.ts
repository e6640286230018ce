/** What a reader needs of a failure; no field holds a line feed or a control character. */
export interface FailureText {
  /** What happened. */
  readonly what: string;
  readonly expected?: string;
  readonly found?: string;
  /** Further lines, a program's last words for example. */
  readonly details?: readonly string[];
  /** What to do, ending in the exact command to run. */
  readonly next: string;
}

/** What the texts must know of the run that failed. */
export interface FailureContext {
  /** The command that tries again. */
  readonly rerun: string;
  /** The command that accepts the manifests as they are now. */
  readonly accept: string;
  /** What the token of a forge must be allowed, where the command needs only that. */
  readonly permission?: string;
}

/** The members of a union that may have this reason. */
type Having<F extends { readonly reason: string }, R> = F extends unknown
  ? R extends F["reason"]
    ? F
    : never
  : never;

/** A text for every reason of a union: a reason without one does not compile. */
export type Describers<F extends { readonly reason: string }> = {
  readonly [R in F["reason"]]: (failure: Having<F, R>, context: FailureContext) => FailureText;
};

/** Advice and the command that follows it. */
export function thenRun(advice: string, command: string): string {
  return `${advice}, then run: ${command}`;
}

/** The text of a failure, from a table that knows its reason. */
export function describeWith<F extends { readonly reason: string }>(
  texts: Describers<F>,
  failure: F,
  context: FailureContext,
): FailureText {
  const describe = texts[failure.reason as F["reason"]] as (
    failure: F,
    context: FailureContext,
  ) => FailureText;
  return describe(failure, context);
}
