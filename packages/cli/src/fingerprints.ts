import { basename, resolve } from "node:path";
import type { Fingerprint, FingerprintMode, Result } from "@imagegate/core";
import { fingerprintBytes } from "@imagegate/engine";
import { readFileBounded } from "@imagegate/host";
import type { DescribedFailure } from "./failure.ts";
import type { Shell } from "./shell/shell.ts";
import { readStdin } from "./shell/stdin.ts";

/** The bound that configurations have by default. */
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

/** Stands for stdin. */
const STDIN = "-";

/** A manifest's name: its file's, without folder and `.json`; `-` for stdin. */
export function nameManifest(file: string): string {
  return basename(file, ".json");
}

/** Reads and fingerprints a file, or stdin for `-`. */
export async function fingerprintFile(
  file: string,
  mode: FingerprintMode,
  { cwd, stdin, signal }: Shell,
): Promise<Result<Fingerprint, DescribedFailure>> {
  const bytes =
    file === STDIN
      ? await readStdin(stdin, MAX_MANIFEST_BYTES, signal)
      : await readFileBounded(resolve(cwd, file), MAX_MANIFEST_BYTES);
  return bytes.ok ? fingerprintBytes(bytes.value, mode) : bytes;
}
