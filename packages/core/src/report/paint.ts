/** The styles that reports use. */
export type Paint = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Select Graphic Rendition (ECMA-48 §8.3.117): what switches an attribute on, and off again. */
const SGR: Readonly<Record<Paint, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** A text in a style, whatever stands before and behind it. */
export function paintText(style: Paint, text: string): string {
  const [on, off] = SGR[style];
  return `\u001B[${on}m${text}\u001B[${off}m`;
}
