import type { FileSpec } from "../definition.ts";
import { sourceFile } from "../inputs.ts";
import type { Checksum, Stage } from "../manifest.ts";
import { inlineChecksum } from "../sources.ts";
import { chmod, chown, copy, mkdir } from "../stages/files.ts";

/** Copies text files into the tree, each with a known mode and owner. */
export function fileStages(files: readonly FileSpec[]): readonly Stage[] {
  if (files.length === 0) return [];
  const checksums = files.map(({ content }) => inlineChecksum(content));
  const inputs = Object.fromEntries(checksums.map((checksum) => [inputName(checksum), sourceFile(checksum)]));
  const paths = files.map(({ path, content }) => {
    const checksum = inlineChecksum(content);
    return {
      from: `input://${inputName(checksum)}/${checksum}`,
      to: `tree://${path}`,
      remove_destination: true,
    } as const;
  });
  const folders = [...new Set(files.map(({ path }) => parentOf(path)))].toSorted();
  return [
    mkdir({ paths: folders.map((path) => ({ path, parents: true, exist_ok: true })) }),
    copy({ paths }, { inputs }),
    chmod({ items: Object.fromEntries(files.map(({ path, mode = "0644" }) => [path, { mode }])) }),
    chown({
      items: Object.fromEntries(
        files.map(({ path, owner = { user: "root", group: "root" } }) => [path, owner]),
      ),
    }),
  ];
}

/** Input names must begin with a letter, which a checksum need not. */
function inputName(checksum: Checksum): string {
  return checksum.replace("sha256:", "file-");
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}
