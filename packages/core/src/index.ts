export { ok, fail, type Result } from "./result.ts";
export { JsonNumber, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json/value.ts";
export { formatPointer, type JsonPath } from "./json/pointer.ts";
export { isSha256, sha256, type Sha256 } from "./digest/sha256.ts";
