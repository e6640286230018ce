/** A version command, the folder it runs in (relative to the workspace) and variables laid over the caller's. */
export interface ToolProbe {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A probe as one word that no shell takes apart. */
export function encodeProbe(tool: ToolProbe): string {
  return Buffer.from(JSON.stringify(tool)).toString("base64url");
}
