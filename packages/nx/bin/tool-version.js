#!/usr/bin/env node
import { describeTool } from "../dist/tool-version.js";

process.stdout.write(`${await describeTool(process.argv[2] ?? "")}\n`);
