import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../scale-memory.mjs", import.meta.url));

/** What a manifest costs as their number grows, and the memory of the whole process tree. */
export function benchGrowth({ folder, isLarge }) {
  const sizes = isLarge ? "100,1000,10000" : "100,1000";
  console.log(
    `\nGrowth, ${sizes} manifests; a cold check and the same again${isLarge ? "" : "; 10,000 with --large"}`,
  );
  const args = [
    PROGRAM,
    "--sizes",
    sizes,
    "--no-huge",
    ...(folder === undefined ? [] : ["--corpus", folder]),
  ];
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
  console.log(`  → cost flat within 15 %, peak ≤ 512 MiB: ${status === 0 ? "met" : "missed"}`);
}
