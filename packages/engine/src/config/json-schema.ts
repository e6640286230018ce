import * as z from "zod/mini";
import { configSchema } from "./schema.ts";

/** The JSON Schema (draft 2020-12) of `imagegate.json`. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(configSchema, { io: "input" });
}
