import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from "./value.ts";

/** The JSON text of a value, keys sorted; a text longer than the limit is cut there, so that the cost is bounded too. */
export function printJson(value: JsonValue, maxLength = Infinity): string {
  const printer = { text: "", maxLength };
  print(value, printer);
  return printer.text.length > maxLength ? printer.text.slice(0, maxLength) : printer.text;
}

interface Printer {
  text: string;
  readonly maxLength: number;
}

function print(value: JsonValue, printer: Printer): void {
  if (printer.text.length > printer.maxLength) return;
  if (isJsonArray(value)) printArray(value, printer);
  else if (isJsonObject(value)) printObject(value, printer);
  else if (typeof value === "string") printString(value, printer);
  else printer.text += value instanceof JsonNumber ? value.text : String(value);
}

function printArray(items: readonly JsonValue[], printer: Printer): void {
  printer.text += "[";
  for (const [index, item] of items.entries()) {
    if (printer.text.length > printer.maxLength) return;
    if (index > 0) printer.text += ",";
    print(item, printer);
  }
  printer.text += "]";
}

function printObject(members: ReadonlyMap<string, JsonValue>, printer: Printer): void {
  let separator = "{";
  for (const key of [...members.keys()].toSorted()) {
    if (printer.text.length > printer.maxLength) return;
    printer.text += separator;
    printString(key, printer);
    printer.text += ":";
    print(members.get(key) as JsonValue, printer);
    separator = ",";
  }
  printer.text += members.size === 0 ? "{}" : "}";
}

function printString(text: string, printer: Printer): void {
  printer.text += JSON.stringify(
    text.length > printer.maxLength ? text.slice(0, printer.maxLength + 1) : text,
  );
}
