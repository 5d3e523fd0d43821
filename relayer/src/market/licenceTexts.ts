import { LICENCES } from "@stelai/sdk/licences";
import { type ContentStore, ContentStoreError, uriOf } from "../content/index.ts";
import type { Logger } from "../log.ts";

/** Thrown when a licence's text is not the one that its address names: the build is not whole. */
export class LicenceTextError extends Error {
  override readonly name = "LicenceTextError";
}

/**
 * Stores the texts of the licences that works are offered under, so that `/ipfs/<cid>` serves what offers name.
 * @returns whether they are stored; a storage that is out of reach is tried again.
 * @throws LicenceTextError
 */
export async function storeLicenceTexts(content: Pick<ContentStore, "add">, log: Logger): Promise<boolean> {
  try {
    for (const { title, text, uri } of Object.values(LICENCES)) {
      const stored = uriOf(await content.add(new TextEncoder().encode(text)));
      if (stored !== uri) throw new LicenceTextError(`The text of ${title} is at ${stored}, not at ${uri}.`);
    }
    return true;
  } catch (error) {
    if (!(error instanceof ContentStoreError)) throw error;
    log.warn({ error }, "the texts of licences cannot be stored yet; it is repeated");
    return false;
  }
}
