import { isDeepStrictEqual } from "node:util";
import type { ConfigFailure, ConfigProblem } from "../failure.ts";
import { CHECKSUMS_FOLDER, type Project } from "./project.ts";

/** The folders that `generate` clears of what it does not know, by the setting that names them. */
const OWNED = [
  { path: ["records", "folder"], of: ({ recordsFolder }: Project) => recordsFolder },
  { path: ["output"], of: ({ outputFolder }: Project) => outputFolder },
] as const;

/** Folders of a family that hold its definitions, or each other: clearing one would take what is not its own. */
export function findFolderProblems(project: Project): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = OWNED.filter(({ of }) => of(project).split("/").includes(".git")).map(
    ({ path, of }) => ({ path, message: `${of(project)} is git's own` }),
  );
  if (project.family === RESERVED_FAMILY) {
    problems.push({
      path: ["family"],
      message: `${RESERVED_FAMILY} is what the folder of all records is called`,
    });
  }
  return [...problems, ...findOverlaps(project)];
}

/** The name that Nx knows the record folder by. */
const RESERVED_FAMILY = CHECKSUMS_FOLDER;

function findOverlaps(project: Project): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = OWNED.filter(({ of }) => holds(of(project), project.folder)).map(
    ({ path, of }) => ({
      path,
      message: `${of(project)} holds the image definitions: name a folder of its own`,
    }),
  );
  if (!overlap(project.recordsFolder, project.outputFolder)) return problems;
  const message = `${project.outputFolder} and the records' ${project.recordsFolder} must lie apart`;
  return [...problems, { path: ["output"], message }];
}

/** Families of one name, and families that would clear each other's folders in turn. */
export function findClashes(projects: readonly Project[]): readonly ConfigFailure[] {
  const names = [...new Set(projects.map(({ family }) => family))];
  const twice = names
    .map((family) => ({ family, group: projects.filter((project) => project.family === family) }))
    .filter(({ group }) => group.length > 1);
  const pairs = projects.flatMap((left, index) =>
    projects.slice(index + 1).map((right) => [left, right] as const),
  );
  return [
    ...twice.map(({ family, group }) => ({
      reason: "family-twice" as const,
      family,
      paths: group.map(({ configPath }) => configPath),
    })),
    ...pairs.filter(([left, right]) => left.family !== right.family).flatMap(findSharedFolders),
    ...findOtherProfiles(projects),
  ];
}

/** Names of one repository are read in one way. */
function findOtherProfiles(projects: readonly Project[]): readonly ConfigFailure[] {
  const [first, ...others] = projects.filter(({ config }) => config.profile !== undefined);
  return others
    .filter(({ config }) => !isDeepStrictEqual(config.profile, first?.config.profile))
    .map(({ configPath }) => ({
      reason: "config-invalid",
      path: configPath,
      problems: [
        { path: ["profile"], message: `${first?.configPath} says otherwise, and a repository has one` },
      ],
    }));
}

function findSharedFolders([left, right]: readonly [Project, Project]): readonly ConfigFailure[] {
  if (overlap(left.recordsFolder, right.recordsFolder)) {
    const families = [left.family, right.family];
    return [{ reason: "records-shared", folder: left.recordsFolder, families }];
  }
  const crossing = [
    [left, right],
    [right, left],
  ] as const;
  return crossing.flatMap(([owner, other]) =>
    OWNED.filter(({ of }) => holds(of(owner), other.folder) || overlap(of(owner), other.outputFolder)).map(
      ({ path, of }): ConfigFailure => ({
        reason: "config-invalid",
        path: owner.configPath,
        problems: [{ path, message: `${of(owner)} overlaps with a folder of family ${other.family}` }],
      }),
    ),
  );
}

function overlap(left: string, right: string): boolean {
  return holds(left, right) || holds(right, left);
}

/** Whether a folder is the other or has it somewhere below; `.` has all. */
function holds(folder: string, other: string): boolean {
  return folder === "." || `${other}/`.startsWith(`${folder}/`);
}
