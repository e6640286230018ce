import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, readJson, rawMembers, type JsonFailure, type Result } from "@imagegate/core";
import type { GeneratorFailure } from "../failure.ts";
import type { OfferedManifest } from "./manifest-set.ts";

type LineCause = JsonFailure | { readonly reason: "line-shape"; readonly expected: string };

/**
 * Takes lines `{"name":…,"manifest":…}` and puts each manifest, byte for byte as it stands in its line, in a file:
 * what waits for a worker waits on the disk. A class, for it lives as long as the command.
 */
export class NdjsonReader {
  readonly #folder: string;
  readonly #offered: OfferedManifest[] = [];
  #line = 0;
  #failure: GeneratorFailure | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes one line, without its line feed; after the first bad line the rest is read and dropped. */
  async take(line: Uint8Array): Promise<void> {
    this.#line += 1;
    if (this.#failure !== undefined) return;
    const parsed = parseLine(line);
    if (!parsed.ok) {
      this.#failure = { reason: "command-output", line: this.#line, cause: parsed.failure };
      return;
    }
    const path = join(this.#folder, `${this.#line}.json`);
    await writeFile(path, parsed.value.manifest);
    this.#offered.push({ name: parsed.value.name, source: { kind: "file", path } });
  }

  /** All manifests, once the command is done. */
  result(): Result<readonly OfferedManifest[], GeneratorFailure> {
    return this.#failure === undefined ? ok(this.#offered) : fail(this.#failure);
  }
}

function shape(expected: string): Result<never, LineCause> {
  return fail({ reason: "line-shape", expected });
}

function parseLine(line: Uint8Array): Result<{ name: string; manifest: Uint8Array }, LineCause> {
  const tape = readJson(line);
  if (!tape.ok) return tape;
  const members = rawMembers(tape.value);
  const name = members?.get("name");
  const manifest = members?.get("manifest");
  if (members === null) return shape("an object");
  const stranger = [...(members?.keys() ?? [])].find((key) => key !== "name" && key !== "manifest");
  if (stranger !== undefined)
    return shape(`no member besides name and manifest, not ${JSON.stringify(stranger)}`);
  if (manifest === undefined) return shape("a member manifest");
  const nameValue: unknown = name === undefined ? undefined : JSON.parse(Buffer.from(name).toString("utf8"));
  return typeof nameValue === "string" ? ok({ name: nameValue, manifest }) : shape("a string as member name");
}
