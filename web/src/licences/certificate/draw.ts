import PDFDocument from "pdfkit";
import { encode } from "uqr";
import type { Allowance, CertificateFact, CertificateSheet, Picture } from "./sheet.ts";
import { isWritable, oneLine } from "./text.ts";

/** The faces of the interface, each as the bytes of a font file: WOFF, since the writer cannot cut WOFF2 down. */
export interface Faces {
  readonly sans: Uint8Array;
  readonly bold: Uint8Array;
  readonly serif: Uint8Array;
  readonly mono: Uint8Array;
}
export type Face = keyof Faces;

/** Draws a line of text that our faces cannot write; undefined where nothing can. */
export type DrawText = (text: string, face: Face, size: number) => Promise<Picture | undefined>;

export interface DrawParameters {
  readonly sheet: CertificateSheet;
  readonly faces: Faces;
  /** The work's preview or poster. */
  readonly preview?: Picture | undefined;
  readonly drawText: DrawText;
}

const [WIDTH, HEIGHT, MARGIN] = [595.28, 841.89, 48];
const INNER = WIDTH - 2 * MARGIN;
const RIGHT = WIDTH - MARGIN;
/** Room of a name beside its value, between lines, and around a rule. */
const [LABELS, GAP, RULED] = [96, 4, 24];
/** Ink, muted, line and verdigris of the light theme: paper is light. */
const COLOR = { ink: "#1e1b16", muted: "#575043", line: "#d6cfc0", live: "#0b6557" } as const;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}
interface Look {
  readonly face: Face;
  readonly size: number;
  readonly color?: string;
  readonly align?: "left" | "right";
  /** How many lines it may take; what is longer ends in an ellipsis. Default: 1. */
  readonly lines?: number;
}

/** Writes one page; each of its methods returns the y below what it wrote. */
class Sheet {
  readonly doc: PDFKit.PDFDocument;
  private readonly drawText: DrawText;

  constructor(doc: PDFKit.PDFDocument, drawText: DrawText) {
    this.doc = doc;
    this.drawText = drawText;
  }

  private look({ face, size, color = COLOR.ink }: Look): void {
    this.doc.font(face).fontSize(size).fillColor(color);
  }

  /** The height that a text takes. */
  height(text: string, width: number, look: Look): number {
    this.look(look);
    const line = this.doc.currentLineHeight(true);
    return Math.min(this.doc.heightOfString(text, { width, lineGap: 0 }), line * (look.lines ?? 1));
  }

  /** Words of ours, which our faces can write. */
  words(text: string, { x, y, width }: Place, look: Look): number {
    const height = this.height(text, width, look);
    // A hair more than the lines need: rounding must not cost the last of them.
    this.doc.text(text, x, y, { width, height: height + 0.5, ellipsis: true, align: look.align ?? "left" });
    return y + height;
  }

  /** Somebody's words: written, or drawn as a picture where our faces lack a sign. */
  async theirs(text: string, place: Place, look: Look): Promise<number> {
    const line = oneLine(text);
    if (isWritable(line)) return this.words(line, place, look);
    const picture = await this.drawText(line, look.face, look.size);
    // Signs that nothing here can draw are left out rather than shown as boxes.
    if (!picture) return this.words(line.replace(/[^\u0020-\u007e]+/gu, "?"), place, look);
    this.look(look);
    const height = this.doc.currentLineHeight(true);
    const scale = Math.min(height / picture.height, place.width / picture.width);
    const [width, tall] = [picture.width * scale, picture.height * scale];
    const x = look.align === "right" ? place.x + place.width - width : place.x;
    // What the picture says, for who selects or hears it.
    this.doc.markContent("Span", { actual: line });
    this.doc.image(picture.bytes, x, place.y + (height - tall) / 2, { width, height: tall });
    this.doc.endMarkedContent();
    return place.y + height;
  }

  rule(y: number): void {
    this.doc.moveTo(MARGIN, y).lineTo(RIGHT, y).lineWidth(0.6).strokeColor(COLOR.line).stroke();
  }

  /** A QR code with its quiet border. */
  code(text: string, x: number, y: number, side: number): void {
    const { data, size } = encode(text, { border: 2, ecc: "M" });
    const one = side / size;
    data.forEach((row, down) => {
      row.forEach((dark, across) => {
        if (dark) this.doc.rect(x + across * one, y + down * one, one, one);
      });
    });
    this.doc.fill(COLOR.ink);
  }

  /** Names and values in two columns. */
  async facts(facts: readonly CertificateFact[], { x, y, width }: Place, labels: number, value: Look): Promise<number> {
    let top = y;
    for (const fact of facts) {
      const place = { x: x + labels, y: top, width: width - labels };
      this.words(fact.label, { x, y: top, width: labels - 8 }, { ...value, face: "sans", color: COLOR.muted });
      top = (await this.theirs(fact.value, place, value)) + GAP;
    }
    return top;
  }

  /** The height that they take. */
  factsHeight(facts: readonly CertificateFact[], width: number, value: Look): number {
    const heights = facts.map(({ value: text }) => {
      const line = oneLine(text);
      return this.height(isWritable(line) ? line : "", width, value) + GAP;
    });
    return heights.reduce((sum, height) => sum + height, 0);
  }

  /** Lines under a heading, each with a mark before it. */
  list({ heading, lines }: Allowance, { x, y, width }: Place, size: number): number {
    let top = this.words(heading, { x, y, width }, { face: "bold", size: 9.5 }) + GAP;
    for (const line of lines) {
      this.words("–", { x, y: top, width: 10 }, { face: "sans", size, color: COLOR.muted });
      top = this.words(line, { x: x + 10, y: top, width: width - 10 }, { face: "sans", size, lines: 99 }) + 3;
    }
    return top;
  }

