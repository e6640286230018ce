import { readNxJson, type Tree } from "@nx/devkit";
import { name as pluginName } from "../plugin/nodes.ts";
import { parsePluginOptions, type PluginOptions } from "../plugin/options.ts";

/** What the plugin's options in `nx.json` call the check. */
export function checkTargetName(tree: Tree): string {
  return pluginOptionsOf(tree).checkTargetName;
}

/** The plugin's options in `nx.json`. */
export function pluginOptionsOf(tree: Tree): PluginOptions {
  const plugins = readNxJson(tree)?.plugins ?? [];
  const entry = plugins.find((plugin) => typeof plugin !== "string" && plugin.plugin === pluginName);
  return parsePluginOptions(typeof entry === "object" ? entry.options : undefined);
}
