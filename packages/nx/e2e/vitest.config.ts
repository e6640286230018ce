import { defineConfig } from "vitest/config";

/** The slow suite: real workspaces, one after the other. */
export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["e2e/**/*.e2e.test.ts"],
    fileParallelism: false,
    bail: 0,
  },
});
