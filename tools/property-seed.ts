import fc from "fast-check";

const SEED = 20_260_101;

/**
 * What the properties of the tests draw their examples from: the same seed in every run, unless `IMAGEGATE_TEST_SEED`
 * names another one, or is `random` for one that each property draws, and tells when it fails.
 */
export function propertySeed(variable: string | undefined): { readonly seed?: number } {
  if (variable === "random") return {};
  if (variable === undefined || variable === "") return { seed: SEED };
  if (!/^-?\d{1,9}$/.test(variable)) throw new Error(`IMAGEGATE_TEST_SEED is no seed: ${variable}`);
  return { seed: Number(variable) };
}

fc.configureGlobal({ ...fc.readConfigureGlobal(), ...propertySeed(process.env["IMAGEGATE_TEST_SEED"]) });
