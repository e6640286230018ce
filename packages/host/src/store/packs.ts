import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isSha256 } from "@imagegate/core";
import { openEnvelope, type OpenedEnvelope } from "./envelope.ts";
import { openPackFile, type PackFile } from "./pack-file.ts";
import { entryName, type PackedPlace } from "./pack-index.ts";
import { packFolder, type StoreKind } from "./path.ts";

/** A folder that changed so shortly before it was listed may have changed again without a new time. */
const CLOCK_STEP_MS = 100;

/** Who asks thousands of times in a run, and can do without what came just now, has the folder looked at this often. */
const OVERLOOKED_MS = 1_000;

/** Whether an answer holds for this moment, or may overlook what came, or went, in the last second. */
export type Freshness = "now" | "lately";

/**
 * The packs of one store as this thread sees them: opened when they are first asked, and looked for again when the
 * folder's time has moved. A pack that cannot be used is nobody's: its entries are misses.
 */
export class Packs {
  readonly #folder: string;
  #open = new Map<string, PackFile>();
  readonly #unusable = new Set<string>();
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #listedAt = { folderMs: Number.NaN, isSettled: false };
  /** How many packs were found damaged. */
  damaged = 0;

  constructor(root: string) {
    this.#folder = packFolder(root);
  }

  /** Whether some pack names the entry; one that came or went in the last second may be overlooked. */
  has(kind: StoreKind, key: string): boolean {
    const packs = this.#packs("lately");
    if (packs.size === 0) return false;
    const name = Buffer.from(entryName(kind, key), "latin1");
    for (const { index } of packs.values()) if (index.find(name) !== undefined) return true;
    return false;
  }

  /** The first whole copy of an entry; else what is wrong with the last one; undefined where no pack names it. */
  read(kind: StoreKind, key: string, asOf: Freshness): OpenedEnvelope | undefined {
    const packs = this.#packs(asOf);
    if (packs.size === 0) return undefined;
    const name = Buffer.from(entryName(kind, key), "latin1");
    let found: OpenedEnvelope | undefined;
    for (const pack of packs.values()) {
      const place = pack.index.find(name);
      if (place === undefined) continue;
      found = openEnvelope(kind, key, readOrNothing(pack, place));
      if (found.ok) return found;
    }
    return found;
  }

  /** Closes the files; the next question opens them again. */
  close(): void {
    for (const pack of this.#open.values()) pack.close();
    this.#open.clear();
    this.forgetLook();
    this.#listedAt = { folderMs: Number.NaN, isSettled: false };
  }

  /** Has the next question look at the folder. */
  forgetLook(): void {
    this.#lookedAtMs = Number.NEGATIVE_INFINITY;
  }

  #packs(asOf: Freshness): ReadonlyMap<string, PackFile> {
    const now = performance.now();
    if (asOf === "lately" && now - this.#lookedAtMs < OVERLOOKED_MS) return this.#open;
    const folderMs = modifiedAtMs(this.#folder);
    if (folderMs === undefined) this.close();
    else if (!this.#listedAt.isSettled || folderMs !== this.#listedAt.folderMs) this.#list(folderMs);
    this.#lookedAtMs = now;
    return this.#open;
  }

  #list(folderMs: number): void {
    this.#listedAt = { folderMs, isSettled: Date.now() - folderMs > CLOCK_STEP_MS };
    const names = new Set(listNames(this.#folder));
    for (const [name, pack] of this.#open) {
      if (names.has(name)) continue;
      pack.close();
      this.#open.delete(name);
    }
    for (const name of names) if (!this.#open.has(name) && !this.#unusable.has(name)) this.#add(name);
  }

  #add(name: string): void {
    const pack = openPackFile(join(this.#folder, name));
    if (pack === "damaged") {
      this.#unusable.add(name);
      this.damaged += 1;
    } else if (pack !== "gone") {
      this.#open.set(name, pack);
    }
  }
}

/** Undefined where there is no folder, or none that we may look at. */
function modifiedAtMs(folder: string): number | undefined {
  try {
    return statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    return undefined;
  }
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(isSha256).sort();
  } catch {
    return [];
  }
}

/** An entry that the system does not give is as damaged as one that is not whole. */
function readOrNothing(pack: PackFile, place: PackedPlace): Uint8Array {
  try {
    return pack.read(place);
  } catch {
    return new Uint8Array();
  }
}
