import { isSha256 } from "@imagegate/core";
import * as z from "zod";

/** A sha256 in 64 lower-case hexadecimal digits. */
export const digestSchema = z.string().refine(isSha256);

const stageIdSchema = z.strictObject({ type: z.string(), id: digestSchema });

/** The ids of a manifest's pipelines, as the store keeps them. */
export const pipelineIdsSchema = z.array(
  z.strictObject({ name: z.string(), id: digestSchema.nullable(), stages: z.array(stageIdSchema) }),
);

/** What JSON bytes hold, when they are JSON of that shape. */
export function parseJsonAs<T>(schema: z.ZodType<T>, bytes: Uint8Array): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
