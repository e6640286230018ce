/** Whether a path is absolute below the root, without white space, empty parts, `.` and `..`. */
export function isAbsolutePath(path: string): boolean {
  return /^(\/(?!\.{1,2}(\/|$))[^\s/]+)+$/.test(path);
}
