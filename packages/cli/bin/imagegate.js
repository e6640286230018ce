#!/usr/bin/env node
// Whatever happens before the first verdict is "could not decide", a package that was not built included.
process.exitCode = 2;
import("../dist/main.js").catch((error) => {
  console.error(error);
  process.exitCode = 2;
});
