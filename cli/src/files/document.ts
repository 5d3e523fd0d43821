import { readFileSync, statSync } from "node:fs";
import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type * as z from "zod";
import { UsageError } from "../failures.ts";

/** The largest file that is read, and how deep it may nest: more is no description of anything here. */
const MAX_BYTES = 1_048_576;
const MAX_DEPTH = 24;

/** A YAML or JSON file as data, and where in it each field stands. */
export type FileDocument = {
  file: string;
  data: unknown;
  /** The line of a field, or of what it is missing in. */
  lineOf: (path: readonly PropertyKey[]) => number;
};

/**
 * Reads a YAML 1.2 or JSON file; JSON is YAML. What could make more of a file than stands in it, or run something, is not
 * taken: anchors, aliases, tags of its own.
 * @throws UsageError naming the line.
 */
export function readDocument(file: string): FileDocument {
  const text = readText(file);
  if (isDeep(text)) throw new UsageError(`${file}: this is nested too deeply.`);
  const lines = new LineCounter();
  const at = (offset: number) => lines.linePos(offset).line;
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) {
    throw new UsageError(`${file}, line ${at(wrong.pos[0])}: ${wrong.message.replace(/\.?$/, ".")}`);
  }
  refuse(document, file, at);
  return { file, data: document.toJS({ maxAliasCount: 0 }), lineOf: (path) => at(offsetOf(document, path)) };
}

/** Text of a file, of a size that such files have. @throws UsageError */
export function readText(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > MAX_BYTES) throw new UsageError(`${file} has ${size} bytes; at most ${MAX_BYTES} are read.`);
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(
      cause instanceof TypeError ? `${file} is not text in UTF-8.` : `${file} cannot be read: there is no such file.`,
    );
  }
}

/** Brackets that are open at a time, in texts too: far more than any file here has, far fewer than cost time to parse. */
const MAX_BRACKETS = 500;

function isDeep(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[{}\]]/g)) {
    open = Math.max(0, open + (bracket === "[" || bracket === "{" ? 1 : -1));
    if (open > MAX_BRACKETS) return true;
  }
  return false;
}

function refuse(document: Document, file: string, at: (offset: number) => number): void {
  const wrong = (range: readonly number[] | null | undefined, words: string) =>
    new UsageError(`${file}, line ${at(range?.[0] ?? 0)}: ${words}`);
  visit(document, {
    Alias: (_key, { range }) => {
      throw wrong(range, "aliases (*name) are not taken. Write it out.");
    },
    Value: (_key, { range, anchor }, path) => {
      if (anchor !== undefined) throw wrong(range, "anchors (&name) are not taken. Write it out where it is needed.");
      // A map holds pairs that hold nodes: two steps a level.
      if (path.length > 2 * MAX_DEPTH) throw wrong(range, "this is nested too deeply.");
    },
  });
}

/** Where a field's name stands, else where the nearest one around it does. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else {
      const items = (node as { items?: unknown[] } | null)?.items;
      node = typeof key === "number" ? items?.[key] : undefined;
      offset = (node as { range?: [number] } | undefined)?.range?.[0] ?? offset;
    }
  }
  return offset;
}

/** Checks what was read. @throws UsageError with a line for each field that is wrong. */
export function checked<schema extends z.ZodType>(
  { file, data, lineOf }: FileDocument,
  schema: schema,
): z.output<schema> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) =>
        told(lineOf([...issue.path, key]), [...issue.path, key], "there is no such field"),
      );
    }
    const isMissing = issue.code === "invalid_type" && /received undefined/.test(issue.message);
    return [told(lineOf(issue.path), issue.path, isMissing ? "is missing" : lowerFirst(issue.message))];
  });
  throw new UsageError(`${file} cannot be used:\n${lines.map((line) => `  ${line}`).join("\n")}`);
}

function told(line: number, path: readonly PropertyKey[], words: string): string {
  const name = path.map(String).join(".");
  return `line ${line}: ${name === "" ? "" : `${name}: `}${words}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
