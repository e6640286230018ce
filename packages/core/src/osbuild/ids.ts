import type { Sha256 } from "../digest/sha256.ts";
import { NODE_SIZE, ROOT, Kind, kindOf, memberOf, pathOf, stringOf, type JsonTape } from "../json/tape.ts";
import { keysInOrder } from "../json/write.ts";
import { fail, ok, type Result } from "../result.ts";
import { deviceIds } from "./devices.ts";
import { ManifestRefusal, type ManifestFailure } from "./failure.ts";
import {
  elements,
  memberKeys,
  offeredKeys,
  optionalString,
  requireKind,
  requireMetadata,
  requireString,
  requireStringNode,
  requireVersion2,
} from "./manifest.ts";
import { mountIds } from "./mounts.ts";
import { PythonHash } from "./python-hash.ts";
import { pythonString } from "./python-json.ts";
import { hashReferences, pipelineReferences, sourceReferences } from "./references.ts";

/** A stage's type and the id that osbuild gives it. */
export interface StageId {
  readonly type: string;
  readonly id: Sha256;
}

/** A pipeline's stages with their ids; its own id is that of its last stage, null when it has none. */
export interface PipelineIds {
  readonly name: string;
  readonly id: Sha256 | null;
  readonly stages: readonly StageId[];
}

/**
 * The ids of all pipelines and stages of an osbuild manifest of format version 2, byte for byte as osbuild computes
 * them (`osbuild/pipeline.py`, `osbuild/formats/v2.py load`), in the manifest's order.
 *
 * What osbuild cannot load is a failure. What only its schemas refuse (an unknown stage, an option of a wrong type)
 * is not looked at here: that is what `osbuild --inspect` is for. What is `known` of the stages that each pipeline
 * begins with is taken as it is.
 */
export function computeIds(
  tape: JsonTape,
  known: KnownBeginning = [],
): Result<readonly PipelineIds[], ManifestFailure> {
  try {
    requireVersion2(tape);
    requireMetadata(tape);
    return ok(new IdWalk(tape, known).pipelines());
  } catch (refusal) {
    if (refusal instanceof ManifestRefusal) return fail(refusal.failure);
    throw refusal;
  }
}

/** Ids of the stages that pipelines begin with, a list for each pipeline in its place. */
export type KnownBeginning = readonly (readonly Sha256[])[];

/** Most stages have none. */
const NO_INPUTS: ReadonlyMap<number, Sha256> = new Map();

/** What the stages of one pipeline share. */
interface PipelineContext {
  readonly name: string;
  /** The id of the build pipeline, or null, as Python's JSON spells it. */
  readonly build: string;
  /** The node of `source-epoch`, or -1. */
  readonly epoch: number;
}

/** One walk over a manifest: pipelines see those before them. */
class IdWalk {
  readonly #tape: JsonTape;
  readonly #hash: PythonHash;
  readonly #offered: readonly (readonly number[])[];
  readonly #ids = new Map<string, Sha256 | null>();
  readonly #known: KnownBeginning;

  constructor(tape: JsonTape, known: KnownBeginning) {
    this.#tape = tape;
    this.#hash = new PythonHash(tape);
    this.#offered = offeredKeys(tape);
    this.#known = known;
  }

