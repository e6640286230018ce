// Adds up vitest's JSON reports and prints `N passed, N failed` as its last line, before it what failed and why; fails
// when a test failed, when a suite could not run, when a report is not there, or when no test ran at all.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

const MAX_FAILURES = 20;
const MAX_LINES = 12;
const MAX_COLUMNS = 300;

const results = process.argv.slice(2).map(readReport);
const reports = results.flatMap(({ report }) => report ?? []);
const suites = reports.flatMap(({ testResults }) => testResults);
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);

const passed = sum("numPassedTests");
const skipped = sum("numPendingTests") + sum("numTodoTests");
const failures = [...results.flatMap(({ failure }) => failure ?? []), ...suites.flatMap(failuresOf)];

for (const failure of failures.slice(0, MAX_FAILURES)) console.log(formatFailure(failure));
if (failures.length > MAX_FAILURES) console.log(`✗ and ${failures.length - MAX_FAILURES} more: see above`);
if (skipped > 0) console.log(`${skipped} tests were skipped: see above what each of them needs`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = passed > 0 && failures.length === 0 ? 0 : 1;

/** A run of vitest that dies writes no report, or half of one. */
function readReport(path) {
  try {
    return { report: JSON.parse(readFileSync(path, "utf8")) };
  } catch (error) {
    return { failure: { title: `no report ${path}`, message: error.message } };
  }
}

/** A suite fails without a failed test when its file cannot be loaded or a hook throws. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(process.cwd(), name);
  const tests = assertionResults.filter((test) => test.status === "failed");
  if (status === "failed" && tests.length === 0) return [{ title: `could not run ${file}`, message }];
  return tests.map(({ ancestorTitles, title, failureMessages }) => ({
    title: [file, ...ancestorTitles, title].filter((part) => part !== "").join(" > "),
    message: failureMessages.join("\n"),
  }));
}

function formatFailure({ title, message }) {
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  const shown = lines.slice(0, MAX_LINES).map((line) => `    ${line.slice(0, MAX_COLUMNS)}`);
  const rest = lines.length > MAX_LINES ? [`    … ${lines.length - MAX_LINES} more lines`] : [];
  return [`✗ ${title}`, ...shown, ...rest].join("\n");
}
