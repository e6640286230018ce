import { defineConfig } from "vitest/config";

/** Tests that start real tools or whole workspaces: `npm run test:slow`. */
export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["packages/*/test/slow/**/*.slow.test.ts", "packages/*/e2e/**/*.e2e.test.ts"],
    setupFiles: ["tools/property-seed.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
