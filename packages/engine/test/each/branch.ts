import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { orThrow } from "../workspace.ts";
import { checkEach, type CheckedRange } from "../../src/each/check-each.ts";
import { discoverProjects } from "../../src/config/workspace.ts";
import { generate } from "../../src/run/generate.ts";
import type { Session } from "../../src/run/session.ts";
import { makeRepository, type TestRepository } from "../git/repository.ts";
import { sampleManifest, temporaryFolder } from "../workspace.ts";

/** A branch of a repository with one family, whose manifests are those of its `images.ndjson`. */
export interface Branch extends TestRepository {
  readonly session: Session;
  /** The first commit, right in itself. */
  readonly base: string;
  /** What the definitions make from now on: each name with its tag. */
  define(manifests: Readonly<Record<string, string>>): void;
  /** Writes the records of the definitions as they are. */
  record(): Promise<void>;
  /** The commits whose definitions were run, each with a line for every family. */
  runs(): number;
  check(range?: string): Promise<CheckedRange>;
}

/** Makes a repository whose first commit records `a` and `b`; its generator says in a file outside that it ran. */
export async function makeBranch(session: Session, config: object = {}): Promise<Branch> {
  const repository = await makeRepository();
  const { root, write } = repository;
  const log = join(temporaryFolder(), "runs");
  appendFileSync(log, "");
  const define = (manifests: Readonly<Record<string, string>>): void => {
    const lines = Object.entries(manifests).map(([name, tag]) =>
      JSON.stringify({ name, manifest: sampleManifest(tag) }),
    );
    write("images/demo/images.ndjson", `${lines.join("\n")}\n`);
  };
  const argv = ["sh", "-c", `echo run >> ${log}; cat images.ndjson`];
  const generator = { kind: "command", argv, output: "ndjson" };
  write("images/demo/imagegate.json", JSON.stringify({ generator, inputs: {}, ...config }));
  write(".gitignore", "dist\n");
  write(".gitattributes", "checksums/** text eol=lf -merge\n");
  const record = async (): Promise<void> => {
    for (const project of orThrow(await discoverProjects(root))) orThrow(await generate(project, session));
  };
  define({ a: "1", b: "1" });
  await record();
  const base = await repository.commit("base");
  const runs = (): number => readFileSync(log, "utf8").split("\n").length - 1;
  let counted = runs();
  return {
    ...repository,
    ...{ session, base, define, record },
    runs: () => {
      const since = runs() - counted;
      counted = runs();
      return since;
    },
    check: async (range = `${base}..HEAD`) => {
      const projects = orThrow(await discoverProjects(root));
      const question = { root, projects, range };
      return orThrow(await checkEach(question, session, { signal: new AbortController().signal }));
    },
  };
}

/** The commits of a range in short: subject, verdict, paths of what is wrong. */
export function shown({ commits }: CheckedRange) {
  return commits.map(({ subject, records, wrong }) => [subject, records, wrong.map(({ path }) => path)]);
}
