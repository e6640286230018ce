import { createHash } from "node:crypto";
import type { Cause, ExplainedManifest, Explanation } from "../../src/explain/explanation.ts";
import type { Report } from "../../src/report/report.ts";
import { SAMPLE_CAUSES } from "./sample-causes.ts";
import { SAMPLE_NAMES } from "./sample-names.ts";

const CLASS_ORDER = ["rebuild", "id-blind", "visible-only"];

/** A report as a large repository would have one: 12 causes over 2,016 manifests, five commits. */
export function sampleReport(): Report {
  const explanation = explanationOf(SAMPLE_CAUSES);
  const idsOf = (...words: readonly string[]): readonly string[] =>
    explanation.causes.filter(({ title }) => words.some((word) => title.includes(word))).map(({ id }) => id);
  return {
    from: "origin/main (3f9a1c2d7b60)",
    to: "HEAD (a81d0f44c9e2)",
    verdict: "differs",
    failures: [],
    explanation,
    commits: [
      commitOf("disk: align the footer to the grain by default", idsOf("partition size")),
      commitOf(
        "installer: without lorax, platform packages for the build root",
        idsOf("anaconda-tree", "build packages"),
      ),
      commitOf("eln: set the runner to eln11, new snapshots for centos 9", idsOf("runner", "snapshot")),
      {
        ...commitOf(
          "oci: configure NTP; ova: virtual hardware; wsl: handbook",
          idsOf("chrony", "ovf", "INSTALL", "another order"),
        ),
        records: "differ",
        wrong: SAMPLE_NAMES.filter((name) => name.includes("-oci-")).slice(0, 3),
      },
      commitOf(
        "stop testing rhel 9.0, one config for vhd, gce on arm",
        idsOf("removed", "renamed", "added: 1"),
      ),
    ],
    locations: new Map(SAMPLE_NAMES.map((name) => [name, definitionOf(name)])),
  };
}

/** An explanation in which a manifest belongs to every cause that names it. */
function explanationOf(causes: readonly Cause[]): Explanation {
  const sorted = causes.toSorted((a, b) => b.manifests.length - a.manifests.length);
  const manifests = SAMPLE_NAMES.flatMap((name) => explainManifest(name, sorted));
  const count = (change: ExplainedManifest["change"]): number =>
    manifests.filter((manifest) => manifest.change === change).length;
  return {
    changed: count("changed"),
    added: count("added"),
    removed: count("removed"),
    unchanged: SAMPLE_NAMES.length - manifests.length,
    causes: sorted,
    manifests,
    unexplained: [],
    separator: "-",
  };
}

function explainManifest(name: string, causes: readonly Cause[]): readonly ExplainedManifest[] {
  const own = causes.filter(({ manifests }) => manifests.includes(name));
  if (own.length === 0) return [];
  const kinds = new Set(own.map(({ kind }) => kind));
  const isAdded = kinds.has("manifests-added") || kinds.has("manifests-renamed");
  return [
    {
      name,
      change: isAdded ? "added" : kinds.has("manifests-removed") ? "removed" : "changed",
      class: CLASS_ORDER.find((one) =>
        own.some((cause) => cause.class === one),
      ) as ExplainedManifest["class"],
      causes: own.map(({ id }) => id),
    },
  ];
}

function commitOf(subject: string, causes: readonly string[]): Report["commits"][number] {
  const commit = createHash("sha1").update(subject).digest("hex");
  return { commit, subject, causes, records: "same", wrong: [] };
}

function definitionOf(name: string): string {
  const [distro = ""] = name.split("-");
  return `manifests/${distro.replace(/_.*/, "")}/${distro}.yaml`;
}
