import { personaHash, type Stelai, StelaiError } from "@stelai/sdk";
import type { Address, Hex } from "viem";
import { cardOf, type NewCard, personaOf } from "./compose.ts";
import type { Draft } from "./draft.ts";

/** What the transaction names. */
export interface Uploaded {
  readonly personaHash: Hex;
  /** Where the card is: `ipfs://…`, or `stelai:card:…` of a private character. */
  readonly metadataURI: string;
  /** Who will serve it. */
  readonly operator: Address;
}

/** Thrown when the relayer names another hash than the persona has: it would answer with something else. */
export class WrongPersonaHashError extends StelaiError {
  override readonly name = "WrongPersonaHashError";
  constructor() {
    super(
      "The operator stored another persona than this one.",
      "Do not publish with this operator until its relayer is repaired.",
    );
  }
}

/** Uploads by what they hold: going back and forth between form and sheet costs nothing of a day's allowance. */
const done = new Map<string, Promise<string>>();

async function once(key: string, upload: () => Promise<string>): Promise<string> {
  const running = done.get(key) ?? upload();
  done.set(key, running);
  try {
    return await running;
  } catch (error) {
    done.delete(key);
    throw error;
  }
}

const images = new WeakMap<Blob, Promise<string>>();

/** Stores a picture on IPFS, once. @returns `ipfs://…`. */
export async function uploadImage(stelai: Stelai, image: Blob): Promise<string> {
  const running = images.get(image) ?? stelai.relayer.uploadContent({ image }).then(({ uri }) => uri);
  images.set(image, running);
  try {
    return await running;
  } catch (error) {
    images.delete(image);
    throw error;
  }
}

/** Gives the operator everything that a draft is published with: persona, picture, card. The relayer wants a sign-in. */
export async function uploadDraft(stelai: Stelai, draft: Draft): Promise<Uploaded> {
  const { salt } = draft;
  const persona = personaOf(draft);
  const expected = personaHash(salt, persona);
  const stored = await once(`${stelai.client.relayerUrl} ${expected}`, async () => {
    return (await stelai.relayer.uploadPersona({ persona, salt })).personaHash;
  });
  if (stored !== expected) throw new WrongPersonaHashError();
  const card = cardOf(draft, draft.image && (await uploadImage(stelai, draft.image)));
  const metadataURI = await uploadCard(stelai, card, draft.visibility === "Private");
  const { operator } = await stelai.relayer.getOperator();
  return { personaHash: expected, metadataURI, operator };
}

/**
 * Stores a card where the chain will point: on IPFS, or, of a private character, encrypted with the operator.
 * @returns Its address, `ipfs://…` or `stelai:card:…`.
 */
export async function uploadCard(stelai: Stelai, card: NewCard, isPrivate: boolean): Promise<string> {
  const key = `${stelai.client.relayerUrl} ${isPrivate ? "private" : "public"} ${JSON.stringify(card)}`;
  return once(key, async () => {
    const { uri } = isPrivate
      ? await stelai.relayer.uploadCard({ card })
      : await stelai.relayer.uploadContent({ card });
    return uri;
  });
}
