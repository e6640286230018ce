import type { Cause, Edit, Example } from "../../src/explain/explanation.ts";
import type { Report } from "../../src/report/report.ts";

type Change = (text: string) => string;

/** A report in which every raw text, names included, is another one; ids of causes and structure stay. */
export function changeTexts(report: Report, change: Change): Report {
  const all = (texts: readonly string[]): readonly string[] => texts.map(change);
  const { explanation } = report;
  return {
    ...report,
    from: change(report.from),
    to: change(report.to),
    failures: all(report.failures),
    explanation: {
      ...explanation,
      causes: explanation.causes.map((cause) => changeCause(cause, change)),
      manifests: explanation.manifests.map((manifest) => ({ ...manifest, name: change(manifest.name) })),
      unexplained: explanation.unexplained.map(({ name, because }) => ({
        name: change(name),
        because: change(because),
      })),
    },
    commits: report.commits.map((commit) => ({
      ...commit,
      commit: change(commit.commit),
      subject: change(commit.subject),
      wrong: all(commit.wrong),
    })),
    locations: new Map(Array.from(report.locations, ([name, path]) => [change(name), change(path)])),
  };
}

function changeCause(cause: Cause, change: Change): Cause {
  return {
    ...cause,
    title: change(cause.title),
    scope: change(cause.scope),
    manifests: cause.manifests.map(change),
    details: cause.details.map(({ text, diff, manifests }) => ({
      text: change(text),
      ...(diff === undefined ? {} : { diff: diff.map((line) => line.charAt(0) + change(line.slice(1))) }),
      ...(manifests === undefined ? {} : { manifests: manifests.map(change) }),
    })),
    example: cause.example === null ? null : changeExample(cause.example, change),
  };
}

function changeExample(example: Example, change: Change): Example {
  return {
    manifest: change(example.manifest),
    omittedEdits: example.omittedEdits,
    edits: example.edits.map((edit) => changeEdit(edit, change)),
    pipelines: example.pipelines.map((pipeline) => ({
      ...pipeline,
      name: change(pipeline.name),
      build: pipeline.build === null ? null : change(pipeline.build),
      inputs: pipeline.inputs.map(change),
      stages: pipeline.stages.map((stage) => ({ ...stage, type: change(stage.type) })),
    })),
  };
}

function changeEdit({ before, after, place }: Edit, change: Change): Edit {
  const side = (one: { pointer: string; json: string }): { pointer: string; json: string } => ({
    pointer: change(one.pointer),
    json: JSON.stringify(change(one.json)),
  });
  return {
    place: change(place),
    ...(before === undefined ? {} : { before: side(before) }),
    ...(after === undefined ? {} : { after: side(after) }),
  };
}
