/** A fenced block of code of a document. */
export type Block = {
  /** The nearest heading above it; empty when there is none. */
  heading: string;
  /** What stands behind the fence: `ts`, `sh`, … */
  language: string;
  code: string;
  /** Of its first line of code, from 1. */
  line: number;
};

/** The fenced blocks of a Markdown text, in order. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = "";
  let open: (Block & { lines: string[] }) | undefined;
  for (const [index, text] of markdown.split("\n").entries()) {
    const fence = /^```(\w*)/.exec(text);
    if (open !== undefined && fence) {
      const { lines, ...block } = open;
      blocks.push({ ...block, code: lines.join("\n") });
      open = undefined;
    } else if (open !== undefined) open.lines.push(text);
    else if (fence) open = { heading, language: fence[1] ?? "", code: "", line: index + 2, lines: [] };
    else heading = /^#+ (.+)$/.exec(text)?.[1] ?? heading;
  }
  return blocks;
}
