import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";
import { LICENCES } from "@stelai/sdk/licences";
import { expect } from "chai";
import { drawCertificate, type Face, type Faces } from "./draw.ts";
import type { CertificateSheet } from "./sheet.ts";

const require = createRequire(import.meta.url);
const face = (name: string) => new Uint8Array(readFileSync(require.resolve(`@fontsource/${name}.woff`)));
const FACES: Faces = {
  sans: face("schibsted-grotesk/files/schibsted-grotesk-latin-400-normal"),
  bold: face("schibsted-grotesk/files/schibsted-grotesk-latin-600-normal"),
  serif: face("literata/files/literata-latin-400-normal"),
  mono: face("red-hat-mono/files/red-hat-mono-latin-400-normal"),
};

/** One pixel. */
const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (sign) => sign.charCodeAt(0),
).buffer;
const HASH = `0x${"ab".repeat(32)}`;

function sheet(over: Partial<CertificateSheet> = {}): CertificateSheet {
  return {
    language: "en",
    brand: "Stelai",
    heading: "Certificate of licence",
    number: "Licence 12",
    title: "Lantern at dusk",
    by: "by Ada",
    said: "Title and picture are the owner’s words as of today.",
    right: "Commercial licence, for ever",
    facts: [
      { label: "Held by", value: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266" },
      { label: "Since", value: "Nov 22, 2026" },
    ],
    allowances: [
      { heading: "You may", lines: Array.from({ length: 6 }, (_, n) => `use it in the way that is numbered ${n}`) },
      { heading: "You may not", lines: Array.from({ length: 6 }, (_, n) => `claim the thing that is numbered ${n}`) },
    ],
    check: { heading: "Check it", text: "Anyone can.", url: "https://stelai.example/licences/12" },
    proofs: [
      { label: "Content hash", value: HASH },
      { label: "Terms hash", value: HASH },
      { label: "Transaction", value: HASH },
    ],
    foot: "What counts is the chain.",
    ...over,
  };
}

/** The document's parts in the clear. */
function opened(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("latin1");
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = ""]) => {
    try {
      return inflateSync(Buffer.from(body, "latin1")).toString("latin1");
    } catch {
      return "";
    }
  });
  return text + streams.join("\n");
}

const pagesOf = (bytes: Uint8Array) => opened(bytes).match(/\/Type \/Page\b(?!s)/g)?.length;
const never = () => Promise.reject(new Error("nothing had to be drawn"));

describe("the certificate as a PDF", () => {
  it("is one A4 page with its faces inside and a link to where it is checked", async () => {
    const bytes = await drawCertificate({ sheet: sheet(), faces: FACES, drawText: never });
    const text = opened(bytes);
    expect(text.startsWith("%PDF-1.")).to.equal(true);
    expect(pagesOf(bytes)).to.equal(1);
    expect(text).to.match(/\/MediaBox \[0 0 595.28 841.89\]/);
    for (const name of ["SchibstedGrotesk", "Literata", "RedHatMono"]) expect(text).to.include(name);
    expect(text).to.include("https://stelai.example/licences/12");
    expect(bytes.length).to.be.below(120_000);
  });

  it("draws words that its faces cannot write, and only those", async () => {
    const asked: [string, Face][] = [];
    const bytes = await drawCertificate({
      sheet: sheet({ title: "灯籠\u202e 🏮", by: "by Ödön" }),
      faces: FACES,
      drawText: async (text, name) => {
        asked.push([text, name]);
        return { bytes: PNG, width: 1, height: 1 };
      },
    });
    expect(asked).to.deep.equal([["灯籠 🏮", "serif"]]);
    expect(opened(bytes)).to.include("/ActualText");
    expect(opened(bytes)).to.include("/Subtype /Image");
  });

  it("has room for each tier’s terms above its foot, whatever the length of a title and of names, and drawing nothing", async () => {
    for (const [tier, { may, mayNot }] of Object.entries(LICENCES)) {
      const long = sheet({
        title: "Title of nothing ".repeat(60),
        by: `by ${"ab ".repeat(200)}`,
        facts: Array.from({ length: 5 }, (_, n) => ({
          label: `Label ${n}`,
          value: n ? "灯".repeat(200) : "a b ".repeat(90),
        })),
        allowances: [
          { heading: "You may", lines: may },
          { heading: "You may not", lines: mayNot },
        ],
        proofs: Array.from({ length: 6 }, () => ({ label: "Terms hash", value: HASH })),
        foot: "What counts is the chain. ".repeat(9),
      });
      const preview = { bytes: PNG, width: 600, height: 600 };
      const bytes = await drawCertificate({ sheet: long, faces: FACES, preview, drawText: async () => undefined });
      expect(pagesOf(bytes), tier).to.equal(1);
      // From the lower edge; the foot is written last, in up to three lines.
      const heights = [...opened(bytes).matchAll(/1 0 0 1 \S+ (\S+) Tm/g)].map(([, y]) => Number(y));
      const foot = heights.findIndex((_, at) => heights.length - at <= 3);
      expect(heights.length, tier).to.be.greaterThan(40);
      expect(Math.min(...heights.slice(0, foot)), tier).to.be.greaterThan(Math.max(...heights.slice(foot)));
    }
  });
});
