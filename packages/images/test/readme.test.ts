import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import first from "../examples/first/images.ts";
import { stageTypes } from "./samples.ts";

function text(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

it("the README's example stands in the README and gives a manifest", () => {
  expect(text("../README.md")).toContain(`\`\`\`ts\n${text("../examples/first/images.ts")}\`\`\``);
  const [image] = first;
  expect(image?.name).toBe("fedora_43-x86_64-shell-empty");
  expect(stageTypes(image?.manifest() ?? { version: "2", pipelines: [], sources: {} })).toEqual([
    "org.osbuild.rpm",
    "org.osbuild.selinux",
    "org.osbuild.rpm",
    "org.osbuild.oci-archive",
  ]);
});
