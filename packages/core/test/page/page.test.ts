import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../src/report/html.ts";
import { HOSTILE_TEXTS } from "../report/hostile-texts.ts";
import { changeTexts } from "../report/report-texts.ts";
import { sampleReport } from "../report/sample-report.ts";
import { findChromium, startBrowser, type OpenPage, type PageOptions, type Pages } from "./browser.ts";

const report = sampleReport();
const { causes } = report.explanation;
const html = renderHtml(report);
const lorax = causes.find(({ title }) => title.includes("lorax"));
const biggest = causes[0];
if (lorax === undefined || biggest === undefined) throw new Error("the sample has these causes");

/** The titles of the causes that the filters leave. */
function shownTitles(page: Page): Promise<string[]> {
  return page.locator(".cause:visible .title").allInnerTexts();
}

describe.skipIf(!findChromium())("the page in Chromium", () => {
  let pages: Pages;
  beforeAll(async () => {
    pages = await startBrowser();
  });
  afterAll(() => pages.close());

  /** Opens the sample, lets a test use it, and asserts that nothing was complained about. */
  async function withPage(use: (page: Page) => Promise<void>, options: PageOptions = {}): Promise<void> {
    const { page, complaints } = await pages.open(html, options);
    await use(page);
    expect(complaints).toEqual([]);
  }

  it("shows verdict, counts and every cause, biggest first, all closed", () =>
    withPage(async (page) => {
      expect(await page.locator("h1").innerText()).toBe("1,752 of 2,016 manifests differ");
      expect(await page.locator(".verdict").innerText()).toBe("The records differ from the manifests.");
      expect(await page.locator(".counts dd").allInnerTexts()).toEqual(["1,571", "13", "168", "264"]);
      expect(await shownTitles(page)).toEqual(causes.map(({ title }) => title));
      expect(await page.locator(".cause .body:visible").count()).toBe(0);
      expect(await page.getByRole("status").innerText()).toBe("12 causes");
    }));

  it("filters by class, by scope, and by both", () =>
    withPage(async (page) => {
      const chip = (name: RegExp): ReturnType<Page["getByRole"]> => page.getByRole("button", { name });
      await chip(/^visible-only/).click();
      expect(await shownTitles(page)).toEqual([
        "repository snapshot 20260701 → 20260815",
        "os packages: the same in another order",
      ]);
      expect(await page.getByRole("status").innerText()).toBe("2 of 12 causes");
      await chip(/^centos_9/).click();
      expect(await shownTitles(page)).toEqual(["repository snapshot 20260701 → 20260815"]);
      await chip(/^visible-only/).click();
      expect(await page.locator(".chip[aria-pressed=true]").count()).toBe(1);
      expect((await shownTitles(page)).length).toBeGreaterThan(1);
      await chip(/^Clear filters$/).click();
      expect(await shownTitles(page)).toHaveLength(12);
    }));

  it.each([
    ["a package", "chrony", ["os: + org.osbuild.chrony, packages + chrony"]],
    ["an image", "fedora_45-aarch64-gce-oscap_cis", ["added: 1"]],
    ["a title", "runner eln11", ["runner org.osbuild.rhel11 → org.osbuild.eln11"]],
    ["nothing", "no such thing", []],
  ])("searches for %s", (_, query, titles) =>
    withPage(async (page) => {
      await page.getByRole("searchbox").fill(query);
      expect(await shownTitles(page)).toEqual(titles);
    }),
  );

  it("opens, scrolls to and focuses the cause that the address names, and closes it again", () =>
    withPage(
      async (page) => {
        const head = page.getByRole("button", { name: lorax.title });
        expect(await page.locator(".body:visible").count()).toBe(1);
        expect(await head.getAttribute("aria-expanded")).toBe("true");
        const box = await head.boundingBox();
        expect(box?.y).toBeGreaterThan(40);
        expect(box?.y).toBeLessThan(300);
        expect(await page.locator(":focus .title").innerText()).toBe(lorax.title);
        await head.click();
        expect(await page.locator(".body:visible").count()).toBe(0);
      },
      { fragment: `#cause-${lorax.id}` },
    ));

  it("follows a link to a cause that the filters hide by clearing them", () =>
    withPage(async (page) => {
      await page.getByRole("searchbox").fill("no such thing");
      await page.locator(".matrix thead a").first().click();
      await page.locator(".body:visible").waitFor();
      expect(await page.getByRole("searchbox").inputValue()).toBe("");
      expect(await page.locator(".body:visible").count()).toBe(1);
      expect(page.url()).toMatch(new RegExp(`#cause-${biggest.id}$`));
    }));

  it("ignores an address that names no cause", () =>
    withPage(
      async (page) => {
        expect(await page.locator(".body:visible").count()).toBe(0);
      },
      { fragment: "#cause-%3Cimg%20src=x%3E" },
    ));

  it("is used by keyboard alone", () =>
    withPage(async (page) => {
      const focused = (): Promise<string> => page.locator(":focus .title").innerText();
      await page.keyboard.press("/");
      await page.keyboard.type("fedora");
      expect(await page.getByRole("searchbox").inputValue()).toBe("fedora");
      await page.keyboard.press("Escape");
      expect(await page.getByRole("searchbox").inputValue()).toBe("");
      await page.keyboard.press("ArrowDown");
      expect(await focused()).toBe(causes[0]?.title);
      await page.keyboard.press("ArrowDown");
      expect(await focused()).toBe(causes[1]?.title);
      await page.keyboard.press("End");
      expect(await focused()).toBe(causes.at(-1)?.title);
      await page.keyboard.press("Home");
      await page.keyboard.press("Enter");
      expect(await page.locator(".body:visible").count()).toBe(1);
      await page.keyboard.press("Space");
      expect(await page.locator(".body:visible").count()).toBe(0);
    }));

  it("walks with the arrows over the causes that the filters leave", () =>
    withPage(async (page) => {
      await page.getByRole("searchbox").fill("visible-only");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      expect(await page.locator(":focus .title").innerText()).toBe("os packages: the same in another order");
    }));

  it("makes lists of names when they are opened, and in steps", () =>
    withPage(async (page) => {
      await page.getByRole("button", { name: biggest.title }).click();
      expect(await page.locator(".names li").count()).toBe(0);
      await page.getByText("1,319 manifests", { exact: true }).click();
      await page.locator(".names").waitFor();
      expect(await page.locator(".names li").count()).toBe(200);
      await page.getByRole("button", { name: "Show 200 of 1,119 more" }).click();
      expect(await page.locator(".names li").count()).toBe(400);
    }));

  it("lists the names that the filters ask for, and follows them", () =>
    withPage(async (page) => {
      await page.getByRole("searchbox").fill("eln_11-x86_64-qcow2");
      await page.getByRole("button", { name: biggest.title }).click();
      await page.getByText("1,319 manifests", { exact: true }).click();
      await page.locator(".names").waitFor();
      expect(await page.locator(".names li").allInnerTexts()).toEqual([
        "eln_11-x86_64-qcow2-all_customizations",
        "eln_11-x86_64-qcow2-empty",
        "eln_11-x86_64-qcow2-oscap_cis",
      ]);
      expect(await page.locator(".cause .note").first().innerText()).toBe("3 names that the filters ask for");
      await page.getByRole("searchbox").fill("eln_11-x86_64-qcow2-empty");
      expect(await page.locator(".names li").allInnerTexts()).toEqual(["eln_11-x86_64-qcow2-empty"]);
    }));

  it("shows the example side by side, with what differs marked and equal lines folded", () =>
    withPage(async (page) => {
      await page.getByRole("button", { name: biggest.title }).click();
      const edit = page.locator(".edit").first();
      expect(await edit.locator(".row.changed mark").allInnerTexts()).toEqual(["7391", "5376"]);
      const rows = await edit.locator(".row").count();
      await edit.getByRole("button", { name: "equal lines" }).click();
      expect(await edit.locator(".row").count()).toBe(rows + 6);
      expect(await page.locator(".body:visible").innerText()).toContain(
        "3 more places of this manifest not shown",
      );
    }));

  it("draws the example's pipelines with the changed stages marked", () =>
    withPage(async (page) => {
      await page.getByRole("button", { name: lorax.title }).click();
      const image = page.getByRole("img", { name: /anaconda-tree: changed, 8 stages/ });
      expect(await image.locator(".box .name").allTextContents()).toEqual([
        ...["build", "anaconda-tree", "rootfs-image", "efiboot-tree", "bootiso-tree", "bootiso"],
      ]);
      expect(await image.locator(".line.changed text:last-child").allTextContents()).toEqual(["rpm"]);
      expect(await image.locator(".line.removed text:last-child").allTextContents()).toEqual([
        "lorax-script",
      ]);
    }));

  it("shows which commit introduced what, and whose records are wrong", () =>
    withPage(async (page) => {
      const rows = page.locator(".matrix tbody tr");
      expect(await rows.locator("td.records").allInnerTexts()).toEqual([
        "right",
        "right",
        "right",
        "3 wrong",
        "right",
      ]);
      const marks = await rows.evaluateAll((rows) => rows.map((row) => row.querySelectorAll(".dot").length));
      expect(marks).toEqual([1, 2, 2, 4, 3]);
    }));

  it("holds what no report has: nothing that differs, failures, digests only, no commit", async () => {
    const explanation = {
      changed: 1,
      added: 0,
      removed: 0,
      unchanged: 3,
      causes: [],
      manifests: [],
      separator: "-",
    };
    const unexplained = [{ name: "fedora_43", because: "its base is not in the store" }];
    const { page, complaints } = await pages.open(
      renderHtml({
        ...report,
        verdict: "undecided",
        failures: ["no such ref"],
        commits: [],
        explanation: { ...explanation, unexplained },
      }),
    );
    expect(await page.locator(".failures").innerText()).toBe("no such ref");
    await page.getByText("1 manifest of which only digests are known").click();
    expect(await page.locator(".unexplained").innerText()).toBe("fedora_43 its base is not in the store");
    expect(await page.locator("table, input").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("opens the only cause, and shows as much of long differences as can be read, the rest when asked", async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `+${index}`);
    const json = JSON.stringify(Array.from({ length: 900 }, (_, index) => index));
    const edits = [{ place: "os", after: { pointer: "/a", json } }];
    const [cause] = causes;
    if (cause?.example == null) throw new Error("the sample's biggest cause has an example");
    const long = {
      ...cause,
      details: [{ text: "a file", diff: lines }],
      example: { ...cause.example, edits },
    };
    const { page, complaints } = await pages.open(
      renderHtml({
        ...report,
        explanation: { ...report.explanation, causes: [long], manifests: [] },
        commits: [],
      }),
    );
    expect(await page.locator("button.head").getAttribute("aria-expanded")).toBe("true");
    expect(await page.locator(".text-diff > div").count()).toBe(200);
    await page.getByRole("button", { name: "Show 100 more lines" }).click();
    expect(await page.locator(".text-diff > div").count()).toBe(300);
    expect(await page.locator(".row").count()).toBe(400);
    await page.getByRole("button", { name: "Show 502 more lines" }).click();
    expect(await page.locator(".row").count()).toBe(902);
    expect(complaints).toEqual([]);
  });

  it("shows hostile texts as texts", async () => {
    const texts = HOSTILE_TEXTS.join(" ").replaceAll("\u0000", "");
    const { page, complaints } = await pages.open(
      renderHtml(changeTexts(report, (text) => `${texts} ${text}`)),
    );
    await openCauses(page);
    expect(await page.locator("script, img, iframe, object, embed, link, base, form").count()).toBe(2);
    expect(await page.locator("a:not([href^='#cause-'])").count()).toBe(0);
    const text = await page.locator(".title").first().innerText();
    expect(text).toContain("<img src=x onerror=alert(1)>");
    expect(text).toContain("\\u202egnp.exe");
    expect(await page.locator("body").innerText()).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u009B]/);
    expect(complaints).toEqual([]);
  });

  describe.each([375, 1440])("at %i pixels", (width) => {
    it.each(["light", "dark"] as const)(
      "fits, and axe finds nothing serious, in %s colours",
      async (colorScheme) => {
        const opened = await pages.open(html, { width, colorScheme });
        await openCauses(opened.page);
        expect(await seriousViolations(opened)).toEqual([]);
        const overflow = await opened.page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(overflow).toBeLessThanOrEqual(0);
        expect(opened.complaints).toEqual([]);
      },
    );
  });
});

/** Opens a cause of every look (an example, a text's difference, names of a detail), and the names of the first. */
async function openCauses(page: Page): Promise<void> {
  const isWanted = "/lorax|INSTALL|chrony|partition/.test(button.textContent)";
  await page.evaluate(
    `for (const button of document.querySelectorAll("button.head")) if (${isWanted}) button.click()`,
  );
  await page.evaluate('document.querySelector(".body summary").click()');
  await page.locator(".names").first().waitFor();
}

/** What axe-core finds serious or critical, with the places. */
async function seriousViolations({ page }: OpenPage): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${String(target)}`));
}
