import { configDefaults, defineConfig } from "vitest/config";

/** The quick suite: `npm test`. */
export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["packages/*/test/**/*.test.ts", "tools/test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "**/*.slow.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
