import { readFileSync } from "node:fs";
import { computeIds, readJson } from "@imagegate/core";
import { describe, expect, it } from "vitest";
import centos from "../../../manifests/centos/images.ts";
import fedora from "../../../manifests/fedora/images.ts";
import locked from "../examples/locked/images.ts";

/** Stage ids by manifest and pipeline, as a real osbuild printed them. */
interface Vectors {
  readonly osbuild: string;
  readonly manifests: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const vectors = JSON.parse(
  readFileSync(new URL("fixtures/osbuild-ids.json", import.meta.url), "utf8"),
) as Vectors;

describe(`the ids that osbuild ${vectors.osbuild} printed for our own manifests`, () => {
  it.each([...fedora, ...centos, ...locked].map((image) => [image.name, image] as const))(
    "%s",
    (name, image) => {
      const tape = readJson(JSON.stringify(image.manifest()));
      const ids = tape.ok ? computeIds(tape.value) : tape;
      expect(
        ids.ok ? ids.value.map((pipeline) => [pipeline.name, pipeline.stages.map(({ id }) => id)]) : ids,
      ).toEqual(Object.entries(vectors.manifests[name] ?? {}));
    },
  );

  it("holds no other manifests", () => {
    const names = [...fedora, ...centos, ...locked].map(({ name }) => name);
    expect(Object.keys(vectors.manifests).sort()).toEqual(names.sort());
  });
});
