import type { DocumentSource } from "../pool/task.ts";
import type { JoinedSides } from "./joined-sides.ts";
import { isSource, type Side, type UnknownText } from "./side.ts";

/** One of two sides. */
export type SideName = "before" | "after";

/** Where the texts of both sides are; a class, for it learns what a side recovers. */
export class Texts {
  readonly #sides: Readonly<Record<SideName, Side>>;
  readonly #joined: JoinedSides;
  /** What was looked for in earnest: it is not asked for again. */
  readonly #recovered: Readonly<Record<SideName, Map<string, DocumentSource | UnknownText>>>;

  constructor(sides: Readonly<Record<SideName, Side>>, joined: JoinedSides) {
    this.#sides = sides;
    this.#joined = joined;
    this.#recovered = { before: new Map(), after: new Map() };
  }

  /** Where a text is, or why it is nowhere; null when it is still to be recovered. */
  find(side: SideName, name: string): DocumentSource | UnknownText | null {
    return this.#recovered[side].get(name) ?? this.#joined[side].get(name)?.source ?? null;
  }

  /** Whether a text is there, or may still be recovered. */
  isOpen(side: SideName, name: string): boolean {
    const found = this.find(side, name);
    return found === null || isSource(found);
  }

  /** Why a manifest cannot be compared, if so. */
  unknown(name: string): UnknownText | undefined {
    for (const side of ["before", "after"] as const) {
      const found = this.find(side, name);
      if (found !== null && !isSource(found)) return found;
    }
    return undefined;
  }

  /** Has a side look for texts that were not where they should be; those that it looked for before are given up. */
  async recover(side: SideName, names: readonly string[]): Promise<void> {
    const known = this.#recovered[side];
    const fresh = names.filter((name) => !known.has(name));
    for (const name of names) if (known.has(name)) known.set(name, { reason: "text-not-kept" });
    if (fresh.length === 0) return;
    const found = await this.#sides[side].recover(fresh.map((name) => this.#joined.addressOf(name)));
    for (const [index, name] of fresh.entries()) {
      known.set(name, found[index] ?? { reason: "text-not-kept" });
    }
  }
}
