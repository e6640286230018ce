import { posix } from "node:path";
import type { RecordKind } from "@imagegate/core";
import type { ProjectConfig } from "./schema.ts";

/** A family: a configuration and where it stands. All paths but `root` are relative to the workspace and POSIX. */
export interface Project {
  /** The workspace, absolute. */
  readonly root: string;
  readonly configPath: string;
  /** The folder of the configuration; `.` is the workspace itself. */
  readonly folder: string;
  readonly family: string;
  readonly config: ProjectConfig;
  readonly recordsFolder: string;
  readonly outputFolder: string;
}

/** The name of a family in the workspace's root that has none: a checkout's folder may be called anything. */
const ROOT_FAMILY = "images";

/** The folder of all families' records, unless a configuration says otherwise. */
export const CHECKSUMS_FOLDER = "checksums";

/** The project of a configuration at a path relative to the workspace. */
export function projectOf(root: string, configPath: string, config: ProjectConfig): Project {
  const folder = posix.dirname(configPath);
  const family = config.family ?? (folder === "." ? ROOT_FAMILY : posix.basename(folder));
  return {
    root,
    configPath,
    folder,
    family,
    config,
    recordsFolder: folderOf(config.records.folder ?? `${CHECKSUMS_FOLDER}/${family}`),
    outputFolder: folderOf(config.output ?? `dist/manifests/${family}`),
  };
}

function folderOf(path: string): string {
  return posix.join(path, ".").replace(/(?<=.)\/$/, "");
}

/** The form of a project's records. */
export function recordKindOf({ config: { records } }: Project): RecordKind {
  return records.form === "digest"
    ? { form: "digest", algorithm: records.algorithm, of: records.of }
    : { form: records.form };
}
