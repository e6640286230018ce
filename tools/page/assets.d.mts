/** The generated module. */
export const PAGE_ASSETS: URL;
/** The text of the generated module: the page's script in one piece, and its style. */
export function formatPageAssets(): Promise<string>;
