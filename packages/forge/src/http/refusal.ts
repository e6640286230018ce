import type { ApiFailure, ForgeName } from "../failure.ts";
import type { HttpAnswer } from "./transport.ts";

const MAX_MESSAGE_CHARACTERS = 500;

/** The failure that an answer stands for which is neither a success nor transient. */
export function describeRefusal(
  asked: { readonly forge: ForgeName; readonly request: string },
  { status, headers, text }: HttpAnswer,
): ApiFailure {
  const message = readMessage(text);
  if (status === 401) return { reason: "api-unauthorized", ...asked, message };
  if (status === 403) return { reason: "api-forbidden", ...asked, message };
  if (status === 404 || status === 410) return { reason: "api-not-found", ...asked, message };
  if (status >= 300 && status < 400) {
    return { reason: "api-redirected", ...asked, location: headers["location"] ?? "nowhere" };
  }
  return { reason: "api-rejected", ...asked, status, message };
}

/** What the service says: GitHub in `message` and `errors`, GitLab in `message` or `error`, a proxy in anything. */
function readMessage(text: string): string {
  const said = [...readParts(text)].join(": ");
  return said.length <= MAX_MESSAGE_CHARACTERS ? said : `${said.slice(0, MAX_MESSAGE_CHARACTERS)}…`;
}

function* readParts(text: string): Generator<string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    yield "no JSON";
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (!["message", "error", "error_description", "errors"].includes(key)) continue;
    yield typeof part === "string" ? part : JSON.stringify(part);
  }
}
