import fc from "fast-check";

/** Values that resemble manifests at every level, more or less. */
export const manifestLike = fc.oneof(
  fc.jsonValue({ stringUnit: "binary" }),
  fc.record(
    {
      version: fc.constant("2"),
      sources: fc.jsonValue(),
      pipelines: fc.oneof(
        fc.jsonValue(),
        fc.array(
          fc.record(
            {
              name: fc.string({ unit: "binary" }),
              stages: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue({ stringUnit: "binary" }))),
            },
            { requiredKeys: [] },
          ),
        ),
      ),
      "\u{10000}": fc.jsonValue(),
      "\uffff": fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
);
