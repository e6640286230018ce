// Writes the pictures of docs/report.md: the page of the tests' sample report, in Debian's Chromium.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { renderHtml } from "@imagegate/core/report";
import { createJiti } from "jiti";
import { chromium } from "playwright-core";

const images = new URL("../docs/images/", import.meta.url);
const { sampleReport } = await createJiti(import.meta.url).import(
  "../packages/core/test/report/sample-report.ts",
);
const report = sampleReport();

/** The fragment of the cause whose title has a word. */
function fragmentOf(word) {
  return `#cause-${report.explanation.causes.find(({ title }) => title.includes(word)).id}`;
}

const SHOTS = [
  { name: "report-causes", width: 1440, height: 900, colorScheme: "light" },
  { name: "report-pipelines", width: 1440, height: 860, colorScheme: "dark", fragment: fragmentOf("lorax") },
  {
    name: "report-difference",
    width: 1440,
    height: 900,
    colorScheme: "light",
    fragment: fragmentOf("partition size"),
  },
  { name: "report-commits", width: 1440, height: 700, colorScheme: "dark", show: ".matrix" },
  { name: "report-narrow-light", width: 375, height: 812, colorScheme: "light" },
  {
    name: "report-narrow-dark",
    width: 375,
    height: 812,
    colorScheme: "dark",
    fragment: fragmentOf("INSTALL"),
  },
];

const folder = mkdtempSync(join(tmpdir(), "imagegate-page-"));
const file = join(folder, "report.html");
writeFileSync(file, renderHtml(report));
mkdirSync(images, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const { name, width, height, colorScheme, fragment = "", show } of SHOTS) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(pathToFileURL(file).href + fragment);
  if (show !== undefined) await page.locator(show).scrollIntoViewIfNeeded();
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, images)) });
  await page.close();
}
await browser.close();
rmSync(folder, { recursive: true });
