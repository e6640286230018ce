import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const core = new URL("../../packages/core/", import.meta.url);

/** The generated module. */
export const PAGE_ASSETS = new URL("src/report/page-assets.ts", core);

/** The text of the generated module: the page's script in one piece, and its style. */
export async function formatPageAssets() {
  const style = readFileSync(new URL("page/style.css", core), "utf8");
  return [
    "// Made by `npm run page` from packages/core/page; edit that.",
    "",
    "/** The script of the report's page. */",
    formatConstant("PAGE_SCRIPT", await bundleScript()),
    "",
    "/** The style of the report's page. */",
    formatConstant("PAGE_STYLE", style),
    "",
  ].join("\n");
}

async function bundleScript() {
  const bundle = await rolldown({ input: fileURLToPath(new URL("page/main.ts", core)), platform: "browser" });
  try {
    const { output } = await bundle.generate({ format: "iife", comments: false });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}

/** A line of the text a line, so that a change of one is a change of one. */
function formatConstant(name, text) {
  if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error(`${name} would end its element`);
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => `  ${JSON.stringify(line)},`);
  return [`export const ${name}: string = [`, ...lines, '].join("\\n");'].join("\n");
}
