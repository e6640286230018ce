import { fail, ok, type Result } from "@imagegate/core";
import {
  listEntries,
  listFolders,
  listLoose,
  listPacks,
  StoreListError,
  type StoreEntry,
  type StoreLooseFile,
  type StoreReadFailure,
} from "./list.ts";
import { LOOSE_KINDS, STORE_KINDS, type LooseKind, type StoreKind } from "./path.ts";

/** How many entries a kind has and what they weigh, headers included. */
export interface KindInfo {
  readonly kind: StoreKind | LooseKind;
  readonly entries: number;
  readonly sizeBytes: number;
}

/** The content of a store by kind, in the order of `STORE_KINDS` and then `LOOSE_KINDS`, and what interrupted writes left. */
export interface StoreInfo {
  readonly root: string;
  readonly kinds: readonly KindInfo[];
  /** Files that hold many entries each; their entries are counted among the kinds. */
  readonly packs: number;
  readonly temporaries: number;
}

/** Why entries could not be looked up. */
export type FindFailure =
  StoreReadFailure | { readonly reason: "invalid-key-prefix"; readonly prefix: string };

/** Counts a store. */
export async function storeInfo(root: string): Promise<Result<StoreInfo, StoreReadFailure>> {
  return listing(async () => {
    const sums = new Map(
      [...STORE_KINDS, ...LOOSE_KINDS].map((kind) => [kind, { kind, entries: 0, sizeBytes: 0 }]),
    );
    const count = ({ kind, sizeBytes }: Pick<StoreEntry | StoreLooseFile, "kind" | "sizeBytes">): void => {
      const sum = sums.get(kind);
      if (sum === undefined) return;
      sum.entries += 1;
      sum.sizeBytes += sizeBytes;
    };
    const packed = await listPacks(root);
    const loose = await listLoose(root);
    let temporaries = packed.temporaries.length + loose.temporaries.length;
    loose.files.forEach(count);
    for (const { entries } of packed.packs) entries?.forEach(count);
    for await (const folder of listFolders(root)) {
      temporaries += folder.temporaries.length;
      folder.entries.forEach(count);
    }
    return { root, kinds: [...sums.values()], packs: packed.packs.length, temporaries };
  });
}

/**
 * All entries whose key begins with `prefix` (4 or more lower-case hexadecimal digits), by kind and key.
 * None is an answer, and several are: one key may stand under several kinds.
 */
export async function findEntries(
  root: string,
  prefix: string,
): Promise<Result<readonly StoreEntry[], FindFailure>> {
  if (!/^[0-9a-f]{4,128}$/.test(prefix)) return fail({ reason: "invalid-key-prefix", prefix });
  return listing(() => listEntries(root, prefix));
}

/** Runs `work`, which lists a store, and gives the failure to list as a value. */
export async function listing<T>(work: () => Promise<T>): Promise<Result<T, StoreReadFailure>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof StoreListError) return fail(error.failure);
    throw error;
  }
}
