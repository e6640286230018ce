import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";

/** Where Debian puts Chromium, and hosted runners a build of it. */
const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));

/** A machine that has never started Chromium first reads all its fonts. */
const TIMEOUT_MS = 100_000;

/** Whether a real Chromium is here; said loudly where it is not. */
export function findChromium(): boolean {
  if (executablePath === undefined) {
    console.warn("NOT CHECKED: the report's page in a browser, as /usr/bin/chromium is not there");
  }
  return executablePath !== undefined;
}

/** A page that is open, and all that went wrong in it. */
export interface OpenPage {
  readonly page: Page;
  /** Console errors and warnings, exceptions, dialogs, requests for anything but the page itself. */
  readonly complaints: readonly string[];
}

/** A browser with one page, which is opened anew again and again. */
export interface Pages {
  readonly open: (html: string, options?: PageOptions) => Promise<OpenPage>;
  readonly close: () => Promise<void>;
}

/** How a page is opened: light and 1440 pixels wide, else as said. */
export interface PageOptions {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  /** The address's fragment, with its `#`. */
  readonly fragment?: string;
}

/** Starts Chromium; a browser that is not there throws. */
export async function startBrowser(): Promise<Pages> {
  if (executablePath === undefined) throw new Error("there is no Chromium");
  const folder = mkdtempSync(join(tmpdir(), "imagegate-page-"));
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
    timeout: TIMEOUT_MS,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  let count = 0;
  const open = async (html: string, options: PageOptions = {}): Promise<OpenPage> => {
    const path = join(folder, `${count++}.html`);
    writeFileSync(path, html);
    return openFile(page, pathToFileURL(path).href, options);
  };
  const close = async (): Promise<void> => {
    await browser.close();
    rmSync(folder, { recursive: true });
  };
  return { open, close };
}

async function openFile(page: Page, url: string, options: PageOptions): Promise<OpenPage> {
  const { fragment = "", width = 1440, colorScheme = "light" } = options;
  page.removeAllListeners();
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    if (request.url().replace(/#.*/, "") !== url) complaints.push(`request: ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url + fragment);
  return { page, complaints };
}
