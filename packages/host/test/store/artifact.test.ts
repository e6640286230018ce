import { createHash } from "node:crypto";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { artifactPath, createArtifact, verifyArtifact } from "../../src/store/artifact.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "imagegate-artifact-"));
  return () => rmSync(root, { recursive: true });
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const files = (): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

function write(...parts: readonly string[]) {
  const writer = createArtifact(root);
  for (const part of parts) writer.write(Buffer.from(part));
  return writer;
}

test("bytes lie under their sha256, readable by their owner only", async () => {
  const path = artifactPath(root, sha256("onetwo"));
  const stored = { sha256: sha256("onetwo"), path, sizeBytes: 6 };
  expect(write("one", "two").commit()).toEqual({ ok: true, value: stored });
  expect(readFileSync(path, "utf8")).toBe("onetwo");
  expect([statSync(path).mode & 0o777, files()]).toEqual([0o600, [stored.sha256]]);
  expect(await verifyArtifact(root, stored.sha256)).toEqual({ status: "hit", ...stored });
});

test("a restart forgets what came before it, and leaves none of it behind", () => {
  const writer = write("a longer beginning");
  writer.restart();
  writer.write(Buffer.from("end"));
  const committed = writer.commit();
  expect(committed).toMatchObject({ ok: true, value: { sha256: sha256("end"), sizeBytes: 3 } });
  expect(readFileSync(artifactPath(root, sha256("end")), "utf8")).toBe("end");
});

test("no bytes are bytes too", () => {
  expect(write().commit()).toMatchObject({ ok: true, value: { sha256: sha256(""), sizeBytes: 0 } });
});

test("what is discarded leaves nothing, and what was committed stands", () => {
  write("away").discard();
  expect(files()).toEqual([]);
  const writer = write("kept");
  writer.commit();
  writer.discard();
  expect(files()).toEqual([sha256("kept")]);
});

test("two writers of the same bytes", async () => {
  const writers = [write("same"), write("same")];
  expect(writers.map((writer) => writer.commit().ok)).toEqual([true, true]);
  expect(await verifyArtifact(root, sha256("same"))).toMatchObject({ status: "hit" });
});

test("a folder that cannot be made is told once, at the end", () => {
  writeFileSync(join(root, "v1"), "");
  expect(write("one", "two").commit()).toMatchObject({
    ok: false,
    failure: { reason: "store-write-failed", code: "ENOTDIR" },
  });
});

test("damage is found by reading", async () => {
  const key = sha256("artifact");
  write("artifact").commit();
  truncateSync(artifactPath(root, key), 3);
  expect(await verifyArtifact(root, key)).toEqual({ status: "corrupt", path: artifactPath(root, key) });
  rmSync(artifactPath(root, key));
  expect(await verifyArtifact(root, key)).toEqual({ status: "miss" });
});

test("a text that is no key names no file", () => {
  expect(() => artifactPath(root, "../../etc/passwd")).toThrow(RangeError);
});
