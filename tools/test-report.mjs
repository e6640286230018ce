// Adds up vitest's JSON reports and prints `N passed, N failed` as its last line; fails when a test failed, when a
// suite could not run, or when no test ran at all.
import { readFileSync } from "node:fs";

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);

const passed = sum("numPassedTests");
const failed = sum("numFailedTests");
const skipped = sum("numPendingTests") + sum("numTodoTests");
const brokenSuites = reports.flatMap(({ testResults }) =>
  testResults.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0),
);

for (const { name, message } of brokenSuites) console.log(`could not run ${name}: ${message}`);
if (skipped > 0) console.log(`${skipped} tests were skipped: see above what each of them needs`);
console.log(`${passed} passed, ${failed + brokenSuites.length} failed`);
process.exitCode = reports.length > 0 && passed > 0 && failed + brokenSuites.length === 0 ? 0 : 1;
