import { displayText } from "./display.ts";

/** A relative path as a relative URI; `./` keeps a colon in it from reading as a scheme. */
export function formatUri(path: string): string {
  const uri = path.toWellFormed().split("/").map(encodeURIComponent).join("/");
  return /^[^/]*(?:%3A|:)/i.test(uri) || uri.startsWith("/") ? `./${uri}` : uri;
}

/**
 * A text as a message: brackets would make a link of it (§3.11.6), braces a placeholder (§3.11.5).
 */
export function formatMessage(text: string): { readonly text: string } {
  return {
    text: displayText(text)
      .replace(/[\\[\]]/g, String.raw`\$&`)
      .replace(/[{}]/g, "$&$&"),
  };
}
