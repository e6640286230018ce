import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { filesFamily, makeWorkspace, manifest } from "../fixtures/workspace.ts";

const NAMES = Array.from({ length: 20 }, (_, index) => `image-${index}`);

it.each([2, 8])(
  "%i processes that generate one family over one cache at once",
  { timeout: 120_000 },
  async (count) => {
    const workspace = await makeWorkspace(filesFamily("alpha", NAMES));
    try {
      const records = async () => {
        const folder = join(workspace.root, "checksums/alpha");
        const names = (await readdir(folder)).sort();
        return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")]));
      };
      await workspace.run(["generate"]);
      const old = await records();
      for (const name of NAMES) await workspace.write(`alpha/m/${name}.json`, manifest(`new-${name}`));
      const writers = Array.from({ length: count }, () => workspace.start(["generate"]).ended);
      const whole = new Set<string>();
      const running = new Set(writers);
      for (const writer of writers) void writer.finally(() => running.delete(writer));
      // Each file is whole at every moment: the one before or the one after.
      while (running.size > 0) for (const [, text] of await records()) whole.add(text as string);
      for (const { code, stderr } of await Promise.all(writers))
        expect({ code, stderr }).toMatchObject({ code: 0 });
      const now = await records();
      expect(now.map(([name]) => name)).toEqual(old.map(([name]) => name));
      const known = new Set([...old, ...now].map(([, text]) => text));
      expect([...whole].filter((text) => !known.has(text))).toEqual([]);
      expect(await workspace.run(["check"])).toMatchObject({ code: 0 });
      expect(await workspace.run(["cache", "verify"])).toMatchObject({ code: 0 });
    } finally {
      await workspace.remove();
    }
  },
);
