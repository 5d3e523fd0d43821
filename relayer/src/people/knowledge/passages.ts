/** A piece of a file that stands for itself: the heading it is under, or the file's name, and its words. */
export type Passage = { title: string; text: string };

/** Most characters of one passage, and how few are joined with the next ones. */
const LONGEST = 1_000;
const SHORT = 500;
const MAX_TITLE = 120;

const HEADING = /^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$/;

/**
 * Cuts a text into passages: at empty lines and headings, long paragraphs between sentences, and only what has no
 * sentences in the middle of a line. Short paragraphs under one heading are joined.
 * @param name What passages before the first heading are called.
 */
export function cutPassages(text: string, name: string): Passage[] {
  const passages: Passage[] = [];
  let title = name;
  let pending = "";
  const flush = () => {
    if (/[\p{L}\p{N}]/u.test(pending)) passages.push({ title, text: pending });
    pending = "";
  };
  const add = (piece: string) => {
    if (pending !== "" && pending.length + piece.length + 1 > LONGEST) flush();
    pending = pending === "" ? piece : `${pending}\n${piece}`;
    if (pending.length >= SHORT) flush();
  };
  for (const block of text.replace(/\r\n?/g, "\n").split(/\n\s*\n/)) {
    let paragraph: string[] = [];
    const end = () => {
      for (const piece of pieces(paragraph.join("\n").trim())) add(piece);
      paragraph = [];
    };
    for (const line of block.split("\n")) {
      const heading = HEADING.exec(line)?.[1];
      if (heading === undefined) {
        paragraph.push(line.trimEnd());
        continue;
      }
      end();
      flush();
      title = heading.slice(0, MAX_TITLE);
    }
    end();
  }
  flush();
  return passages;
}

const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });

/** A paragraph whole, or in sentences that together fit. */
function* pieces(paragraph: string): Generator<string> {
  if (paragraph === "") return;
  if (paragraph.length <= LONGEST) {
    yield paragraph;
    return;
  }
  let piece = "";
  for (const { segment } of SENTENCES.segment(paragraph)) {
    if (piece !== "" && piece.length + segment.length > LONGEST) {
      yield piece.trim();
      piece = "";
    }
    piece += segment;
    while (piece.length > LONGEST) {
      const space = piece.lastIndexOf(" ", LONGEST);
      const at = space > LONGEST / 2 ? space : wholeCharacters(piece, LONGEST);
      yield piece.slice(0, at).trim();
      piece = piece.slice(at);
    }
  }
  if (piece.trim() !== "") yield piece.trim();
}

/** A length near `at` that does not cut a surrogate pair. */
function wholeCharacters(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}
