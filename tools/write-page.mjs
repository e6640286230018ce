// Writes the script and the style of the report's page, bundled from packages/core/page, as constants of the core.
import { writeFileSync } from "node:fs";
import { formatPageAssets, PAGE_ASSETS } from "./page/assets.mjs";

writeFileSync(PAGE_ASSETS, await formatPageAssets());
