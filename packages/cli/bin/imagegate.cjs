#!/usr/bin/env node
// Whatever happens before the first verdict is "could not decide", a package that was not built included.
process.exitCode = 2;
try {
  require("../dist/main.cjs");
} catch (error) {
  console.error(error);
}
