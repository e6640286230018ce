import fc from "fast-check";
import { expect, test } from "vitest";
import { carriesMarker } from "../../src/comments/marker.ts";
import type { Issue } from "../../src/issues/issue.ts";
import { raiseIssue } from "../../src/issues/raise.ts";
import { settleIssues } from "../../src/issues/settle.ts";
import { fakeTracker, VIEWER, type FakeTracker, type WriteFault } from "./fake-tracker.ts";
import { MARKER } from "./run.ts";

/** What happens to a repository: a run that finds something or nothing, or somebody who meddles. */
type Event =
  | { readonly kind: "raise" | "settle"; readonly body: string; readonly faults: readonly WriteFault[] }
  | { readonly kind: "close" | "reopen" | "edit" | "delete" | "copy"; readonly at: number };

const fault = fc.constantFrom<WriteFault>("none", "none", "none", "lost", "done-and-lost", "refused");
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: runOf("raise") },
  { weight: 2, arbitrary: runOf("settle") },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("close", "reopen", "edit", "delete", "copy"),
      at: fc.nat({ max: 9 }),
    }),
  },
);

function runOf(kind: "raise" | "settle"): fc.Arbitrary<Event> {
  const body = fc.constantFrom("drift of a", "drift of a and b", "well");
  return fc.record({ kind: fc.constant(kind), body, faults: fc.array(fault, { maxLength: 4 }) });
}

/** Issues of ours that still stand for something and are open. */
function openOnes({ issues }: FakeTracker): readonly Issue[] {
  return issues.filter((issue) => issue.author === VIEWER && issue.isOpen && carriesMarker(issue, "pins"));
}

function meddle({ issues }: FakeTracker, kind: string, at: number): void {
  const index = issues.length === 0 ? 0 : at % issues.length;
  const issue = issues[index];
  if (issue === undefined) return;
  if (kind === "close") issue.isOpen = false;
  if (kind === "reopen") issue.isOpen = true;
  if (kind === "edit") issue.body += "\nand more";
  if (kind === "delete") issues.splice(index, 1);
  // Somebody else's, with our very words.
  if (kind === "copy") issues.push({ ...issue, number: 1000 + issues.length, author: "mallory" });
}

async function play(tracker: FakeTracker, { kind, body }: { readonly kind: string; readonly body: string }) {
  return kind === "raise"
    ? raiseIssue(tracker, { key: "pins", title: "Pins", body })
    : settleIssues(tracker, { key: "pins", body });
}

test("whatever happened before, a run that succeeds leaves one open issue, or none, and has nothing left to do", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
      const tracker = fakeTracker();
      for (const each of events) {
        if (!("body" in each)) {
          meddle(tracker, each.kind, each.at);
          continue;
        }
        const strangers = JSON.stringify(tracker.issues.filter(({ author }) => author !== VIEWER));
        tracker.faults.splice(0, tracker.faults.length, ...each.faults);
        const result = await play(tracker, each);
        tracker.faults.length = 0;
        expect(JSON.stringify(tracker.issues.filter(({ author }) => author !== VIEWER))).toBe(strangers);
        if (!result.ok) continue;
        const bodies = openOnes(tracker).map((issue) => issue.body);
        expect(bodies).toEqual(each.kind === "raise" ? [`${MARKER}\n${each.body}`] : []);
        tracker.writes = 0;
        expect(await play(tracker, each)).toMatchObject({ ok: true });
        expect(tracker.writes).toBe(0);
      }
    }),
    { numRuns: 500 },
  );
});

test("no closed issue is told twice that all is well", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(runOf("settle"), { minLength: 1, maxLength: 6 }), async (events) => {
      const tracker = fakeTracker();
      await play(tracker, { kind: "raise", body: "drift of a" });
      for (const each of events) {
        if ("body" in each) tracker.faults.splice(0, tracker.faults.length, ...each.faults);
        await play(tracker, { kind: "settle", body: "well" });
      }
      expect(tracker.told.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});
