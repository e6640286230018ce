import { defineCommand } from "../arguments/command.ts";
import { readRunInput, RUN_OPTIONS } from "../families/options.ts";
import { withThreads } from "../families/session.ts";

/** `imagegate generate`: writes manifests and records them. */
export const generateCommand = defineCommand({
  usage: "generate [...families]",
  description: "Generate manifests and record them",
  options: RUN_OPTIONS,
  examples: ["imagegate generate", "imagegate generate fedora centos --timings timings.json"],
  parse: readRunInput,
  run: (input, shell) =>
    withThreads(input, shell, async (session) => {
      // Threads start before this is loaded.
      const { generateFamilies } = await import("../families/generate.ts");
      return generateFamilies({ input, session, shell });
    }),
});
