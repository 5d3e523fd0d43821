import type { KnowledgeFile } from "@stelai/sdk/wire";
import { UnreadableFileError, UnsupportedFileError } from "../errors.ts";
import { cutPassages, type Passage } from "./passages.ts";
import { textOfPdf } from "./pdf.ts";

export type KnowledgeType = KnowledgeFile["mediaType"];

/** A file as it is understood: its type, told by its content, and what it says. */
export type Document = { mediaType: KnowledgeType; passages: Passage[] };

/** Where a PDF's mark may be: some programs put bytes before it. */
const PDF_MARK_WITHIN = 1_024;

/**
 * Reads a file; its name says nothing of its type.
 * @param title What its passages are called where no heading says better.
 * @throws UnsupportedFileError when it is neither text nor PDF; UnreadableFileError when it holds no text.
 */
export async function readDocument(bytes: Uint8Array, title: string): Promise<Document> {
  if (isPdf(bytes)) {
    const passages = cutPassages(clean(await textOfPdf(bytes)), title);
    if (passages.length > 0) return { mediaType: "application/pdf", passages };
    throw new UnreadableFileError(
      "This PDF holds no text; its pages are probably pictures. Recognise its text (OCR) first, or upload it as text.",
    );
  }
  const text = textIn(bytes);
  if (text === undefined) {
    throw new UnsupportedFileError("Only text, Markdown and PDF files can be used. Save it as one of these.");
  }
  const passages = cutPassages(clean(text), title);
  if (passages.length === 0) throw new UnreadableFileError("This file holds no text.");
  return { mediaType: isMarkdown(text) ? "text/markdown" : "text/plain", passages };
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, PDF_MARK_WITHIN)).includes("%PDF-");
}

/** Control characters but white space. */
const CONTROL = /[^\P{Cc}\t\n\v\f\r]/gu;

/** UTF-8, or UTF-16 that says so in its first bytes; undefined for what is no text. */
function textIn(bytes: Uint8Array): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // Almost every binary file has a zero early on, and no text many other control characters.
    const isBinary = text.includes("\0") || (text.match(CONTROL)?.length ?? 0) > text.length / 100;
    return isBinary ? undefined : text;
  } catch {
    return undefined;
  }
}

/** What neither people nor a database can use is taken out: control characters and halves of surrogate pairs. */
function clean(text: string): string {
  return text.toWellFormed().replace(/\f/g, "\n\n").replace(CONTROL, "").replaceAll("\ufeff", "");
}

const MARKDOWN = [
  /^ {0,3}#{1,6}\s+\S/m,
  /^```/m,
  /^ {0,3}[-*+] \S.*\n {0,3}[-*+] \S/m,
  /\[[^\]\n]+\]\([^)\s]+\)/,
  /^\|.*\|\s*\n\|[\s:|-]+\|/m,
  /(^|\s)\*\*\S[^*\n]*\*\*/,
];

function isMarkdown(text: string): boolean {
  return MARKDOWN.some((pattern) => pattern.test(text));
}
