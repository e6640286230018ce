import type { ModuleName, Pipeline } from "../manifest.ts";
import type { PackageSet } from "../packages/package-set.ts";
import { TARGETED_FILE_CONTEXTS, selinux } from "../stages/packages.ts";
import { installPackages } from "./install.ts";

/** The name of the pipeline in whose tree all others run. */
export const BUILD = "build";

/** Programs that write files into other trees, and must be allowed to label them. */
const INSTALLERS = ["/usr/bin/cp", "/usr/bin/tar"];

/** The build root: the release's own tools, labelled, so that it can label what it builds. */
export function buildPipeline(runner: ModuleName, packages: PackageSet): Pipeline {
  const labels = INSTALLERS.map((path) => [path, "system_u:object_r:install_exec_t:s0"]);
  return {
    name: BUILD,
    runner,
    stages: [
      installPackages(packages),
      selinux({ file_contexts: TARGETED_FILE_CONTEXTS, labels: Object.fromEntries(labels) }),
    ],
  };
}
