import type { OptionReader } from "../arguments/option-reader.ts";

/** Where the families are looked for; paths are relative to the current folder. */
export interface Place {
  /** One configuration, and no other. */
  readonly config: string | undefined;
  /** The workspace, by default the nearest folder upwards with an nx.json, else with a .git, else this one. */
  readonly root: string | undefined;
}

/** The options of a place, for the help. */
export const PLACE_OPTIONS = {
  "--config <path>": "Use this configuration and look for no others",
  "--root <folder>": "The workspace (default: the nearest folder upwards with nx.json or .git, or this one)",
} as const;

/** Reads the options of a place. */
export function readPlace(options: OptionReader): Place {
  return { config: options.text("config"), root: options.text("root") };
}