  /** The height that it takes. */
  listHeight({ heading, lines }: Allowance, width: number, size: number): number {
    const look: Look = { face: "sans", size, lines: 99 };
    const heights = lines.map((line) => this.height(line, width - 10, look) + 3);
    const head = this.height(heading, width, { face: "bold", size: 9.5 }) + GAP;
    return heights.reduce((sum, height) => sum + height, head);
  }
}

/**
 * The certificate as a PDF of one A4 page. Its faces are embedded; a text that they cannot write is drawn.
 * @returns The file's bytes.
 */
export async function drawCertificate({ sheet, faces, preview, drawText }: DrawParameters): Promise<Uint8Array> {
  const title = oneLine(sheet.title);
  const doc = new PDFDocument({
    size: "A4",
    margin: 0,
    // The standard faces are not shipped; ours are registered below.
    font: null as never,
    lang: sheet.language,
    displayTitle: true,
    info: { Title: `${sheet.heading}: ${title}`, Subject: sheet.number, Creator: sheet.brand, Producer: sheet.brand },
  });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    doc.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    doc.on("end", resolve);
    doc.on("error", reject);
  });
  for (const [name, bytes] of Object.entries(faces)) doc.registerFont(name, bytes as never);
  await draw(new Sheet(doc, drawText), sheet, preview);
  doc.end();
  await ended;
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

/** Sizes of the preview and of the terms in short, the first ones where they fit. */
const FITS = [
  [150, 9],
  [120, 9],
  [120, 8.5],
  [104, 8],
  [92, 7.5],
  [80, 7],
  [64, 6.5],
  [48, 6],
] as const;

async function draw(page: Sheet, sheet: CertificateSheet, preview: Picture | undefined): Promise<void> {
  const small: Look = { face: "sans", size: 9.5, color: COLOR.muted };
  page.words(sheet.brand, { x: MARGIN, y: MARGIN, width: INNER / 2 }, { face: "bold", size: 12 });
  page.words(sheet.number, { x: MARGIN + INNER / 2, y: MARGIN + 1, width: INNER / 2 }, { ...small, align: "right" });
  page.rule(MARGIN + 24);

  let y = page.words(sheet.heading, { x: MARGIN, y: MARGIN + 38, width: INNER }, { ...small, size: 11 }) + 4;
  y = (await page.theirs(sheet.title, { x: MARGIN, y, width: INNER }, { face: "serif", size: 22, lines: 2 })) + 2;
  y = (await page.theirs(sheet.by, { x: MARGIN, y, width: INNER }, { ...small, size: 11 })) + 2;
  y = page.words(sheet.said, { x: MARGIN, y, width: INNER }, { ...small, size: 8, lines: 2 }) + 8;
  y = page.words(sheet.right, { x: MARGIN, y, width: INNER }, { face: "bold", size: 12, color: COLOR.live }) + 14;

  // What stands below is measured first: the terms in short get the room that is left.
  const foot: Look = { ...small, size: 8, lines: 3 };
  const footTop = HEIGHT - MARGIN - page.height(sheet.foot, INNER, foot);
  const proof: Look = { face: "mono", size: 8 };
  const code = 96;
  const below = RULED + code + 8 + page.factsHeight(sheet.proofs, INNER - LABELS, proof);
  const room = footTop - 10 - y - below;
  const column = (INNER - 24) / 2;
  const factLook: Look = { face: "sans", size: 10, lines: 2 };
  const heights = ([side, size]: (typeof FITS)[number]) => {
    const scale = preview ? Math.min(side / preview.width, side / preview.height) : 0;
    const [width, tall] = preview ? [preview.width * scale, preview.height * scale] : [0, 0];
    const left = MARGIN + (preview ? width + 20 : 0);
    const facts = page.factsHeight(sheet.facts, RIGHT - left - LABELS, factLook);
    const lists = Math.max(0, ...sheet.allowances.map((one) => page.listHeight(one, column, size)));
    return { side, size, left, top: Math.max(tall, facts), lists };
  };
  const tries = FITS.map(heights);
  const fit = tries.find(({ top, lists }) => top + RULED + lists <= room) ?? tries[tries.length - 1];
  if (!fit) return;

  if (preview) page.doc.image(preview.bytes, MARGIN, y, { fit: [fit.side, fit.side] });
  await page.facts(sheet.facts, { x: fit.left, y, width: RIGHT - fit.left }, LABELS, factLook);
  y += fit.top + RULED / 2;
  page.rule(y);
  y += RULED / 2;
  for (const [at, one] of sheet.allowances.entries()) {
    page.list(one, { x: MARGIN + at * (column + 24), y, width: column }, fit.size);
  }
  if (sheet.allowances.length > 0) {
    y += fit.lists + RULED / 2;
    page.rule(y);
    y += RULED / 2;
  }

  page.code(sheet.check.url, MARGIN - 4, y - 4, code);
  const told = { x: MARGIN + code + 14, width: INNER - code - 14 };
  let line = page.words(sheet.check.heading, { ...told, y }, { face: "bold", size: 10.5 }) + 3;
  line = page.words(sheet.check.text, { ...told, y: line }, { ...small, size: 9, lines: 3 }) + 3;
  const end = page.words(
    sheet.check.url,
    { ...told, y: line },
    { face: "mono", size: 8.5, color: COLOR.live, lines: 2 },
  );
  page.doc.link(told.x, line, told.width, end - line, sheet.check.url);
  await page.facts(sheet.proofs, { x: MARGIN, y: y + code + 8, width: INNER }, LABELS, proof);

  page.rule(footTop - 8);
  page.words(sheet.foot, { x: MARGIN, y: footTop, width: INNER }, foot);
}
