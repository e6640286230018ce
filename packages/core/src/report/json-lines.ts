/** A string, a number or word, or one sign of JSON; whatever is none of these stands for itself. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s"[\]{},:]+|[[\]{},:]|"/gs;

/**
 * A JSON text over many lines, two spaces a level; strings and numbers stay as they are written, `1.0` included.
 * Text that is no JSON comes out too, token after token.
 */
export function jsonLines(json: string): readonly string[] {
  const tokens = json.match(TOKEN) ?? [];
  const lines: string[] = [];
  let line = "";
  let depth = 0;
  const breakLine = (): void => {
    lines.push(line);
    line = "  ".repeat(depth);
  };
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    if (isClosing(token)) depth = Math.max(0, depth - 1);
    if (isClosing(token) && !isOpening(previous)) breakLine();
    if (isOpening(previous) && !isClosing(token)) breakLine();
    if (previous === ",") breakLine();
    line += token === ":" ? ": " : token;
    if (isOpening(token)) depth += 1;
  }
  return [...lines, line];
}

function isOpening(token: string | undefined): boolean {
  return token === "{" || token === "[";
}

function isClosing(token: string): boolean {
  return token === "}" || token === "]";
}
