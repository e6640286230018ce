import { expect, test } from "vitest";
import { letGo } from "../../src/http/garbage.ts";

const MB = 2 ** 20;

/** The most memory that buffers took while so many bytes were received in pieces. */
function peakOf(receivedBytes: number, onPiece: (bytes: number) => void): number {
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  for (let received = 0; received < receivedBytes; received += 65_536) {
    Buffer.allocUnsafeSlow(65_536);
    onPiece(65_536);
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
  }
  return peak;
}

test("buffers that nobody uses are collected before there are many", () => {
  expect(peakOf(256 * MB, letGo)).toBeLessThan(24 * MB);
  // Otherwise this test proves nothing.
  expect(peakOf(256 * MB, () => undefined)).toBeGreaterThan(24 * MB);
});
