import { formatFiles, readNxJson, updateNxJson, type Tree } from "@nx/devkit";
import { CHECKSUMS_FOLDER } from "@imagegate/engine/project";
import { name as pluginName } from "../plugin/nodes.ts";
import { appendLine } from "./lines.ts";

/** The options of `init`. */
export interface InitOptions {
  readonly skipFormat?: boolean;
}

const IGNORED_OUTPUT = ["dist", "dist/", "/dist", "/dist/"];

/** Adds the plugin to `nx.json`, the output to `.gitignore` and the records to `.gitattributes`; idempotent. */
export default async function initGenerator(tree: Tree, options: InitOptions = {}): Promise<void> {
  addPlugin(tree);
  appendLine(tree, ".gitignore", { line: "dist/", standsFor: IGNORED_OUTPUT });
  // Two records merged line by line are the record of no manifest.
  const attributes = `${CHECKSUMS_FOLDER}/** text eol=lf -merge`;
  appendLine(tree, ".gitattributes", { line: attributes, standsFor: [attributes] });
  if (options.skipFormat !== true) await formatFiles(tree);
}

function addPlugin(tree: Tree): void {
  const nxJson = readNxJson(tree) ?? {};
  const plugins = nxJson.plugins ?? [];
  const listed = plugins.some((entry) => (typeof entry === "string" ? entry : entry.plugin) === pluginName);
  if (listed) return;
  updateNxJson(tree, { ...nxJson, plugins: [...plugins, { plugin: pluginName, options: {} }] });
}
