/** What a name may look like, for schemas: something of it can be seen, and neither control characters nor line ends are in it. */
export const VISIBLE_NAME = /^(?=.*[^\s\p{Cf}])[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

/** Whether a reader can tell a name from nothing. */
export function isVisibleName(text: string): boolean {
  return VISIBLE_NAME.test(text);
}
