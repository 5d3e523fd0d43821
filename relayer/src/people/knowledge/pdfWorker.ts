/** Reads one PDF in a thread of its own, so that a hostile one can be stopped; see `pdf.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { getDocumentProxy } from "unpdf";
import type { PdfJob, PdfResult } from "./pdf.ts";

async function read({ bytes, maxPages, maxCharacters }: PdfJob): Promise<PdfResult> {
  // Errors only: what is wrong with a file is told to who sent it.
  const document = await getDocumentProxy(bytes, { verbosity: 0 });
  if (document.numPages > maxPages) return { problem: "pages" };
  const pages: string[] = [];
  let characters = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    let text = "";
    for (const item of items) {
      if (!("str" in item)) continue;
      text += item.str + (item.hasEOL ? "\n" : "");
      if (characters + text.length > maxCharacters) return { problem: "characters" };
    }
    characters += text.length;
    pages.push(text);
    page.cleanup();
  }
  return { text: pages.join("\n\n") };
}

read(workerData as PdfJob)
  .catch((error: unknown): PdfResult => {
    const isLocked = error instanceof Error && error.name === "PasswordException";
    return { problem: isLocked ? "password" : "broken" };
  })
  .then((result) => parentPort?.postMessage(result));
