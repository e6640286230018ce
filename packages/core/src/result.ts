/** The outcome of a step that may fail for an expected reason; a broken invariant throws instead. */
export type Result<T, F> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F };

/** A success. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** An expected failure, as data with a kebab-case `reason`. */
export function fail<F>(failure: F): Result<never, F> {
  return { ok: false, failure };
}
