import { defineCommand } from "../arguments/command.ts";
import { renderPinList } from "../messages/pin-list.ts";
import { FAMILY_OPTION, ROOT_OPTION } from "../pins/options.ts";
import { unusableReport } from "../pins/report.ts";
import { readPinSet, tellProblems } from "../pins/set.ts";

/** `imagegate pins list`: what would be verified, and what is wrong with it; nothing is asked for. */
export const pinsListCommand = defineCommand({
  usage: "pins list [...files]",
  description: "Print what pins verify would ask for, where it is pinned, and what contradicts itself",
  options: {
    "--json": "Print one JSON document instead of text",
    "--allow-loopback-http": "Also take http to this machine itself; for tests only",
    ...FAMILY_OPTION,
    ...ROOT_OPTION,
  },
  examples: ["imagegate pins list", "imagegate pins list dist/manifests/fedora/*.json --json"],
  parse: (options, files) => ({
    files,
    families: options.texts("family"),
    root: options.text("root"),
    allowLoopbackHttp: options.flag("allow-loopback-http"),
    json: options.flag("json"),
  }),
  async run({ json, ...selection }, shell) {
    const read = await readPinSet(selection, shell);
    if (!read.ok) {
      await shell.failAll(read.failure);
      return 2;
    }
    const set = read.value;
    await tellProblems(set, shell);
    if (json) {
      const { documents, pins, inline, unverified, places } = set;
      const { problems } = unusableReport(set, shell);
      await shell.printJson({ documents, places, pins, inline: inline.length, unverified, problems });
    } else {
      await shell.print(renderPinList(set, shell.colors));
    }
    return set.problems.length === 0 ? 0 : 2;
  },
});
