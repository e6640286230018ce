#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";

// Whatever happens before the first verdict is "could not decide", a package that was not built included.
process.exitCode = 2;

// A quarter of a first check was V8 optimising code that hardly ran again (docs/performance.md): a process that lives for
// seconds asks for hotter code, and inlines less into it. Measured with Node 20; later versions have other flags, or other compilers.
if (process.version.startsWith("v20.")) {
  setFlagsFromString("--interrupt-budget=200000");
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=300");
}

import("../dist/main.js").catch((error) => {
  console.error(error);
  process.exitCode = 2;
});
