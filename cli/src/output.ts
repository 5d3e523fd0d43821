import { styleText } from "node:util";
import { toWire } from "@stelai/sdk/wire";

/** Where a command writes. */
export type Terminal = { out: (text: string) => void; error: (text: string) => void; isColoured: boolean };

/** The process's own. Colours only where a person reads along and has not said otherwise (NO_COLOR). */
export function terminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    error: (text) => void process.stderr.write(`${text}\n`),
    isColoured: process.stdout.isTTY === true && process.stdout.hasColors() && !process.env.NO_COLOR,
  };
}

export type Tone = "green" | "red" | "yellow" | "dim" | "bold";

/** Text in a colour, where colours are shown. What it means is in its words, too. */
export function toned({ isColoured }: Terminal, tone: Tone, text: string): string {
  return isColoured ? styleText(tone, text, { validateStream: false }) : text;
}

/** JSON for scripts: integers of money are decimal strings, their unit is in the name of the field. */
export function json(value: unknown): string {
  return JSON.stringify(JSON.parse(toWire(value)), null, 2);
}

/** One line of JSON, for what goes on line by line. */
export function jsonLine(value: unknown): string {
  return toWire(value);
}

/** What stands in the cells of a column is on its right side: amounts. */
export type Column = string | { name: string; isRight: true };

/** A table of plain text; "" when it has no rows. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const names = columns.map((column) => (typeof column === "string" ? column : column.name));
  const all = [names, ...rows];
  const widths = names.map((_, at) => Math.max(...all.map((row) => (row[at] ?? "").length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return typeof columns[at] === "string" ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd();
  return [line(names), line(widths.map((width) => "─".repeat(width))), ...rows.map(line)].join("\n");
}

/** Facts under each other, their names in one column. */
export function facts(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${value}`.trimEnd()).join("\n");
}
