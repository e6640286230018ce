import { readNxJson, type Tree } from "@nx/devkit";
import { name as pluginName } from "../plugin/nodes.ts";
import { parsePluginOptions } from "../plugin/options.ts";

/** What the plugin's options in `nx.json` call the check. */
export function checkTargetName(tree: Tree): string {
  const plugins = readNxJson(tree)?.plugins ?? [];
  const entry = plugins.find((plugin) => typeof plugin !== "string" && plugin.plugin === pluginName);
  return parsePluginOptions(typeof entry === "object" ? entry.options : undefined).checkTargetName;
}
