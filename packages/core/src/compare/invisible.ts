/**
 * A text with control, format, separator and unpaired characters as `\uXXXX`, so that it drives no terminal and
 * reorders nothing on a page. Inside a JSON text the value stays as it was.
 */
export function escapeInvisible(text: string): string {
  // Nearly every text is this plain, and the classes below take longer to compile than a short command has.
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapeUnits);
}

/** Each UTF-16 code unit of a text as `\uXXXX`. */
export function escapeUnits(text: string): string {
  return Array.from({ length: text.length }, (_, index) => escapeUnit(text.charCodeAt(index))).join("");
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
