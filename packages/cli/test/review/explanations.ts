import type { Cause, CauseClass, Explanation } from "@imagegate/core/explain";

/** A cause of some manifests. */
export function causeOf(id: string, title: string, manifests: readonly string[]): Cause {
  const name: CauseClass = "rebuild";
  return {
    ...{ id, changes: [id], kind: "edit", class: name, title, scope: manifests.join(", "), manifests },
    ...{ details: [{ text: `${title} in detail` }], example: null },
  };
}

/** What these causes make up. */
export function explanationOf(...causes: readonly Cause[]): Explanation {
  const names = [...new Set(causes.flatMap(({ manifests }) => manifests))].sort();
  return {
    ...{ changed: names.length, added: 0, removed: 0, unchanged: 3, causes, unexplained: [] },
    separator: "-",
    manifests: names.map((name) => ({
      ...{ name, change: "changed", class: "rebuild" },
      causes: causes.filter(({ manifests }) => manifests.includes(name)).map(({ id }) => id),
    })),
  };
}

/** Two causes: chrony in three images, one of which has another kernel too. */
export const TWO = explanationOf(
  causeOf("c1", "packages: + chrony", ["ami", "oci", "qcow2"]),
  causeOf("c2", "kernel_opts: + quiet", ["oci"]),
);
