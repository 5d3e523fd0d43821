/** A remark on one place of pasted source. */
type Remark = { line: number; text: string };

type Check = { pattern: RegExp; remark: string };

/** Patterns worth a second look in most languages; each remark says what may go wrong and asks, it does not judge. */
const CHECKS: readonly Check[] = [
  {
    pattern: /catch\s*(?:\([^)]*\))?\s*\{\s*\}/,
    remark: "catches an error and says nothing. Who finds out when it happens?",
  },
  {
    pattern: /except\s*(?:Exception\s*)?:\s*(?:pass)?\s*$/,
    remark: "catches everything. Which error did you mean to expect, and which ones would you rather hear about?",
  },
  {
    pattern: /(?:if|while)\s*\(?\s*[\w.]+\s*=\s*[^=>]/,
    remark: "assigns inside a condition. Did you mean to compare?",
  },
  {
    pattern: /<=\s*[\w.]+\.(?:length|size|Count)\b|<=\s*len\(/,
    remark: "runs up to and including the length. What is at that last index?",
  },
  {
    pattern: /(?:SELECT|INSERT|UPDATE|DELETE)\b.*(?:["'`]\s*\+|\$\{|%s"\s*%|\.format\(|f["'])/i,
    remark: "builds a query out of pieces of text. What happens when a piece contains a quotation mark?",
  },
  {
    pattern: /\b(?:password|secret|api_?key|token)\s*[:=]\s*["'][^"']{4,}["']/i,
    remark: "holds something that looks like a credential. Should it be in the environment instead?",
  },
  { pattern: /\beval\s*\(|\bexec\s*\(|new Function\s*\(/, remark: "runs text as a program. Who can write that text?" },
  {
    pattern: /def \w+\([^)]*=\s*(?:\[\]|\{\})/,
    remark: "has a mutable default; in Python all calls share it. Is that what you want on the second call?",
  },
  {
    pattern: /(?:^|[^=!<>])==(?!=)\s*null|(?:^|[^=!])==(?!=)\s*(?:undefined|["'])/,
    remark: "compares loosely. In JavaScript that converts types first; do you rely on it?",
  },
  { pattern: /\.forEach\(\s*async\b/, remark: "starts async work in forEach, which waits for none of it. Who waits?" },
  {
    pattern: /(?:price|amount|total|balance|cost|money)\w*\s*[-+*/]?=\s*(?:parseFloat|float\(|[\d]+\.\d+)/i,
    remark: "keeps money in a floating-point number. Where does the lost cent go?",
  },
  {
    pattern: /\bany\b\s*[;,)=>]|:\s*any\b|as any\b/,
    remark: "says `any`, which asks the compiler to look away. What is it really?",
  },
  { pattern: /\b(?:TODO|FIXME|HACK|XXX)\b/, remark: "carries a promise to your later self. Is later now?" },
  {
    pattern: /\b(?:console\.log|print|println|System\.out)\b\s*\(/,
    remark: "prints. Is that the log you want to keep, or the one you were debugging with?",
  },
  {
    pattern: /\b(?:setTimeout|sleep)\s*\(/,
    remark: "waits for a fixed time. What is it really waiting for, and could it be told?",
  },
  { pattern: /^\s*var\s/, remark: "uses var, which is visible in the whole function. Would const do?" },
  { pattern: /[^\w.](?:[2-9]\d{2,}|[1-9]\d{3,})[^\w.]/, remark: "has a bare number in it. What is it called?" },
];

const FENCE = /```[^\n]*\n?([\s\S]*?)(?:```|$)/;
/** A snippet between single backticks that is more than a name. */
const INLINE = /`([^`\n]*[;{}()=][^`\n]*)`/;
const CODE_LINE =
  /[;{}]\s*$|^\s*(?:def|class|function|const|let|var|if|for|while|return|import|from|fn|pub|func|#include|public|private|async|await|try|except|catch|else)\b.*[({:;=]|=>|\w\(.*\)\s*[;{]?$|^\s*return\b(?: [\w.]+)?;?$/;
const MAX_LINES = 400;
const MAX_LINE = 400;
const LONG_LINE = 120;
const DEEP = 4;
const LONG_BLOCK = 40;
const MAX_REMARKS = 4;

/** The source in a message: a fenced block, or at least two lines that look like code. */
export function codeIn(message: string): string[] | undefined {
  const fenced = FENCE.exec(message)?.[1] ?? INLINE.exec(message)?.[1];
  const lines = (fenced ?? message)
    .replace(/\s+$/, "")
    .split(/\r?\n/)
    .slice(0, MAX_LINES)
    .map((line) => line.slice(0, MAX_LINE));
  if (fenced !== undefined) return lines.some((line) => line.trim() !== "") ? lines : undefined;
  return lines.filter((line) => CODE_LINE.test(line)).length >= 2 ? lines : undefined;
}

/** What pattern reading, without running anything, can honestly say of a piece of source. */
export function reviewCode(lines: readonly string[]): string {
  const remarks: Remark[] = [];
  for (const { pattern, remark } of CHECKS) {
    const at = lines.findIndex((line) => pattern.test(line));
    if (at !== -1) remarks.push({ line: at + 1, text: remark });
  }
  remarks.push(...shapeOf(lines));
  const count = `${lines.length} ${lines.length === 1 ? "line" : "lines"}`;
  if (remarks.length === 0) {
    return `I read ${count} by pattern, and no pattern I know objects. That is not the same as correct: I cannot run it, and I do not know what it should do.`;
  }
  const listed = remarks
    .slice(0, MAX_REMARKS)
    .sort((a, b) => a.line - b.line)
    .map((remark) => `- Line ${remark.line} ${remark.text}`)
    .join("\n");
  return `I read ${count} by pattern; I cannot run them. What I would ask about:\n\n${listed}`;
}

function shapeOf(lines: readonly string[]): Remark[] {
  const remarks: Remark[] = [];
  const long = lines.findIndex((line) => line.length > LONG_LINE);
  if (long !== -1)
    remarks.push({
      line: long + 1,
      text: `is over ${LONG_LINE} characters. What is the name of the part in the middle?`,
    });
  const step = Math.min(...lines.map(indentOf).filter((indent) => indent > 0));
  const deep = lines.findIndex((line) => line.trim() !== "" && indentOf(line) > DEEP * step);
  if (Number.isFinite(step) && deep !== -1) {
    remarks.push({
      line: deep + 1,
      text: "is more than four levels deep. Which condition could leave the function early instead?",
    });
  }
  if (lines.length > LONG_BLOCK)
    remarks.push({ line: 1, text: `begins ${lines.length} lines in one piece. Where would you draw the first cut?` });
  return remarks;
}

function indentOf(line: string): number {
  const lead = /^[\t ]*/.exec(line)?.[0] ?? "";
  return lead.replaceAll("\t", "  ").length;
}
