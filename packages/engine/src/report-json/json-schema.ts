import * as z from "zod/mini";
import { reportSchema } from "./schema.ts";

/** The JSON Schema (draft 2020-12) of the report's document. */
export function reportJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(reportSchema, { io: "input" });
}
