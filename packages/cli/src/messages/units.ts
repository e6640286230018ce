/** A duration for people: `0.4 ms`, `12 ms`, `3.2 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 10) return `${trimZero(milliseconds.toFixed(1))} ms`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${trimZero((milliseconds / 1_000).toFixed(1))} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const SIZE_UNITS = ["KiB", "MiB", "GiB", "TiB"] as const;

/** A size for people: `512 bytes`, `1.5 KiB`, `64 MiB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return formatCount(bytes, "byte");
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < SIZE_UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${trimZero(size.toFixed(1))} ${SIZE_UNITS[unit]}`;
}

/** A number with its noun: `1 record`, `2 records`. */
export function formatCount(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** The first names of a list, and how many more there are. */
export function formatNames(names: readonly string[], limit: number = 10): string {
  const shown = names.slice(0, limit).join(", ");
  return names.length > limit ? `${shown} and ${names.length - limit} more` : shown;
}

function trimZero(text: string): string {
  return text.endsWith(".0") ? text.slice(0, -2) : text;
}
