import type { ByteWriter } from "../json/byte-writer.ts";
import { RESPELLED, WIDE, bytesOf, stringOf, type JsonTape } from "../json/tape.ts";
import { writeJson, writeSpan, type JsonStyle } from "../json/write.ts";

/** As Python's `json.dumps(x, sort_keys=True)` spells a document (`json/encoder.py`): the text that osbuild hashes. */
const PYTHON: JsonStyle = {
  spaced: true,
  keyOrder: "code-point",
  respelledStrings: RESPELLED | WIDE,
  writeString: (tape, node, writer) => writer.writeText(pythonString(stringOf(tape, node))),
  writeNumber: writePythonNumber,
};

/** Writes a node as Python would after reading and dumping it. */
export function writePythonJson(tape: JsonTape, node: number, writer: ByteWriter): void {
  writeJson(tape, node, PYTHON, writer);
}

/** A text as Python's ensure_ascii spells it: U+007F and all beyond ASCII as lower-case `\uXXXX`. */
export function pythonString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function writePythonNumber(tape: JsonTape, node: number, writer: ByteWriter): void {
  const start = tape.nodes[node + 1] as number;
  const end = tape.nodes[node + 2] as number;
  // Most numbers are integers without a sign, which Python prints as they were written.
  for (let index = start; index < end; index++) {
    const byte = tape.bytes[index] as number;
    if (byte < 0x30 || byte > 0x39)
      return writer.writeText(pythonNumber(bytesOf(tape, node).toString("latin1")));
  }
  writeSpan(tape, node, writer);
}

/** A JSON number as Python prints it: integers of any size exactly, floats as `repr` does (`Objects/floatobject.c`). */
export function pythonNumber(text: string): string {
  if (!/[.eE]/.test(text)) return text === "-0" ? "0" : text;
  return pythonFloat(Number(text));
}

function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const sign = value < 0 ? "-" : "";
  // The shortest digits that read back as the same double, in both languages.
  const [mantissa, exponentText] = Math.abs(value).toExponential().split("e") as [string, string];
  const digits = mantissa.replace(".", "");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) return sign + scientific(digits, exponent);
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}

function scientific(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits[0]}${fraction}e${exponent < 0 ? "-" : "+"}${power}`;
}
