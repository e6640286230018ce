import type { FileSpec, SystemSettings } from "./definition.ts";

/**
 * The settings of an image type with an image's customizations: single values replaced, lists added to,
 * groups, users and files added to or replaced by name.
 */
export function mergeSettings(base: SystemSettings, added: SystemSettings): SystemSettings {
  return {
    ...base,
    ...added,
    groups: { ...base.groups, ...added.groups },
    users: { ...base.users, ...added.users },
    files: [...byPath([...(base.files ?? []), ...(added.files ?? [])]).values()],
    enabledServices: joined(base.enabledServices, added.enabledServices),
    disabledServices: joined(base.disabledServices, added.disabledServices),
    maskedServices: joined(base.maskedServices, added.maskedServices),
    stages: joined(base.stages, added.stages),
  };
}

function joined<T>(base: readonly T[] = [], added: readonly T[] = []): readonly T[] {
  return [...base, ...added];
}

function byPath(files: readonly FileSpec[]): ReadonlyMap<string, FileSpec> {
  return new Map(files.map((file) => [file.path, file]));
}
