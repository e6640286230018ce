export { createNodes, name } from "./plugin/nodes.ts";
export type { PluginOptions } from "./plugin/options.ts";
