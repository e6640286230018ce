import { mkdtempSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createJiti } from "jiti";
import * as reports from "@imagegate/core/report";
import { measureInterleaved, printTable } from "./measure.mjs";

const CHROMIUM = "/usr/bin/chromium";
const jiti = createJiti(import.meta.url);

/** A report of 12 causes over 2,016 manifests in every format, and its page in a browser. */
export async function benchReport({ runs }) {
  const { sampleReport } = await jiti.import("../../packages/core/test/report/sample-report.ts");
  const report = sampleReport();
  const formats = {
    "terminal lines": () => reports.renderTerminalReport(report, { width: 100, color: true }).join("\n"),
    Markdown: () => reports.renderMarkdown(report),
    HTML: () => reports.renderHtml(report),
    JSON: () => reports.formatReportJson(report),
    SARIF: () => reports.renderSarif(report),
    JUnit: () => reports.renderJunit(report),
    annotations: () => reports.renderAnnotations(report).join("\n"),
  };
  const subjects = Object.entries(formats).map(([format, render]) => ({
    name: `${format}, ${(Buffer.byteLength(render()) / 1000).toFixed(1)} kB`,
    work: render,
  }));
  printTable("A report of 12 causes over 2,016 manifests", await measureInterleaved(subjects, runs));
  await benchOpening(formats.HTML(), runs);
}

/** From the request of the file until everything stands, as the browser itself measures it. */
async function benchOpening(html, runs) {
  if (!existsSync(CHROMIUM))
    return console.log(`\nNot measured: the page's opening, since there is no ${CHROMIUM}`);
  const { chromium } = await import("playwright-core");
  const folder = mkdtempSync(join(tmpdir(), "imagegate-bench-"));
  const file = join(folder, "report.html");
  writeFileSync(file, html);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const times = [];
    for (let run = 0; run <= runs; run++) {
      await page.goto(pathToFileURL(file).href);
      times.push(await page.evaluate('performance.getEntriesByType("navigation")[0].loadEventEnd'));
    }
    const sorted = times.slice(1).sort((left, right) => left - right);
    console.log(
      `  its page opens in ${sorted[Math.floor(sorted.length / 2)].toFixed(0)} ms (Chromium, median)`,
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}
