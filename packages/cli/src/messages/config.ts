import type { ConfigFailure } from "@imagegate/engine";
import { describeWith, thenRun, type Describers } from "./failure-text.ts";
import { FILE_TEXTS } from "./files.ts";
import { describePlace, JSON_TEXTS } from "./json.ts";
import { formatNames } from "./units.ts";

const CAUSES = { ...JSON_TEXTS, ...FILE_TEXTS };

/** Configurations that cannot be used. */
export const CONFIG_TEXTS: Describers<Exclude<ConfigFailure, { readonly reason: "folder-unreadable" }>> = {
  "config-missing": ({ path }, { rerun }) => ({
    what: `there is no ${path}`,
    expected: "a configuration, such as imagegate.json beside the image definitions",
    next: thenRun("create it (npx imagegate schema prints what it may hold)", rerun),
  }),
  "config-unreadable": ({ path, cause }, context) => {
    const { what, ...rest } = describeWith(CAUSES, cause, context);
    return {
      ...rest,
      what: `${path} cannot be read: ${what}`,
      next: thenRun(`correct ${path}`, context.rerun),
    };
  },
  "config-invalid": ({ path, problems }, { rerun }) => ({
    what: `${path} is not a valid configuration`,
    details: problems.map((problem) => `${describePlace(problem.path)}: ${problem.message}`),
    next: thenRun("correct it (npx imagegate schema prints what it may hold)", rerun),
  }),
  "config-none-found": ({ root }, { rerun }) => ({
    what: `there is no imagegate.json in ${root} or below it`,
    expected: "one beside the definitions of every image family",
    next: thenRun("create one (npx imagegate schema prints what it may hold)", rerun),
  }),
  "family-unknown": ({ family, known }) => ({
    what: `there is no family ${JSON.stringify(family)}`,
    expected: known.length === 0 ? "the name of a family" : `one of ${formatNames(known, 20)}`,
    next: "npx imagegate check",
  }),
  "family-twice": ({ family, paths }, { rerun }) => ({
    what: `${paths.length} configurations are named ${family}`,
    expected: "a name of its own for every family",
    found: formatNames(paths),
    next: thenRun('set another "family" in one of them', rerun),
  }),
  "records-shared": ({ folder, families }, { rerun }) => ({
    what: `the record folder ${folder} is claimed by ${formatNames(families)}`,
    expected: "a record folder of its own for every family, none inside another",
    next: thenRun('set another "records.folder" in one of them', rerun),
  }),
};
