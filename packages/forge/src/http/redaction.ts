const REDACTED = "[redacted]";

/** Removes a secret from a text, also where it stands percent-encoded or in Base64. */
export type Redact = (text: string) => string;

/** A redaction of one secret; what a text shows of it is gone before anybody looks at the text. */
export function redactionOf(secret: string): Redact {
  const base64 = Buffer.from(secret).toString("base64").replace(/=+$/, "");
  const shapes = new Set([secret, secret.replaceAll("/", "\\/"), encodeURIComponent(secret), base64]);
  return (text) => [...shapes].reduce((redacted, shape) => redacted.replaceAll(shape, REDACTED), text);
}
