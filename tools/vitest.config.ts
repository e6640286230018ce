import { configDefaults, defineConfig } from "vitest/config";

// No test is timed: they end what hangs, also on a machine that is slow and busy with other things.
const limits = { testTimeout: 120_000, hookTimeout: 120_000 };
const setupFiles = ["tools/property-seed.ts"];
const exclude = [...configDefaults.exclude, "**/*.slow.test.ts"];

/** The quick suite: `npm test`. */
export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    // One less by default, which is half of a machine with two.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          ...limits,
          setupFiles,
          name: "pure",
          include: ["packages/{core,images}/test/**/*.test.ts"],
          exclude,
          // Nothing pure can leave anything behind for the next file, so code is loaded once a thread.
          pool: "threads",
          isolate: false,
        },
      },
      {
        test: {
          ...limits,
          setupFiles,
          name: "edges",
          include: ["packages/*/test/**/*.test.ts", "tools/test/**/*.test.ts"],
          exclude: [...exclude, "packages/{core,images}/**"],
        },
      },
    ],
  },
});
