const REMEMBERED_PATHS = 32_768;

/** What one opened store remembers of its entries, so that a blob that many manifests share costs no system call. */
export interface StoreMemory {
  /** Paths seen whole, the longest unused dropped first. */
  readonly present: RecentPaths;
  /** Paths seen damaged: the next write replaces them whatever their size. */
  readonly damaged: Set<string>;
  /** How often an entry was found damaged that was not known to be so. */
  damagedSeen: number;
}

/** An empty memory. */
export function createMemory(capacity: number = REMEMBERED_PATHS): StoreMemory {
  return { present: new RecentPaths(capacity), damaged: new Set(), damagedSeen: 0 };
}

/** Notes that the entry at `path` is whole. */
export function rememberPresent(memory: StoreMemory, path: string): void {
  memory.damaged.delete(path);
  memory.present.add(path);
}

/** Notes that the entry at `path` cannot be used. */
export function rememberDamaged(memory: StoreMemory, path: string): void {
  memory.present.delete(path);
  if (!memory.damaged.has(path)) memory.damagedSeen += 1;
  memory.damaged.add(path);
}

/** A set of bounded size that forgets what was not used for longest, a generation at a time. */
export class RecentPaths {
  readonly #generation: number;
  #young = new Set<string>();
  #old = new Set<string>();

  /** Keeps at least half of `capacity` and at most all of it. */
  constructor(capacity: number) {
    this.#generation = Math.ceil(capacity / 2);
  }

  /** Whether the path is in; asking counts as a use. */
  has(path: string): boolean {
    if (this.#young.has(path)) return true;
    if (!this.#old.has(path)) return false;
    this.add(path);
    return true;
  }

  add(path: string): void {
    if (this.#young.has(path)) return;
    if (this.#young.size >= this.#generation) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(path);
  }

  delete(path: string): void {
    this.#young.delete(path);
    this.#old.delete(path);
  }
}