  pipelines(): PipelineIds[] {
    const nodes = elements(this.#tape, memberOf(this.#tape, ROOT, "pipelines"));
    const pipelines = nodes.map((node, index) => this.#pipeline(node, this.#known[index] ?? []));
    for (const node of nodes) this.#requireBuildPipeline(node);
    return pipelines;
  }

  #pipeline(node: number, known: readonly Sha256[]): PipelineIds {
    const tape = this.#tape;
    const name = requireString(tape, node, "name");
    const context = {
      name,
      build: this.#build(node),
      epoch: memberOf(tape, node, "source-epoch"),
    };
    if (this.#ids.has(name)) {
      const path = [...pathOf(tape, node), "name"];
      throw new ManifestRefusal({ reason: "manifest-duplicate-name", path, name });
    }
    this.#ids.set(name, null);
    const stages: StageId[] = [];
    for (const stage of elements(tape, memberOf(tape, node, "stages"))) {
      const id = known[stages.length] ?? this.#stage(stage, stages.at(-1)?.id ?? null, context);
      this.#ids.set(name, id);
      stages.push({ type: requireString(tape, stage, "type"), id });
    }
    return { name, id: stages.at(-1)?.id ?? null, stages };
  }

  /** What a pipeline's stages hash as their build: an empty text, which means no build, is hashed as it stands. */
  #build(pipeline: number): string {
    const node = memberOf(this.#tape, pipeline, "build");
    if (node === -1 || kindOf(this.#tape, node) === Kind.null) return "null";
    const build = stringOf(this.#tape, requireKind(this.#tape, node, Kind.string));
    const id = build.startsWith("name:") ? this.#resolve(build, node) : build;
    return id === null ? "null" : pythonString(id);
  }

  #stage(stage: number, previous: Sha256 | null, context: PipelineContext): Sha256 {
    const tape = this.#tape;
    const hash = this.#hash;
    const devices = deviceIds(tape, requireKind(tape, stage, Kind.object), hash);
    const inputs = this.#inputIds(stage, previous, context);
    const mounts = mountIds(tape, stage, devices, hash);
    this.#beginStage(stage, previous, context);
    this.#hashInputs(stage, inputs);
    if (mounts.length > 0) hash.raw(`[${mounts.map((id) => `"${id}"`).join(", ")}]`);
    return hash.digest();
  }

  #beginStage(stage: number, previous: Sha256 | null, { build, epoch }: PipelineContext): void {
    const tape = this.#tape;
    this.#hash.begin().node(requireStringNode(tape, stage, "type"));
    this.#hash
      .raw(build)
      .id(previous)
      .nodeOrEmpty(memberOf(tape, stage, "options"));
    if (epoch !== -1 && kindOf(tape, epoch) !== Kind.null) this.#hash.node(epoch);
  }

  /** The ids of a stage's inputs by the node of their name. */
  #inputIds(stage: number, previous: Sha256 | null, context: PipelineContext): ReadonlyMap<number, Sha256> {
    const tape = this.#tape;
    const inputs = memberOf(tape, stage, "inputs");
    if (inputs === -1) return NO_INPUTS;
    const ids = new Map<number, Sha256>();
    for (const key of memberKeys(tape, inputs)) {
      const input = key + NODE_SIZE;
      const resolve = (reference: string, node: number): string | null => {
        if (reference !== `name:${context.name}`) return this.#resolve(reference, node);
        // A stage that refers to its own pipeline sees itself as far as osbuild has loaded it.
        const partial = new Map(ids).set(
          key,
          this.#beginInput(input)
            .raw("{}")
            .nodeOrEmpty(memberOf(tape, input, "options"))
            .digest(),
        );
        this.#beginStage(stage, previous, context);
        return this.#hashInputs(stage, partial).digest();
      };
      ids.set(key, this.#inputId(input, resolve));
    }
    return ids;
  }

  #inputId(input: number, resolve: (reference: string, node: number) => string | null): Sha256 {
    const tape = this.#tape;
    const origin = requireString(tape, input, "origin");
    if (origin === "org.osbuild.source") {
      const references = sourceReferences(tape, input, this.#offered);
      hashReferences(references, this.#beginInput(input));
    } else if (origin === "org.osbuild.pipeline") {
      const references = pipelineReferences(tape, input, resolve);
      hashReferences(references, this.#beginInput(input));
    } else {
      const path = [...pathOf(tape, input), "origin"];
      const expected = "org.osbuild.source or org.osbuild.pipeline";
      throw new ManifestRefusal({ reason: "manifest-malformed", path, expected, found: origin });
    }
    return this.#hash.nodeOrEmpty(memberOf(tape, input, "options")).digest();
  }

  #beginInput(input: number): PythonHash {
    const type = requireStringNode(this.#tape, input, "type");
    return this.#hash
      .begin()
      .node(type)
      .node(requireStringNode(this.#tape, input, "origin"));
  }

  #hashInputs(stage: number, ids: ReadonlyMap<number, Sha256>): PythonHash {
    const hash = this.#hash;
    if (ids.size === 0) return hash;
    const inputs = memberOf(this.#tape, stage, "inputs");
    let separator = "{";
    for (const key of keysInOrder(this.#tape, inputs, "code-point")) {
      const id = ids.get(key);
      if (id === undefined) continue;
      hash.raw(separator).node(key).raw(": ").id(id);
      separator = ", ";
    }
    return hash.raw("}");
  }

  #resolve(reference: string, node: number): Sha256 | null {
    const id = this.#ids.get(reference.slice("name:".length));
    if (id !== undefined) return id;
    throw new ManifestRefusal({
      reason: "manifest-unknown-pipeline",
      path: pathOf(this.#tape, node),
      reference,
    });
  }

  /** A build that is an id, not a name, must be the id of a pipeline, wherever it stands. */
  #requireBuildPipeline(pipeline: number): void {
    const build = optionalString(this.#tape, pipeline, "build");
    if (build === null || build.startsWith("name:")) return;
    if ([...this.#ids.values()].some((id) => id === build)) return;
    const path = [...pathOf(this.#tape, pipeline), "build"];
    throw new ManifestRefusal({ reason: "manifest-unknown-pipeline", path, reference: build });
  }
}
