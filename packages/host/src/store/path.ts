import { join, resolve } from "node:path";
import envPaths from "env-paths";

/** What the store keeps: see the package's README for what each kind is keyed by. */
export const STORE_KINDS = ["blob", "manifest", "fingerprint", "inspect"] as const;

/** One of `STORE_KINDS`. */
export type StoreKind = (typeof STORE_KINDS)[number];

/**
 * The kinds that only explain: a blob is its digest, a manifest is verified against its own when it is used. The others
 * are answers that a run takes over, so they decide verdicts.
 */
export const EXPLAINING_KINDS: readonly StoreKind[] = ["blob", "manifest"];

/** The layout's version: a change of layout or envelope makes a new folder and leaves the old one to old versions. */
const STORE_LAYOUT = "v1";

/** A larger entry is damaged: none that is written comes near. */
export const MAX_ENTRY_BYTES = 2 ** 30;

const STORE_KEY = /^[0-9a-f]{40,128}$/;

/**
 * The store's folder: `IMAGEGATE_CACHE_DIR`, made absolute, or the user's cache folder.
 * An empty variable counts as unset. The user's cache folder is that of this process (`XDG_CACHE_HOME` on Linux).
 */
export function storeRoot(env: Readonly<Record<string, string | undefined>>): string {
  const configured = env["IMAGEGATE_CACHE_DIR"];
  return configured ? resolve(configured) : envPaths("imagegate", { suffix: "" }).cache;
}

/** Whether a text can be a key: 40 to 128 lower-case hexadecimal digits, so that it can never leave its folder. */
export function isStoreKey(text: string): boolean {
  return STORE_KEY.test(text);
}

/** The files of a store's entries; throws for a text that is no key. */
export function entryPaths(root: string): (kind: StoreKind, key: string) => string {
  const folders = new Map(STORE_KINDS.map((kind) => [kind, kindPath(root, kind)]));
  return (kind, key) => {
    if (!isStoreKey(key)) throw new RangeError(`not a store key: ${JSON.stringify(key)}`);
    return `${folders.get(kind)}/${key.slice(0, 2)}/${key}`;
  };
}

/** The file of one entry; throws for a text that is no key. */
export function entryPath(root: string, kind: StoreKind, key: string): string {
  return entryPaths(root)(kind, key);
}

/** The folder of a kind. */
export function kindPath(root: string, kind: StoreKind): string {
  return join(root, STORE_LAYOUT, kind);
}

/** The folder of the packs. */
export function packFolder(root: string): string {
  return join(root, STORE_LAYOUT, "pack");
}

/** The folder of artifacts, which are kept as they are, under their sha256. */
export function artifactFolder(root: string): string {
  return join(root, STORE_LAYOUT, "artifact");
}

/** The folder of the log of verdicts on pins. */
export function pinVerdictFolder(root: string): string {
  return join(root, STORE_LAYOUT, "pin-verdict");
}

/** What is kept in files that are no entries. */
export const LOOSE_KINDS = ["artifact", "pin-verdict"] as const;

/** One of `LOOSE_KINDS`. */
export type LooseKind = (typeof LOOSE_KINDS)[number];

/** The folder of a kind whose files are no entries. */
export function looseFolder(root: string, kind: LooseKind): string {
  return kind === "artifact" ? artifactFolder(root) : pinVerdictFolder(root);
}
