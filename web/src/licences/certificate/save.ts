import serif from "@fontsource/literata/files/literata-latin-400-normal.woff?url";
import mono from "@fontsource/red-hat-mono/files/red-hat-mono-latin-400-normal.woff?url";
import sans from "@fontsource/schibsted-grotesk/files/schibsted-grotesk-latin-400-normal.woff?url";
import bold from "@fontsource/schibsted-grotesk/files/schibsted-grotesk-latin-600-normal.woff?url";
import { saveFile } from "../../studio/files.ts";
import { drawCertificate } from "./draw.ts";
import { drawText, loadPicture } from "./pictures.ts";
import type { CertificateSheet } from "./sheet.ts";

/** @throws TypeError when a face cannot be fetched. */
async function bytesOf(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new TypeError(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Makes a certificate's PDF in the browser and saves it.
 * @param picture Address of the work's preview.
 */
export async function saveCertificate(name: string, sheet: CertificateSheet, picture: string | undefined) {
  const [sansBytes, boldBytes, serifBytes, monoBytes, preview] = await Promise.all([
    ...[sans, bold, serif, mono].map(bytesOf),
    picture ? loadPicture(picture) : undefined,
  ] as [
    Promise<Uint8Array>,
    Promise<Uint8Array>,
    Promise<Uint8Array>,
    Promise<Uint8Array>,
    ReturnType<typeof loadPicture>,
  ]);
  const faces = { sans: sansBytes, bold: boldBytes, serif: serifBytes, mono: monoBytes };
  saveFile(name, await drawCertificate({ sheet, faces, preview, drawText }), "application/pdf");
}
